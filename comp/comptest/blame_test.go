package comptest

import (
	"fmt"
	"testing"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/comp/impact"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// busy returns a year in which every number of [everything] counts: each quarter has deals
// by each table, with supporters, and reversals of earlier quarters.
func busy(under comp.Model) Bookings {
	var b Bookings
	amounts := [...]string{"900.00", "52000.00", "19.99", "61000.00", "7100.00", "2500.00", "14000.00", "150.00"}
	for i := range 48 {
		d := deal(fmt.Sprintf("D-%02d", i), amounts[i%len(amounts)], fmt.Sprintf("2026-%02d-%02d", i/4+1, i%4*7+1),
			comp.TechnicalValidation)
		if i%3 == 0 {
			d.Payees[1].Contribution = comp.CoSelling
		}
		if i%5 == 0 {
			d.Payees[1].AlsoContributed = []comp.Contribution{comp.TechnicalValidation}
		}
		for j, table := range [2]comp.TableID{[...]comp.TableID{"fast", "deal", "period"}[i%3],
			[...]comp.TableID{"period", "deal"}[i%2]} {
			d.Payees[j].Rate, d.Payees[j].Table = value.Percent{}, table
		}
		if i%4 == 1 { // leftover minor units are divided among all of a side
			other := comp.CoSelling
			if d.Payees[1].Contribution == other {
				other = comp.TechnicalValidation
			}
			d.Value = usd(fmt.Sprintf("%d.%02d", 300+i*7, i))
			d.Payees[1].Share = pct("33.333333%")
			us := model.VendorOrg("us")
			d.Payees = append(d.Payees,
				comp.Payee{Rep: "cy", Party: us, Role: comp.Supporting, Contribution: d.Payees[1].Contribution,
					Share: pct("66.666667%"), Rate: pct("7%")},
				comp.Payee{Rep: "di", Party: us, Role: comp.Supporting, Contribution: other, Rate: pct("6%")})
			if under != comp.RoleBased { // one group a side
				d.Payees[2].Share, d.Payees[3].Share = pct("33.333334%"), pct("33.333333%")
			}
		}
		d.Source = [...]model.Source{model.FromPartner, model.FromVendor, model.FromBoth}[i%3]
		b.Deals = append(b.Deals, d)
		if i%9 == 0 {
			b.Movements = append(b.Movements, comp.Movement{Of: d.ID, Kind: comp.Reversed,
				ID: fmt.Sprintf("R-%02d", i), Amount: usd("10.00"),
				On: value.MustDate(fmt.Sprintf("2026-%02d-28", min(12, i/4+2)))})
		}
	}
	return b
}

// policyEdit is one edit of a policy.
type policyEdit struct {
	name string
	of   func(comp.Policy) (comp.Policy, bool)
}

// edits returns edits of every number, down or up, and of every other field that keeps the
// model.
func edits(policy comp.Policy) []policyEdit {
	var all []policyEdit
	list, _ := numbers(policy)
	for i, n := range list {
		by := int64(i%2*2 - 1)
		all = append(all, policyEdit{n.path, func(p comp.Policy) (comp.Policy, bool) { return n.movedBy(p, by) }})
	}
	set := func(name string, edit func(*comp.Policy)) {
		all = append(all, policyEdit{name, func(p comp.Policy) (comp.Policy, bool) {
			plan, err := comp.Compile(p)
			if err != nil {
				return p, false
			}
			other := plan.Policy()
			edit(&other)
			return other, true
		}})
	}
	set("rounding", func(p *comp.Policy) { p.Rounding = value.TowardZero })
	set("joint_origin", func(p *comp.Policy) { p.JointOrigin = comp.VendorOrigin })
	set("origination.influenced_pays_commission",
		func(p *comp.Policy) { p.Origination.InfluencedPaysCommission = false })
	set("origination.influenced_counts_toward_quota",
		func(p *comp.Policy) { p.Origination.InfluencedCountsTowardQuota = true })
	for _, id := range []comp.TableID{"fast", "deal", "period"} {
		set("method of "+string(id), func(p *comp.Policy) {
			table := p.Rates.Tables[id]
			table.Method = comp.Marginal + comp.Retroactive - table.Method
			p.Rates.Tables[id] = table
		})
	}
	return all
}

// With two edits at once, a difference with only one of them as its cause is the same with
// that edit alone. So no cause is missing, even if the history of a period carries it to
// later deals.
func TestEveryCauseIsNamedWithHistory(t *testing.T) {
	for _, under := range comp.Models() {
		t.Run(under.String(), func(t *testing.T) { checkBlame(t, everything().Under(under), busy(under)) })
	}
	t.Run("a period's limits on a table by deal", func(t *testing.T) {
		limited := everything()
		table := limited.Rates.Tables["deal"]
		table.PeriodFloor, table.PeriodCap = usd("60.00"), usd("950.00")
		limited.Rates.Tables["deal"] = table
		checkBlame(t, limited, busy(comp.RoleBased))
	})
}

func checkBlame(t *testing.T, before comp.Policy, bookings Bookings) {
	alone := map[string]map[string]impact.Difference{} // by path, what one edit does
	all := edits(before)
	for _, e := range all {
		if after, ok := e.of(before); ok {
			for _, change := range editsOf(before, after) {
				alone[change.Path] = differencesOf(t, before, after, bookings)
			}
		}
	}
	blamed := 0
	for i, one := range all {
		for _, two := range all[i+1:] {
			middle, ok := one.of(before)
			if !ok {
				continue
			}
			after, ok := two.of(middle)
			if !ok {
				continue
			}
			for key, d := range differencesOf(t, before, after, bookings) {
				if len(d.Causes) != 1 {
					continue
				}
				blamed++
				if same, ok := alone[d.Causes[0].Path][key]; !ok || same.Before != d.Before || same.After != d.After {
					t.Fatalf("%s and %s: %s gets %v for %s, put down to %v; alone that does %v", one.name, two.name,
						d.Rep, d.After, d.Booking, d.Causes, same.After)
				}
			}
		}
	}
	if blamed == 0 {
		t.Error("nothing was compared")
	}
}

// differencesOf compares, and fails if a difference has no cause.
func differencesOf(t *testing.T, before, after comp.Policy, bookings Bookings) map[string]impact.Difference {
	t.Helper()
	c, err := compare(before, after, bookings)
	if err != nil {
		t.Fatal(err)
	}
	if len(c.refused) > 0 {
		t.Fatalf("%v: refused %v", c.edits, c.refused)
	}
	all := map[string]impact.Difference{}
	for _, d := range c.differences {
		if len(d.Causes) == 0 {
			t.Fatalf("%v: nothing is behind %v", c.edits, d)
		}
		all[d.Booking+" "+d.Rep] = d.Difference
	}
	return all
}

// If a rate has no history, a change in one deal is not a cause in another deal.
func TestCausesStayWithTheirDealWithoutHistory(t *testing.T) {
	before := everything()
	after := changed(func(p *comp.Policy) {
		p.Rates = before.Rates
		p.RoleBased.Contributions[comp.TechnicalValidation] = pct("31%")
		p.RoleBased.Contributions[comp.CoSelling] = pct("49%")
	})
	bookings := year()
	for i := range bookings.Deals {
		if p := bookings.Deals[i].Payees; len(p) > 1 {
			p[1].Rate, p[1].Table = value.Percent{}, "deal"
			bookings.Deals[i].Closed = value.MustDate("2026-11-11")
		}
	}
	for _, d := range differencesOf(t, before, after, bookings) {
		if len(d.Causes) != 1 {
			t.Errorf("%s is put down to %v", d.Booking, d.Causes)
		}
	}
}

// The statements of a golden file add up to the payees of a comparison, including bookings
// that one policy refuses.
func TestStatementsAddUpToTheComparison(t *testing.T) {
	for _, under := range comp.Models() {
		before, bookings := everything().Under(under), busy(under)
		all := edits(before)
		all = append(all, policyEdit{"a contribution gone", func(comp.Policy) (comp.Policy, bool) {
			return changed(func(p *comp.Policy) { delete(p.RoleBased.Contributions, comp.CoSelling) }), true
		}})
		for _, edit := range all {
			after, ok := edit.of(before)
			if !ok {
				continue
			}
			c, err := compare(before, after, bookings)
			if err != nil {
				t.Fatal(err)
			}
			sums := [2]map[string]comp.Amounts{}
			for i, policy := range []comp.Policy{before, after} {
				l, err := price(policy, bookings)
				if err != nil {
					t.Fatal(err)
				}
				sums[i] = map[string]comp.Amounts{}
				for _, e := range l.entries {
					for _, line := range e.statement.Lines {
						sums[i][line.Payee] = plus(sums[i][line.Payee], amountsOf(&line))
					}
				}
			}
			for _, p := range c.Payees {
				if !sameAmounts(sums[0][p.Rep], p.Before.Amounts) || !sameAmounts(sums[1][p.Rep], p.After.Amounts) {
					t.Errorf("%v, %s: %s gets %v and %v, by the comparison %v and %v", under, edit.name, p.Rep,
						sums[0][p.Rep], sums[1][p.Rep], p.Before, p.After)
				}
			}
			if len(c.Payees) < max(len(sums[0]), len(sums[1])) {
				t.Errorf("%v, %s: %d payees", under, edit.name, len(c.Payees))
			}
		}
	}
}
