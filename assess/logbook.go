package assess

import (
	"slices"
	"time"

	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/model"
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
	secret   []shelf                     // the notes that a party keeps to itself, which no rule is about
	sides    [model.Vendor + 1]bool      // a rep of the side is among the people
	facts    comms.Facts                 // that the tracker knows of the playbook; zero: none
	led      bool                        // the tracker knows the people by who led when (party.lead)
}

// shelf holds the secret notes of a party, only to find those that are malformed.
type shelf struct {
	of      model.Party
	tracker *comms.Tracker
	apart   map[string][]comms.Activity // all of an id of which one is refused
}

// secret reports whether an activity is a note that its party does not share: nothing of it reaches another one, not
// even that it is there.
func secret(a *comms.Activity) bool {
	return a.Kind == comms.Note && !a.Shared && len(a.About) == 0 && a.Side.IsValid()
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
		switch a := &c.record.Activities[i]; {
		case secret(a):
			c.hide(a)
		case b.tracker.Add(*a) != nil:
			refused[a.ID] = true
		}
	}
	c.setApart(refused)
}

// hide reads a secret note of the record.
func (c *Case) hide(a *comms.Activity) {
	of := c.keeper(a)
	i, found := slices.BinarySearchFunc(c.logbook.secret, of,
		func(s shelf, of model.Party) int { return s.of.Compare(of) })
	if !found {
		t, _ := c.begin(c.logbook.people) // no error: the log began with these people
		c.logbook.secret = slices.Insert(c.logbook.secret, i, shelf{of: of, tracker: t})
	}
	s := &c.logbook.secret[i]
	if s.tracker.Add(*a) == nil && s.apart[a.ID] == nil {
		return
	}
	if s.apart == nil {
		s.apart = map[string][]comms.Activity{}
	}
	s.apart[a.ID] = nil
	for i := range c.record.Activities {
		if other := &c.record.Activities[i]; other.ID == a.ID && secret(other) && c.keeper(other) == of {
			s.apart[a.ID] = append(s.apart[a.ID], *other)
		}
	}
}

// enter adds an activity that the record has now.
func (c *Case) enter(a comms.Activity) {
	b := &c.logbook
	if b.tracker != nil && secret(&a) {
		c.hide(&a)
		return
	}
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
		if ids[a.ID] && !secret(&a) {
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
		if a := &c.record.Activities[i]; b.apart[a.ID] == nil && !secret(a) {
			_ = b.tracker.Add(*a) // no error: it was added before
		}
	}
	for _, a := range within {
		_ = b.tracker.Add(a) // no error: it was added alone
	}
	b.within, b.facts, b.led = within, comms.Facts{}, false
}

func sameActivity(a, b comms.Activity) bool { return wire.Compare(&a, &b) == 0 }

// learn gives the tracker the facts of the playbook, unless it knows them: it judges the whole log anew by them.
// The other facts of a deal are the same until the logbook is opened anew.
func (b *logbook) learn(d comms.Facts, led bool) error {
	known := &b.facts
	if !led && !b.led && known.Size == d.Size && slices.EqualFunc(known.Resized, d.Resized, time.Time.Equal) &&
		known.ModelSet.Equal(d.ModelSet) && known.Ended.Equal(d.Ended) &&
		slices.EqualFunc(known.Holds, d.Holds, sameHold) {
		return nil
	}
	err := b.tracker.SetFacts(d)
	if err == nil {
		b.facts, b.led = d, led
	}
	return err
}

func sameHold(a, b value.Pause) bool { return a.From.Equal(b.From) && a.Until.Equal(b.Until) }
