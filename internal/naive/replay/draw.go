package replay

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"github.com/coselling/coselling/assess"
	"github.com/coselling/coselling/book"
	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

var (
	ana   = model.Person{Name: "ana", Party: model.PartnerOrg("acme")}
	bo    = model.Person{Name: "bo", Party: model.VendorOrg("us")}
	first = time.Date(2026, time.March, 2, 0, 0, 0, 0, time.UTC)
)

// Rules are those of the records: of the default book, whose playbooks have no tasks and two gates.
type Rules struct {
	assess *assess.Rules
	stages *stage.Rules
}

// Compile returns the rules.
func Compile() (r Rules, err error) {
	b := book.Default()
	b.Registration.Vendor, b.Registration.ChannelOwners = "us", []string{"olga", "omar"}
	gates := []value.Code{stage.GateQualified, stage.GatePartnerEngaged}
	b.Stage.Overridable = gates
	for i := range b.Stage.Playbooks {
		for j := range b.Stage.Playbooks[i].Steps {
			step := &b.Stage.Playbooks[i].Steps[j]
			step.Tasks = nil
			step.Gates = slices.DeleteFunc(step.Gates, func(g value.Code) bool { return !slices.Contains(gates, g) })
		}
	}
	if r.stages, err = stage.Compile(b.Stage); err == nil {
		r.assess, err = assess.Compile(b, assess.Host{})
	}
	return r, err
}

// table is a deal that people record things about, in any order and many at one instant.
type table struct {
	*Rules
	rand   *rand.Rand
	deal   deal.Deal
	record deal.Record
	asked  *assess.Case
	now    played
	number int
}

// Play records what happened to a deal, and asks each time what a change would do, how the deal stands, and whether a
// case that grew bit by bit stands so too (next.try). It returns what differs; empty: nothing does.
func (rules *Rules) Play(r *rand.Rand) (problem string) {
	t := &table{Rules: rules, rand: r}
	t.deal = deal.Deal{ID: "D-1", Account: "Calder Rail", Partner: "acme", Vendor: "us",
		Opening: stage.Opening{Day: value.MustDate("2026-03-02"),
			Engagement: 1 + model.Engagement(r.IntN(3)), Size: 1 + model.PlaybookSize(r.IntN(2))},
		Team: model.Team{Reps: []model.Rep{{ID: "ana", Party: ana.Party}, {ID: "bo", Party: bo.Party}}},
		People: []comms.Correspondent{{Name: "ana", Party: ana.Party, Addresses: []string{"ana@acme.example"}},
			{Name: "bo", Party: bo.Party, Addresses: []string{"bo@us.example"}},
			{Prospect: true, Addresses: []string{"@calder.example"}}}}
	var err error
	if t.asked, err = t.assess.Case(t.deal, t.record); err == nil {
		t.now, err = play(t.stages, &t.deal, &t.record)
	}
	for range 4 + r.IntN(20) {
		if err != nil {
			return err.Error()
		}
		if problem = t.happen(); problem != "" {
			return problem
		}
	}
	return ""
}

// happen tries a change and adds it where it is accepted, or at times all the same, as a CRM does.
func (t *table) happen() (problem string) {
	change := t.draw()
	d, r, err := change.Apply(t.deal, t.record)
	if err != nil {
		return fmt.Sprintf("%s: %v", text(change), err)
	}
	next, err := play(t.stages, &d, &r)
	if err != nil {
		return fmt.Sprintf("%s: %v", text(change), err)
	}
	if t.rand.IntN(2) == 0 {
		if problem := t.try(change, &r, next); problem != "" {
			return fmt.Sprintf("next.try: %s on %s %s: %s", text(change), text(t.deal), text(t.record), problem)
		}
	}
	own := slices.IndexFunc(r.Events, func(e stage.Event) bool { return deal.Compare(e, change.Event) == 0 })
	if own >= 0 && (next.fates[own] == malformed || next.fates[own] == refused && t.rand.IntN(3) > 0) {
		return ""
	}
	if err := t.asked.Add(change); err != nil {
		return fmt.Sprintf("%s: %v", text(change), err)
	}
	t.record, t.now = r, next
	return t.stands()
}

// try compares what the change would do.
func (t *table) try(change deal.Change, r *deal.Record, next played) string {
	outcome, err := t.assess.Try(t.deal, t.record, change)
	var undone []string
	own := fate(0)
	for i := range r.Events {
		e := &r.Events[i]
		if change.Event.Verb != 0 && deal.Compare(*e, change.Event) == 0 {
			own = next.fates[i]
			continue
		}
		before := slices.IndexFunc(t.record.Events, func(o stage.Event) bool { return deal.Compare(o, *e) == 0 })
		if was, is := t.now.fates[before], next.fates[i]; was == holds && is != holds || was == waits && is > waits {
			undone = append(undone, text(*e))
		}
	}
	if (err != nil) != (own == malformed) {
		return fmt.Sprintf("%v, want %d", err, own)
	}
	if err != nil {
		return ""
	}
	var got []string
	for _, u := range outcome.Undone {
		got = append(got, text(u.Event))
	}
	slices.Sort(got)
	slices.Sort(undone)
	fact := change.Event.Verb == 0 || change.Event.Verb == stage.VerbRecord
	if want := own != refused && (fact || undone == nil); outcome.Accepted != want || !slices.Equal(got, undone) {
		return fmt.Sprintf("accepted %t, undone %q, want %t, %q", outcome.Accepted, got, want, undone)
	}
	return ""
}

