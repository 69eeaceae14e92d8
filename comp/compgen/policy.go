package compgen

import (
	"time"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/internal/wiregen"
	"github.com/coselling/coselling/value"
)

// AnyPolicy draws a policy of any model that compiles, without rates and with up to five contributions, which
// mostly total less than 100 %. A policy that is not role-based may have none.
func AnyPolicy() *rapid.Generator[comp.Policy] {
	return rapid.Custom(func(t *rapid.T) comp.Policy {
		p := wiregen.Of[comp.Policy](nil).Draw(t, "terms")
		p.Origination.Influenced = anyPart().Draw(t, "influenced")
		least := 1
		if p.Model != comp.RoleBased {
			least = 0
		}
		ids := rapid.SliceOfNDistinct(anyContribution(), least, 5, rapid.ID[comp.Contribution]).Draw(t, "contributions")
		p.RoleBased.Contributions = make(map[comp.Contribution]value.Percent, len(ids))
		high := between(t, "one is high", 0, 3) == 0
		alike := between(t, "all are alike", 0, 5) == 0
		for i, id := range ids {
			part := anyPart().Draw(t, string(id))
			switch {
			case alike && i > 0:
				part = p.RoleBased.Contributions[ids[0]]
			case i > 0 || !high:
				part = percent(part.Millionths() / 5)
			}
			p.RoleBased.Contributions[id] = part
		}
		return p
	})
}

func anyContribution() *rapid.Generator[comp.Contribution] {
	return rapid.OneOf(
		rapid.SampledFrom([]comp.Contribution{comp.TechnicalValidation, comp.CoSelling, "introduction",
			"implementation"}),
		rapid.Map(rapid.StringMatching(`[a-z][a-z0-9_]{0,3}`),
			func(s string) comp.Contribution { return comp.Contribution(s) }),
	)
}

// AnyRates draws one to three rate tables of any measure and method, and a quota of each rep of the team for every
// period of the scope, all in the scope's currency, as the Rates of a policy, whose
// tables bookings then name.
func AnyRates(s Limits, team Team) *rapid.Generator[comp.RateTerms] {
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

// quotas draws the quota of a rep for every period with a day of the scope.
func quotas(t *rapid.T, s Limits, rates comp.RateTerms) map[value.Date]value.Money {
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

func anyTable(t *rapid.T, s Limits) comp.RateTable {
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

func beyond(t *rapid.T, s Limits, m comp.Measure, from comp.Bound) comp.Bound {
	if m == comp.Attainment {
		return comp.Bound{Attainment: percent(from.Attainment.Millionths() +
			rapid.Int64Range(1, full).Draw(t, "attainment"))}
	}
	step := rapid.Int64Range(1, max(1, s.Most.Minor()/8)).Draw(t, "amount")
	amount, _ := s.Most.Take(min(from.Amount.Minor()+step, s.Most.Minor()*2)) // far below the bound of money
	if from.Amount.IsZero() {
		amount, _ = s.Most.Take(step)
	}
	return comp.Bound{Amount: amount}
}

func anyYear() *rapid.Generator[comp.FiscalYear] {
	return rapid.Map(rapid.IntRange(1, 12), func(month int) comp.FiscalYear {
		return comp.FiscalYear{Start: time.Month(month)}
	})
}
