package comms

import (
	"cmp"
	"slices"
	"time"

	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// Tracker follows the log of one deal, one activity at a time, in any order; it reports what [Rules.Judge] reports
// on the whole log. It is mutable and not safe for concurrent use. Make it with [Rules.Track]; nil and the zero value
// are empty, and refuse activities and facts (comms.rules.missing). Adding takes the same time however long the log
// is, and [Tracker.Report] judges only what has changed; but it reads the whole log again for an instant before that
// of the last report, and after [Tracker.SetFacts].
type Tracker struct {
	rules *Rules
	deal  Facts
	who   roster
	ids   map[string]*entry
	log   []*entry
	known *known // nil until something is asked

	cancellations, contacts []*entry // of the log; the contacts may be unsorted
	entries                 slab[entry]
}

// Track returns a Tracker with an empty log. All problems of the deal are returned at once, with paths such as
// deal.opened or deal.people[2].addresses[0]: comms.deal.opened, comms.deal.ended, pause.order, fact.instant,
// playbook.size.unknown, and those of its people: comms.person.side, comms.person.name, comms.person.address,
// comms.person.range, comms.person.lead, comms.address.format; comms.activity.size, above 10,000 people. Whether two
// people share an address (comms.person.twice) and who leads a side is checked where no person has another problem.
func (r *Rules) Track(deal Facts) (*Tracker, error) {
	if r == nil || !r.compiled {
		return nil, notCompiled()
	}
	normal, who, err := deal.meet()
	if err != nil {
		return nil, err
	}
	return &Tracker{rules: r, deal: normal, who: who, ids: map[string]*entry{}}, nil
}

func notCompiled() error {
	return value.Below("comms", value.NewError(rulesMissing, "no policy",
		"was checked for these rules; compile one first"))
}

// meet returns the checked deal without its people, and the roster of its people.
func (d Facts) meet() (Facts, roster, error) {
	var problems value.Errors
	normal, err := d.normal()
	problems.Add("deal", err)
	who, err := newRoster(d.People, slices.Clone(d.Others))
	problems.Add("deal", err)
	normal.People, normal.Others = nil, who.others
	return normal, who, problems.Err()
}

// Add adds one activity; one with the id and content of another changes nothing. After an error the log is unchanged.
// It returns all problems of the activity at once, with paths inside it, such as to[1]: comms.activity.id,
// comms.activity.end, comms.activity.side, comms.activity.people, comms.activity.about, comms.activity.field,
// comms.activity.offer, comms.activity.size, comms.purpose.unknown, comms.part.unknown, comms.address.format,
// fact.instant. An unknown kind (comms.kind.unknown) hides all but those of id, side and at. If there are none, one
// of these comes alone: an author of the other side at that time (comms.activity.side), [ActivityContradicts],
// comms.log.size. Ids of About and Refs need not be in the log. The slices stay the caller's.
func (t *Tracker) Add(a Activity) error {
	if t == nil || t.rules == nil {
		return notCompiled()
	}
	a, err := a.normal()
	if err != nil {
		return err
	}
	if err := a.checkAuthor(t.who); err != nil {
		return err
	}
	if first, ok := t.ids[a.ID]; ok {
		if again := a; wire.Compare(&first.Activity, &again) == 0 { // a itself stays off the heap
			return nil
		}
		return value.Below("id", value.NewError(ActivityContradicts, value.Quote(a.ID),
			"is logged already, as a "+first.Kind.String()+" with other content;"+
				" a moved meeting is cancelled and logged anew under another id"))
	}
	if len(t.log) >= maxLog {
		return logSize()
	}
	e := t.entries.next()
	e.Activity, e.over = a, cmp.Or(a.End, a.At)
	e.meet(&t.who)
	t.ids[a.ID] = e
	t.log = append(t.log, e)
	if e.Kind == Cancellation {
		t.cancellations = append(t.cancellations, e)
	}
	if e.interaction() || e.met() {
		t.contacts = append(t.contacts, e)
	}
	if t.known != nil {
		t.known.arriving.push(e.knownAt(), e)
	}
	return nil
}

// SetFacts replaces the facts of the deal. Its errors are those of [Rules.Track]; if there are none,
// comms.activity.side, with a path such as log."m1".side, for each activity whose author now belongs to the other
// side, up to 1000. After an error the Tracker is unchanged.
func (t *Tracker) SetFacts(deal Facts) error {
	if t == nil || t.rules == nil {
		return notCompiled()
	}
	normal, who, err := deal.meet()
	if err != nil {
		return err
	}
	var problems value.Errors
	for _, e := range t.log {
		if err := e.checkAuthor(who); err != nil {
			problems.Add(value.JoinPath("log", value.Quote(e.ID)), err)
		}
		if len(problems) >= maxProblems {
			break
		}
	}
	if err := problems.Err(); err != nil {
		return err
	}
	t.deal, t.who = normal, who
	t.contacts = t.contacts[:0]
	for _, e := range t.log {
		if e.meet(&t.who); e.interaction() || e.met() {
			t.contacts = append(t.contacts, e)
		}
	}
	t.known = nil
	return nil
}

// Report returns the report as of an instant, or of the deal's end if that was earlier; what happens at the instant
// is known. As of the zero time only planned meetings are known.
func (t *Tracker) Report(asOf time.Time) Report {
	if t == nil || t.rules == nil {
		return Report{}
	}
	now := instant(asOf)
	ended := t.deal.over(now, now)
	if ended {
		now = t.deal.Ended
	}
	if t.known == nil || now.Before(t.known.now) {
		t.begin()
	}
	t.known.now = now
	t.known.hold()
	t.known.settle()
	report := Report{Findings: t.known.findings.items()}
	if !ended {
		report.Due = t.known.due.items()
	}
	return report
}

// Thread returns the id of the first mail of the thread of a mail, or of a message that a mail refers to, as of
// the last Report; empty for any other id. All findings about the mails of one thread that missed the same
// people have one cause.
func (t *Tracker) Thread(id string) string {
	if t == nil || t.known == nil || t.known.threads[id] == nil {
		return ""
	}
	if mails := t.known.threads[id].root().mails; len(mails) > 0 {
		return mails[0].ID
	}
	return ""
}

// begin starts again with nothing of the log known.
func (t *Tracker) begin() {
	t.known = newKnown(t.rules, &t.deal, &t.who)
	t.known.arriving.items = make([]timed[*entry], 0, len(t.log))
	for _, e := range t.log {
		e.facts, e.thread = nil, nil
		t.known.arriving.push(e.knownAt(), e)
	}
}

// Interaction is contact with the prospect: a mail to or from its people, or a call or a meeting with them.
type Interaction struct {
	ID      string       // of the activity
	Kind    ActivityKind // Mail, Call or Meeting
	At      time.Time
	Inbound bool // a mail that the prospect wrote
	Partner bool // a rep of the partner is on it
	Vendor  bool // a rep of the vendor is on it
	others  uint32
}

// Further reports whether a rep of the i-th participant of the deal, counted from 0, is on it.
func (i Interaction) Further(participant int) bool {
	return participant >= 0 && participant < 31 && i.others&(2<<participant) != 0
}

// Interactions returns all contact of the two sides with the prospect up to an instant, sorted by start, then by id,
// also from before the opening and after the end, without calls and meetings that were cancelled by then; one at the
// instant counts. Without any the list is empty. The caller owns the slice.
func (t *Tracker) Interactions(asOf time.Time) []Interaction {
	return t.withProspect(asOf, (*entry).interaction)
}

// Met returns the meetings and calls of any party with the prospect, those of participants alone included, as
// [Tracker.Interactions] returns those of the sides.
func (t *Tracker) Met(asOf time.Time) []Interaction { return t.withProspect(asOf, (*entry).met) }

func (t *Tracker) withProspect(asOf time.Time, counts func(*entry) bool) []Interaction {
	if t == nil {
		return nil
	}
	asOf = instant(asOf)
	cancelled := map[string]bool{}
	for _, e := range t.cancellations {
		if !e.At.After(asOf) {
			for _, id := range e.About {
				cancelled[id] = true
			}
		}
	}
	slices.SortFunc(t.contacts, byStart) // all but the last were sorted before
	list := make([]Interaction, 0, len(t.contacts))
	for _, e := range t.contacts {
		if !e.At.After(asOf) && counts(e) && (e.Kind == Mail || !cancelled[e.ID]) {
			list = append(list, Interaction{e.ID, e.Kind, e.At, e.inbound, e.reps[model.Partner], e.reps[model.Vendor],
				e.others})
		}
	}
	return list
}
