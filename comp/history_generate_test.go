package comp_test

import (
	"fmt"
	"slices"
	"time"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// historyReps are the reps of generated histories, by party.
var historyReps = []comp.Payee{{Rep: "ana", Party: acme}, {Rep: "bo", Party: us}, {Rep: "cy", Party: us}, {Rep: "dee", Party: acme}}

func anyMinor(most int64) *rapid.Generator[value.Money] {
	return rapid.Map(rapid.OneOf(rapid.Int64Range(1, most), rapid.Map(rapid.Int64Range(1, max(1, most/100)), func(n int64) int64 { return n * 100 })), func(n int64) value.Money {
		m, err := value.NewMoney(n, usd("0").Currency())
		if err != nil {
			panic(err)
		}
		return m
	})
}

// anyTable draws a rate table over small amounts, so that histories cross its tiers.
func anyTable() *rapid.Generator[comp.RateTable] {
	return rapid.Custom(func(t *rapid.T) comp.RateTable {
		table := comp.RateTable{
			Measure:  rapid.SampledFrom([]comp.Measure{comp.Attainment, comp.PeriodAmount, comp.DealAmount}).Draw(t, "measure"),
			Method:   rapid.SampledFrom([]comp.Method{comp.Marginal, comp.Retroactive}).Draw(t, "method"),
			Currency: usd("0").Currency(),
		}
		for i := range rapid.IntRange(1, 4).Draw(t, "tiers") {
			tier := comp.Tier{Rate: anyPart(full).Draw(t, "rate")}
			if i > 0 {
				before := table.Tiers[i-1].From
				tier.From = anyBoundAbove(t, table.Measure, before)
				table.Tiers[i-1].To = tier.From
			}
			table.Tiers = append(table.Tiers, tier)
		}
		for _, limit := range []*value.Money{&table.DealFloor, &table.DealCap, &table.PeriodFloor, &table.PeriodCap} {
			if rapid.IntRange(0, 3).Draw(t, "limited") == 0 {
				*limit = anyMinor(3000).Draw(t, "limit")
			}
		}
		return table
	})
}

func anyBoundAbove(t *rapid.T, m comp.Measure, before comp.Bound) comp.Bound {
	if m == comp.Attainment {
		step := rapid.OneOf(rapid.Int64Range(1, 100_000_000), rapid.Map(rapid.Int64Range(1, 100), func(n int64) int64 { return n * 1_000_000 })).Draw(t, "step")
		return comp.Bound{Attainment: millionths(before.Attainment.Millionths() + step)}
	}
	sum := anyMinor(4000).Draw(t, "step")
	if !before.Amount.IsZero() {
		var err error
		if sum, err = sum.Add(before.Amount); err != nil {
			t.Fatal(err)
		}
	}
	return comp.Bound{Amount: sum}
}

// anyRatePolicy draws a policy with two rate tables, and quotas for a year from
// November 2025.
func anyRatePolicy() *rapid.Generator[comp.Policy] {
	return rapid.Custom(func(t *rapid.T) comp.Policy {
		p := anyPolicy().Draw(t, "policy")
		p.Rates = comp.RateTerms{
			Year: comp.FiscalYear{Start: time.Month(rapid.IntRange(1, 12).Draw(t, "start"))}, Period: comp.Quarterly,
			Tables: map[comp.TableID]comp.RateTable{"one": anyTable().Draw(t, "one"), "two": anyTable().Draw(t, "two")},
			Quotas: map[string]map[value.Date]value.Money{},
		}
		for _, payee := range historyReps {
			quotas := map[value.Date]value.Money{}
			for q := p.Rates.Year.Quarter(value.MustDate("2025-11-01")); len(quotas) < 8; q = q.Next() {
				quotas[q.First()] = anyMinor(5000).Draw(t, "quota")
			}
			p.Rates.Quotas[payee.Rep] = quotas
		}
		return p
	})
}

// anyDealOf draws a won deal that the policy can price, of some of the reps, with
// flat rates and tables.
func anyDealOf(t *rapid.T, p comp.Policy, id string, day value.Date) comp.Booking {
	b := comp.Booking{ID: id, Value: anyMinor(3000).Draw(t, "value"), Closed: day, Source: rapid.SampledFrom([]model.Source{model.FromPartner, model.FromVendor, model.FromBoth}).Draw(t, "source")}
	count := rapid.IntRange(1, len(historyReps)).Draw(t, "payees")
	primary := rapid.SampledFrom([]model.Side{model.Partner, model.Vendor}).Draw(t, "primary")
	for _, payee := range rapid.Permutation(historyReps).Draw(t, "reps")[:count] {
		payee.Role = comp.Primary
		if payee.Party.Side != primary {
			payee.Role, payee.Contribution = comp.Supporting, known(p)[0]
		}
		payee.Table = rapid.SampledFrom([]comp.TableID{"one", "one", "two", ""}).Draw(t, "table")
		if payee.Table == "" {
			payee.Rate = anyPart(full).Draw(t, "rate")
		}
		b.Payees = append(b.Payees, payee)
	}
	if rapid.IntRange(0, 3).Draw(t, "a further partner") == 0 {
		pat := comp.Payee{Rep: "pat", Party: bay, Role: comp.Supporting, Contribution: known(p)[0]}
		pat.Rate = anyPart(full).Draw(t, "rate of the further partner")
		b.Payees, b.LeadPartner, b.BroughtBy = append(b.Payees, pat), "acme", bay.Org
		b.PartnerShares = []comp.PartnerShare{{Party: bay, Share: millionths(full / 3)},
			{Party: acme, Share: millionths(full - full/3)}}
	}
	shareOut(t, p, b)
	return b
}

// historyStep is a booking, a reversal of an earlier one, or a closing.
type historyStep struct {
	booking comp.Booking // its id is empty where the step is no booking
	of      int          // of a reversal: the number of the deal
	move    comp.Movement
	closing value.Date
}

// anyHistory draws deals by closing date, with reversals in between, over some
// quarters that are closed one by one.
func anyHistory(t *rapid.T, p comp.Policy) []historyStep {
	var steps []historyStep
	var values []int64 // the rest of each deal
	day := value.MustDate("2025-12-20")
	for i := range rapid.IntRange(1, 10).Draw(t, "steps") {
		next, err := day.AddDays(rapid.SampledFrom([]int{0, 0, 1, 9, 40}).Draw(t, "days"))
		if err != nil {
			t.Fatal(err)
		}
		for q := p.Rates.Year.Quarter(day); q != p.Rates.Year.Quarter(next) && i > 0; q = q.Next() {
			steps = append(steps, historyStep{closing: q.First()})
		}
		day = next
		open := slices.IndexFunc(values, func(left int64) bool { return left > 0 })
		if open < 0 || rapid.IntRange(0, 2).Draw(t, "kind") > 0 {
			b := anyDealOf(t, p, fmt.Sprintf("D%02d", i), day)
			steps, values = append(steps, historyStep{booking: b}), append(values, b.Value.Minor())
			continue
		}
		of := rapid.IntRange(open, len(values)-1).Draw(t, "reversed")
		if values[of] == 0 {
			of = open
		}
		amount := rapid.OneOf(rapid.Just(values[of]), rapid.Int64Range(1, values[of])).Draw(t, "amount")
		values[of] -= amount
		m, err := value.NewMoney(amount, usd("0").Currency())
		if err != nil {
			t.Fatal(err)
		}
		steps = append(steps, historyStep{of: of, move: comp.Movement{ID: fmt.Sprintf("R%02d", i), Amount: m, On: day}})
	}
	return append(steps, historyStep{closing: day})
}
