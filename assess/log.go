package assess

import (
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// log holds the communication of the two sides with each other and with the prospect.
type log struct {
	*logbook // nil where nothing is known of it
	contacts []comms.Interaction
	met      []comms.Interaction // meetings and calls of any party with the prospect; nil without participants
}

// log notes refused and contradicting activities, and finds the contact with the prospect among the others.
func (q *question) log() (l log, n notes) {
	for i := range q.logbook.secret {
		q.within(&n, q.logbook.secret[i].of, q.logbook.secret[i].apart)
	}
	known := func(a comms.Activity) bool { return q.knows(a) && !secret(&a) }
	if !slices.ContainsFunc(q.record.Activities, known) {
		n.miss(SectionComms, "record.activities", missingFact("says how the two sides talk"))
		return l, n
	}
	b := &q.logbook
	n.add(b.ofPeople)
	if b.tracker == nil {
		return l, n
	}
	if within := q.within(&n, model.Party{}, b.apart); b.led || !slices.EqualFunc(within, b.within, sameActivity) {
		q.fill(within)
	}
	l = log{logbook: b, contacts: b.tracker.Interactions(q.asOf)}
	if q.deal.Participants != nil {
		l.met = b.tracker.Met(q.asOf)
	}
	return l, n
}

// within returns the activities of those kept apart that count as of the question, and notes the others for the only
// party that may know of them.
func (q *question) within(n *notes, only model.Party, apart map[string][]comms.Activity) (counted []comms.Activity) {
	if len(apart) == 0 {
		return nil
	}
	t, _ := q.begin(q.logbook.people) // no error: the logbook began with these people
	for _, id := range slices.Sorted(maps.Keys(apart)) {
		var refused error
		known := slices.DeleteFunc(slices.Clone(apart[id]),
			func(a comms.Activity) bool { return !q.knows(a) })
		for _, a := range known {
			err := t.Add(a)
			if errors.Is(err, comms.ActivityContradicts) {
				err = value.Below("id", value.NewError(comms.ActivityContradicts, value.Quote(id),
					"is in the record with different contents;"+
						" a moved meeting is cancelled and logged anew under another id"))
			}
			if err != nil && (refused == nil || err.Error() < refused.Error()) {
				refused = err
			}
		}
		switch {
		case refused != nil:
			n.missFor(only, SectionComms, activityName(id), refused)
		case len(known) > 0:
			counted = append(counted, known[0]) // the others are equal
		}
	}
	return counted
}

// knows reports whether an activity is known as of the question: it is not later, or it is a planned meeting.
func (q *question) knows(a comms.Activity) bool {
	return !a.At.After(q.asOf) || a.Kind == comms.Meeting
}

// begin returns an empty log with some people.
func (c *Case) begin(people []comms.Correspondent) (*comms.Tracker, error) {
	return c.rules.talk.Track(comms.Facts{Opened: c.opened, Size: model.Standard, People: people,
		Others: c.deal.Participants})
}

// track returns an empty log with the people of the deal, without malformed ones; none where they contradict.
func (c *Case) track(n *notes) (*comms.Tracker, []comms.Correspondent) {
	if t, err := c.begin(c.deal.People); err == nil {
		return t, c.deal.People
	}
	var people []comms.Correspondent
	refused := refusals{}
	for _, p := range c.deal.People {
		if _, err := c.begin([]comms.Correspondent{p}); err != nil {
			refused.add(personName(&p), err)
			continue
		}
		people = append(people, p)
	}
	n.missEach(SectionComms, refused)
	// so that their order does not matter
	slices.SortFunc(people, func(a, b comms.Correspondent) int { return wire.Compare(&a, &b) })
	t, err := c.begin(people)
	if err != nil {
		n.missOne(SectionComms, "deal.people", err)
		return nil, nil
	}
	return t, people
}

// meet notes who is missing among the people of the deal.
func (c *Case) meet(n *notes, people []comms.Correspondent) {
	if len(c.deal.People) == 0 {
		n.miss(SectionComms, "deal.people", missingFact(
			"says which person has which mail address, so no activity is contact with the prospect"))
		return
	}
	if !slices.ContainsFunc(people, func(p comms.Correspondent) bool { return p.Prospect }) {
		n.miss(SectionComms, "deal.people", missingFact(
			"says which mail addresses belong to the prospect, so no activity is contact with it"))
	}
	for _, side := range [...]model.Side{model.Partner, model.Vendor} {
		if c.logbook.sides[side] = c.hasRep(people, side); !c.logbook.sides[side] {
			n.miss(SectionComms, "deal.people",
				missingFact("says which mail addresses belong to reps of the "+side.String()+
					", so nobody knows where they took part"))
		}
	}
}

// hasRep reports whether the people include a rep of a side; a whole domain is no rep, nor is anybody of a
// participant.
func (c *Case) hasRep(people []comms.Correspondent, side model.Side) bool {
	return slices.ContainsFunc(people, func(p comms.Correspondent) bool {
		return p.Party.Side == side && !c.further(&c.deal, p.Party) && !slices.ContainsFunc(p.Addresses,
			func(a string) bool { return strings.HasPrefix(strings.TrimSpace(a), "@") })
	})
}

// personName returns the name of a person as a fact, or the first address where there is none.
func personName(p *comms.Correspondent) string {
	name := p.Name
	if name == "" && len(p.Addresses) > 0 {
		name = p.Addresses[0]
	}
	return named("deal.people", name)
}
