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
	people   []comms.Correspondent // of the deal, without refused ones
	tracker  *comms.Tracker        // nil where there is no log; talk adds the facts of the playbook
	contacts []comms.Interaction
}

// log reads the activities, without refused and contradicting ones, and finds the contact with the prospect.
func (q *question) log() (l log, n notes) {
	if !slices.ContainsFunc(q.record.Activities, q.knows) {
		n.miss(SectionComms, "record.activities", missingFact("says how the two sides talk"))
		return l, n
	}
	l.tracker, l.people = q.track(&n)
	if l.tracker == nil {
		return l, n
	}
	q.meet(&n, l.people)
	refused := map[string]error{}
	for i := range q.record.Activities {
		a := &q.record.Activities[i]
		if !q.knows(*a) {
			continue
		}
		err := l.tracker.Add(*a)
		if errors.Is(err, comms.ActivityContradicts) {
			err = value.Below("id", value.NewError(comms.ActivityContradicts, value.Quote(a.ID),
				"is in the record with different contents;"+
					" a moved meeting is cancelled and logged anew under another id"))
		}
		if err != nil && (refused[a.ID] == nil || err.Error() < refused[a.ID].Error()) {
			refused[a.ID] = err
		}
	}
	if len(refused) > 0 {
		l.tracker = q.trackWithout(&n, l, refused)
	}
	l.contacts = l.tracker.Interactions(q.asOf)
	return l, n
}

// knows reports whether an activity is known as of the question: it is not later, or it is a planned meeting.
func (q *question) knows(a comms.Activity) bool {
	return !a.At.After(q.asOf) || a.Kind == comms.Meeting
}

// begin returns an empty log with some people.
func (q *question) begin(people []comms.Correspondent) (*comms.Tracker, error) {
	return q.rules.talk.Track(comms.Facts{Opened: q.opened, Size: model.Standard, People: people})
}

// track returns an empty log with the people of the deal, without malformed ones; none where they contradict.
func (q *question) track(n *notes) (*comms.Tracker, []comms.Correspondent) {
	if t, err := q.begin(q.deal.People); err == nil {
		return t, q.deal.People
	}
	var people []comms.Correspondent
	refused := refusals{}
	for _, p := range q.deal.People {
		if _, err := q.begin([]comms.Correspondent{p}); err != nil {
			refused.add(personName(&p), err)
			continue
		}
		people = append(people, p)
	}
	n.missEach(SectionComms, refused)
	// so that their order does not matter
	slices.SortFunc(people, func(a, b comms.Correspondent) int { return wire.Compare(&a, &b) })
	t, err := q.begin(people)
	if err != nil {
		n.missOne(SectionComms, "deal.people", err)
		return nil, nil
	}
	return t, people
}

// trackWithout reads the log again without the activities whose ids were refused.
func (q *question) trackWithout(n *notes, l log, refused map[string]error) *comms.Tracker {
	t, _ := q.begin(l.people) // no error: it began with these people before
	for i := range q.record.Activities {
		if a := &q.record.Activities[i]; refused[a.ID] == nil && q.knows(*a) {
			_ = t.Add(*a) // no error: it was added before
		}
	}
	for _, id := range slices.Sorted(maps.Keys(refused)) {
		n.miss(SectionComms, activityName(id), refused[id])
	}
	return t
}

// meet notes who is missing among the people of the deal.
func (q *question) meet(n *notes, people []comms.Correspondent) {
	if len(q.deal.People) == 0 {
		n.miss(SectionComms, "deal.people", missingFact(
			"says which person has which mail address, so no activity is contact with the prospect"))
		return
	}
	if !slices.ContainsFunc(people, func(p comms.Correspondent) bool { return p.Prospect }) {
		n.miss(SectionComms, "deal.people", missingFact(
			"says which mail addresses belong to the prospect, so no activity is contact with it"))
	}
	for _, side := range [...]model.Side{model.Partner, model.Vendor} {
		if !hasRep(people, side) {
			n.miss(SectionComms, "deal.people",
				missingFact("says which mail addresses belong to reps of the "+side.String()+
					", so nobody knows where they took part"))
		}
	}
}

// hasRep reports whether the people include a rep of a side; a whole domain is no rep.
func hasRep(people []comms.Correspondent, side model.Side) bool {
	return slices.ContainsFunc(people, func(p comms.Correspondent) bool {
		return p.Party.Side == side && !slices.ContainsFunc(p.Addresses,
			func(a string) bool { return strings.HasPrefix(strings.TrimSpace(a), "@") })
	})
}

// personName returns the name of a person as a fact, or the first address where there is none.
func personName(p *comms.Correspondent) string {
	name := p.Name
	if name == "" && len(p.Addresses) > 0 {
		name = p.Addresses[0]
	}
	return "deal.people[" + value.Quote(name) + "]"
}
