package comptest

import (
	"fmt"
	"testing"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// Each expectation holds in one case, and fails in another with the text of a golden file.
func TestChangeFailsForWhatIsNotListed(t *testing.T) {
	lower := changed(func(p *comp.Policy) { p.RoleBased.Contributions[comp.TechnicalValidation] = pct("28%") })
	two := changed(func(p *comp.Policy) {
		p.RoleBased.Contributions[comp.TechnicalValidation] = pct("35%")
		p.RoleBased.Contributions[comp.CoSelling] = pct("45%")
	})
	for _, c := range []struct {
		name     string
		after    comp.Policy
		bookings Bookings
		expected []Expectation
		ok       bool
	}{
		{"a booking that neither prices", lower,
			Bookings{Deals: append(year().Deals, deal("D-9\n", "1.00", "2026-01-01", "unheard_of"))},
			[]Expectation{TotalWithin("2%"), NoPayeeLosesMoreThan("500.00 USD"),
				OnlyContribution(comp.TechnicalValidation)}, true},
		{"equal policies", comp.DefaultPolicy(), year(), nil, true},
		{"all expected", lower, year(), []Expectation{TotalWithin("2%"), NoPayeeLosesMoreThan("500.00 USD"),
			OnlyContribution(comp.TechnicalValidation)}, true},
		{"nothing expected", lower, year(), nil, false},
		{"no total expected", lower, year(),
			[]Expectation{NoPayeeLosesMoreThan("500.00 USD"), OnlyContribution(comp.TechnicalValidation)}, false},
		{"no loss expected", lower, year(), []Expectation{TotalWithin("2%"),
			OnlyContribution(comp.TechnicalValidation)}, false},
		{"no field expected", lower, year(), []Expectation{TotalWithin("2%"), NoPayeeLosesMoreThan("500.00 USD")},
			false},
		{"another contribution", two, year(),
			[]Expectation{TotalWithin("10%"), NoPayeeLosesMoreThan("500.00 USD"),
				OnlyContribution(comp.TechnicalValidation)}, false},
		{"both contributions", two, year(), []Expectation{TotalWithin("10%"),
			OnlyContribution(comp.TechnicalValidation), OnlyField("role_based.contributions.true_co_sell")}, true},
		{"a field above both", two, year(), []Expectation{TotalWithin("10%"), OnlyField("role_based")}, true},
		{"above the total", two, year(), []Expectation{TotalWithin("0.1%"), OnlyField("role_based")}, false},
		{"gains too much", two, year(), []Expectation{TotalWithin("10%"), NoPayeeGainsMoreThan("100.00 USD"),
			OnlyField("role_based")}, false},
		{"loses too much", lower, year(), []Expectation{TotalWithin("10%"), NoPayeeLosesMoreThan("129.99 USD"),
			OnlyField("role_based")}, false},
		{"loses just so much", lower, year(),
			[]Expectation{TotalWithin("10%"), NoPayeeLosesMoreThan("130.00 USD"), OnlyField("role_based")}, true},
		{"a field that no booking shows", changed(func(p *comp.Policy) { p.Origination.Influenced = pct("30%") }),
			year(), nil, false},
		{"a booking refused", changed(func(p *comp.Policy) { delete(p.RoleBased.Contributions, comp.CoSelling) }),
			year(),
			[]Expectation{TotalWithin("10%"), NoPayeeLosesMoreThan("1500.00 USD"), OnlyField("role_based")}, false},
		{"another model", changed(func(p *comp.Policy) { p.Model = comp.Origination }), year(),
			[]Expectation{TotalWithin("2%")}, false},
		{"no bookings", lower, Bookings{}, []Expectation{TotalWithin("2%")}, false},
		{"no bookings and any currency", lower, Bookings{}, []Expectation{NoPayeeLosesMoreThan("5 EUR")}, false},
		{"bad expectations", lower, year(), []Expectation{TotalWithin("two"), NoPayeeLosesMoreThan("-1 USD"),
			NoPayeeGainsMoreThan("5 EUR"), OnlyField(), OnlyField("rounding", ""), TotalWithin("101%"), {}}, false},
		{"a booking twice", lower, Bookings{Deals: append(year().Deals, deal("D-1", "1.00", "2026-05-05", ""))}, nil,
			false},
		{"no policy", comp.Policy{}, year(), nil, false},
		{"two currencies", lower, Bookings{Deals: append(year().Deals,
			comp.Booking{ID: "E-1", Value: value.MustMoney("1 EUR")}),
			Movements: []comp.Movement{{ID: "D-1"}}}, nil, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			test := func(t testing.TB) { Change(t, comp.DefaultPolicy(), c.after, c.bookings, c.expected...) }
			if c.ok {
				pinned(t, "change/"+c.name, passes(t, test).text())
			} else {
				fails(t, "change/"+c.name, test)
			}
		})
	}
}

