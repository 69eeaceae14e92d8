package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/comp/comptest"
	"github.com/coselling/coselling/comp/impact"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// At most so many of each part of two policies have deals of their own.
const (
	mostContributions = 40
	mostTables        = 20
	mostTiers         = 10
	mostQuotas        = 10
)

// madeUp makes deals of every kind that a change of policy may move. The id of a rep says what the rep does.
type madeUp struct {
	comptest.Bookings
	before, after comp.Policy
	day           value.Date
}

// madeUpDeals returns the deals: one side leads and the other contributes, both sell together, two partners share, and
// reps are paid by each tier of each table.
func madeUpDeals(before, after comp.Policy, day value.Date) comptest.Bookings {
	m := madeUp{before: before, after: after, day: day}
	m.Engagements = map[string]model.Engagement{}
	names := unionOf(before.RoleBased.Contributions, after.RoleBased.Contributions, mostContributions)
	for _, name := range names {
		m.led(model.Partner, name)
		m.led(model.Vendor, name)
	}
	if len(names) > 0 {
		m.shared(names[0])
		m.together(names)
	}
	for _, id := range unionOf(before.Rates.Tables, after.Rates.Tables, mostTables) {
		table, ok := after.Rates.Tables[id]
		if !ok {
			table = before.Rates.Tables[id]
		}
		if table.Measure == comp.Attainment {
			m.attained(id)
		} else {
			m.tiers(id, table)
		}
	}
	return m.Bookings
}

// impactOver compares the pay of deals, a currency at a time.
func impactOver(b comptest.Bookings) payImpact {
	return func(before, after *comp.Plan, options ...impact.Option) (all []impact.Report, err error) {
		codes := map[string]bool{}
		for _, d := range b.Deals {
			codes[d.Value.Currency().String()] = true
		}
		for _, code := range slices.Sorted(maps.Keys(codes)) {
			report, err := b.InCurrency(code).Impact(before, after, options...)
			if err != nil {
				return nil, err
			}
			all = append(all, report)
		}
		return all, nil
	}
}

// unionOf returns the keys of two tables, sorted, at most so many.
func unionOf[K ~string, V any](one, two map[K]V, most int) []K {
	all := maps.Clone(one)
	if all == nil {
		all = map[K]V{}
	}
	maps.Copy(all, two)
	keys := slices.Sorted(maps.Keys(all))
	return keys[:min(len(keys), most)]
}

func partyOf(side model.Side) model.Party {
	if side == model.Partner {
		return model.PartnerOrg("made-up")
	}
	return model.VendorOrg("made-up")
}

// usual is the amount of a deal whose size does not matter.
var usual = value.MustMoney("100000.00 USD")

func (m *madeUp) add(id string, amount value.Money, source model.Source, payees ...comp.Payee) *comp.Booking {
	m.Deals = append(m.Deals, comp.Booking{ID: id, Value: amount, Closed: m.day, Source: source, Payees: payees})
	return &m.Deals[len(m.Deals)-1]
}

// flat returns a rep at 10 %.
func flat(rep string, party model.Party, role comp.Role, by comp.Contribution) comp.Payee {
	return comp.Payee{Rep: rep, Party: party, Role: role, Contribution: by, Rate: value.MustPercent("10%")}
}

// led adds a deal that one side brings and leads, and to which the other contributes.
func (m *madeUp) led(side model.Side, by comp.Contribution) {
	source := model.FromPartner
	if side == model.Vendor {
		source = model.FromVendor
	}
	lead, other := side.String()+" rep who leads", side.Other().String()+" rep who gives "+spaced(string(by))
	m.add(lead+", "+other, usual, source, flat(lead, partyOf(side), comp.Primary, ""),
		flat(other, partyOf(side.Other()), comp.Supporting, by))
}

// together adds a deal that both sides bring and sell; the policy says who is primary.
func (m *madeUp) together(names []comp.Contribution) {
	by := names[0]
	if slices.Contains(names, comp.CoSelling) {
		by = comp.CoSelling
	}
	const id = "a true co-sell that both brought"
	m.Engagements[id] = model.TrueCoSell
	m.add(id, usual, model.FromBoth, flat("partner rep of a joint deal", partyOf(model.Partner), 0, by),
		flat("vendor rep of a joint deal", partyOf(model.Vendor), 0, by))
}

// shared adds a deal of two partners.
func (m *madeUp) shared(by comp.Contribution) {
	one, two := model.PartnerOrg("made-up"), model.PartnerOrg("second")
	b := m.add("a deal of two partners", usual, model.FromPartner,
		flat("rep of the leading partner of two", one, comp.Primary, ""),
		flat("rep of the second partner of two", two, comp.Supporting, by))
	b.LeadPartner, b.BroughtBy = one.Org, one.Org
	b.PartnerShares = []comp.PartnerShare{{Party: one, Share: value.MustPercent("60%")},
		{Party: two, Share: value.MustPercent("40%")}}
}

// tiers adds a deal inside of each tier of a table, a small one and a very large one, each of a rep who sells no other.
func (m *madeUp) tiers(id comp.TableID, table comp.RateTable) {
	currency := table.Currency
	if currency.IsZero() {
		currency = usual.Currency()
	}
	amounts := []int64{100}
	for _, tier := range table.Tiers[:min(len(table.Tiers), mostTiers)] {
		from, to := tier.From.Amount.Minor(), tier.To.Amount.Minor()
		if to == 0 { // the last tier
			to = max(3*from, usual.Minor())
		}
		amounts = append(amounts, from+(to-from)/2)
	}
	amounts = append(amounts, 10*slices.Max(amounts))
	for _, minor := range amounts {
		if amount, err := value.NewMoney(minor, currency); err == nil && minor > 0 {
			rep := fmt.Sprintf("rep who sells %s on table %s", money(amount), id)
			m.add(rep, amount, model.FromPartner, comp.Payee{Rep: rep, Party: partyOf(model.Partner),
				Role: comp.Primary, Table: id})
		}
	}
}

// attained adds a deal for each quota of a rep: above one that changed, and above, far below and far above others by
// turns, which shows the floor and the cap of a period.
func (m *madeUp) attained(id comp.TableID) {
	quotas := m.after.Rates.Quotas
	for _, rep := range unionOf(m.before.Rates.Quotas, quotas, mostQuotas) {
		days := quotas[rep]
		if len(days) == 0 {
			days = m.before.Rates.Quotas[rep]
		}
		for i, day := range slices.SortedFunc(maps.Keys(days), value.Date.Compare) {
			percent := [...]int64{150, 10, 500}[i%3]
			if m.before.Rates.Quotas[rep][day] != quotas[rep][day] {
				percent = 150
			}
			amount, err := value.NewMoney(days[day].Minor()/100*percent, days[day].Currency())
			if err == nil && amount.Sign() > 0 {
				b := m.add(rep+" from "+day.String()+" on table "+string(id), amount, model.FromPartner,
					comp.Payee{Rep: rep, Party: partyOf(model.Partner), Role: comp.Primary, Table: id})
				b.Closed = day
			}
		}
	}
}

// spaced writes an identifier in words.
func spaced(id string) string { return strings.ReplaceAll(id, "_", " ") }
