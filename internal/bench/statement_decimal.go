package main

import "github.com/shopspring/decimal"

// decimalPolicy makes a percentage when it is used, or has prepared it.
type decimalPolicy func(percent int64) decimal.Decimal

// naiveDecimalStatement uses Mul, Div and Round as most code bases do.
func naiveDecimalStatement(shares []int64) candidate {
	c := decimalStatement(shares, func(n int64) decimal.Decimal {
		return decimal.NewFromInt(n).Div(decimal.NewFromInt(hundred))
	})
	c.name = "shopspring/decimal, naive"
	return c
}

// preparedDecimalStatement makes every percentage once.
func preparedDecimalStatement(shares []int64) candidate {
	var percents [hundred + 1]decimal.Decimal
	for n := range percents {
		percents[n] = decimal.New(int64(n), -2)
	}
	c := decimalStatement(shares, func(n int64) decimal.Decimal { return percents[n] })
	c.name = "shopspring/decimal, percentages prepared"
	return c
}

func decimalStatement(shares []int64, percent decimalPolicy) candidate {
	values := each(func(n int64) decimal.Decimal { return decimal.New(n, -2) })
	var lines []decimalLine
	return candidate{
		run:    func(i int) { lines = decimalLines(values[i], shares, percent) },
		answer: func() string { return pays(lines, decimalLine.pay) },
	}
}

func decimalLines(v decimal.Decimal, shares []int64, percent decimalPolicy) []decimalLine {
	lines := make([]decimalLine, 1, 1+len(shares))
	lines[0] = decimalLine{v, v.Mul(percent(primaryRate)).RoundBank(2)}
	pool := v.Mul(percent(supportPercent))
	left := pool.RoundBank(2)
	rest := make([]decimal.Decimal, len(shares))
	for i, s := range shares {
		part := pool.Mul(percent(s))
		credit := part.RoundFloor(2)
		rest[i] = part.Sub(credit)
		left = left.Sub(credit)
		lines = append(lines, decimalLine{credit, part.Mul(percent(supportRate)).RoundBank(2)})
	}
	cent := decimal.New(1, -2)
	for left.IsPositive() {
		best := 0
		for i := range rest {
			if rest[i].GreaterThan(rest[best]) {
				best = i
			}
		}
		rest[best] = decimal.NewFromInt(-1)
		lines[best+1].credit = lines[best+1].credit.Add(cent)
		left = left.Sub(cent)
	}
	return lines
}
