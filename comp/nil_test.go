package comp_test

import (
	"errors"
	"testing"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// CASES R4: what nobody made answers with an error or with nothing, never with a panic.
func TestPlansRunsAndTeamsThatNobodyMadeAreRefused(t *testing.T) {
	b := comp.Booking{ID: "D", Value: value.MustMoney("100.00 USD"), Closed: value.MustDate("2026-01-02"),
		Source: model.FromPartner, Payees: []comp.Payee{{Rep: "a", Party: model.PartnerOrg("a"), Role: comp.Primary}}}
	refused := func(name string, err error) {
		t.Helper()
		if !errors.Is(err, value.Code("comp.plan.missing")) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, p := range []*comp.Plan{nil, {}} {
		_, err := p.Statement(b)
		refused("Statement", err)
		_, err = p.AppendStatement(nil, nil)
		refused("AppendStatement", err)
		_, err = p.Prepare(b)
		refused("Prepare", err)
		_, err = p.ChangeContribution(b, comp.ContributionChange{}, b.Closed.Start(nil))
		refused("ChangeContribution", err)
		_, err = p.Payout(comp.Statement{})
		refused("Payout", err)
		_, err = p.TierParts(comp.Line{Table: "t"})
		refused("TierParts", err)
		if _, _, ok := p.TierSpan(&comp.Line{Table: "t"}); ok || p.NeedsRun() || p.NeedsClosing() ||
			p.JudgeUpfront(b) != nil || p.Policy().Model != 0 {
			t.Error("a plan that nobody made answers")
		}
		_, err = p.Run().Statement(b)
		refused("Run of it", err)
	}
	plan, err := comp.Compile(comp.DefaultPolicy())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := plan.AppendStatement(nil, nil); !errors.Is(err, comp.BookingID) {
		t.Errorf("no booking: %v", err)
	}
	for _, r := range []*comp.Run{nil, {}} {
		_, err := r.Statement(b)
		refused("Run.Statement", err)
		refused("Run.Check", r.Check(&b))
		_, err = r.Close("x", b.Closed)
		refused("Run.Close", err)
		refused("Run.Reverse", r.Reverse(comp.Payout{}, "R"))
		if first, _ := r.Clone().Period(); !first.IsZero() || r.Attained("a") != (value.Ratio{}) {
			t.Error("a run that nobody made answers")
		}
	}
	for _, l := range []*comp.Ledger{nil, {}} {
		refused("Ledger.Add", l.Add(nil, nil))
		refused("Ledger.Close", l.Close(b.Closed))
		_, err := l.Project(b, b.Closed)
		refused("Ledger.Project", err)
		_, err = l.Totals()
		refused("Ledger.Totals", err)
		_, err = l.MarshalJSON()
		refused("Ledger.MarshalJSON", err)
	}
	for _, team := range []*comp.Team{nil, {}} {
		refused("Team.Price", team.Price(nil, b.Value))
		refused("Team.PriceQuotas", team.PriceQuotas(nil))
		_, err := team.Line(b.Value, 0)
		refused("Team.Line", err)
		if team.Len() != 0 {
			t.Error("a team that nobody prepared has lines")
		}
	}
}

// CASES R4: totals that nobody made are those of nothing.
func TestTotalsThatNobodyMadeAreEmpty(t *testing.T) {
	var none comp.PeriodTotals
	bookings, reversals := none.Deals()
	sum, err := none.Value()
	quota, err2 := none.Quota()
	payees, err3 := none.Payees()
	companies, err4 := none.Companies()
	parties, err5 := none.Parties()
	side, err6 := none.Side(model.Partner)
	if bookings+reversals+len(payees)+len(companies)+len(parties) != 0 || !sum.IsZero() || !quota.IsZero() ||
		!side.QuotaCredit.IsZero() {
		t.Error("totals of nothing hold something")
	}
	if err := errors.Join(err, err2, err3, err4, err5, err6); err != nil {
		t.Error(err)
	}
	if err := none.Add(comp.Statement{}); err == nil {
		t.Error("totals that nobody made take a statement")
	}
}
