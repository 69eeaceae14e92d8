package life

import (
	"slices"
	"time"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// line is a line with its life so far.
type line struct {
	Line
	status         Verb
	since, drafted time.Time // of the status; of the last draft that changed the line
	by             model.Person
	itself         bool
}

// draft takes lines of a run. A line that is drafted again as it stands changes nothing.
func (s *state) draft(v *verdict, e *Event, places map[model.Party]value.Workplace) {
	lapses := map[*dispute]time.Time{}
	for i := range e.Drafts {
		l, path := &e.Drafts[i], value.Index("drafts", i)
		s.judgeDraft(v, e, l, path, places)
		for _, id := range [...]comp.LineID{l.ID, l.Corrects} {
			for _, d := range s.ofLine[id] {
				if d.correctedBy(e) {
					lapse, err := places[d.line.Party].End(e.At, value.BusinessDays(d.terms.AppealDays))
					lapses[d] = lapse
					v.problems.Add("at", err)
				}
			}
		}
	}
	if v.stops() {
		return
	}
	for i := range e.Drafts {
		s.redraft(&e.Drafts[i], e)
	}
	for d, lapse := range lapses {
		d.corrected, d.lapse = e.At, lapse
	}
}

func (s *state) judgeDraft(v *verdict, e *Event, l *Line, path string, places map[model.Party]value.Workplace) {
	if s.staff[l.Payer] == nil {
		v.problems.Refuse(path+".payer", staffUnset, value.Quote(l.Payer.String()),
			"has not named its approvers; name them first")
	}
	today, err := value.DateOf(e.At, places[l.Payer].Zone)
	v.problems.Add("at", err)
	if l.Won.After(today) {
		v.refuse(lifeRule, path, "the day {won} has not come: a projection is no line of a statement",
			value.Op("won", l.Won))
	}
	s.judgeDifference(v, l, path)
	known := s.lines[l.ID]
	if known == nil {
		return
	}
	if !known.sameParties(l) {
		v.problems.Refuse(path+".id", lineOther, named(l.ID), "stands for a line of another party or payer")
	}
	switch {
	case known.Line == *l:
	case known.status == Paid:
		v.refuse(lifeRule, path, "a paid line never changes; pay the difference by a line that corrects it")
	case known.status == Approved && e.Correction == "":
		v.refuse(lifeRule, path,
			"an approved line changes only by an accepted dispute or a correction of the policy, which the draft names")
	}
}

// judgeDifference judges a line that corrects another one.
func (s *state) judgeDifference(v *verdict, l *Line, path string) {
	if l.Corrects == (comp.LineID{}) {
		return
	}
	const another = "is a line of another payee or payer"
	old := s.lines[l.Corrects]
	if old == nil {
		if d := s.disputes[key{l.Corrects, MissingLine}]; d == nil {
			v.problems.Refuse(path+".corrects", lineUnknown, named(l.Corrects), "is no line that was drafted")
		} else if !d.line.sameParties(l) {
			v.problems.Refuse(path+".corrects", lineOther, named(l.Corrects), another)
		}
		return
	}
	if !old.sameParties(l) {
		v.problems.Refuse(path+".corrects", lineOther, named(l.Corrects), another)
	}
	if old.status != Paid {
		v.refuse(lifeRule, path,
			"a line that is not paid is drafted anew; only a paid one is corrected by another line")
	}
	if !l.Period.IsZero() && l.Period.Before(old.Period) {
		v.refuse(lifeRule, path,
			"the difference is paid in an open period, not before that of the paid line, {period}",
			value.Op("period", old.Period))
	}
}

// redraft lets a draft take effect.
func (s *state) redraft(l *Line, e *Event) {
	known := s.lines[l.ID]
	if known != nil && known.Line == *l {
		return
	}
	fresh := &line{Line: *l, status: Drafted, since: e.At, drafted: e.At, by: e.By}
	if s.staff[l.Payer].Alone {
		fresh.status, fresh.itself, fresh.by = Approved, true, model.Person{}
	}
	s.lines[l.ID] = fresh
}

// approve takes the approval of drafted lines by an approver of their payer.
func (s *state) approve(v *verdict, e *Event) {
	s.each(v, e, func(l *line, path string) {
		if !s.isApprover(e.By, l.Payer) {
			v.refuse(lifeRule, path, "{name} is no approver of the payer", value.Op("name", e.By.Name))
		}
		if e.By == l.payee() {
			v.refuse(SeparateRule, path, "nobody approves their own line")
		}
		if l.status != Drafted {
			v.refuse(lifeRule, path, "the line is {status} already", value.Op("status", value.Word(l.status.String())))
		}
	})
}

// pay takes the payment of approved lines.
func (s *state) pay(v *verdict, e *Event) {
	s.each(v, e, func(l *line, path string) {
		if e.By != (model.Person{}) && e.By.Party != l.Payer {
			v.refuse(lifeRule, path, "only the payer pays a line")
		}
		switch l.status {
		case Drafted:
			v.refuse(lifeRule, path, "the line is not approved")
		case Paid:
			v.refuse(lifeRule, path, "the line is paid already")
		}
	})
}

// each judges the lines of an event and, where nothing speaks against it, gives them its status. A dispute holds its
// own line.
func (s *state) each(v *verdict, e *Event, judge func(l *line, path string)) {
	for i, id := range e.Lines {
		l, path := s.lines[id], value.Index("lines", i)
		if l == nil {
			v.problems.Refuse(path, lineUnknown, named(id), "is no line that was drafted")
			continue
		}
		judge(l, path)
		if l.status != Paid && s.holds(l, e.At) {
			v.refuse(DisputeRule, path, "a dispute holds the line until it is answered and, if accepted, corrected")
		}
	}
	if v.stops() {
		return
	}
	for _, id := range e.Lines {
		l := s.lines[id]
		l.status, l.since, l.by = e.Do, e.At, e.By
	}
}

// holds reports whether a dispute holds an unpaid line.
func (s *state) holds(l *line, at time.Time) bool {
	return slices.ContainsFunc(s.ofLine[l.ID], func(d *dispute) bool { return d.awaits(at) || d.uncorrected() })
}

// Standing is a line as it stood at an instant.
type Standing struct {
	Line    Line         `json:"line"`
	Status  Verb         `json:"status"`          // Drafted, Approved or Paid
	Since   time.Time    `json:"since"`           // when it got the status
	By      model.Person `json:"by,omitzero"`     // who gave it the status; nobody: a program, or the line itself
	Drafted time.Time    `json:"drafted"`         // when it was drafted as it is
	Itself  bool         `json:"itself,omitzero"` // it approved itself: its payer is one person
	Held    bool         `json:"held,omitzero"`   // a dispute holds it: it is neither approved nor paid
	// who may approve it; nil where it is not their turn
	Turn []model.Person `json:"turn,omitzero"`
}

func (s *state) standing(l *line, at time.Time) Standing {
	st := Standing{Line: l.Line, Status: l.status, Since: l.since, By: l.by, Drafted: l.drafted, Itself: l.itself}
	st.Held = l.status != Paid && s.holds(l, at)
	if l.status == Drafted && !st.Held {
		st.Turn = s.approvers(&l.Line, func(model.Person) bool { return false })
	}
	return st
}

// standings returns all lines by their ids.
func (s *state) standings(at time.Time) []Standing {
	var all []Standing
	for _, l := range s.lines {
		all = append(all, s.standing(l, at))
	}
	slices.SortFunc(all, func(a, b Standing) int { return compareIDs(a.Line.ID, b.Line.ID) })
	return all
}
