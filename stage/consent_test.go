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

// asked is a true co-sell in identification, ready to advance, that ana has asked to move on.
func asked(t *testing.T) (d *deal, at time.Time) {
	d = newDeal(t, model.TrueCoSell, model.Standard)
	d.finishStage()
	m := d.move()
	m.To, m.Consents, at = stage.Discovery, nil, m.At
	decision, err := d.rules.Advance(d.p, m)
	if err != nil || !slices.Equal(decision.Pending, []model.Side{model.Vendor}) || decision.Shut != nil {
		t.Fatalf("stage.consent: %+v, %v", decision, err)
	}
	d.must(decision, err)
	return d, at
}

func (d *deal) consents(by model.Person, to stage.Verb, at time.Time, reason string) (stage.Decision, error) {
	return d.rules.Consent(d.p, to, at, stage.Move{By: by, At: d.now, Reason: reason})
}

// stage.consent: an event without a consent that it needs moves nothing until it is given, and takes effect as of the consent.
func TestAnEventWithoutAConsentWaits(t *testing.T) {
	d, at := asked(t)
	waiting := d.rules.Awaiting(d.p, d.now)
	if d.p.Stage() != stage.Identification || len(waiting) != 1 || waiting[0].Event.To != stage.Discovery ||
		!waiting[0].Due.Equal(time.Date(2026, time.November, 10, 0, 0, 0, 0, time.UTC)) || waiting[0].Shut != nil {
		t.Errorf("in %s: %+v", d.p.Stage(), waiting)
	}
	vendors, err := value.NewCalendar([]time.Weekday{time.Monday}, nil) // who alone owes a consent owns the term
	if err != nil {
		t.Fatal(err)
	}
	theirs := d.rules.In(value.Workplace{Own: [3]*value.Calendar{model.Vendor: &vendors}})
	if due := theirs.Awaiting(d.p, d.now)[0].Due; !due.After(time.Date(2026, time.December, 7, 0, 0, 0, 0, time.UTC)) {
		t.Errorf("of a side that works on Mondays it is due by %v", due)
	}
	d.now = d.now.Add(time.Hour)
	d.must(d.consents(bo, stage.VerbAdvance, at, ""))
	effects := d.p.Effects()
	last := effects[len(effects)-1]
	if d.p.Stage() != stage.Discovery || last.Verb != stage.VerbAdvance || !last.Asked.Equal(at) ||
		!last.At.Equal(d.p.History()[len(effects)].At) || d.rules.Awaiting(d.p, d.now) != nil {
		t.Errorf("in %s: %+v", d.p.Stage(), last)
	}
}

// stage.consent: a refusal makes the event void, and so does a newer event of its verb, but no event of another one.
func TestARefusalOrANewerEventMakesAnEventVoid(t *testing.T) {
	d, at := asked(t)
	d.must(d.rules.Refuse(d.p, stage.VerbAdvance, at, stage.Move{By: bo, At: d.now}))
	if _, err := d.consents(bo, stage.VerbAdvance, at, ""); !errors.Is(err, stage.StageConsent) {
		t.Errorf("a consent after a refusal: %v", err)
	}
	d, at = asked(t)
	m := d.move()
	m.Consents = nil
	d.must(d.rules.Hold(d.p, m))
	m = d.move()
	m.To, m.Consents = stage.Discovery, nil
	d.must(d.rules.Advance(d.p, m))
	if _, err := d.consents(bo, stage.VerbAdvance, at, ""); !errors.Is(err, stage.StageConsent) {
		t.Errorf("a consent to an older event: %v", err)
	}
	if waiting := d.rules.Awaiting(d.p, d.now); len(waiting) != 2 {
		t.Errorf("%d events wait", len(waiting))
	}
	d.must(d.consents(bo, stage.VerbAdvance, m.At, ""))
}

// stage.consent: where a gate is shut at the last consent, the consent is refused and the event waits on.
func TestTheGatesHoldAtTheConsent(t *testing.T) {
	d, at := asked(t)
	d.record(stage.Fact{Kind: stage.Registered, Side: model.Partner, Until: d.now.Add(time.Minute)})
	d.now = d.now.Add(time.Hour)
	if got := d.shut(d.consents(bo, stage.VerbAdvance, at, "")); !slices.Equal(got, []string{"gate.registered"}) {
		t.Errorf("shut are %q", got)
	}
	if waiting := d.rules.Awaiting(d.p, d.now); len(waiting) != 1 || len(waiting[0].Shut) != 1 {
		t.Errorf("waiting: %+v", waiting)
	}
	d.record(fact(stage.Registered, model.Partner))
	d.must(d.consents(bo, stage.VerbAdvance, at, ""))
	if d.p.Stage() != stage.Discovery {
		t.Errorf("in %s", d.p.Stage())
	}
}