// A payee without a commission differs only in credit or in influenced credit; the report
// shows which.
func TestChangeShowsCreditWithoutCommission(t *testing.T) {
	unpaid := year()
	for i := range unpaid.Deals {
		for j := range unpaid.Deals[i].Payees {
			unpaid.Deals[i].Payees[j].Rate = value.MustPercent("0%")
		}
	}
	lower := changed(func(p *comp.Policy) { p.RoleBased.Contributions[comp.TechnicalValidation] = pct("28%") })
	fails(t, "change/credit alone", func(t testing.TB) { Change(t, comp.DefaultPolicy(), lower, unpaid) })
	origination := comp.DefaultPolicy().Under(comp.Origination)
	more := origination
	more.Origination.Influenced = pct("30%")
	fails(t, "change/influenced credit alone", func(t testing.TB) { Change(t, origination, more, unpaid) })
}

// If the periods of the policies differ, earlier differences of any period count as causes.
func TestChangeOfThePeriodHasEarlierCauses(t *testing.T) {
	before, after := tabled(comp.PeriodAmount, comp.Marginal, "8%", "12%"),
		tabled(comp.PeriodAmount, comp.Marginal, "8%", "12%")
	before.Rates.Quotas, after.Rates.Quotas, after.Rates.Period = nil, nil, comp.Yearly
	fails(t, "change/period", func(t testing.TB) { Change(t, before, after, byTable(year())) })
}

// The causes of a rate with a history include those of earlier deals of the period.
func TestChangeNamesCausesOfEarlierDeals(t *testing.T) {
	before := tabled(comp.Attainment, comp.Retroactive, "8%", "12%", "14%")
	after := tabled(comp.Attainment, comp.Retroactive, "8%", "12%", "15%")
	bookings := byTable(year())
	bookings.Deals = append(bookings.Deals,
		byTable(Bookings{Deals: []comp.Booking{deal("D-0", "30000.00", "2026-01-19", "")}}).Deals...)
	fails(t, "change/history", func(t testing.TB) { Change(t, before, after, bookings) })
	floor := tabled(comp.Attainment, comp.Marginal, "8%", "12%")
	table := floor.Rates.Tables["fast"]
	table.PeriodFloor, table.DealCap = usd("9000.00"), usd("8500.00")
	floor.Rates.Tables["fast"] = table
	fails(t, "change/floors", func(t testing.TB) { Change(t, before, floor, bookings) })
}

// Long lists are cut and count what is left out. A booking that only the old policy refuses
// is found too.
func TestChangeCutsLongLists(t *testing.T) {
	var many Bookings
	for i := range 15 {
		d := deal(fmt.Sprintf("D-%02d", i), "1000.00", "2026-05-05", comp.TechnicalValidation)
		d.Payees[1].Rep = fmt.Sprintf("bo-%02d", i)
		many.Deals = append(many.Deals, d)
	}
	lower := changed(func(p *comp.Policy) { p.RoleBased.Contributions[comp.TechnicalValidation] = pct("28%") })
	fails(t, "change/many", func(t testing.TB) {
		Change(t, comp.DefaultPolicy(), lower, many,
			NoPayeeLosesMoreThan("1.00 USD"))
	})
	fails(t, "change/many losers", func(t testing.TB) {
		Change(t, comp.DefaultPolicy(), lower, many, TotalWithin("5%"), NoPayeeLosesMoreThan("0.99 USD"),
			OnlyField("role_based"))
	})
	without := changed(func(p *comp.Policy) { delete(p.RoleBased.Contributions, comp.CoSelling) })
	fails(t, "change/the old policy refuses", func(t testing.TB) {
		Change(t, without, comp.DefaultPolicy(), year(), TotalWithin("100%"), NoPayeeGainsMoreThan("1500.00 USD"),
			OnlyContribution(comp.CoSelling))
	})
	early := held(func(t *comp.RateTable) { t.PeriodFloor = usd("9999.00") })
	few := byTable(Bookings{Deals: []comp.Booking{deal("D-1", "100.00", "2026-01-20", ""),
		deal("D-2", "900000.00", "2026-05-20", "")}})
	fails(t, "change/floor of one quarter",
		func(t testing.TB) { Change(t, held(func(*comp.RateTable) {}), early, few) })
}

// Roles that a deal does not state follow the policy's joint origin.
func TestChangeDerivesRolesUnderEachPolicy(t *testing.T) {
	bookings := year()
	for i := range bookings.Deals {
		for j := range bookings.Deals[i].Payees {
			bookings.Deals[i].Payees[j].Role, bookings.Deals[i].Payees[j].Contribution = 0, comp.CoSelling
		}
	}
	bookings.Deals[0].Source = model.FromBoth
	bookings.Engagements = map[string]model.Engagement{}
	for _, d := range bookings.Deals {
		bookings.Engagements[d.ID] = model.TrueCoSell
	}
	vendor := changed(func(p *comp.Policy) { p.JointOrigin = comp.VendorOrigin })
	fails(t, "change/joint origin", func(t testing.TB) { Change(t, comp.DefaultPolicy(), vendor, bookings) })
}
