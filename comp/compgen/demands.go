package compgen

import (
	"maps"
	"slices"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// demands describes the bookings that several policies can price.
type demands struct {
	policies []comp.Policy       // the role-based ones
	origin   bool                // a policy is about origination
	roles    bool                // a policy is role-based
	mixed    bool                // all are role-based: reps of a side may be credited in several ways
	known    []comp.Contribution // that all role-based policies price, sorted
	tables   []comp.TableID      // that all policies have, sorted
}

func demandsOf(policies []comp.Policy) demands {
	if len(policies) == 0 {
		policies = []comp.Policy{comp.DefaultPolicy()}
	}
	d := demands{mixed: true, tables: sharedTables(policies)}
	for _, p := range policies {
		d.origin = d.origin || p.Model == comp.Origination
		if p.Model != comp.RoleBased {
			d.mixed = false
			continue
		}
		names := slices.Sorted(maps.Keys(p.RoleBased.Contributions))
		if d.roles {
			names = slices.DeleteFunc(names, func(c comp.Contribution) bool { return !slices.Contains(d.known, c) })
		}
		d.roles, d.known = true, names
		d.policies = append(d.policies, p.Under(p.Model))
	}
	return d
}

func sharedTables(policies []comp.Policy) []comp.TableID {
	shared := slices.Sorted(maps.Keys(policies[0].Rates.Tables))
	return slices.DeleteFunc(shared, func(id comp.TableID) bool {
		return slices.ContainsFunc(policies, func(p comp.Policy) bool { _, ok := p.Rates.Tables[id]; return !ok })
	})
}

// payees draws the reps of a deal, of the vendor and some partners or of one side, and up to two companies; or these
// alone. It notes in the booking who of several partners leads.
func (d demands) payees(t *rapid.T, s Limits, team Team, b *comp.Booking) []comp.Payee {
	primary := pick(t, "primary side", model.Partner, model.Vendor)
	alone := between(t, "alone", 0, 5) == 0 || d.roles && len(d.known) == 0
	var payees []comp.Payee
	for _, side := range []model.Side{primary, primary.Other()} {
		if alone && side != primary {
			continue
		}
		party := pick(t, side.String(), team.parties(side)...)
		payees = append(payees, d.side(t, team.of(party), side == primary)...)
		if side == model.Partner && (!d.roles || len(d.known) > 0) {
			payees = append(payees, d.participants(t, team, party, b)...)
		}
	}
	for i := range payees {
		d.pay(t, &payees[i], team)
	}
	paid := companies(t, s, team)
	if len(paid) > 0 && between(t, "no rep", 0, 7) == 0 {
		return paid
	}
	payees = append(payees, paid...)
	if len(payees) == 1 {
		return payees
	}
	return rapid.Permutation(payees).Draw(t, "order")
}

// side draws one or more reps of an organisation with their roles, contributions and shares.
func (d demands) side(t *rapid.T, reps Team, primary bool) []comp.Payee {
	n := between(t, "reps in the deal", 1, len(reps))
	chosen := rapid.Permutation(reps).Draw(t, "who")[:n]
	payees := make([]comp.Payee, n)
	for i, r := range chosen {
		payees[i] = comp.Payee{Rep: r.ID, Party: r.Party, Rate: r.Rate}
	}
	groups := [][]comp.Payee{payees}
	switch {
	case d.mixed:
		groups = d.mix(t, payees, primary)
	case d.roles, rapid.Bool().Draw(t, "roles stated"):
		d.creditAlike(t, payees, primary)
	}
	for _, group := range groups {
		shareOut(t, group)
	}
	return slices.Concat(groups...)
}

// participants draws the reps of up to three partners beside the one that leads, mostly of none, and notes what the
// booking states of them.
func (d demands) participants(t *rapid.T, team Team, lead model.Party, b *comp.Booking) (payees []comp.Payee) {
	others := slices.DeleteFunc(team.parties(model.Partner), func(p model.Party) bool { return p == lead })
	if len(others) == 0 || between(t, "further partners", 0, 3) > 0 {
		return nil
	}
	others = rapid.Permutation(others).Draw(t, "who takes part")[:between(t, "how many", 1, min(3, len(others)))]
	parts := make([]comp.Payee, 1+len(others))
	shareOut(t, parts)
	b.LeadPartner, b.BroughtBy = lead.Org, pick(t, "brought by", "", lead.Org, others[0].Org)
	for i, party := range append([]model.Party{lead}, others...) {
		b.PartnerShares = append(b.PartnerShares, comp.PartnerShare{Party: party, Share: parts[i].Share})
		if i > 0 {
			payees = append(payees, d.side(t, team.of(party), false)...)
		}
	}
	return payees
}

// creditAlike gives all payees of a side the same role, and supporters the same contribution.
func (d demands) creditAlike(t *rapid.T, payees []comp.Payee, primary bool) {
	role := comp.Primary
	var contribution comp.Contribution
	var also []comp.Contribution
	if !primary {
		role = comp.Supporting
	}
	if !primary && len(d.known) > 0 {
		contribution = pick(t, "contribution", d.known...)
		also = rapid.SliceOfN(rapid.SampledFrom(d.known), 0, 2).Draw(t, "also contributed")
	}
	for i := range payees {
		p := &payees[i]
		p.Role, p.Contribution, p.AlsoContributed = role, contribution, slices.Clone(also)
	}
}

// mix divides the payees of a side into groups: the primary reps, and the supporters of each contribution.
func (d demands) mix(t *rapid.T, payees []comp.Payee, primary bool) [][]comp.Payee {
	fit := d.fitting(t)
	groups := make([][]comp.Payee, len(fit)+1) // the first is of primaries
	for i, p := range payees {
		lowest := 1
		if primary {
			lowest = 0
		}
		if primary && (i == 0 || len(fit) == 0) {
			p.Role = comp.Primary
			groups[0] = append(groups[0], p)
			continue
		}
		at := between(t, "group of "+p.Rep, lowest, len(fit))
		if p.Role = comp.Primary; at > 0 {
			p.Role, p.Contribution = comp.Supporting, fit[at-1]
			p.AlsoContributed = d.below(t, p.Contribution)
		}
		groups[at] = append(groups[at], p)
	}
	return slices.DeleteFunc(groups, func(g []comp.Payee) bool { return len(g) == 0 })
}

// fitting draws contributions that total at most 100 % under every policy; at least one if there is any.
func (d demands) fitting(t *rapid.T) []comp.Contribution {
	if len(d.known) == 0 {
		return nil
	}
	var fit []comp.Contribution
	totals := make([]int64, len(d.policies))
	for _, c := range rapid.Permutation(d.known).Draw(t, "contributions") {
		next := slices.Clone(totals)
		for i, p := range d.policies {
			next[i] += p.RoleBased.Contributions[c].Millionths()
		}
		if slices.Max(next) <= full {
			totals, fit = next, append(fit, c)
		}
	}
	return fit
}

// below draws contributions that count less than c under every policy, so that a payee is credited for c.
func (d demands) below(t *rapid.T, c comp.Contribution) []comp.Contribution {
	var lower []comp.Contribution
	for _, other := range d.known {
		less := true
		for _, p := range d.policies {
			order := p.RoleBased.Contributions[other].Compare(p.RoleBased.Contributions[c])
			less = less && (order < 0 || order == 0 && other >= c)
		}
		if less {
			lower = append(lower, other)
		}
	}
	return rapid.SliceOfN(rapid.SampledFrom(lower), 0, 2).Draw(t, "also contributed")
}

// shareOut gives a group shares of 100 %, even, uneven or any; a rep alone has no share or all.
func shareOut(t *rapid.T, group []comp.Payee) {
	if len(group) == 1 {
		group[0].Share = pick(t, "share alone", value.Percent{}, percent(full))
		return
	}
	how := between(t, "shares", 0, 2)
	left := int64(full)
	for i := range group {
		behind := int64(len(group) - 1 - i)
		share := left
		switch {
		case behind == 0:
		case how == 0:
			share = left / (behind + 1)
		case how == 1:
			share = 1
		default:
			share = rapid.Int64Range(1, left-behind).Draw(t, "share of "+group[i].Rep)
		}
		group[i].Share = percent(share)
		left -= share
	}
}