// stage.consent: from the sixth business day on a manager of the side that asked consents in place of the other one,
// with a reason.
func TestAManagerConsentsInPlaceOfASilentSide(t *testing.T) {
	d, at := asked(t)
	max := model.Person{Name: "max", Party: ana.Party}
	for _, c := range []struct {
		name, reason string
		now          time.Time
		want         error
	}{
		{"a day too early", "no answer", time.Date(2026, time.November, 9, 23, 59, 0, 0, time.UTC), stage.StageConsent},
		{"without a reason", " ", time.Date(2026, time.November, 10, 0, 0, 0, 0, time.UTC), errors.New("reason")},
		{"with a reason", "no answer", time.Date(2026, time.November, 10, 0, 0, 0, 0, time.UTC), nil},
	} {
		d.now = c.now
		decision, err := d.consents(max, stage.VerbAdvance, at, c.reason)
		if (err == nil) != (c.want == nil) || c.want == stage.StageConsent && !errors.Is(err, c.want) {
			t.Errorf("%s: %v", c.name, err)
		}
		if want := c.want == nil; (decision.Progress.Stage() == stage.Discovery) != want {
			t.Errorf("%s: in %s", c.name, decision.Progress.Stage())
		}
	}
}

// A consent by a person who has none to give, and one that nobody waits for, are bad input.
func TestAConsentThatNobodyWaitsForIsRefused(t *testing.T) {
	d, at := asked(t)
	for name, c := range map[string]struct {
		e    stage.Event
		want string
	}{
		"by the side that asked":       {stage.Event{Verb: stage.VerbConsent, Of: stage.VerbAdvance, Asked: at, Move: stage.Move{By: ana}}, "by stage.consent"},
		"a refusal by that side":       {stage.Event{Verb: stage.VerbRefuse, Of: stage.VerbAdvance, Asked: at, Move: stage.Move{By: ana}}, "by stage.consent"},
		"to an event that was not":     {stage.Event{Verb: stage.VerbConsent, Of: stage.VerbHold, Asked: at, Move: stage.Move{By: bo}}, "of stage.consent"},
		"to one of another instant":    {stage.Event{Verb: stage.VerbConsent, Of: stage.VerbAdvance, Asked: at.Add(1), Move: stage.Move{By: bo}}, "of stage.consent"},
		"to nothing":                   {stage.Event{Verb: stage.VerbConsent, Move: stage.Move{By: bo}}, "of stage.consent"},
		"a refusal of nothing, a name": {stage.Event{Verb: stage.VerbRefuse, Of: stage.VerbWin, Move: stage.Move{By: bo}}, "of stage.consent"},
	} {
		t.Run(name, func(t *testing.T) {
			c.e.At = d.now
			decision, err := d.rules.Apply(d.p, c.e)
			wantCodes(t, err, c.want)
			if decision.Progress != d.p {
				t.Error("bad input has changed the progress")
			}
		})
	}
	d.must(d.consents(bo, stage.VerbAdvance, at, ""))
	if _, err := d.consents(bo, stage.VerbAdvance, at, ""); !errors.Is(err, stage.StageConsent) {
		t.Errorf("a second consent: %v", err)
	}
}

// stage.consent: on hold the term stands still, so that nobody consents in place of another one; to the end of the hold
// it runs on.
func TestTheTermOfAConsentStandsStillOnHold(t *testing.T) {
	d, at := asked(t) // on 2 November; the term ends with the 9th
	due := func() time.Time { return d.rules.Awaiting(d.p, d.now)[0].Due }
	before := due()
	d.now = d.now.Add(time.Hour)
	hold := d.move()
	d.must(d.rules.Hold(d.p, hold))
	d.now = before.AddDate(0, 0, 1)
	if _, err := d.consents(ana, stage.VerbAdvance, at, "bo has left"); err == nil ||
		!strings.HasSuffix(err.Error(), "may not consent in place of the vendor while the deal is on hold") {
		t.Errorf("on hold: %v", err)
	}
	resume := stage.Event{Verb: stage.VerbResume, Move: stage.Move{By: ana, At: d.now}}
	decision, err := d.rules.Apply(d.p, resume)
	if err != nil || len(decision.Pending) != 1 {
		t.Fatalf("resume: %+v, %v", decision, err)
	}
	d.must(decision, err)
	runs, err := value.Workplace{}.End(d.now, value.BusinessDays(5))
	if got := due(); err != nil || !got.Equal(runs) {
		t.Errorf("the consent to resume is due on %v, want %v", got, runs)
	}
	d.now = runs
	d.must(d.consents(ana, stage.VerbResume, resume.At, "bo has left"))
	later, err := value.Workplace{}.End(at, value.BusinessDays(5), value.Pause{From: hold.At, Until: runs})
	if got := due(); err != nil || !got.Equal(later) || !got.After(runs) {
		t.Errorf("after the hold the consent is due on %v, want %v", got, later)
	}
}
