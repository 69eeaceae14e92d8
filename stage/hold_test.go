package stage_test

import (
	"testing"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// stage.hold_review: a hold is reviewed thirty days on, or on the day that it names. Before that day only the side that
// owns the relationship resumes the deal or names another day, under true co-sell with the other's consent; from it on
// either side does, alone.
func TestAHoldIsReviewed(t *testing.T) {
	for _, c := range []struct {
		name    string
		e       model.Engagement
		day     string // that the hold names
		by      model.Person
		after   int // days from the hold to the event
		want    string
		pending bool
	}{
		{"the owner, before the day", model.PartnerLed, "", ana, 29, "", false},
		{"the other side, before the day", model.PartnerLed, "", bo, 29, "stage.authority", false},
		{"the other side, on the day", model.PartnerLed, "", bo, 30, "", false},
		{"the other side, on the day that the hold names", model.PartnerLed, "2026-11-05", bo, 3, "", false},
		{"the other side, the day before", model.PartnerLed, "2026-11-05", bo, 2, "stage.authority", false},
		{"true co-sell, before the day", model.TrueCoSell, "", bo, 29, "", true},
		{"true co-sell, on the day", model.TrueCoSell, "", bo, 30, "", false},
		{"no model", 0, "", bo, 1, "", false},
	} {
		for _, verb := range []stage.Verb{stage.VerbResume, stage.VerbHold} {
			d := newDeal(t, c.e, model.Standard)
			hold := stage.Event{Verb: stage.VerbHold, Move: d.move()}
			if c.day != "" {
				hold.Day = value.MustDate(c.day)
			}
			d.must(d.rules.Apply(d.p, hold))
			d.now = d.now.AddDate(0, 0, c.after)
			decision, err := d.rules.Apply(d.p, stage.Event{Verb: verb, Move: stage.Move{By: c.by, At: d.now}})
			got := ""
			for _, shut := range decision.Shut {
				got = string(shut.Code)
			}
			if err != nil || got != c.want || (len(decision.Pending) > 0) != c.pending {
				t.Errorf("%s, %v: %q %v, %v", c.name, verb, got, decision.Pending, err)
			}
		}
	}
}

// stage.hold_review: another day does not begin another hold: the days since the first one are added to the windows.
func TestAnotherDayOfReviewKeepsTheHold(t *testing.T) {
	d := newDeal(t, model.PartnerLed, model.Standard)
	d.must(d.rules.Hold(d.p, d.move()))
	if got := d.schedule(d.now).Review; got != value.MustDate("2026-12-02") {
		t.Errorf("reviewed on %v", got)
	}
	d.now = d.now.AddDate(0, 0, 10)
	d.must(d.rules.Apply(d.p, stage.Event{Verb: stage.VerbHold, Day: value.MustDate("2026-11-20"), Move: d.move()}))
	if got := d.schedule(d.now).Review; got != value.MustDate("2026-11-20") || d.p.Status() != stage.OnHold {
		t.Errorf("%v, reviewed on %v", d.p.Status(), got)
	}
	d.now = d.now.AddDate(0, 0, 4)
	d.must(d.rules.Resume(d.p, d.move()))
	if s := d.schedule(d.now); s.Windows[0].Last != value.MustDate("2026-11-22") || !s.Review.IsZero() {
		t.Errorf("identification ends on %v, a review on %v", s.Windows[0].Last, s.Review)
	}
}

// A day of review that is not after the hold is bad input.
func TestAReviewComesAfterTheHold(t *testing.T) {
	d := newDeal(t, model.PartnerLed, model.Standard)
	for _, day := range []string{"2026-11-02", "2026-11-01", "9001-01-01"} {
		_, err := d.rules.Apply(d.p, stage.Event{Verb: stage.VerbHold, Day: value.MustDate(day), Move: d.move()})
		wantCodes(t, err, "day hold.review")
	}
}

// A deal that is imported as lost reopens in the stage in which it was lost, with the time since as a hold; what stands
// before that stage is not asked for. A stage is named for a lost deal only, and is one of its playbook.
func TestAnImportedLossReopensWhereItWasLost(t *testing.T) {
	d := newDeal(t, model.PartnerLed, model.Standard)
	o := stage.Opening{Day: value.MustDate("2026-11-02"), Engagement: model.PartnerLed, Size: model.Standard,
		Stage: stage.Lost, LostFrom: stage.Proposal, At: d.now.AddDate(0, 0, 65), From: "crm"}
	d.open(o)
	d.record(fact(stage.Registered, model.Partner))
	d.now = d.now.AddDate(0, 0, 3)
	d.must(d.rules.Reopen(d.p, d.move()))
	if s := d.schedule(d.now); d.p.Stage() != stage.Proposal || d.p.Status() != stage.Running ||
		s.Windows[4].Last != value.MustDate("2027-01-18") || d.item(stage.DemoProduct).State != stage.NotAsked ||
		d.item(stage.Negotiate).State != stage.Open {
		t.Errorf("in %s until %v", d.p.Stage(), s.Windows[4].Last)
	}
	o.LostFrom = "nowhere"
	_, err := d.rules.Open(o)
	wantCodes(t, err, "lost_from stage.unknown")
	o.Stage, o.LostFrom = stage.Proposal, stage.Discovery
	_, err = d.rules.Open(o)
	wantCodes(t, err, "lost_from opening.import")
}
