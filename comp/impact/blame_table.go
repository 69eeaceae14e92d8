package impact

import (
	"math/bits"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/value"
)

func (f *fields) usedByTable(set *fieldSet, e *event, x *entry, id comp.TableID) {
	t := f.tables[id]
	if t == nil {
		return
	}
	set.add(t.always...)
	var use [policies]tableUse
	for side := range e.priced {
		use[side] = f.tableUse(e.linesOf(x, side), f.plans[side], id)
	}
	t.usedTiers(set, &use)
	if t.attainment {
		f.quota(set, x.rep, e.date)
	}
	t.usedLimits(set, &use, x.payee.paid)
	if !t.history {
		return
	}
	set.add(f.period...)
	if use[before].standing != use[after].standing || use[before].behind || use[after].behind {
		set.add(x.payee.past...)
	}
}

// tableUse summarizes the lines of a payee that a table priced.
type tableUse struct {
	tiers    tierSet
	standing standing
	credit   figures // of the last line
	behind   bool    // what the period paid before counts: its cap held a line, or a line is a true-up or a floor
	floor    bool    // a line fills up the period to its floor
	capped   bool    // the period's cap held a line
	unheld   int64   // the commission before the floor and the cap of a deal, in minor units
	paying   bool    // a line pays commission of its own
}

// standing holds what the table had measured of the payee in the period, and the quota, in minor units.
type standing struct{ start, quota int64 }

func (f *fields) tableUse(lines []comp.Line, plan *comp.Plan, id comp.TableID) tableUse {
	var use tableUse
	for i := range lines {
		l := &lines[i]
		if l.Table != id {
			continue
		}
		if lowest, highest, ok := plan.TierSpan(l); ok {
			use.tiers.add(lowest, highest)
		}
		use.floor = use.floor || l.Credited == comp.AsFloor
		use.capped = use.capped || l.Held == comp.ByPeriodCap
		use.behind = use.behind || use.floor || use.capped || l.Credited == comp.AsTrueUp
		unheld := l.Commission
		if l.Held != 0 {
			unheld = l.Unheld
		}
		use.unheld += max(0, unheld.Minor())
		if l.Credited != comp.AsTrueUp && l.Credited != comp.AsFloor {
			use.paying = true
			use.standing = standing{l.Start.Minor(), l.Quota.Minor()}
			use.credit = figures{credit: l.QuotaCredit.Minor(), influenced: l.Influenced.Minor()}
		}
	}
	return use
}

// usedTiers adds the rates of the tiers that priced lines, and their bounds unless credit stood alike in one.
func (t *tableFields) usedTiers(set *fieldSet, use *[policies]tableUse) {
	one, two := &use[before], &use[after]
	bounds := one.tiers != two.tiers || one.tiers.several() || one.standing != two.standing || one.credit != two.credit
	for i, tier := range t.tiers {
		if !one.tiers.has(i) && !two.tiers.has(i) {
			continue
		}
		set.add(tier.rate)
		if bounds {
			set.add(tier.from, tier.to)
		}
	}
}

// usedLimits adds the floors and caps that held a line or might have. past bounds what the period paid before.
func (t *tableFields) usedLimits(set *fieldSet, use *[policies]tableUse, past [policies]int64) {
	one, two := &use[before], &use[after]
	if one.floor || two.floor {
		set.add(t.periodFloor.field, t.periodCap.field)
		return
	}
	most := max(one.unheld, two.unheld)
	if floor := max(t.dealFloor.amounts[before], t.dealFloor.amounts[after]); min(one.unheld, two.unheld) < floor &&
		(one.paying || two.paying) {
		set.add(t.dealFloor.field)
		most = max(most, floor)
	}
	if most > t.dealCap.least() {
		set.add(t.dealCap.field)
	}
	// What a deal pays in instalments counts toward the cap at once, and is paid later.
	if one.capped || two.capped || max(past[before], past[after])+most > t.periodCap.least() {
		set.add(t.periodCap.field)
	}
}

// limitField holds a floor or a cap under both policies, in minor units. No floor is 0, no cap the largest number.
type limitField struct {
	field   int32
	amounts [policies]int64
}

// state sets the amount under one policy; the zero Money leaves it as it is.
func (l *limitField) state(field int32, policy int, m value.Money) {
	l.field = field
	if !m.IsZero() {
		l.amounts[policy] = m.Minor()
	}
}

func (l *limitField) least() int64 { return min(l.amounts[before], l.amounts[after]) }

// tierSet is a set of the tiers of a table, by number; a table has at most 100.
type tierSet [2]uint64

func (s *tierSet) add(lowest, highest int) {
	for i := lowest; i <= highest; i++ {
		s[i/64%2] |= 1 << (i % 64)
	}
}

func (s tierSet) has(i int) bool { return s[i/64%2]&(1<<(i%64)) != 0 }

// several reports whether the set has more than one tier.
func (s tierSet) several() bool { return bits.OnesCount64(s[0])+bits.OnesCount64(s[1]) > 1 }
