package assess_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/coselling/coselling/assess"
	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// held is the deal of evaluated, on hold since 10 December without a day of review.
func held() (deal.Deal, deal.Record) {
	d, r := evaluated()
	r.Events = []stage.Event{{Verb: stage.VerbHold, Move: stage.Move{By: anaActs, At: november(40, 9)}}}
	return d, r
}

func reviewOf(v assess.View) (assess.Action, bool) {
	i := slices.IndexFunc(v.Next, func(a assess.Action) bool { return a.Code == "stage.hold_review" })
	if i < 0 {
		return assess.Action{}, false
	}
	return v.Next[i], true
}

// stage.hold_review: from the day of its review on, to resume, to lose or to name another day is the next step of a deal
// on hold, and either side's; before, who owns the relationship may, and it is due later.
func TestTheReviewOfAHoldIsTheNextStep(t *testing.T) {
	d, r := held()
	for day, want := range map[int]assess.Action{
		69: {Urgency: assess.DueLater, Owner: model.Partner, Who: []string{"ana"}},
		70: {Urgency: assess.NextStep, Who: []string{"ana", "bo"}},
	} {
		a, ok := reviewOf(everything(t, d, r, november(day, 9)))
		if !ok || a.Urgency != want.Urgency || a.Owner != want.Owner || !slices.Equal(a.Who, want.Who) ||
			a.Due != value.MustDate("2027-01-09") ||
			a.Text() != "resume the deal, record the loss or name another day to review the hold" {
			t.Errorf("on day %d: %+v", day, a)
		}
	}
	for answer, want := range map[string]stage.Status{"resume": stage.Running, "lose": stage.ClosedLost, "hold": stage.OnHold} {
		asOf := november(70, 9)
		a, _ := reviewOf(view(ask1(t, d, r, asOf), us))
		change, err := a.Fill(answer, "the budget is gone", "2027-02-20")
		if err != nil {
			t.Fatal(err)
		}
		outcome, err := engine(t).Try(d, r, change)
		if err != nil || !outcome.Accepted || outcome.Pending != nil {
			t.Fatalf("%s: %+v, %v", answer, outcome.Reasons, err)
		}
		v := everything(t, outcome.Deal, outcome.Record, asOf.Add(time.Minute))
		if a, ok := reviewOf(v); v.Progress.Status != want || ok != (want == stage.OnHold) ||
			ok && a.Due != value.MustDate("2027-02-20") {
			t.Errorf("%s: %v, %+v", answer, v.Progress.Status, a)
		}
	}
}

// A hold stops no clock of a claim, and the rules of threads, duplicates and prices hold all the same; nothing of the
// playbook is due.
func TestWhatAHoldDoesNotStop(t *testing.T) {
	d, r := held()
	r.Activities = []comms.Activity{
		{ID: "<m@x>", Kind: comms.Mail, At: november(45, 9), Side: model.Partner, From: "ana@acme.example",
			To: []string{"cat@calder.example"}, Subject: "News"},
		{ID: "<n@x>", Kind: comms.Mail, At: november(45, 11), Side: model.Vendor, From: "bo@us.example",
			To: []string{"cat@calder.example"}, Subject: "Prices"},
	}
	for i, price := range []string{"100.00 USD", "90.00 USD"} {
		r.Activities = append(r.Activities, comms.Activity{ID: "q" + price, Kind: comms.Quote, At: november(46+i, 9),
			Side: []model.Side{model.Partner, model.Vendor}[i], Offer: comms.Offer{Item: "seat", Quantity: 1, Price: value.MustMoney(price)}})
	}
	v := everything(t, d, r, time.Date(2027, time.February, 20, 12, 0, 0, 0, time.UTC)) // within the reminders
	var codes []string
	for _, a := range v.Next {
		codes = append(codes, string(a.Code))
	}
	for _, f := range v.Comms.Findings {
		codes = append(codes, "finding "+string(f.Reason.Code()))
	}
	got := strings.Join(codes, ", ")
	for _, want := range []string{"reg.", "comm.single_thread", "comm.one_price", "finding comm.no_duplicate_outreach"} {
		if !strings.Contains(got, want) {
			t.Errorf("on hold %s does not hold: %s", want, got)
		}
	}
	for _, f := range v.Findings {
		if code := f.Reason.Code(); code == stage.StageOverdue || code == stage.StageSlipping {
			t.Errorf("on hold %v", f.Reason)
		}
	}
	for _, a := range v.Next {
		if a.Urgency == assess.OpenCase || strings.HasPrefix(string(a.Code), "gate.") {
			t.Errorf("on hold %v", a.Text())
		}
	}
}
