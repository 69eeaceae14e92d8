package main

import "github.com/Rhymond/go-money"

// moneyLine is the credit and commission of a payee in go-money.
type moneyLine struct{ credit, commission *money.Money }

// moneyStatement divides by Allocate, the only division that go-money has beside equal
// parts: it rounds down and gives what is left to the first parts. A part of a part is
// taken of the rounded one.
func moneyStatement(shares []int64) candidate {
	values := each(func(n int64) *money.Money { return money.New(n, money.USD) })
	ratios := make([]int, len(shares))
	for i, s := range shares {
		ratios[i] = int(s)
	}
	lines := make([]moneyLine, 1+len(shares))
	return candidate{
		name: "Rhymond/go-money, Allocate",
		run:  func(i int) { moneyLines(values[i], ratios, lines) },
		answer: func() string {
			return pays(lines, func(l moneyLine) pay { return pay{l.credit.Amount(), l.commission.Amount()} })
		},
		rounds: true,
	}
}

func moneyLines(v *money.Money, ratios []int, lines []moneyLine) {
	part := func(m *money.Money, percent int) *money.Money { return must(m.Allocate(percent, hundred-percent))[0] }
	lines[0] = moneyLine{v, part(v, primaryRate)}
	for i, credit := range must(part(v, supportPercent).Allocate(ratios...)) {
		lines[i+1] = moneyLine{credit, part(credit, supportRate)}
	}
}
