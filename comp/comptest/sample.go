package comptest

import (
	"fmt"
	"math"
	"slices"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

const mostSamples = 60

// samples returns deals of every kind that a policy can price, the same ones each time: one to three reps on a
// side with odd shares, a second partner, every contribution, rate table and origin, reps with credit only, and
// companies. With one contribution of a party, supporters stay below the primary party.
func samples(policy comp.Policy) []comp.Booking {
	b := newBoundaries(policy)
	s := sampler{boundaries: b, contributions: sorted(policy.RoleBased.Contributions),
		tables: sorted(policy.Rates.Tables)}
	deals := make([]comp.Booking, 0, mostSamples)
	for i := range mostSamples {
		deals = append(deals, s.deal(i))
	}
	return deals
}

type sampler struct {
	*boundaries
	contributions []comp.Contribution
	tables        []comp.TableID
	state         uint64
}

// next returns a number below n by Knuth's linear congruential generator, the same on every machine.
func (s *sampler) next(n int) int {
	s.state = s.state*6364136223846793005 + 1442695040888963407
	return int(s.state >> 33 % uint64(n))
}

func (s *sampler) deal(i int) comp.Booking {
	amounts := [...]int64{1, 2, 3, 99, 101, 33_333, 1_000_000, 12_345_678, 987_654_321, int64(s.next(1_000_000_000)) +
		1}
	amount, _ := value.NewMoney(amounts[i%len(amounts)], s.currency)
	deal := comp.Booking{
		ID: fmt.Sprintf("sample-%03d", i+1), Value: amount, Closed: s.day,
		Source: [...]model.Source{model.FromPartner, model.FromVendor, model.FromBoth}[s.next(3)],
	}
	primary, supporting := model.PartnerOrg("acme"), model.VendorOrg("us")
	if s.next(3) == 0 {
		primary, supporting = supporting, primary
	}
	deal.Payees = s.group(primary, comp.Primary, "", 1+s.next(3))
	contribution := comp.Contribution("")
	if len(s.contributions) > 0 { // a role-based policy has some
		contribution = s.contributions[i%len(s.contributions)]
	}
	deal.Payees = append(deal.Payees, s.group(supporting, comp.Supporting, contribution, s.next(4))...)
	if i%6 == 5 {
		lead, other := model.PartnerOrg("acme"), model.PartnerOrg("bay")
		deal.Payees = append(deal.Payees, s.group(other, comp.Supporting, contribution, 1+s.next(3))...)
		deal.LeadPartner, deal.BroughtBy = lead.Org, [...]string{lead.Org, other.Org}[s.next(2)]
		deal.PartnerShares = []comp.PartnerShare{{Party: lead, Share: value.MustPercent("66.666667%")},
			{Party: other, Share: value.MustPercent("33.333333%")}}
	}
	if i%4 == 3 {
		deal.Payees = append(deal.Payees, s.company(primary, supporting))
	}
	return deal
}

// company returns a company that is paid at a rate, by another one, or a fixed sum, by the vendor.
func (s *sampler) company(party, payer model.Party) comp.Payee {
	p := comp.Payee{Rep: s.fresh().rep, Party: party, Company: true}
	if s.next(2) == 0 {
		p.Rate, p.Payer = value.MustPercent("7.25%"), payer
	} else {
		p.Fixed, _ = value.NewMoney(25_001, s.currency)
	}
	return p
}

// shares divides 100 % among a number of reps.
var shares = [...][]string{nil, {"100%"}, {"33.333333%", "66.666667%"}, {"14.285714%", "28.571429%", "57.142857%"}}

// group returns n new reps who are credited together. Because they are new, no deal has a history.
func (s *sampler) group(party model.Party, role comp.Role, c comp.Contribution, n int) []comp.Payee {
	payees := make([]comp.Payee, n)
	for i, share := range shares[n] {
		payees[i] = comp.Payee{Rep: s.fresh().rep, Party: party, Role: role, Contribution: c,
			Share: value.MustPercent(share)}
		if ids := s.anyTables(); len(ids) > 0 {
			payees[i].Table, payees[i].AddedTables = ids[0], ids[1:]
		} else if s.next(8) == 0 {
			payees[i].CreditOnly = true
		} else {
			payees[i].Rate = value.MustPercent([...]string{"8%", "7.25%", "0.000001%", "33.333333%", "100%",
				"0%"}[s.next(6)])
		}
	}
	return payees
}

// anyTables returns up to two tables that can pay a made-up rep in the currency of the deals.
func (s *sampler) anyTables() (ids []comp.TableID) {
	if len(s.tables) == 0 || s.next(2) == 0 {
		return nil
	}
	first := s.next(len(s.tables))
	for i := range min(1+s.next(2), len(s.tables)) {
		id := s.tables[(first+i)%len(s.tables)]
		if table := s.policy.Rates.Tables[id]; table.Measure != comp.Attainment && table.Currency == s.currency {
			ids = append(ids, id)
		}
	}
	return ids
}

// ladder holds deals of one rep, each larger than the one before. Each is priced alone.
type ladder struct {
	path  string
	deals []comp.Booking
}

// ladders returns a ladder around the thresholds of each table, for a rep who sells alone and has sold nothing.
func ladders(policy comp.Policy) []ladder {
	b := newBoundaries(policy)
	var all []ladder
	for _, id := range sorted(policy.Rates.Tables) {
		t := policy.Rates.Tables[id]
		path := tablePath(id)
		s, ok := b.seat(id, path)
		if !ok {
			continue
		}
		currency := t.Currency
		if !s.quota.IsZero() {
			currency = s.quota.Currency()
		}
		l := ladder{path: path}
		for _, minor := range rungs(t, s.quota) {
			if amount, err := value.NewMoney(minor, currency); err == nil {
				l.deals = append(l.deals, comp.Booking{
					ID: fmt.Sprintf("ladder-%03d", len(l.deals)+1), Value: amount, Closed: s.day,
					Source: model.FromPartner, Payees: []comp.Payee{s.seller(id)},
				})
			}
		}
		all = append(all, l)
	}
	return all
}

// rungs returns amounts around every bound of a table, and some between them.
func rungs(t comp.RateTable, quota value.Money) []int64 {
	amounts := []int64{1, 100, 1_000_000}
	for _, tier := range t.Tiers[1:] {
		bound := tier.From.Amount.Minor()
		if t.Measure == comp.Attainment {
			bound, _ = part(quota.Minor(), tier.From.Attainment)
		}
		if bound < math.MaxInt64/2 {
			amounts = append(amounts, bound-1, bound, bound+1, bound+bound/2)
		}
	}
	slices.Sort(amounts)
	return slices.DeleteFunc(slices.Compact(amounts), func(minor int64) bool { return minor <= 0 })
}
