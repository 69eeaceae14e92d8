package comp

import (
	"math/big"

	"github.com/coselling/coselling/internal/exact"
	"github.com/coselling/coselling/value"
)

// exactCommission returns the commission of a line before it was rounded. The commission of a true-up, and
// one that was held, was not rounded. It is a payout.of error where this plan would pay another commission.
func (p *Plan) exactCommission(l *Line) (*big.Rat, error) {
	paid := new(big.Rat).SetInt64(l.Commission.Minor())
	if l.Held != 0 || l.Credited == AsTrueUp || !p.pays(l) {
		return paid, nil
	}
	due := new(big.Rat).SetFrac(l.exactCredit().Big(), product(exact.One, exact.One))
	t := p.tables[l.Table]
	switch {
	case l.Table == "":
		due.Mul(due, fraction(l.Rate))
	case t == nil:
		return nil, notOurs(l)
	default:
		due.Mul(due, t.exactRate(l))
	}
	if exact.Rational(due, p.mode).Int64() != l.Commission.Minor() {
		return nil, notOurs(l)
	}
	return due, nil
}

// exactRate returns the rate of a line that the table priced; over several tiers the average.
func (t *table) exactRate(l *Line) *big.Rat {
	start, end, lowest, highest := t.span(l)
	if lowest == highest {
		return fraction(l.Rate)
	}
	blend := t.blend(start, end, l.Quota.Minor()).Big()
	whole := product(exact.One, exact.One)
	return new(big.Rat).SetFrac(blend, whole.Mul(whole, big.NewInt(end-start)))
}

func notOurs(l *Line) *value.Error {
	const want = "is not what this plan pays for the line; a deal keeps the policy of its closing"
	return value.NewError(payoutOf, l.Commission.String(), want)
}

func fraction(p value.Percent) *big.Rat { return big.NewRat(p.Millionths(), exact.One) }

func product(a, b int64) *big.Int { return new(big.Int).Mul(big.NewInt(a), big.NewInt(b)) }
