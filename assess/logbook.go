package assess

import (
	"slices"
	"time"

	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/value"
)

// logbook holds the activities of a case for every instant: its tracker itself ignores those that are not known
// yet. Of an activity that is refused, and of those that contradict each other, the instant of the question
// decides whether they count; these are kept apart.
type logbook struct {
	people   []comms.Correspondent // of the deal, without refused ones
	ofPeople notes
	apart    map[string][]comms.Activity // all activities of an id of which one is refused
	within   []comms.Activity            // those of them that the tracker has
	tracker  *comms.Tracker              // nil where the people contradict each other
	facts    comms.Facts                 // that the tracker knows of the playbook; zero: none
}

// openLogbook reads the activities of the record.
func (c *Case) openLogbook() {
	b := &c.logbook
	*b = logbook{}
	if b.tracker, b.people = c.track(&b.ofPeople); b.tracker == nil {
		return
	}
	c.meet(&b.ofPeople, b.people)
	refused := map[string]bool{}
	for i := range c.record.Activities {
		if a := &c.record.Activities[i]; b.tracker.Add(*a) != nil {
			refused[a.ID] = true
		}
	}
	c.setApart(refused)
}

// enter adds an activity that the record has now.
func (c *Case) enter(a comms.Activity) {
	b := &c.logbook
	if b.tracker == nil || b.apart[a.ID] == nil && b.tracker.Add(a) == nil {
		return
	}
	refused := map[string]bool{a.ID: true}
	for id := range b.apart {
		refused[id] = true
	}
	c.setApart(refused)
}

// setApart keeps the activities of some ids apart.
func (c *Case) setApart(ids map[string]bool) {
	if len(ids) == 0 {
		return
	}
	c.logbook.apart = map[string][]comms.Activity{}
	for _, a := range c.record.Activities {
		if ids[a.ID] {
			c.logbook.apart[a.ID] = append(c.logbook.apart[a.ID], a)
		}
	}
	c.fill(nil)
}

// fill makes the tracker anew, with some of the activities that are kept apart.
func (c *Case) fill(within []comms.Activity) {
	b := &c.logbook
	b.tracker, _ = c.begin(b.people) // no error: it began with these people before
	for i := range c.record.Activities {
		if a := &c.record.Activities[i]; b.apart[a.ID] == nil {
			_ = b.tracker.Add(*a) // no error: it was added before
		}
	}
	for _, a := range within {
		_ = b.tracker.Add(a) // no error: it was added alone
	}
	b.within, b.facts = within, comms.Facts{}
}

func sameActivity(a, b comms.Activity) bool { return wire.Compare(&a, &b) == 0 }

// learn gives the tracker the facts of the playbook, unless it knows them: it judges the whole log anew by them.
// The other facts of a deal are the same until the logbook is opened anew.
func (b *logbook) learn(d comms.Facts) error {
	known := &b.facts
	if known.Size == d.Size && slices.EqualFunc(known.Resized, d.Resized, time.Time.Equal) &&
		known.ModelSet.Equal(d.ModelSet) && known.Ended.Equal(d.Ended) &&
		slices.EqualFunc(known.Holds, d.Holds, sameHold) {
		return nil
	}
	err := b.tracker.SetFacts(d)
	if err == nil {
		b.facts = d
	}
	return err
}

func sameHold(a, b value.Pause) bool { return a.From.Equal(b.From) && a.Until.Equal(b.Until) }
