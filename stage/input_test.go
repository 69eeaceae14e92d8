package stage_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// wantCodes compares the problems of an error, each as "path code", in any order.
func wantCodes(tb testing.TB, err error, want ...string) {
	tb.Helper()
	var got []string
	if list, ok := errors.AsType[value.Errors](err); ok {
		for _, e := range list {
			got = append(got, e.Path+" "+string(e.Code))
		}
	} else if one, ok := errors.AsType[*value.Error](err); ok {
		got = []string{one.Path + " " + string(one.Code)}
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		tb.Errorf("problems %q, want %q: %v", got, want, err)
	}
}

// Malformed events change nothing, and report every problem at once.
func TestMalformedEventsReportEveryProblem(t *testing.T) {
	d := newDeal(t, model.PartnerLed, model.Standard)
	d.record(fact(stage.Registered, model.Partner)) // the vendor is not known yet
	long := strings.Repeat("x", 5000)
	at := d.now
	ok := func() stage.Move { return stage.Move{By: ana, At: at} }
	with := func(change func(*stage.Move)) stage.Move {
		m := ok()
		change(&m)
		return m
	}
	for _, c := range []struct {
		name string
		do   func() (stage.Decision, error)
		want []string
	}{
		{"nothing", func() (stage.Decision, error) { return d.rules.Hold(d.p, stage.Move{}) }, []string{"by.name agreement.by", "by.party.side side.unknown", "at agreement.at"}},
		{"unknown stage", func() (stage.Decision, error) {
			return d.rules.Advance(d.p, with(func(m *stage.Move) { m.To = "procurement" }))
		}, []string{"to stage.unknown"}},
		{"won is no stage", func() (stage.Decision, error) {
			return d.rules.Advance(d.p, with(func(m *stage.Move) { m.To = stage.Won }))
		}, []string{"to stage.unknown"}},
		{"no stage", func() (stage.Decision, error) { return d.rules.Advance(d.p, ok()) }, []string{"to stage.unknown"}},
		{"a stage where none is needed", func() (stage.Decision, error) {
			return d.rules.Hold(d.p, with(func(m *stage.Move) { m.To = stage.Discovery }))
		}, []string{"to stage.unknown"}},
		{"before the last event", func() (stage.Decision, error) {
			return d.rules.Hold(d.p, with(func(m *stage.Move) { m.At = at.Add(-2 * time.Minute) }))
		}, []string{"at event.time"}},
		{"after the last year", func() (stage.Decision, error) {
			return d.rules.Hold(d.p, with(func(m *stage.Move) { m.At = at.AddDate(8000, 0, 0) }))
		}, []string{"at event.time"}},
		{"a second partner", func() (stage.Decision, error) {
			return d.rules.Hold(d.p, with(func(m *stage.Move) { m.By.Party = model.PartnerOrg("other") }))
		}, []string{"by.party.org team.two_orgs"}},
		{"no reasons", func() (stage.Decision, error) { return d.rules.Lose(d.p, ok()) }, []string{"reason event.reason"}},
		{"a waiver without a reason", func() (stage.Decision, error) { return d.rules.Waive(d.p, stage.ConfirmSupport, ok()) }, []string{"reason event.reason"}},
		{"a task of another model", func() (stage.Decision, error) { return d.rules.Done(d.p, stage.IntegrationQuestions, ok()) }, []string{"task task.unknown"}},
		{"no task", func() (stage.Decision, error) { return d.rules.Raise(d.p, "", ok()) }, []string{"task task.unknown"}},
		{"no model", func() (stage.Decision, error) { return d.rules.SetModel(d.p, 9, ok()) }, []string{"engagement engagement.unknown"}},
		{"the same model", func() (stage.Decision, error) {
			return d.rules.SetModel(d.p, model.PartnerLed, with(func(m *stage.Move) { m.Reason = "again" }))
		}, []string{"engagement choice.same"}},
		{"a change of model without a reason", func() (stage.Decision, error) { return d.rules.SetModel(d.p, model.VendorLed, ok()) }, []string{"reason choice.reason"}},
		{"no size", func() (stage.Decision, error) { return d.rules.Resize(d.p, 0, ok()) }, []string{"size playbook.size.unknown"}},
		{"long texts", func() (stage.Decision, error) {
			return d.rules.Hold(d.p, with(func(m *stage.Move) { m.By.Name, m.Reason = long, long }))
		}, []string{"by.name text.length", "reason text.length"}},
		{"a million facts", func() (stage.Decision, error) {
			return d.rules.Hold(d.p, with(func(m *stage.Move) { m.Evidence = make([]stage.Fact, 1_000_000) }))
		}, []string{"evidence event.limit"}},
		{"a million overrides", func() (stage.Decision, error) {
			return d.rules.Hold(d.p, with(func(m *stage.Move) { m.Overrides = make([]stage.Override, 1_000_000) }))
		}, []string{"overrides event.limit"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			decision, err := c.do()
			wantCodes(t, err, c.want...)
			if decision.Progress != d.p || decision.Shut != nil {
				t.Error("bad input has changed the progress")
			}
		})
	}
}

