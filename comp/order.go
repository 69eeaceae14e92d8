package comp

import (
	"cmp"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// order compares two lines: those of the first side stand first, then the lower id.
func (h *head) order(a, b *Line) int {
	if a.Party.Side != b.Party.Side {
		return cmp.Compare(h.rank(a.Party.Side), h.rank(b.Party.Side))
	}
	if order := cmp.Compare(a.Payee, b.Payee); order != 0 {
		return order
	}
	return cmp.Compare(a.Party.Org, b.Party.Org)
}

// rank returns 0 for the first side, 1 for the other one, and more for a value that is no side.
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

// checkReps refuses an id that stands twice and a second organisation on a side. The lines are sorted.
func checkReps(problems *value.Errors, lines []Line, b *Booking) {
	second := 0 // the position of the first line of the second side
	for i := range lines {
		l := &lines[i]
		if !l.Party.Side.IsValid() {
			lines = lines[:i]
			break
		}
		if i > 0 && l.Party.Side == lines[i-1].Party.Side {
			checkNeighbours(problems, &lines[i-1], l, b)
		} else {
			second = i
		}
	}
	first := lines[:second]
	for i := second; i < len(lines); i++ {
		l := &lines[i]
		for len(first) > 0 && first[0].Payee < l.Payee {
			first = first[1:]
		}
		if len(first) > 0 && first[0].Payee == l.Payee && l.Payee != "" {
			problems.Add(pathOf(b, l, "rep"), sameRep(l.Payee, first[0].Party, l.Party))
		}
	}
}

// checkNeighbours refuses two neighbours of one side with one id or two organisations.
func checkNeighbours(problems *value.Errors, before, l *Line, b *Booking) {
	if l.Party.Org != before.Party.Org && l.Party.Org != "" && before.Party.Org != "" {
		want := "and " + value.Quote(before.Party.String()) + " cannot both sell one deal"
		problems.Refuse(pathOf(b, l, "party"), "booking.two_orgs", value.Quote(l.Party.String()), want)
	}
	if l.Payee == before.Payee && l.Payee != "" {
		problems.Add(pathOf(b, l, "rep"), sameRep(l.Payee, before.Party, l.Party))
	}
}

func sameRep(rep string, one, two model.Party) *value.Error {
	if one != two {
		return twoParties(rep, one, two)
	}
	const want = "stands twice in one booking; list several contributions in one payee"
	return value.NewError(payeeRep, value.Quote(rep), want)
}
