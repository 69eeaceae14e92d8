package comp

import (
	"cmp"
	"slices"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// sort orders lines by the stable key: the first side's, then by id.
func (h *head) sort(lines []Line) {
	slices.SortFunc(lines, func(a, b Line) int { return h.order(&a, &b) })
}

func (h *head) order(a, b *Line) int {
	if a.Party.Side != b.Party.Side {
		return cmp.Compare(h.rank(a.Party.Side), h.rank(b.Party.Side))
	}
	if order := cmp.Compare(a.Payee, b.Payee); order != 0 {
		return order
	}
	return cmp.Compare(a.Party.Org, b.Party.Org)
}

// rank puts the first side before the other one, and both before what is no side.
func (h *head) rank(side model.Side) int {
	switch {
	case side == h.first:
		return 0
	case side.IsValid():
		return 1
	default:
		return 2 + int(side)
	}
}

// checkReps refuses an id that stands twice and a second organisation on a side,
// among sorted lines, in which what has no side stands last.
func checkReps(problems *value.Errors, lines []Line, b *Booking) {
	var ends [model.Vendor]int // where the first side ends, and the second
	sides := 0
	for i := range lines {
		side := lines[i].Party.Side
		if !side.IsValid() {
			break
		}
		if i == 0 || side != lines[i-1].Party.Side {
			sides++
		} else if lines[i-1].Party.Org != lines[i].Party.Org || lines[i-1].Payee == lines[i].Payee {
			checkNeighbours(problems, &lines[i-1], &lines[i], b)
		}
		ends[sides-1] = i + 1
	}
	if sides == len(ends) {
		checkAcross(problems, lines[:ends[0]], lines[ends[0]:ends[1]], b)
	}
}

// checkNeighbours refuses what is wrong with two payees of one side.
func checkNeighbours(problems *value.Errors, before, l *Line, b *Booking) {
	if l.Party != before.Party && l.Party.Org != "" && before.Party.Org != "" {
		problems.Refuse(pathOf(b, l, "party"), TwoOrgs, l.Party.String(), "and "+before.Party.String()+" cannot both sell one deal")
	}
	if l.Payee == before.Payee && l.Payee != "" {
		problems.Add(pathOf(b, l, "rep"), sameRep(l.Payee, before.Party, l.Party))
	}
}

// checkAcross refuses an id that stands on both sides; both are sorted by id.
func checkAcross(problems *value.Errors, first, second []Line, b *Booking) {
	for i, j := 0, 0; i < len(first) && j < len(second); {
		one, two := &first[i], &second[j]
		switch order := cmp.Compare(one.Payee, two.Payee); {
		case order < 0:
			i++
		case order > 0:
			j++
		default:
			if two.Payee != "" {
				problems.Add(pathOf(b, two, "rep"), sameRep(two.Payee, one.Party, two.Party))
			}
			j++
		}
	}
}

// sameRep refuses an id that stands for two payees of one booking.
func sameRep(rep string, one, two model.Party) *value.Error {
	if one != two {
		return twoParties(rep, one, two)
	}
	return value.NewError(PayeeRep, value.Quote(rep), "stands twice in one booking; list several contributions in one payee")
}
