package escalation

import "time"

// step is the last step of a history, with how the case stands after it. The cases of one blocker share steps, so that
// an act costs the same however many there were before.
type step struct {
	before *step
	n      int // how many steps there are
	entry  Entry
	life   life
}

// life is how a case stands after a step.
type life struct {
	Opened, Entered, Acknowledged, Resolved time.Time

	level  Level
	by     Act  // by which it entered its level
	raised bool // a person raised it since it was opened
}

// len returns the number of steps; nil has none.
func (s *step) len() int {
	if s == nil {
		return 0
	}
	return s.n
}

// entries returns the entries of the steps in order; nil for none. The caller owns the slice.
func (s *step) entries() []Entry {
	if s == nil {
		return nil
	}
	list := make([]Entry, s.n)
	for ; s != nil; s = s.before {
		list[s.n-1] = s.entry
	}
	return list
}

// then returns the history with one more step.
func (s *step) then(e Entry) *step {
	next := &step{before: s, n: s.len() + 1, entry: e}
	if s != nil {
		next.life = s.life
	}
	l := &next.life
	l.level = e.Level
	switch {
	case e.Act.enters():
		if e.Act != Escalated {
			l.Opened, l.raised = e.At, false
		}
		l.by, l.Entered = e.Act, e.At
		l.Acknowledged, l.Resolved = time.Time{}, time.Time{}
	case e.Act == Acknowledged && l.Acknowledged.IsZero():
		l.Acknowledged = e.At
	case e.Act == Resolved:
		l.Resolved = e.At
	}
	l.raised = l.raised || e.By.Name != "" && (e.Act == Opened || e.Act == Reopened || e.Act == RaisedAgain)
	return next
}
