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

// log is what the two sides said to one another and to the prospect.
type log struct {
	people   []comms.Person // of the deal, without who was refused
	tracker  *comms.Tracker // nil where there is no log; talk, which comes last, tells it of the playbook
	contacts []comms.Interaction
}

// log reads the activities of the record, and finds the contact with the prospect in
// them. One that is refused is noted and left out; of two that contradict one another
// neither counts.
func (q *question) log() (l log, n notes) {
	if !slices.ContainsFunc(q.record.Activities, q.knows) {
		n.lacks(OfComms, "record.activities", missingFact("says how the two sides talk"))
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
			err = value.In("id", value.NewError(comms.ActivityContradicts, value.Quote(a.ID), "stands in the record with different contents; a moved meeting is cancelled and logged anew under another id"))
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

// knows reports whether an activity is known as of the question: it happened, or it is
// a meeting that is planned (SPEC 8).
func (q *question) knows(a comms.Activity) bool {
	return !a.At.After(q.asOf) || a.Kind == comms.Meeting
}

// begin begins a log with some people.
func (q *question) begin(people []comms.Person) (*comms.Tracker, error) {
	return q.rules.talk.Track(comms.Deal{Opened: q.opened, Size: model.Standard, People: people})
}

// track begins a log with the people of the deal. Who is malformed alone is noted and
// left out; people who contradict one another are noted, and there is no log.
func (q *question) track(n *notes) (*comms.Tracker, []comms.Person) {
	if t, err := q.begin(q.deal.People); err == nil {
		return t, q.deal.People
	}
	var people []comms.Person
	refused := refusals{}
	for _, p := range q.deal.People {
		if _, err := q.begin([]comms.Person{p}); err != nil {
			refused.add(personName(&p), err)
			continue
		}
		people = append(people, p)
	}
	n.lacksEach(OfComms, refused)
	slices.SortFunc(people, func(a, b comms.Person) int { return wire.Compare(&a, &b) }) // which of two is noted first
	t, err := q.begin(people)
	if err != nil {
		n.lacksOne(OfComms, "deal.people", err)
		return nil, nil
	}
	return t, people
}

// trackWithout reads the log again without the activities whose ids were refused.
func (q *question) trackWithout(n *notes, l log, refused map[string]error) *comms.Tracker {
	t, _ := q.begin(l.people) // whose people were taken before
	for i := range q.record.Activities {
		if a := &q.record.Activities[i]; refused[a.ID] == nil && q.knows(*a) {
			_ = t.Add(*a) // it was taken before
		}
	}
	for _, id := range slices.Sorted(maps.Keys(refused)) {
		n.lacks(OfComms, activityName(id), refused[id])
	}
	return t
}

// meet notes whom the people of the deal do not have.
func (q *question) meet(n *notes, people []comms.Person) {
	if len(q.deal.People) == 0 {
		n.lacks(OfComms, "deal.people", missingFact("says who is who by mail address, so no activity is one with the prospect"))
		return
	}
	if !slices.ContainsFunc(people, func(p comms.Person) bool { return p.Prospect }) {
		n.lacks(OfComms, "deal.people", missingFact("says who is of the prospect by mail address, so no activity is one with it"))
	}
	for _, side := range [...]model.Side{model.Partner, model.Vendor} {
		if !hasRep(people, side) {
			n.lacks(OfComms, "deal.people", missingFact("says who is a rep of the "+side.String()+" by mail address, so what they took part in is not known"))
		}
	}
}

// hasRep reports whether a rep of a side is among the people; a whole domain is none.
func hasRep(people []comms.Person, side model.Side) bool {
	return slices.ContainsFunc(people, func(p comms.Person) bool {
		return p.Party.Side == side && !slices.ContainsFunc(p.Addresses, func(a string) bool { return strings.HasPrefix(strings.TrimSpace(a), "@") })
	})
}

// personName names somebody of a deal by name, else by the first address.
func personName(p *comms.Person) string {
	name := p.Name
	if name == "" && len(p.Addresses) > 0 {
		name = p.Addresses[0]
	}
	return "deal.people[" + value.Quote(name) + "]"
}
