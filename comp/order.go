package comp

import (
	"cmp"
	"slices"

	"github.com/coselling/coselling/value"
)

// sort orders lines by the stable key: the first side's, then by id.
func (h *head) sort(lines []Line) {
	if len(lines) > few {
		slices.SortFunc(lines, func(a, b Line) int { return h.order(&a, &b) })
		return
	}
	for i := 1; i < len(lines); i++ {
		for j := i; j > 0 && h.order(&lines[j], &lines[j-1]) < 0; j-- {
			lines[j], lines[j-1] = lines[j-1], lines[j]
		}
	}
}

func (h *head) order(a, b *Line) int {
	if a.Party.Side == b.Party.Side {
		return cmp.Compare(a.Payee, b.Payee)
	}
	if a.Party.Side == h.first {
		return -1
	}
	return 1
}

// checkReps refuses an id that stands twice, and a second organisation on a side,
// among sorted lines.
func checkReps(problems *value.Errors, lines []Line, b *Booking) {
	second := len(lines)
	for i := 1; i < len(lines); i++ {
		l, before := &lines[i], &lines[i-1]
		if l.Party.Side != before.Party.Side {
			second = i
			continue
		}
		if l.Party.Org != before.Party.Org && l.Party.Side.IsValid() {
			problems.Add(pathOf(b, l, "party"), value.NewError(TwoOrgs, l.Party.String(), "and "+before.Party.String()+" cannot both sell one deal"))
		}
		if l.Payee == before.Payee && l.Payee != "" {
			problems.Add(pathOf(b, l, "rep"), value.NewError(PayeeRep, value.Quote(l.Payee), "stands twice in one booking; list several contributions in one payee"))
		}
	}
	checkAcross(problems, lines[:second], lines[second:], b)
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
			problems.Add(pathOf(b, two, "rep"), twoParties(two.Payee, one.Party, two.Party))
			j++
		}
	}
}
