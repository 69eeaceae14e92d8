package main

import "github.com/govalues/decimal"

// govaluesLine is the credit and commission of a payee in decimals of at most 19 digits.
type govaluesLine struct{ credit, commission decimal.Decimal }

func govaluesStatement(shares []int64) candidate {
	values := each(func(n int64) decimal.Decimal { return decimal.MustNew(n, 2) })
	var percents [hundred + 1]decimal.Decimal
	for n := range percents {
		percents[n] = decimal.MustNew(int64(n), 2)
	}
	lines, rest := make([]govaluesLine, 1+len(shares)), make([]decimal.Decimal, len(shares))
	return candidate{
		name: "govalues/decimal, percentages prepared",
		run:  func(i int) { govaluesLines(values[i], shares, &percents, lines, rest) },
		answer: func() string {
			return pays(lines, func(l govaluesLine) pay {
				return pay{int64(l.credit.Rescale(2).Coef()), int64(l.commission.Rescale(2).Coef())}
			})
		},
	}
}

func govaluesLines(v decimal.Decimal, shares []int64, percents *[hundred + 1]decimal.Decimal, lines []govaluesLine, rest []decimal.Decimal) {
	lines[0] = govaluesLine{v, must(v.Mul(percents[primaryRate])).Round(2)}
	pool := must(v.Mul(percents[supportPercent]))
	left := pool.Round(2)
	for i, s := range shares {
		part := must(pool.Mul(percents[s]))
		credit := part.Trunc(2)
		rest[i] = must(part.Sub(credit))
		left = must(left.Sub(credit))
		lines[i+1] = govaluesLine{credit, must(part.Mul(percents[supportRate])).Round(2)}
	}
	cent, none := decimal.MustNew(1, 2), decimal.MustNew(-1, 0)
	for left.IsPos() {
		best := 0
		for i := range rest {
			if rest[best].Less(rest[i]) {
				best = i
			}
		}
		rest[best] = none
		lines[best+1].credit = must(lines[best+1].credit.Add(cent))
		left = must(left.Sub(cent))
	}
}