// stands compares how the deal stands after everything, and the bytes of the case with those of a single question.
func (t *table) stands() string {
	asOf := first.AddDate(0, 0, 20)
	v, p := t.asked.At(asOf).Everything(), t.now.progress
	got := standing(v.Progress.Options, v.Progress.Pending, v.Progress.Stage, v.Progress.Status, v.Progress.Size,
		v.Model.Set)
	want := standing(t.stages.Options(p, asOf), t.stages.Awaiting(p, asOf), p.Stage(), p.Status(), p.Size(),
		p.Engagement())
	if got != want {
		return fmt.Sprintf("stage.trace: %s stands at\n%s, want\n%s", text(t.record), got, want)
	}
	if t.rand.IntN(3) > 0 {
		return ""
	}
	if t.rand.IntN(2) == 0 {
		asOf = first.Add(time.Duration(t.rand.IntN(hours+2)) * time.Hour)
	}
	a, err := t.assess.Assess(t.deal, t.record, asOf)
	if got, want = text(t.asked.At(asOf).Everything()), text(a.Everything()); err != nil || got != want {
		return fmt.Sprintf("a case of %s as of %v is\n%s\nand asked once\n%s", text(t.record), asOf, got, want)
	}
	return ""
}

// standing writes where a deal stands, with the gates that are shut and what waits.
func standing(ways []stage.Way, waiting []stage.Awaiting, where ...any) string {
	var list strings.Builder
	list.WriteString(fmt.Sprintln(where...))
	for _, w := range ways {
		list.WriteString(fmt.Sprint(w.Verb, " ", w.To, ":"))
		for _, shut := range w.Shut {
			list.WriteString(" " + string(shut.Code))
		}
		list.WriteString("\n")
	}
	for _, a := range waiting {
		list.WriteString(fmt.Sprintln(a.Event.Verb, a.Event.To, a.Event.At, a.From))
	}
	return list.String()
}

// hours is how long a record lasts: so short that much is of one instant.
const hours = 6

// draw draws a change that the record does not have.
func (t *table) draw() deal.Change {
	t.number++
	at := first.Add(time.Duration(t.rand.IntN(hours)) * time.Hour)
	if n := len(t.record.Events); n > 0 && t.rand.IntN(3) > 0 { // the next step
		at = at.Add(t.record.Events[n-1].At.Sub(at)).Add(time.Duration(t.rand.IntN(2)) * time.Hour)
	}
	switch t.rand.IntN(12) {
	case 0, 1, 2:
		return deal.Change{Activity: comms.Activity{ID: fmt.Sprint("c", t.number), Kind: comms.Call,
			Side: model.Partner, At: at, From: "ana@acme.example", To: []string{"cat@calder.example"}}}
	case 3:
		at = at.Add(-time.Duration(t.number) * time.Minute) // no two of one instant
		if at.Before(first) {
			at = first.Add(time.Duration(t.number) * time.Minute)
		}
		return deal.Change{Facts: []stage.Fact{{Kind: stage.Qualified, At: at, Negative: t.rand.IntN(3) == 0}}}
	}
	e := t.event(at)
	for slices.ContainsFunc(t.record.Events, func(o stage.Event) bool {
		return o.Verb == e.Verb && o.At.Equal(e.At) // their order is not said
	}) {
		e.At = e.At.Add(time.Minute)
	}
	return deal.Change{Event: e}
}

// event draws an event, often the next one.
func (t *table) event(at time.Time) stage.Event {
	verbs := []stage.Verb{stage.VerbAdvance, stage.VerbAdvance, stage.VerbAdvance, stage.VerbAdvance,
		stage.VerbConsent, stage.VerbConsent, stage.VerbConsent, stage.VerbSendBack, stage.VerbHold, stage.VerbResume,
		stage.VerbLose, stage.VerbReopen, stage.VerbSetModel, stage.VerbRefuse, stage.VerbWin}
	p := t.now.progress
	e := stage.Event{Verb: verbs[t.rand.IntN(len(verbs))], Move: stage.Move{At: at, Reason: "as agreed", By: ana}}
	if leader := p.Engagement().Leader(); leader == model.Vendor || leader == 0 && t.rand.IntN(2) == 0 {
		e.By = bo
	}
	if t.rand.IntN(3) == 0 {
		other := bo
		if e.By == bo {
			other = ana
		}
		e.Consents = []model.Consent{{By: other, At: at}}
	}
	stages := []stage.Stage{stage.Identification, stage.Discovery, stage.Presentation, stage.Evaluation, stage.Proposal,
		stage.Close}
	if p.Size() == model.Simplified {
		stages = []stage.Stage{stage.Identification, stage.Discovery, stage.Proposal, stage.Close}
	}
	switch e.Verb {
	case stage.VerbAdvance:
		e.To = stages[min(len(stages)-1, 1+slices.Index(stages, p.Stage()))]
		if t.rand.IntN(4) == 0 {
			e.To = stages[t.rand.IntN(len(stages))]
		}
	case stage.VerbSendBack:
		e.To = stages[t.rand.IntN(len(stages)-1)]
	case stage.VerbSetModel:
		e.Engagement = 1 + model.Engagement(t.rand.IntN(3))
	case stage.VerbConsent, stage.VerbRefuse:
		e.Consents, e.Reason = nil, ""
		e.Of, e.Asked = stage.VerbAdvance, at
		for i := range t.record.Events {
			if o := &t.record.Events[i]; t.now.fates[i] == waits {
				e.Of, e.Asked, e.By = o.Verb, o.At, ana
				if e.At.Before(o.At) {
					e.At = o.At
				}
				if o.By == ana {
					e.By = bo
				}
			}
		}
	}
	return e
}

// text is the document of something.
func text(v interface{ MarshalJSON() ([]byte, error) }) string {
	b, err := v.MarshalJSON()
	if err != nil {
		return err.Error()
	}
	return string(b)
}
