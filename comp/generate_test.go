package comp_test

import (
	"fmt"
	"maps"
	"slices"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// full is 100 % in millionths of a percent.
const full = 100_000_000

func millionths(n int64) value.Percent {
	p, err := value.NewPercent(n)
	if err != nil {
		panic(err)
	}
	return p
}

// anyPart draws a percentage from 0 % to most, round and odd ones.
func anyPart(most int64) *rapid.Generator[value.Percent] {
	return rapid.Map(rapid.OneOf(
		rapid.Int64Range(0, most),
		rapid.Map(rapid.Int64Range(0, most/1_000_000), func(n int64) int64 { return n * 1_000_000 }),
		rapid.SampledFrom([]int64{0, 1, most / 3, most / 2, most - 1, most}),
	), millionths)
}

// anyPolicy draws a policy that compiles. Its contributions together are mostly
// below 100 %, so that one side may have all of them.
func anyPolicy() *rapid.Generator[comp.Policy] {
	return rapid.Custom(func(t *rapid.T) comp.Policy {
		p := comp.Policy{
			Model:        rapid.SampledFrom([]comp.Model{comp.Origination, comp.Split, comp.RoleBased, comp.RoleBased}).Draw(t, "model"),
			JointOrigin:  rapid.SampledFrom([]comp.JointOrigin{comp.EqualOrigin, comp.PartnerOrigin, comp.VendorOrigin}).Draw(t, "joint origin"),
			JointPrimary: rapid.SampledFrom([]comp.JointPrimary{comp.FilerPrimary, comp.BothPrimary}).Draw(t, "joint primary"),
			Rounding:     rapid.SampledFrom([]value.Rounding{value.HalfEven, value.HalfAwayFromZero, value.TowardZero}).Draw(t, "rounding"),
			Origination: comp.OriginationTerms{
				Influenced:                  anyPart(full).Draw(t, "influenced"),
				InfluencedPaysCommission:    rapid.Bool().Draw(t, "pays"),
				InfluencedCountsTowardQuota: rapid.Bool().Draw(t, "counts"),
			},
		}
		ids := rapid.SliceOfNDistinct(rapid.StringMatching(`[a-z][a-z0-9_]{0,3}`), 1, 5, rapid.ID[string]).Draw(t, "contributions")
		p.RoleBased.Contributions = map[comp.Contribution]value.Percent{}
		for _, id := range ids {
			p.RoleBased.Contributions[comp.Contribution(id)] = anyPart(full/4).Draw(t, id)
		}
		if rapid.IntRange(0, 3).Draw(t, "one is high") == 0 {
			p.RoleBased.Contributions[comp.Contribution(ids[0])] = anyPart(full).Draw(t, "high")
		}
		return p
	})
}

// anyAmount draws a positive amount: tiny, usual, or up to the bound of money.
func anyAmount(c value.Currency) *rapid.Generator[value.Money] {
	bound := int64(100_000_000_000_000)
	for range c.Places() {
		bound *= 10
	}
	return rapid.Map(rapid.OneOf(
		rapid.Int64Range(1, 300),
		rapid.Int64Range(1, 100_000_000),
		rapid.Int64Range(1, bound-1),
		rapid.Int64Range(bound-100, bound-1),
	), func(minor int64) value.Money {
		m, err := value.NewMoney(minor, c)
		if err != nil {
			panic(err)
		}
		return m
	})
}

// anyBooking draws a booking of 1 to 12 payees that the policy can price, unless
// its supporting credit is above the primary's.
func anyBooking(policy comp.Policy) *rapid.Generator[comp.Booking] {
	return rapid.Custom(func(t *rapid.T) comp.Booking {
		c := value.MustMoney("1 " + rapid.SampledFrom([]string{"USD", "JPY", "KWD", "CLF"}).Draw(t, "currency")).Currency()
		b := comp.Booking{
			ID: "D-1", Value: anyAmount(c).Draw(t, "value"),
			Source:     rapid.SampledFrom([]model.Source{model.FromPartner, model.FromVendor, model.FromBoth}).Draw(t, "source"),
			Registrant: model.Registrant(rapid.Uint8Range(0, uint8(model.ByVendorJoint)).Draw(t, "registrant")),
		}
		if policy.Model != comp.Origination && rapid.Bool().Draw(t, "no source") {
			b.Source = model.UnknownSource
		}
		if rapid.Bool().Draw(t, "won") {
			b.Closed = value.MustDate("2026-11-20")
		}
		switch rapid.IntRange(0, 3).Draw(t, "quotas") {
		case 0:
			b.PartnerQuota, b.VendorQuota = anyAmount(c).Draw(t, "partner quota"), anyAmount(c).Draw(t, "vendor quota")
		case 1:
			b.VendorQuota = anyAmount(c).Draw(t, "vendor quota")
		case 2:
			b.PartnerQuota = anyAmount(c).Draw(t, "quota")
			b.VendorQuota = b.PartnerQuota
		}
		others := anyPartners(t, &b)
		b.Payees = anyPayees(t, policy, others)
		shareOut(t, policy, b)
		return b
	})
}

// anyPartners draws, in one of two bookings, up to three partners beside acme, which leads, and what they share.
func anyPartners(t *rapid.T, b *comp.Booking) []model.Party {
	n := rapid.IntRange(-3, 3).Draw(t, "further partners")
	if n <= 0 {
		return nil
	}
	others := []model.Party{model.PartnerOrg("Zed"), model.PartnerOrg("bay"), model.PartnerOrg("cal")}[:n]
	all := append([]model.Party{model.PartnerOrg("acme")}, others...)
	b.LeadPartner = "acme"
	b.BroughtBy = rapid.SampledFrom([]string{"", "acme", "Zed", others[n-1].Org}).Draw(t, "brought by")
	left := int64(full)
	for i, party := range rapid.Permutation(all).Draw(t, "who share") {
		share := left
		if i < n {
			share = rapid.SampledFrom([]int64{0, left, left / 3, rapid.Int64Range(0, left).Draw(t, "part")}).Draw(t, "part of "+party.Org)
		}
		b.PartnerShares = append(b.PartnerShares, comp.PartnerShare{Party: party, Share: millionths(share)})
		left -= share
	}
	return others
}

func anyPayees(t *rapid.T, policy comp.Policy, others []model.Party) []comp.Payee {
	parties := append([]model.Party{acme, us}, others...)
	known := known(policy)
	primary := rapid.SampledFrom([]model.Party{model.PartnerOrg("acme"), model.VendorOrg("us")}).Draw(t, "primary party")
	reps := rapid.SliceOfNDistinct(rapid.StringMatching(`[a-cA-Cü]{1,3}`), 1, 12, rapid.ID[string]).Draw(t, "reps")
	payees := make([]comp.Payee, len(reps))
	for i, rep := range reps {
		p := comp.Payee{Rep: rep, Party: primary, Role: comp.Primary, Rate: anyPart(full).Draw(t, "rate")}
		if rapid.IntRange(0, 2).Draw(t, "supports") > 0 {
			p.Party = rapid.SampledFrom(parties).Draw(t, "party")
			p.Role = comp.Supporting
			p.Contribution = rapid.SampledFrom(known).Draw(t, "contribution")
			p.AlsoContributed = rapid.SliceOfN(rapid.SampledFrom(known), 0, 2).Draw(t, "also")
		}
		if policy.Model != comp.RoleBased && rapid.Bool().Draw(t, "no role") {
			p.Role, p.Contribution, p.AlsoContributed = 0, "", nil
		}
		payees[i] = p
	}
	return payees
}

// shareOut gives the payees of each group shares that total 100 %.
func shareOut(t *rapid.T, policy comp.Policy, b comp.Booking) {
	groups := map[string][]int{}
	for i, p := range b.Payees {
		group, _ := oracleGroup(policy, b, p)
		groups[group] = append(groups[group], i)
	}
	for _, group := range slices.Sorted(maps.Keys(groups)) { // sorted: rapid draws again in the same order
		members := groups[group]
		if len(members) == 1 {
			b.Payees[members[0]].Share = rapid.SampledFrom([]value.Percent{{}, millionths(full)}).Draw(t, fmt.Sprint("share of ", members[0]))
			continue
		}
		left := int64(full)
		even := rapid.Bool().Draw(t, "even")
		for i, member := range members {
			behind := int64(len(members) - 1 - i)
			share := left
			if behind > 0 && even {
				share = left / (behind + 1)
			} else if behind > 0 {
				share = rapid.Int64Range(1, left-behind).Draw(t, fmt.Sprint("share of ", member))
			}
			b.Payees[member].Share = millionths(share)
			left -= share
		}
	}
}

// known returns the policy's contributions, sorted.
func known(policy comp.Policy) []comp.Contribution {
	return slices.Sorted(maps.Keys(policy.RoleBased.Contributions))
}
