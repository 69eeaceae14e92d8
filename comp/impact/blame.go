package impact

import (
	"github.com/coselling/coselling/comp"
)

// used adds every field that differs and that the lines of a payee used.
func (f *fields) used(set []int32, e *event, x *entry) []int32 {
	set = include(set, f.model)
	set = include(set, f.rounding)
	if e.joint && f.origination {
		set = include(set, f.joint)
	}
	for side := range e.priced {
		lines := e.linesOf(x, side)
		for i := range lines {
			set = f.usedBy(set, &lines[i])
			if lines[i].Table != "" && first(lines[:i], lines[i].Table) && (side == before || first(e.linesOf(x, before), lines[i].Table)) {
				set = f.usedByTable(set, e, x, lines[i].Table)
			}
		}
	}
	return f.usedByLeftover(set, e, x)
}

// first reports whether no line before is of the table.
func first(lines []comp.Line, id comp.TableID) bool {
	for i := range lines {
		if lines[i].Table == id {
			return false
		}
	}
	return true
}

// usedBy adds the fields of the model that a line used.
func (f *fields) usedBy(set []int32, l *comp.Line) []int32 {
	switch l.Credited {
	case comp.AsSupporting:
		if field, ok := f.contributions[l.Contribution]; ok {
			set = include(set, field)
		}
	case comp.AsInfluencer:
		set = includeAll(set, f.influenced[:])
	}
	return set
}

// usedByLeftover adds what decided who of one side receives a leftover minor unit: the
// percentages of all that the side's credit was divided among.
func (f *fields) usedByLeftover(set []int32, e *event, x *entry) []int32 {
	one, two := e.linesOf(x, before), e.linesOf(x, after)
	if len(one) == 0 || len(two) == 0 || one[0].Leftover == two[0].Leftover {
		return set
	}
	for side := range e.priced {
		for i := range e.priced[side].Lines {
			if l := &e.priced[side].Lines[i]; l.Party.Side == one[0].Party.Side {
				set = f.usedBy(set, l)
			}
		}
	}
	return set
}

// usedByTable adds the fields of a rate table that the lines of a payee used.
func (f *fields) usedByTable(set []int32, e *event, x *entry, id comp.TableID) []int32 {
	t := f.tables[id]
	if t == nil {
		return set
	}
	set = includeAll(set, t.always)
	var use [policies]tableUse
	for side := range e.priced {
		use[side] = f.tableUse(e.linesOf(x, side), f.plans[side], id)
	}
	set = t.usedTiers(set, use[before].tiers, use[after].tiers)
	if use[before].held || use[after].held {
		set = includeAll(set, t.limits)
	}
	if t.attainment {
		set = f.quota(set, x.rep, e.date)
	}
	if !t.history {
		return set
	}
	set = includeAll(set, f.period[:])
	if x.payee != nil && (use[before].standing != use[after].standing || use[before].behind || use[after].behind) {
		set = includeAll(set, x.payee.history(f.periodOf(e.date)))
	}
	return set
}

// tableUse is how the lines of a payee used a table.
type tableUse struct {
	tiers    tierSet
	held     bool // a floor or a cap held a line
	behind   bool // so did something that the period paid before, or a line corrects that
	standing standing
}

// standing is where the payee stood in the period.
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
		use.held = use.held || l.Held != 0 || l.Credited == comp.AsFloor
		use.behind = use.behind || l.Held == comp.ByPeriodCap || l.Credited == comp.AsTrueUp || l.Credited == comp.AsFloor
		if l.Credited != comp.AsTrueUp && l.Credited != comp.AsFloor {
			use.standing = standing{l.Start.Minor(), l.Quota.Minor()}
		}
	}
	return use
}

// tierSet is some of the up to 128 tiers of a table; tables have at most 100.
type tierSet [2]uint64

func (s *tierSet) add(lowest, highest int) {
	for i := lowest; i <= highest; i++ {
		s[i/64%2] |= 1 << (i % 64)
	}
}

func (s tierSet) has(i int) bool { return s[i/64%2]&(1<<(i%64)) != 0 }

// several reports whether the set has more than one tier.
func (s tierSet) several() bool {
	return s[0]&(s[0]-1) != 0 || s[1]&(s[1]-1) != 0 || s[0] != 0 && s[1] != 0
}

// usedTiers adds the rates of the tiers that priced lines. Where tiers begin counts
// too, unless one and the same tier priced all of it under both policies.
func (t *tableFields) usedTiers(set []int32, one, two tierSet) []int32 {
	bounds := one != two || one.several()
	for i, tier := range t.tiers {
		if !one.has(i) && !two.has(i) {
			continue
		}
		set = include(set, tier.rate)
		if bounds {
			set = include(include(set, tier.from), tier.to)
		}
	}
	return set
}
