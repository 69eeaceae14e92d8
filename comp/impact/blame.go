package impact

import (
	"math/bits"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/internal/exact"
	"github.com/coselling/coselling/value"
)

// used adds every field that differs and that the lines of a payee used.
func (f *fields) used(set []int32, e *event, x *entry) []int32 {
	set = include(set, f.model)
	set = include(set, f.rounding)
	if e.joint && f.origins {
		set = include(set, f.joint)
	}
	for side := range e.priced {
		lines := e.linesOf(x, side)
		for i := range lines {
			set = f.usedBy(set, &lines[i])
			if lines[i].Credited == comp.AsSupporting {
				set = f.usedByWeighing(set, e, lines[i].Payee)
			}
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
// percentages of all that the side's credit was divided among, where a part of it is no
// whole number of minor units under one policy or the other.
func (f *fields) usedByLeftover(set []int32, e *event, x *entry) []int32 {
	side := e.partyOf(x).Side
	whole := true
	for policy := range e.priced {
		for i := range e.priced[policy].Lines {
			l := &e.priced[policy].Lines[i]
			whole = whole && (l.Party.Side != side || wholeCredit(l))
		}
	}
	if whole {
		return set
	}
	for policy := range e.priced {
		for i := range e.priced[policy].Lines {
			if l := &e.priced[policy].Lines[i]; l.Party.Side == side {
				set = f.usedBy(set, l)
			}
		}
	}
	return set
}

// wholeCredit reports whether the payee's part of the credit needs no rounding.
func wholeCredit(l *comp.Line) bool {
	high, low := bits.Mul64(uint64(max(0, l.Base.Minor())), uint64(l.Percent.Millionths()*l.Share.Millionths()))
	return bits.Rem64(high, low, exact.One*exact.One) == 0
}

// usedByWeighing adds the contributions of a rep who has several and that may have
// counted, under one policy or the other: the highest one counts.
func (f *fields) usedByWeighing(set []int32, e *event, rep string) []int32 {
	if e.booking == nil {
		return set
	}
	for i := range e.booking.Payees {
		if p := &e.booking.Payees[i]; p.Rep == rep && len(p.AlsoContributed) > 0 {
			var highest [policies]value.Percent
			for side := range highest {
				highest[side] = f.percents[side][p.Contribution]
				for _, c := range p.AlsoContributed {
					highest[side] = higher(highest[side], f.percents[side][c])
				}
			}
			least := highest[before]
			if highest[after].Compare(least) < 0 {
				least = highest[after]
			}
			set = f.weigh(set, p.Contribution, least)
			for _, c := range p.AlsoContributed {
				set = f.weigh(set, c, least)
			}
		}
	}
	return set
}

func (f *fields) weigh(set []int32, c comp.Contribution, least value.Percent) []int32 {
	if field, ok := f.contributions[c]; ok && higher(f.percents[before][c], f.percents[after][c]).Compare(least) >= 0 {
		return include(set, field)
	}
	return set
}

func higher(a, b value.Percent) value.Percent {
	if a.Compare(b) < 0 {
		return b
	}
	return a
}
