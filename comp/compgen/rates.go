package compgen

import (
	"time"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/value"
)

// AnyRates draws one to three rate tables of any measure and method, with or without
// floors and caps, and a quota of each rep of the team for every period of the scope,
// all in the scope's currency. Set them as the Rates of a policy: the bookings drawn
// for policies that share tables name some of them.
func AnyRates(s Scope, team Team) *rapid.Generator[comp.RateTerms] {
	return rapid.Custom(func(t *rapid.T) comp.RateTerms {
		s.check(t)
		rates := comp.RateTerms{
			Year:   anyYear().Draw(t, "fiscal year"),
			Period: pick(t, "period", comp.Monthly, comp.Quarterly, comp.Yearly),
			Quotas: map[string]map[value.Date]value.Money{},
			Tables: map[comp.TableID]comp.RateTable{},
		}
		for _, rep := range team {
			rates.Quotas[rep.ID] = quotas(t, s, rates)
		}
		for _, id := range []comp.TableID{"table_a", "table_b", "table_c"}[:between(t, "tables", 1, 3)] {
			rates.Tables[id] = anyTable(t, s)
		}
		return rates
	})
}

// quotas draws the quota of one rep for every period that the scope touches.
func quotas(t *rapid.T, s Scope, rates comp.RateTerms) map[value.Date]value.Money {
	list := map[value.Date]value.Money{}
	for day := s.From; !day.After(s.To); {
		first, last := rates.Bounds(day)
		list[first] = anyAmount(s.Most).Draw(t, "quota")
		next, err := last.AddDays(1)
		if err != nil {
			break
		}
		day = next
	}
	return list
}

// anyTable draws a table of up to four tiers.
func anyTable(t *rapid.T, s Scope) comp.RateTable {
	table := comp.RateTable{
		Measure:  pick(t, "measure", comp.Attainment, comp.PeriodAmount, comp.DealAmount),
		Method:   pick(t, "method", comp.Marginal, comp.Retroactive),
		Currency: s.Most.Currency(),
	}
	from := comp.Bound{}
	for i := range between(t, "tiers", 1, 4) {
		if i > 0 {
			table.Tiers[i-1].To = beyond(t, s, table.Measure, from)
			from = table.Tiers[i-1].To
		}
		table.Tiers = append(table.Tiers, comp.Tier{From: from, Rate: anyPart().Draw(t, "rate")})
	}
	limit := rapid.OneOf(rapid.Just(value.Money{}), rapid.Just(value.Money{}), anyAmount(s.Most))
	table.DealFloor, table.DealCap = limit.Draw(t, "deal floor"), limit.Draw(t, "deal cap")
	table.PeriodFloor, table.PeriodCap = limit.Draw(t, "period floor"), limit.Draw(t, "period cap")
	return table
}

// beyond draws a bound above another one.
func beyond(t *rapid.T, s Scope, m comp.Measure, from comp.Bound) comp.Bound {
	if m == comp.Attainment {
		return comp.Bound{Attainment: percent(from.Attainment.Millionths() + rapid.Int64Range(1, full).Draw(t, "attainment"))}
	}
	step := rapid.Int64Range(1, max(1, s.Most.Minor()/8)).Draw(t, "amount")
	amount, _ := s.Most.Take(min(from.Amount.Minor()+step, s.Most.Minor()*2)) // far below the bound of money
	if from.Amount.IsZero() {
		amount, _ = s.Most.Take(step)
	}
	return comp.Bound{Amount: amount}
}

// anyYear draws when a fiscal year starts.
func anyYear() *rapid.Generator[comp.FiscalYear] {
	return rapid.Map(rapid.IntRange(1, 12), func(month int) comp.FiscalYear {
		return comp.FiscalYear{Start: time.Month(month)}
	})
}
