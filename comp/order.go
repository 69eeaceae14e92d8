package comp

import (
	"cmp"
	"slices"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// sort sorts lines. Most bookings state their payees in order, and moving lines costs more than looking at them.
func (h *head) sort(lines []Line) {
	for i := 1; i < len(lines); i++ {
		if h.order(&lines[i-1], &lines[i]) > 0 {
			slices.SortStableFunc(lines, func(a, b Line) int { return h.order(&a, &b) }) // keeps the order of tables
			return
		}
	}
}

// order compares two lines: those of the first side stand first and companies last, of several partners the lower
// organisation, then the lower id.
func (h *head) order(a, b *Line) int {
	if one, two := a.isCompany(), b.isCompany(); one != two {
		if two {
			return -1
		}
		return 1
	}
	if a.Party.Side != b.Party.Side {
		return cmp.Compare(h.rank(a.Party.Side), h.rank(b.Party.Side))
	}
	if h.several && !a.isCompany() && a.Party.Org != b.Party.Org {
		return cmp.Compare(a.Party.Org, b.Party.Org)
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

// checkReps refuses an id that stands twice, and a second organisation on a side where no partner leads several. The
// lines are sorted. A company sells nothing and may be any.
func (h *head) checkReps(problems *value.Errors, lines []Line, b *Booking) {
	if h.several {
		checkSeveral(problems, lines, b)
		return
	}
	for len(lines) > 0 && lines[len(lines)-1].isCompany() {
		last := len(lines) - 1
		l := &lines[last]
		lines = lines[:last]
		for i := range lines {
			if lines[i].Payee == l.Payee && l.Payee != "" && !l.Added {
				problems.Add(pathOf(b, l, "rep"), sameRep(&lines[i], l))
				break
			}
		}
	}
	second := 0      // the position of the first line of the second side
	var seller *Line // the first line of the side that has an organisation
	for i := range lines {
		l := &lines[i]
		if !l.Party.Side.IsValid() {
			lines = lines[:i]
			break
		}
		if i == 0 || l.Party.Side != lines[i-1].Party.Side {
			second, seller = i, nil
		} else if l.Payee == lines[i-1].Payee && l.Payee != "" && !l.Added {
			problems.Add(pathOf(b, l, "rep"), sameRep(&lines[i-1], l))
		}
		if l.Party.Org != "" {
			seller = cmp.Or(seller, l)
			if l.Party.Org != seller.Party.Org {
				problems.Add(pathOf(b, l, "party"), twoSellers(seller.Party, l.Party))
			}
		}
	}
	first := lines[:second]
	for i := second; i < len(lines); i++ {
		l := &lines[i]
		for len(first) > 0 && first[0].Payee < l.Payee {
			first = first[1:]
		}
		if len(first) > 0 && first[0].Payee == l.Payee && l.Payee != "" {
			problems.Add(pathOf(b, l, "rep"), sameRep(&first[0], l))
		}
	}
}

func twoSellers(one, two model.Party) *value.Error {
	want := "and " + value.Quote(one.String()) + " cannot both sell one deal"
	if one.Side == model.Partner {
		want += " unless the booking says which partner leads"
	}
	return value.NewError("booking.two_orgs", value.Quote(two.String()), want)
}

// sameRep returns the error of an id that stands for two payees of one booking.
func sameRep(one, two *Line) error {
	rep := one.Payee
	if err := one.identity().same(rep, two.identity()); err != nil {
		return err
	}
	const want = "stands twice in one booking; list several contributions in one payee"
	return value.NewError(payeeRep, value.Quote(rep), want)
}
