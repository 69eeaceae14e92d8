package main

import "math"

// floatLine is the credit and commission of a payee in dollars.
type floatLine struct{ credit, commission float64 }

// floatStatement calculates in floats, which nobody should do and many do.
func floatStatement(shares []int64) candidate {
	values := each(func(n int64) float64 { return float64(n) / centsOfADollar })
	lines, rest := make([]floatLine, 1+len(shares)), make([]float64, len(shares))
	return candidate{
		name: "float64",
		run:  func(i int) { floatLines(values[i], shares, lines, rest) },
		answer: func() string {
			whole := func(dollars float64) int64 { return int64(math.Round(dollars * centsOfADollar)) }
			return pays(lines, func(l floatLine) pay { return pay{whole(l.credit), whole(l.commission)} })
		},
		rounds: true,
	}
}

func floatLines(v float64, shares []int64, lines []floatLine, rest []float64) {
	even := func(dollars float64) float64 { return math.RoundToEven(dollars*centsOfADollar) / centsOfADollar }
	lines[0] = floatLine{v, even(v * (primaryRate / 100.0))}
	pool := v * (supportPercent / 100.0)
	left := even(pool)
	for i, s := range shares {
		part := pool * (float64(s) / 100)
		credit := math.Floor(part*centsOfADollar) / centsOfADollar
		rest[i] = part - credit
		left -= credit
		lines[i+1] = floatLine{credit, even(part * (supportRate / 100.0))}
	}
	for left > 0.005 {
		best := 0
		for i := range rest {
			if rest[i] > rest[best] {
				best = i
			}
		}
		rest[best] = -1
		lines[best+1].credit += 0.01
		left -= 0.01
	}
}
