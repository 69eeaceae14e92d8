package main

import "github.com/cockroachdb/apd/v3"

// apdMachine keeps every number that a statement needs, so that apd can use its
// storage again.
type apdMachine struct {
	even, down           *apd.Context
	percents             [hundred + 1]*apd.Decimal
	cent, none           *apd.Decimal
	shares               []int64
	pool, left, part     apd.Decimal
	credits, commissions []apd.Decimal
	rest                 []apd.Decimal
}

func apdStatement(shares []int64) candidate {
	m := newAPD(shares)
	values := each(func(n int64) *apd.Decimal { return apd.New(n, -2) })
	return candidate{
		name: "cockroachdb/apd, numbers reused",
		run:  func(i int) { m.lines(values[i]) },
		answer: func() string {
			lines := make([]pay, len(m.credits))
			for i := range lines {
				lines[i] = pay{m.credits[i].Coeff.Int64(), m.commissions[i].Coeff.Int64()}
			}
			return pays(lines, func(l pay) pay { return l })
		},
	}
}

func newAPD(shares []int64) *apdMachine {
	m := &apdMachine{
		even: apd.BaseContext.WithPrecision(34), down: apd.BaseContext.WithPrecision(34),
		cent: apd.New(1, -2), none: apd.New(-1, 0), shares: shares,
		credits: make([]apd.Decimal, 1+len(shares)), commissions: make([]apd.Decimal, 1+len(shares)), rest: make([]apd.Decimal, len(shares)),
	}
	m.even.Rounding, m.down.Rounding = apd.RoundHalfEven, apd.RoundDown
	for n := range m.percents {
		m.percents[n] = apd.New(int64(n), -2)
	}
	return m
}

func (m *apdMachine) lines(v *apd.Decimal) {
	m.credits[0].Set(v)
	m.take(&m.commissions[0], v, primaryRate)
	must(m.even.Mul(&m.pool, v, m.percents[supportPercent]))
	must(m.even.Quantize(&m.left, &m.pool, -2))
	for i, s := range m.shares {
		credit := &m.credits[i+1]
		must(m.even.Mul(&m.part, &m.pool, m.percents[s]))
		must(m.down.Quantize(credit, &m.part, -2))
		must(m.even.Sub(&m.rest[i], &m.part, credit))
		must(m.even.Sub(&m.left, &m.left, credit))
		m.take(&m.commissions[i+1], &m.part, supportRate)
	}
	for m.left.Sign() > 0 {
		best := 0
		for i := range m.rest {
			if m.rest[i].Cmp(&m.rest[best]) > 0 {
				best = i
			}
		}
		m.rest[best].Set(m.none)
		must(m.even.Add(&m.credits[best+1], &m.credits[best+1], m.cent))
		must(m.even.Sub(&m.left, &m.left, m.cent))
	}
}

// take sets part to so many percent of v, rounded to the cent.
func (m *apdMachine) take(part, v *apd.Decimal, percent int64) {
	must(m.even.Mul(part, v, m.percents[percent]))
	must(m.even.Quantize(part, part, -2))
}
