package comptest

import (
	"fmt"
	"testing"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/value"
)

// Every policy that compiles has every property, except one with falling retroactive rates.
func TestEveryPolicyHasEveryProperty(t *testing.T) {
	for name, policy := range map[string]comp.Policy{
		"default":     comp.DefaultPolicy(),
		"split":       comp.DefaultPolicy().Under(comp.Split),
		"origination": comp.DefaultPolicy().Under(comp.Origination),
		"by party":    changed(func(p *comp.Policy) { p.Model, p.SplitByParty = comp.Split, true }),
		"joint": changed(func(p *comp.Policy) {
			p.Model, p.JointOrigin = comp.Origination,
				comp.VendorOrigin
		}),
		"toward zero": changed(func(p *comp.Policy) { p.Rounding = value.TowardZero }),
		"above 100%":  changed(func(p *comp.Policy) { p.RoleBased.Contributions[comp.CoSelling] = pct("70.000001%") }),
		"marginal":    tabled(comp.PeriodAmount, comp.Marginal, "8%", "4%", "12%"),
		"deal amount": tabled(comp.DealAmount, comp.Retroactive, "8%", "12%"),
		"attainment":  tabled(comp.Attainment, comp.Retroactive, "8%", "12%"),
		"one tier":    tabled(comp.Attainment, comp.Marginal, "8%"),
		"no quota": changed(func(p *comp.Policy) {
			p.Rates.Tables = tabled(comp.Attainment, comp.Marginal, "8%",
				"9%").Rates.Tables
		}),
		"nothing to split": changed(func(p *comp.Policy) { p.Model = comp.Split; clear(p.RoleBased.Contributions) }),
		"far":              farthest(),
		"held by deal":     held(func(t *comp.RateTable) { t.DealFloor, t.DealCap = usd("10.00"), usd("5000.00") }),
		"held":             held(func(t *comp.RateTable) { t.PeriodFloor, t.PeriodCap = usd("10.00"), usd("5000.00") }),
	} {
		t.Run(name, func(t *testing.T) { passes(t, func(t testing.TB) { Properties(t, policy) }) })
	}
}

func held(edit func(*comp.RateTable)) comp.Policy {
	p := tabled(comp.PeriodAmount, comp.Marginal, "8%", "12%")
	table := p.Rates.Tables["fast"]
	edit(&table)
	p.Rates.Tables["fast"] = table
	return p
}

func TestPropertiesFailForABadPolicy(t *testing.T) {
	fails(t, "properties/no policy", func(t testing.TB) { Properties(t, comp.Policy{}) })
	for _, measure := range []comp.Measure{comp.DealAmount, comp.PeriodAmount, comp.Attainment} {
		fails(t, "properties/falling by "+measure.String(), func(t testing.TB) {
			Properties(t, tabled(measure, comp.Retroactive, "8%", "12%", "9%"))
		})
	}
}

// Every property fails with a pricing that breaks it.
func TestEachPropertyFailsWithABrokenPricing(t *testing.T) {
	calls := 0
	for _, c := range []struct {
		name   string
		policy comp.Policy
		broken func(*entry, Bookings)
	}{
		{"conservation", comp.DefaultPolicy(), func(e *entry, _ Bookings) {
			if l := &e.statement.Lines[0]; l.Share != pct("100%") {
				l.QuotaCredit, _ = l.QuotaCredit.Add(usd("0.01"))
				if e.move != nil {
					l.QuotaCredit, _ = l.QuotaCredit.Sub(usd("0.02"))
				}
			}
		}},
		{"conservation of influenced credit", comp.DefaultPolicy().Under(comp.Origination), func(e *entry, _ Bookings) {
			if l := &e.statement.Lines[len(e.statement.Lines)-1]; l.Share != pct("100%") && l.Influenced.Sign() > 0 &&
				e.move == nil {
				l.Influenced, _ = l.Influenced.Add(usd("0.01"))
			} else if l.Share != pct("100%") && l.Influenced.Sign() < 0 {
				l.Influenced, _ = l.Influenced.Sub(usd("0.01"))
			}
		}},
		{"mirrored reversal", comp.DefaultPolicy(), func(e *entry, _ Bookings) {
			if e.move != nil {
				e.statement.Lines[0].Commission, _ = e.statement.Lines[0].Commission.Add(usd("0.01"))
			}
		}},
		{"permutation", comp.DefaultPolicy(), func(e *entry, _ Bookings) {
			if e.deal != nil && e.deal.Payees[0].Rep == e.statement.Lines[len(e.statement.Lines)-1].Payee &&
				len(e.statement.Lines) > 1 {
				e.statement.Lines[0].Leftover = !e.statement.Lines[0].Leftover
			}
		}},
		{"idempotence", comp.DefaultPolicy(), func(e *entry, b Bookings) {
			if len(b.Deals) > 1 {
				calls++
				e.statement.Lines[0].Rate, _ = value.NewPercent(int64(calls / 60))
			}
		}},
		{"monotonicity", comp.DefaultPolicy(), func(e *entry, _ Bookings) {
			if e.deal != nil && e.statement.Value.Minor()%2 == 0 {
				e.statement.Lines[0].Commission = usd("0.00")
			}
		}},
		{"support", comp.DefaultPolicy(), func(e *entry, _ Bookings) {
			for i := range e.statement.Lines {
				if l := &e.statement.Lines[i]; l.Credited == comp.AsSupporting {
					l.QuotaCredit, _ = l.QuotaCredit.Add(l.QuotaCredit)
					l.QuotaCredit, _ = l.QuotaCredit.Add(l.QuotaCredit)
				}
			}
		}},
		{"refused", comp.DefaultPolicy(), func(e *entry, _ Bookings) {
			if e.id == "sample-003" {
				e.err = value.NewError("booking.value", "0.03", "is not liked")
			}
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			broken := func(policy comp.Policy, bookings Bookings) (ledger, error) {
				l, err := price(policy, bookings)
				for i := range l.entries {
					if len(l.entries[i].statement.Lines) > 0 {
						c.broken(&l.entries[i], bookings)
					}
				}
				return l, err
			}
			fails(t, "properties/"+c.name, func(t testing.TB) { checkProperties(t, c.policy, broken) })
		})
	}
}

// A pricing that returns an error fails every property.
func TestPropertiesFailIfPricingFails(t *testing.T) {
	calls := 0
	fails(t, "properties/gives up", func(t testing.TB) {
		checkProperties(t, comp.DefaultPolicy(), func(policy comp.Policy, b Bookings) (ledger, error) {
			if calls++; calls > 1 {
				return ledger{}, fmt.Errorf("out of order")
			}
			return price(policy, b)
		})
	})
}
