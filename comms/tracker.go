package comms

import (
	"cmp"
	"time"

	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/value"
)

// Tracker follows one deal, one activity at a time. It is mutable, and not safe for
// concurrent use. Make it with [Rules.Track]; the zero value is not ready for use.
//
// Activities may arrive in any order: what a Tracker answers is what [Rules.Check]
// answers on the whole log. Adding one costs the same whatever the log holds, and
// [Tracker.Report] judges again only what the new activities and the passing of time
// concern. A question about an earlier instant than the one before reads the whole
// log again, and so does the next question after [Tracker.Change].
type Tracker struct {
	rules Rules
	deal  Deal
	who   roster
	ids   map[string]*entry
	log   []*entry
	known *known // nil until something is asked

	entries slab[entry]
}

// Track begins a log. It refuses rules that [Compile] did not make with
// [RulesMissing], and a deal with every problem at once, with paths below
// deal: [DealOpened], [DealEnded], [DealHold], [model.SizeUnknown], and of its people
// [PersonSide], [PersonName], [PersonAddress], [PersonTwice], [PersonRange],
// [PersonLead] and [AddressFormat].
func (r Rules) Track(deal Deal) (*Tracker, error) {
	if !r.compiled {
		return nil, value.In("comms", value.NewError(RulesMissing, "nothing", "was compiled; make the rules with Compile"))
	}
	normal, who, err := deal.meet()
	if err != nil {
		return nil, err
	}
	return &Tracker{rules: r, deal: normal, who: who, ids: map[string]*entry{}}, nil
}

// meet returns the deal without its people, and a roster that has them.
func (d Deal) meet() (Deal, roster, error) {
	var problems value.Errors
	normal, err := d.normal()
	problems.Add("deal", err)
	who, err := newRoster(d.People)
	problems.Add("deal", err)
	normal.People = nil
	return normal, who, problems.Err()
}

// Add takes one activity. A second one with the same id and content changes nothing.
// It refuses, every problem at once and the log unchanged: [ActivityID],
// [ActivityAt], [ActivityEnd], [ActivitySide], [ActivityPeople], [ActivityAbout],
// [ActivityField], [ActivityOffer], [ActivitySize], [ActivityContradicts],
// [KindUnknown], [PurposeUnknown], [PartUnknown], [AddressFormat], [LogSize]. The
// slices stay the caller's.
func (t *Tracker) Add(a Activity) error {
	a, err := a.normal()
	if err != nil {
		return err
	}
	if err := a.checkAuthor(t.who); err != nil {
		return err
	}
	if first, ok := t.ids[a.ID]; ok {
		if wire.Compare(&first.Activity, &a) == 0 {
			return nil
		}
		return value.In("id", value.NewError(ActivityContradicts, value.Quote(a.ID), "is logged already, as a "+first.Kind.String()+" with another content; a moved meeting is cancelled and logged anew under another id"))
	}
	if len(t.log) >= maxLog {
		return logSize()
	}
	e := t.entries.next()
	e.Activity, e.over = a, cmp.Or(a.End, a.At)
	e.meet(&t.who)
	t.ids[a.ID] = e
	t.log = append(t.log, e)
	if t.known != nil {
		t.known.arriving.push(e.knownAt(), e)
	}
	return nil
}

// Change replaces the facts of the deal: the model was set, a hold began or ended, a
// rep changed, the deal was won. Errors are those of [Rules.Track] and, where the
// people changed, [ActivitySide] of activities whose author is now of the other side,
// with paths that name their ids; the tracker is then as before.
func (t *Tracker) Change(deal Deal) error {
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
	for _, e := range t.log {
		e.meet(&t.who)
	}
	t.known = nil
	return nil
}

// Report answers as of an instant, as [Rules.Check] does. The zero time knows of
// nothing but planned meetings.
func (t *Tracker) Report(asOf time.Time) Report {
	now := instant(asOf)
	ended := t.deal.over(now, now)
	if ended {
		now = t.deal.Ended
	}
	if t.known == nil || now.Before(t.known.now) {
		t.begin()
	}
	t.known.now = now
	t.known.settle()
	report := Report{Findings: t.known.findings.items()}
	if !ended {
		report.Due = t.known.due.items()
	}
	return report
}

// begin starts the judgement anew: nothing of the log is known yet.
func (t *Tracker) begin() {
	t.known = newKnown(&t.rules, &t.deal, &t.who)
	t.known.arriving.items = make([]timed[*entry], 0, len(t.log))
	for _, e := range t.log {
		e.facts, e.thread = nil, nil
		t.known.arriving.push(e.knownAt(), e)
	}
}
