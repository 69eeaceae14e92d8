package assess_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/assess"
	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/internal/naive/advice"
	"github.com/coselling/coselling/internal/reachtest"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/domains"
	"github.com/coselling/coselling/registration/matching"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// This is an oracle of next.order and next.remedy. It was written from SPEC alone: it reads the facts of a view and
// says for each action what happens if it waits.
func TestActionsStandInTheOrderOfTheSpecification(t *testing.T) {
	customer := registration.Customer{Account: matching.Account{Domains: []string{"calder-rail.com"}}}
	listed, err := assess.Compile(ourBook(), assess.Host{Rosters: []escalation.Roster{roster()},
		Registrable: domains.Registrable, Customers: []registration.Customer{customer}})
	if err != nil {
		t.Fatal(err)
	}
	plain := engine(t)
	seen := reachtest.Seen{}
	reachtest.Check(t, seen, func(t *rapid.T) {
		w := draw(t, plain)
		if w.chance("customer", 20) {
			w.engine = listed
		}
		w.drawFar()
		assessment := w.ask(t)
		for _, party := range []model.Party{{}, acme, us} {
			v := advice.Shown{View: view(assessment, party), Held: advice.HeldByOther(assessment.Everything(), acme, us)}
			for i, a := range v.Next {
				if want := v.Rank(a); a.Urgency != want {
					t.Fatalf("next.order: the rank of %s (%s) is %s, want %s", a.Text(), a.Code, a.Urgency, want)
				}
				seen[a.Urgency.String()]++
				for _, b := range v.Next[:i] {
					if v.Before(a, b) {
						t.Fatalf("next.order: %+v\nstands behind\n%+v", a, b)
					}
					same := a.Code == b.Code && a.Object == b.Object || a.Code != b.Code && a.Text() == b.Text()
					if same && a.Owner == b.Owner {
						t.Fatalf("next.remedy: twice: %+v\n%+v", a, b)
					}
				}
				if why := v.Groundless(a); why != "" {
					t.Fatalf("next.remedy: %s is asked, but %s", a.Text(), why)
				}
			}
			if problem := v.Complete(func(what string) { seen[what]++ }); problem != "" {
				t.Fatalf("next.remedy: %s", problem)
			}
		}
	}, append([]string{assess.Losing.String(), assess.AtRisk.String(), assess.OpenCase.String(),
		assess.NextStep.String(), assess.Overdue.String(), assess.DueLater.String()}, advice.AtLeast...)...)
}

// drawFar draws what deals meet late: an import past identification, proposals, claims for both sides, a committed
// close, an amount that changed.
func (w *world) drawFar() {
	d, r := &w.deal, &w.record
	if w.chance("import", 40) {
		d.Opening.Stage = pick(w, "stage", stage.Discovery, stage.Presentation, stage.Evaluation, stage.Proposal,
			stage.Close)
		d.Opening.From, d.Opening.At = "crm", day1.Add(time.Hour)
		d.Opening.Engagement = pick(w, "imported model", model.PartnerLed, model.VendorLed, model.TrueCoSell)
		if w.chance("quiet", 50) {
			r.Events = nil
		}
	}
	for range rapid.IntRange(0, 4).Draw(w.t, "late facts") {
		f := pick(w, "late fact", stage.Fact{Kind: stage.ContractsExecuted}, stage.Fact{Kind: stage.PartnerEngaged},
			stage.Fact{Kind: stage.ProposalSent, Proposal: "P-1", Revision: 1},
			stage.Fact{Kind: stage.PricingApproved, Proposal: "P-1", Revision: 1, Side: model.Vendor})
		f.At = w.instant("late fact")
		r.Facts = append(r.Facts, f)
	}
	for i := range r.Claims {
		if c := &r.Claims[i]; w.chance("joint", 30) {
			c.Filing.With = map[bool]model.Party{true: acme, false: us}[c.Claimant == us]
		}
	}
	if w.chance("committed", 30) {
		d.Committed = value.MustDate("2026-12-18")
	}
	if !d.Amount.IsZero() && w.chance("changed amount", 40) {
		d.AmountAt, d.Opening.Size = w.instant("amount"), pick(w, "size", model.Standard, model.Simplified)
	}
}
