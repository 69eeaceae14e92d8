package comptest

import (
	"maps"
	"slices"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/value"
)

// number is one number of a policy.
type number struct {
	path string
	text string
	move func(*comp.Policy, int64) // by one point up or down, on a policy of its own
}

// onePoint is by how much a percentage is moved; an amount is moved by one point of
// itself, at least a minor unit.
func onePoint() int64 { return value.MustPercent("1%").Millionths() }

// numbers returns every number of a policy that it states, by path. Zero floors and
// caps are none, and so are the beginning of the first tier and the end of the last.
func numbers(p comp.Policy) []number {
	list := []number{{
		"origination.influenced", p.Origination.Influenced.String(),
		func(p *comp.Policy, by int64) { p.Origination.Influenced = moved(p.Origination.Influenced, by) },
	}}
	for _, id := range slices.Sorted(maps.Keys(p.RoleBased.Contributions)) {
		list = append(list, number{contributionPath(id), p.RoleBased.Contributions[id].String(), func(p *comp.Policy, by int64) {
			p.RoleBased.Contributions[id] = moved(p.RoleBased.Contributions[id], by)
		}})
	}
	for _, rep := range slices.Sorted(maps.Keys(p.Rates.Quotas)) {
		for _, day := range slices.SortedFunc(maps.Keys(p.Rates.Quotas[rep]), value.Date.Compare) {
			path := quotaPath(rep, day)
			list = append(list, number{path, p.Rates.Quotas[rep][day].String(), func(p *comp.Policy, by int64) {
				p.Rates.Quotas[rep][day] = movedMoney(p.Rates.Quotas[rep][day], by)
			}})
		}
	}
	for _, id := range slices.Sorted(maps.Keys(p.Rates.Tables)) {
		list = append(list, tableNumbers(id, p.Rates.Tables[id])...)
	}
	return list
}

func tableNumbers(id comp.TableID, t comp.RateTable) []number {
	var list []number
	path := tablePath(id)
	add := func(name, text string, move func(*comp.RateTable, int64)) {
		list = append(list, number{path + "." + name, text, func(p *comp.Policy, by int64) {
			t := p.Rates.Tables[id]
			move(&t, by)
			p.Rates.Tables[id] = t
		}})
	}
	for i, tier := range t.Tiers {
		at := value.Index("tiers", i)
		add(at+".rate", tier.Rate.String(), func(t *comp.RateTable, by int64) { t.Tiers[i].Rate = moved(t.Tiers[i].Rate, by) })
		if i == 0 {
			continue
		}
		add(at+".from", tier.From.String(), func(t *comp.RateTable, by int64) {
			bound := movedBound(t.Tiers[i].From, by)
			t.Tiers[i].From, t.Tiers[i-1].To = bound, bound
		})
	}
	for _, limit := range limits() {
		if !limit.of(&t).IsZero() {
			add(limit.name, limit.of(&t).String(), func(t *comp.RateTable, by int64) { *limit.of(t) = movedMoney(*limit.of(t), by) })
		}
	}
	return list
}

// tableLimit is a floor or a cap of a table.
type tableLimit struct {
	name string
	of   func(*comp.RateTable) *value.Money
}

// limits are the floors and caps of a table. That of a period that needs most reps to
// be tried is the last one.
func limits() [4]tableLimit {
	return [...]tableLimit{
		{"deal_floor", func(t *comp.RateTable) *value.Money { return &t.DealFloor }},
		{"deal_cap", func(t *comp.RateTable) *value.Money { return &t.DealCap }},
		{"period_cap", func(t *comp.RateTable) *value.Money { return &t.PeriodCap }},
		{"period_floor", func(t *comp.RateTable) *value.Money { return &t.PeriodFloor }},
	}
}

// moved moves a percentage by points. Outside of what a percentage holds it stays.
func moved(p value.Percent, by int64) value.Percent {
	q, err := value.NewPercent(p.Millionths() + by*onePoint())
	if err != nil {
		return p
	}
	return q
}

// movedMoney moves an amount by points of itself, at least a minor unit each.
func movedMoney(m value.Money, by int64) value.Money {
	q, err := value.NewMoney(m.Minor()+by*max(1, abs(m.Minor())/100), m.Currency())
	if err != nil {
		return m
	}
	return q
}

func movedBound(b comp.Bound, by int64) comp.Bound {
	if b.Amount.IsZero() {
		return comp.Bound{Attainment: moved(b.Attainment, by)}
	}
	return comp.Bound{Amount: movedMoney(b.Amount, by)}
}

// movedBy returns the policy with one number moved, and nothing shared with p; false
// where that is no policy any more, or where the number did not move.
func (n number) movedBy(p comp.Policy, by int64) (comp.Policy, bool) {
	plan, err := comp.Compile(p)
	if err != nil {
		return comp.Policy{}, false
	}
	other := plan.Policy()
	n.move(&other, by)
	if _, err := comp.Compile(other); err != nil {
		return comp.Policy{}, false
	}
	return other, len(comp.Diff(p, other)) > 0
}