func TestMalformedFactsAreRefused(t *testing.T) {
	d := newDeal(t, model.PartnerLed, model.Standard)
	later, before := d.now.Add(1), d.now.Add(-time.Hour)
	m := stage.Move{By: ana, At: d.now, Evidence: []stage.Fact{
		{},
		{Kind: "gate.security_review", At: before},
		{Kind: stage.ModelSet, At: before},
		{Kind: stage.Registered, Side: model.Partner},
		{Kind: stage.Registered, Side: model.Partner, At: later},
		{Kind: stage.Registered, At: before, Until: before.Add(-1)},
		{Kind: stage.SupportConfirmed, At: before, Side: 3},
		{Kind: stage.Qualified, At: before, Side: model.Vendor, Until: later, Proposal: "P", Revision: 1, Without: model.Vendor},
		{Kind: stage.ProposalSent, At: before, Negative: true, Without: 7},
		{Kind: stage.PricingApproved, At: before, Side: model.Vendor, Proposal: "P", Revision: -1},
		{Kind: stage.ProposalWithdrawn, At: before, By: strings.Repeat("x", 5000), Proposal: strings.Repeat("x", 5000)},
	}}
	_, err := d.rules.Record(d.p, m)
	wantCodes(t, err,
		"evidence[0].kind fact.kind", "evidence[1].kind fact.kind", "evidence[2].kind fact.kind",
		"evidence[3].at fact.time", "evidence[4].at fact.time",
		"evidence[5].until fact.time", "evidence[5].side fact.field",
		"evidence[6].side fact.field",
		"evidence[7].side fact.field", "evidence[7].until fact.field", "evidence[7].proposal fact.field", "evidence[7].revision fact.field", "evidence[7].without fact.field",
		"evidence[8].negative fact.field", "evidence[8].proposal fact.field", "evidence[8].revision fact.field", "evidence[8].without fact.field",
		"evidence[9].revision fact.field",
		"evidence[10].by text.length", "evidence[10].proposal text.length")
}

func TestMalformedOpeningsAreRefused(t *testing.T) {
	rules := defaultRules(t)
	day, at := value.MustDate("2026-11-02"), time.Date(2026, time.November, 1, 23, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		o    stage.Opening
		want []string
	}{
		{stage.Opening{}, []string{"day opening.day", "size playbook.size.unknown"}},
		{stage.Opening{Day: value.MustDate("9001-01-01"), Size: 7, Engagement: 7}, []string{"day opening.day", "size playbook.size.unknown", "engagement engagement.unknown"}},
		{stage.Opening{Day: day, Size: model.Standard, Stage: stage.Close}, []string{"at opening.import", "from opening.import", "engagement opening.import"}},
		{stage.Opening{Day: day, Size: model.Simplified, Engagement: model.VendorLed, Stage: stage.Evaluation, At: at, From: "hubspot"}, []string{"at opening.import", "stage stage.unknown"}},
	} {
		p, err := rules.Open(c.o)
		wantCodes(t, err, c.want...)
		if !p.IsZero() {
			t.Errorf("%+v is opened", c.o)
		}
	}
}

