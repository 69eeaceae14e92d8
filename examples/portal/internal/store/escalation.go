package store

import (
	"context"
	"database/sql"
	"slices"

	"github.com/coselling/coselling/assess"
	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/escalation"
)

// maxScanned is how many open deals are asked for their cases, those that end first before all.
const maxScanned = 1000

// Escalated is an open case of a deal, as one party sees it.
type Escalated struct {
	Deal    string
	Version int
	View    assess.View
	Case    assess.Escalation
	Mine    bool // the person is one of those who are called, and nobody has answered yet
}

// Escalations returns the open cases of the deals in which a person's party takes part, the first to answer before
// all, and whether there are more open deals than were asked.
func (s *Store) Escalations(ctx context.Context, who User) (cases []Escalated, more bool, err error) {
	for page := 1; ; page++ {
		list, err := s.Deals(ctx, who, Query{Sort: "ends", Open: true, Page: page})
		if err != nil {
			return nil, false, err
		}
		for _, d := range list.Deals {
			for _, c := range d.View.Blockers {
				if c.State.IsOpen() {
					cases = append(cases, Escalated{d.View.Deal, d.Version, d.View, c, called(&c, who)})
				}
			}
		}
		if more = page < list.Pages; !more || page*PageSize >= maxScanned {
			break
		}
	}
	slices.SortStableFunc(cases, func(a, b Escalated) int {
		return a.Case.State.Route.RespondBy.Compare(b.Case.State.Route.RespondBy)
	})
	return cases, more, nil
}

// called reports whether a person is called for a case that nobody has acknowledged.
func called(c *assess.Escalation, who User) bool {
	for _, p := range c.State.Route.People() {
		if p.Person == who.Person() {
			return c.State.Acknowledged.IsZero()
		}
	}
	return false
}

// Acknowledge says that the person has taken on a case of a deal of the version that they have seen. Where only facts
// show the case, a blocker records it. [ErrNotFound] where the person is not called for such a case.
func (s *Store) Acknowledge(ctx context.Context, who User, id string, version int,
	kind escalation.BlockerKind) (Outcome, error) {
	var change deal.Change
	err := s.read(ctx, who.Party, func(tx *sql.Tx) error {
		d, err := s.one(ctx, tx, who.Party, id, latest)
		if err != nil {
			return err
		}
		seen, err := s.seen(d, who.Party)
		if err != nil {
			return err
		}
		for _, c := range seen.View.Blockers {
			if c.Kind == kind && called(&c, who) {
				change = acknowledgement(c, d.record.Blockers)
				return nil
			}
		}
		return ErrNotFound
	})
	if err != nil {
		return Outcome{}, err
	}
	return s.Change(ctx, who, id, version, change)
}

// acknowledgement returns the change that takes a case on; [Store.Change] says who and when.
func acknowledgement(c assess.Escalation, blockers []deal.Blocker) deal.Change {
	for _, b := range blockers {
		if slices.Contains(c.Blockers, b.ID) && b.Resolved.At.IsZero() {
			return deal.Change{BlockerEvent: deal.BlockerEvent{Blocker: b.ID, Act: escalation.Acknowledged}}
		}
	}
	return deal.Change{Blocker: deal.Blocker{Kind: c.Kind, Concerns: c.Concerns,
		Acknowledged: make([]escalation.Event, 1)}}
}
