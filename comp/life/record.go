package life

import (
	"maps"
	"slices"
	"strconv"
	"time"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// Codes of the rules of a statement's life.
const (
	lifeRule     value.Code = "comp.life"     // a line is drafted, approved and paid; a paid one never changes
	DisputeRule  value.Code = "comp.dispute"  // a payee may doubt a line, and is answered by a day
	SeparateRule value.Code = "comp.separate" // nobody decides about their own line, or twice about one dispute
)

// Codes of bad input that this package refuses.
const (
	eventMember value.Code = "life.member"       // a member that an event of its verb needs, or does not have
	eventOrder  value.Code = "life.order"        // an event before the last one of its record
	lineUnknown value.Code = "life.line.unknown" // an id of no line
	lineOther   value.Code = "life.line.other"   // an id that stands for the line of another party or payer
	staffUnset  value.Code = "life.staff"        // a payer that has not named its approvers
	recordLimit value.Code = "life.events"       // more events than a record takes, or longer ones
)

const maxEvents = 200_000 // of one record

// Record is all that happened to lines of statements, and to disputes about them: dated events, and what follows
// from them. It is mutable and not safe for concurrent use; its methods return copies. The zero value is an empty
// record of parties that count business days in UTC, Monday to Friday. A party that is to see only its part gets
// [Snapshot.For].
type Record struct {
	places map[model.Party]value.Workplace
	events []Event
	size   int   // of their JSON forms
	now    state // after all events
}

// New returns an empty record. places holds the zone and the business days of each party; whoever owes an answer
// counts by their own. A party that is not among them, as with nil, counts Monday to Friday in UTC. New keeps
// copies.
func New(places map[model.Party]value.Workplace) *Record {
	r := &Record{places: maps.Clone(places)}
	for p, w := range r.places {
		r.places[p] = w.Clone()
	}
	return r
}

// Decision is the outcome of an event.
type Decision struct {
	Accepted bool           // whether the event took effect; if not, the record is as it was
	Reasons  []value.Reason // every reason against it; nil where it took effect
	Dispute  Dispute        // of an event of a dispute: the dispute after it; zero value: there is none
}

// Add adds an event, whole or not at all. Rules that refuse it are a decision: comp.life for what a line cannot
// become and who may not make it so, [DisputeRule] and [SeparateRule]. Its reasons name nobody but the person of the
// event.
//
// Errors, all problems at once, below event: those of the form, such as life.member for a member that the verb
// needs or does not have; life.order for an instant before the last event's; life.line.unknown and
// life.dispute.unknown; life.line.other for an id that stands for the line of another party or payer; life.staff
// for a payer that has not named its approvers; life.events for more than 200,000 events, or 128 MiB of them;
// [value.MoneyCurrency].
func (r *Record) Add(e Event) (Decision, error) {
	if r == nil {
		return Decision{}, value.NewError("life.record", "nothing", "is given as the record; begin a new one")
	}
	d, err := r.add(e)
	return d, value.Below("event", err)
}

func (r *Record) add(e Event) (Decision, error) {
	e = wire.Clone(e)
	e.At = e.At.Round(0).UTC()
	if err := e.check(); err != nil {
		return Decision{}, err
	}
	text, err := e.MarshalJSON()
	if err != nil {
		return Decision{}, err
	}
	if n := len(r.events); n >= maxEvents || r.size+len(text) > maxBytes-1024 {
		return Decision{}, value.NewError(recordLimit, "another event",
			"is more than a record takes, which is "+strconv.Itoa(maxEvents)+" events in 128 MiB; begin another record")
	} else if n > 0 && e.At.Before(r.events[n-1].At) {
		return Decision{}, value.Below("at", value.NewError(eventOrder, e.At.Format(time.RFC3339Nano),
			"is before the last event, "+r.events[n-1].At.Format(time.RFC3339Nano)))
	}
	d, err := r.now.take(&e, r.places)
	if d.Accepted {
		r.events, r.size = append(r.events, e), r.size+len(text)+1
	}
	return d, err
}

// At returns what stood as of an instant: every line and dispute that was there, and whose turn it was. Later events
// are ignored; before the first one there is nothing. It costs no more than replaying the events.
func (r *Record) At(asOf time.Time) Snapshot {
	if r == nil || len(r.events) == 0 {
		return Snapshot{}
	}
	if !r.events[len(r.events)-1].At.After(asOf) {
		return r.now.snapshot(asOf)
	}
	var past state
	for i := range r.events {
		if r.events[i].At.After(asOf) {
			break
		}
		_, _ = past.take(&r.events[i], r.places) // it was taken before
	}
	return past.snapshot(asOf)
}

// state is the sum of the events so far.
type state struct {
	staff    map[model.Party]*Staff
	lines    map[comp.LineID]*line
	disputes map[key]*dispute
	ofLine   map[comp.LineID][]*dispute // the same disputes by line, in the order in which they were raised
}

// verdict collects what speaks against an event.
type verdict struct {
	reasons  []value.Reason
	problems value.Errors
}

func (v *verdict) refuse(code value.Code, path, template string, operands ...value.Operand) {
	r := value.NewReason(code, template, operands...)
	if path != "" {
		r = r.At(path)
	}
	v.reasons = append(v.reasons, r)
}

// stops reports whether the event does not take effect.
func (v *verdict) stops() bool { return len(v.reasons) > 0 || len(v.problems) > 0 }

// take judges an event that is well formed and, where nothing speaks against it, lets it take effect.
func (s *state) take(e *Event, places map[model.Party]value.Workplace) (Decision, error) {
	if s.staff == nil {
		s.staff, s.lines = map[model.Party]*Staff{}, map[comp.LineID]*line{}
		s.disputes, s.ofLine = map[key]*dispute{}, map[comp.LineID][]*dispute{}
	}
	var v verdict
	var d *dispute
	switch e.Do {
	case Named:
		s.name(&v, e)
	case Drafted:
		s.draft(&v, e, places)
	case Approved:
		s.approve(&v, e)
	case Paid:
		s.pay(&v, e)
	case Disputed:
		d = s.raise(&v, e, places)
	case Accepted, Declined:
		d = s.answer(&v, e, places)
	case Appealed:
		d = s.appeal(&v, e, places)
	}
	if err := v.problems.Err(); err != nil {
		return Decision{}, err
	}
	decision := Decision{Accepted: len(v.reasons) == 0, Reasons: v.reasons}
	if d != nil {
		decision.Dispute = s.show(d, e.At)
	}
	return decision, nil
}

// name replaces the people and the terms of a party.
func (s *state) name(v *verdict, e *Event) {
	if e.By != (model.Person{}) && e.By.Party != e.Staff.Party {
		v.refuse(lifeRule, "by", "only a party itself names its approvers")
		return
	}
	s.staff[e.Staff.Party] = e.Staff
}

// isApprover reports whether a person approves lines of a payer now.
func (s *state) isApprover(who model.Person, payer model.Party) bool {
	staff := s.staff[payer]
	return staff != nil && who.Party == payer && slices.Contains(staff.Approvers, who.Name)
}

// mayDispute reports whether a person speaks for the payee of a line: the payee, or their manager.
func (s *state) mayDispute(who model.Person, l *Line) bool {
	return slices.Contains(s.speakers(l), who)
}

// speakers returns the payee of a line and, where one is named, the manager.
func (s *state) speakers(l *Line) []model.Person {
	people := []model.Person{l.payee()}
	if staff := s.staff[l.Party]; staff != nil && staff.Managers[l.ID.Payee] != "" {
		people = append(people, model.Person{Name: staff.Managers[l.ID.Payee], Party: l.Party})
	}
	return people
}

// approvers returns the people who may decide about a line, without those whom not excludes.
func (s *state) approvers(l *Line, not func(model.Person) bool) []model.Person {
	var people []model.Person
	for _, name := range s.staff[l.Payer].Approvers {
		if p := (model.Person{Name: name, Party: l.Payer}); p != l.payee() && !not(p) {
			people = append(people, p)
		}
	}
	return people
}
