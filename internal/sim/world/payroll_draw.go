package world

import (
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// sellers are the payees of a payroll, by party. The last one is of a further partner.
var sellers = []comp.Payee{{Rep: "ana", Party: partners[0]}, {Rep: "dee", Party: partners[0]}, {Rep: "bo", Party: us},
	{Rep: "cy", Party: us}, {Rep: "pat", Party: partners[1]}}

const full = 100_000_000 // millionths of a percent

func percent(millionths int64) value.Percent {
	p, _ := value.NewPercent(millionths) // between 0 and 100 %
	return p
}

func dollars(minor int64) value.Money {
	m, _ := value.NewMoney(minor, value.MustCurrency("USD")) // small
	return m
}

// anyPercent draws a percentage, often an odd one.
func anyPercent(r *rand.Rand) value.Percent {
	if r.IntN(2) == 0 {
		return percent(1_000_000 * int64(1+r.IntN(100)))
	}
	return percent(r.Int64N(full + 1))
}

// anyCents draws an amount of cents up to a bound, often a round one, so that sums meet bounds exactly.
func anyCents(r *rand.Rand, most int64) int64 {
	return pick(r, 500*(1+r.Int64N(most/500)), 1+r.Int64N(most))
}

// anyTable draws a rate table over small amounts, so that histories cross its tiers.
func anyTable(r *rand.Rand) comp.RateTable {
	t := comp.RateTable{Currency: value.MustCurrency("USD"), Method: pick(r, comp.Marginal, comp.Retroactive),
		Measure: pick(r, comp.Attainment, comp.PeriodAmount, comp.DealAmount)}
	var attained, amount int64
	for i := range 1 + r.IntN(4) {
		tier := comp.Tier{Rate: anyPercent(r)}
		if i > 0 {
			attained, amount = attained+pick(r, full/2, 1+r.Int64N(full)), amount+anyCents(r, 4000)
			if t.Measure == comp.Attainment {
				tier.From.Attainment = percent(attained)
			} else {
				tier.From.Amount = dollars(amount)
			}
			t.Tiers[i-1].To = tier.From
		}
		t.Tiers = append(t.Tiers, tier)
	}
	for _, limit := range []*value.Money{&t.DealFloor, &t.DealCap, &t.PeriodFloor, &t.PeriodCap} {
		if r.IntN(4) == 0 {
			*limit = dollars(1 + r.Int64N(3000))
		}
	}
	return t
}

// anyPolicy draws a policy with two rate tables, and quotas for some years.
func anyPolicy(r *rand.Rand) comp.Policy {
	p := comp.DefaultPolicy().Under(pick(r, comp.RoleBased, comp.Split, comp.Origination))
	p.Rounding = pick(r, value.HalfEven, value.HalfAwayFromZero, value.TowardZero)
	p.JointOrigin = pick(r, comp.EqualOrigin, comp.PartnerOrigin, comp.VendorOrigin)
	p.SplitByParty = r.IntN(2) == 0
	p.Origination.Influenced = anyPercent(r)
	p.Origination.InfluencedCountsTowardQuota = r.IntN(2) == 0
	p.Origination.InfluencedPaysCommission = r.IntN(2) == 0
	for c := range p.RoleBased.Contributions {
		p.RoleBased.Contributions[c] = percent(1_000_000 * 50)
	}
	p.RoleBased.Contributions[comp.TechnicalValidation] = pick(r, value.MustPercent("30%"),
		value.MustPercent("33.333333%"))
	p.Rates = comp.RateTerms{Year: comp.FiscalYear{Start: time.Month(1 + r.IntN(12))}, Period: comp.Quarterly,
		Tables: map[comp.TableID]comp.RateTable{"one": anyTable(r), "two": anyTable(r)},
		Quotas: map[string]map[value.Date]value.Money{}}
	for _, s := range sellers {
		quotas := map[value.Date]value.Money{}
		for q := p.Rates.Year.Quarter(value.MustDate("2025-11-01")); len(quotas) < 8; q = q.Next() {
			quotas[q.First()] = dollars(anyCents(r, 5000))
		}
		p.Rates.Quotas[s.Rep] = quotas
	}
	return p
}

// anyBooking draws a won deal that every policy of [anyPolicy] can price.
func anyBooking(r *rand.Rand, id string, day value.Date) comp.Booking {
	b := comp.Booking{ID: id, Value: dollars(anyCents(r, 3000)), Closed: day,
		Source: pick(r, model.FromPartner, model.FromVendor, model.FromBoth),
		Registrant: pick(r, model.NoRegistrant, model.ByPartner, model.ByVendor, model.ByPartnerJoint,
			model.ByVendorJoint)}
	if r.IntN(3) == 0 {
		b.VendorQuota = dollars(1 + r.Int64N(3000))
	}
	primary, further := pick(r, model.Partner, model.Vendor), r.IntN(4) == 0
	of := map[model.Party][]int{}
	for _, s := range sellers {
		if s.Party == partners[1] && !further || s.Party != partners[1] && len(b.Payees) > 0 && r.IntN(4) == 0 {
			continue
		}
		s.Role = comp.Primary
		if s.Party.Side != primary || s.Party == partners[1] {
			s.Role, s.Contribution = comp.Supporting, comp.TechnicalValidation
		}
		if s.Table = pick[comp.TableID](r, "one", "one", "two", ""); s.Table == "" {
			s.Rate = anyPercent(r)
		}
		of[s.Party] = append(of[s.Party], len(b.Payees))
		b.Payees = append(b.Payees, s)
	}
	if further {
		b.LeadPartner, b.BroughtBy = partners[0].Org, pick(r, partners[0], partners[1]).Org
		b.PartnerShares = []comp.PartnerShare{{Party: partners[1], Share: percent(full / 3)},
			{Party: partners[0], Share: percent(full - full/3)}}
	}
	for _, members := range of {
		if len(members) == 2 {
			share := 1 + int64(len(id))*full/97%(full-1)
			b.Payees[members[0]].Share, b.Payees[members[1]].Share = percent(share), percent(full-share)
		}
	}
	r.Shuffle(len(b.Payees), func(i, j int) { b.Payees[i], b.Payees[j] = b.Payees[j], b.Payees[i] })
	return b
}

func named(kind string, n int) string { return fmt.Sprintf("%s%02d", kind, n) }
