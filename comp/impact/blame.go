package impact

import (
	"math/bits"
	"slices"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/internal/exact"
	"github.com/coselling/coselling/model"
)

// fieldSet holds positions of fields in comp.Diff, in ascending order.
type fieldSet []int32

// add includes fields; one that does not differ is left out.
func (s *fieldSet) add(fields ...int32) {
	for _, field := range fields {
		if at, known := slices.BinarySearch(*s, field); !known && field != same {
			*s = slices.Insert(*s, at, field)
		}
	}
}

// used adds every field that differs and that a line of the payee used.
func (f *fields) used(set *fieldSet, e *event, x *entry) {
	set.add(f.model, f.rounding)
	if e.several && x.party.Side == model.Partner {
		set.add(f.splitByParty)
	}
	if e.joint && f.origins {
		set.add(f.joint, f.jointPrimary)
	}
	for side := range e.priced {
		lines := e.linesOf(x, side)
		for i := range lines {
			f.usedBy(set, &lines[i])
			if lines[i].Credited == comp.AsSupporting {
				f.usedByWeighing(set, e, lines[i].Payee)
			}
			if lines[i].Table != "" && first(lines[:i], lines[i].Table) &&
				(side == before || first(e.linesOf(x, before), lines[i].Table)) {
				f.usedByTable(set, e, x, lines[i].Table)
			}
		}
	}
	f.usedByLeftover(set, e, x)
}

func first(lines []comp.Line, id comp.TableID) bool {
	for i := range lines {
		if lines[i].Table == id {
			return false
		}
	}
	return true
}

// usedBy adds the fields of the model that a line used.
func (f *fields) usedBy(set *fieldSet, l *comp.Line) {
	switch l.Credited {
	case comp.AsSupporting:
		if field, ok := f.contributions[l.Contribution]; ok {
			set.add(field)
		}
	case comp.AsInfluencer:
		set.add(f.influenced...)
	}
}

// usedByLeftover adds, if the party's credit was rounded, the percentages that decided who receives a leftover minor
// unit.
func (f *fields) usedByLeftover(set *fieldSet, e *event, x *entry) {
	whole := true
	for policy := range e.priced {
		for i := range e.priced[policy].Lines {
			l := &e.priced[policy].Lines[i]
			whole = whole && (l.Party != x.party || wholeCredit(l))
		}
	}
	for policy := range e.priced {
		for i := range e.priced[policy].Lines {
			if l := &e.priced[policy].Lines[i]; !whole && l.Party == x.party {
				f.usedBy(set, l)
			}
		}
	}
}

// wholeCredit reports whether the payee's part of the credit is a whole number of minor units.
func wholeCredit(l *comp.Line) bool {
	high, low := bits.Mul64(uint64(max(0, l.Base.Minor())), uint64(l.Percent.Millionths()*l.Share.Millionths()))
	return bits.Rem64(high, low, exact.One*exact.One) == 0
}

// usedByWeighing adds those of several contributions of a rep that may have counted under one of the policies.
func (f *fields) usedByWeighing(set *fieldSet, e *event, rep string) {
	if e.booking == nil {
		return
	}
	for i := range e.booking.Payees {
		p := &e.booking.Payees[i]
		if p.Rep != rep || len(p.AlsoContributed) == 0 {
			continue
		}
		several := append([]comp.Contribution{p.Contribution}, p.AlsoContributed...)
		var highest [policies]int64
		for _, c := range several {
			for side := range highest {
				highest[side] = max(highest[side], f.percents[side][c].Millionths())
			}
		}
		least := min(highest[before], highest[after])
		for _, c := range several {
			field, known := f.contributions[c]
			if known && max(f.percents[before][c].Millionths(), f.percents[after][c].Millionths()) >= least {
				set.add(field)
			}
		}
	}
}
