package impact_test

import (
	"slices"
	"testing"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/comp/impact"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// comp.cap: a deal that is paid in instalments counts toward the cap of the period at once.
// So the cap is a cause of what a later deal loses, although little was paid before.
func TestAPeriodCapIsACauseAfterInstalments(t *testing.T) {
	policy := comp.DefaultPolicy()
	policy.Rates = comp.RateTerms{
		Year: comp.FiscalYear{Start: 1}, Period: comp.Quarterly,
		Tables: map[comp.TableID]comp.RateTable{"flat": {
			Measure: comp.DealAmount, Method: comp.Marginal, Currency: value.MustCurrency("USD"),
			Tiers: []comp.Tier{{Rate: value.MustPercent("10%")}},
		}},
	}
	before := compile(t, policy)
	capped := policy.Rates.Tables["flat"]
	capped.PeriodCap = value.MustMoney("100.00 USD")
	policy.Rates.Tables = map[comp.TableID]comp.RateTable{"flat": capped}
	after := compile(t, policy)
	ana := comp.Payee{Rep: "ana", Party: model.PartnerOrg("acme"), Role: comp.Primary, Table: "flat"}
	bookings := []comp.Booking{
		{ID: "D-1", Value: value.MustMoney("1000.00 USD"), Closed: value.MustDate("2026-01-10"),
			Source: model.FromPartner, Payees: []comp.Payee{ana}},
		{ID: "D-2", Value: value.MustMoney("50.00 USD"), Closed: value.MustDate("2026-01-11"),
			Source: model.FromPartner, Payees: []comp.Payee{ana}},
	}
	bookings[0].Deferred = true
	first := comp.Movement{ID: "I-1", Of: "D-1", Kind: comp.Received, Amount: value.MustMoney("1.00 USD"),
		On: value.MustDate("2026-01-10")}
	wantCauses(t, before, after, bookings, []impact.Option{impact.Movements(first)}, "D-2 ana rates.tables.flat.period_cap")
}

// comp.role_based: of several contributions of a rep the highest counts: each whose change let another one count is a cause, and one that
// counts under neither policy is none.
func TestAContributionThatNoLongerCountsIsACause(t *testing.T) {
	terms := func(a, b, c, d string) *comp.Plan {
		policy := comp.DefaultPolicy()
		policy.RoleBased.Contributions = map[comp.Contribution]value.Percent{"a": value.MustPercent(a),
			"b": value.MustPercent(b), "c": value.MustPercent(c), "d": value.MustPercent(d)}
		return compile(t, policy)
	}
	bookings := []comp.Booking{{ID: "D-1", Value: value.MustMoney("1000.00 USD"), Closed: value.MustDate("2026-01-10"),
		Source: model.FromPartner, Payees: []comp.Payee{
			{Rep: "ana", Party: model.PartnerOrg("acme"), Role: comp.Primary, Rate: value.MustPercent("10%")},
			{Rep: "bo", Party: model.VendorOrg("us"), Role: comp.Supporting, Rate: value.MustPercent("10%"), Contribution: "a",
				AlsoContributed: []comp.Contribution{"b", "c", "d"}}}}}
	wantCauses(t, terms("30%", "25%", "20%", "5%"), terms("10%", "15%", "20%", "6%"), bookings, nil,
		"D-1 bo role_based.contributions.a", "D-1 bo role_based.contributions.b")
}

// comp.cap: a cap of a period counts what was paid in that period, and is no cause in the next one.
func TestACapIsNoCauseInTheNextPeriod(t *testing.T) {
	terms := func(rate, most string) *comp.Plan {
		policy := comp.DefaultPolicy()
		policy.Rates = comp.RateTerms{Year: comp.FiscalYear{Start: 1}, Period: comp.Quarterly,
			Tables: map[comp.TableID]comp.RateTable{"flat": {Measure: comp.DealAmount, Method: comp.Marginal,
				Currency: value.MustCurrency("USD"), Tiers: []comp.Tier{{Rate: value.MustPercent(rate)}},
				PeriodCap: value.MustMoney(most)}}}
		return compile(t, policy)
	}
	deal := func(id, closed string) comp.Booking {
		return comp.Booking{ID: id, Value: value.MustMoney("1000.00 USD"), Closed: value.MustDate(closed), Source: model.FromPartner,
			Payees: []comp.Payee{{Rep: "ana", Party: model.PartnerOrg("acme"), Role: comp.Primary, Table: "flat"}}}
	}
	const rate, most = " ana rates.tables.flat.tiers[0].rate", " ana rates.tables.flat.period_cap"
	wantCauses(t, terms("10%", "200.00 USD"), terms("9%", "150.00 USD"),
		[]comp.Booking{deal("D-1", "2026-03-31"), deal("D-2", "2026-04-01"), deal("D-3", "2026-04-02")}, nil,
		"D-1"+rate, "D-2"+rate, "D-3"+rate, "D-3"+most)
}

// wantCauses compares two policies, and wants the causes of all differences: booking, rep and path.
func wantCauses(t *testing.T, before, after *comp.Plan, bookings []comp.Booking, options []impact.Option, want ...string) {
	t.Helper()
	var causes []string
	_, err := impact.Compare(before, after, bookings, append(options, impact.Rows(func(r impact.Row) error {
		for _, d := range r.Differences {
			for _, c := range d.Causes {
				causes = append(causes, r.Booking+" "+d.Rep+" "+c.Path)
			}
		}
		return nil
	}))...)
	if err != nil || !slices.Equal(causes, want) {
		t.Errorf("the causes are %q, want %q; %v", causes, want, err)
	}
}