// The zero progress is no deal, and every verb refuses it.
func TestEveryVerbRefusesTheZeroProgress(t *testing.T) {
	rules, zero := defaultRules(t), stage.Progress{}
	if _, err := rules.Advance(zero, stage.Move{}); !errors.Is(err, value.Code("progress.not_opened")) {
		t.Error(err)
	}
	if _, err := rules.Schedule(zero, stage.Query{}); !errors.Is(err, value.Code("progress.not_opened")) || !errors.Is(err, value.Code("event.time")) {
		t.Error(err)
	}
	if zero.Stage() != "" || zero.Status() != 0 || zero.Engagement() != 0 || zero.Size() != 0 || zero.History() != nil || rules.Options(zero, time.Time{}) != nil {
		t.Error("the zero progress says something")
	}
	for _, v := range []stage.Verb{0, stage.VerbSetModel, stage.VerbResize, stage.VerbDone, 200} {
		if _, err := rules.Judge(zero, v, stage.Move{}); !errors.Is(err, value.Code("event.unknown")) {
			t.Errorf("%d: %v", v, err)
		}
	}
	if _, err := rules.Replay(stage.Opening{Day: value.MustDate("2026-11-02"), Size: model.Standard}, []stage.Event{{}}); !errors.Is(err, value.Code("event.unknown")) {
		t.Error(err)
	}
}

// The first instant of the year 1 is the zero time, which stands for a missing instant: a
// model cannot be set since then.
func TestAModelIsNotSetSinceTheZeroTime(t *testing.T) {
	rules, err := stage.DefaultRules()
	if err != nil {
		t.Fatal(err)
	}
	o := stage.Opening{Day: value.MustDate("0001-01-01"), Size: model.Standard}
	if _, err := rules.Open(o); err != nil {
		t.Error(err)
	}
	o.Engagement = model.VendorLed
	_, err = rules.Open(o)
	wantCodes(t, err, "at agreement.at")
}

// Rules that nobody compiled, such as those of a program that ignored the error, are refused.
func TestMissingRulesAreRefused(t *testing.T) {
	set := newDeal(t, model.PartnerLed, model.Standard)
	unset := newDeal(t, 0, model.Standard)
	for _, rules := range []*stage.Rules{nil, {}, new(stage.Rules).In(value.Workplace{})} {
		refuse := func(what string, err error) {
			t.Helper()
			if !errors.Is(err, value.Code("stage.rules.missing")) {
				t.Errorf("%s: %v", what, err)
			}
		}
		_, err := rules.Open(set.p.Opening())
		refuse("open", err)
		_, err = rules.Replay(set.p.Opening(), nil)
		refuse("replay", err)
		_, err = rules.Playbook(model.PartnerLed, model.Standard)
		refuse("playbook", err)
		_, err = rules.Size(value.Money{}, value.ExchangeRate{})
		refuse("size", err)
		for _, d := range []*deal{set, unset} {
			_, err = rules.Schedule(d.p, stage.Query{AsOf: d.now, Recommended: model.VendorLed})
			refuse("schedule", err)
			if options := rules.Options(d.p, d.now); options != nil {
				t.Error(options)
			}
			for v := stage.VerbAdvance; v <= stage.VerbRaise; v++ {
				_, err = rules.Apply(d.p, stage.Event{Verb: v, Move: d.move()})
				refuse("apply "+v.String(), err)
				_, err = rules.Judge(d.p, v, d.move())
				refuse("judge "+v.String(), err)
			}
		}
		if p := rules.Policy(); p.Check() == nil {
			t.Error("a policy without rules")
		}
	}
	var none *stage.Rules
	if none.In(value.Workplace{}) != nil {
		t.Error("nil rules at a workplace are rules")
	}
}
