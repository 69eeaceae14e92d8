package value

import "github.com/coselling/coselling/internal/exact"

// Total is a running sum of money in one currency, held in 128 bits so that the
// order of its parts never matters. The zero value is empty and takes the
// currency of the first amount.
type Total struct {
	sum      exact.Wide // of minor units
	currency Currency
}

// Add returns the total with m added. A currency other than the total's, or none,
// is a [MoneyCurrency] error.
func (t Total) Add(m Money) (Total, error) {
	if m.currency.IsZero() || !t.currency.IsZero() && t.currency != m.currency {
		return t, NewError(MoneyCurrency, m.describe(), "cannot be added to a total in "+Quote(t.currency.String()))
	}
	return Total{t.sum.Plus(exact.Widened(m.minor)), m.currency}, nil
}

// Merge returns the sum of two totals of one currency; an empty one changes
// nothing. Totals of two currencies have no sum: t comes back as it is with a
// [MoneyCurrency] error.
func (t Total) Merge(other Total) (Total, error) {
	if other.currency.IsZero() {
		return t, nil
	}
	if !t.currency.IsZero() && t.currency != other.currency {
		return t, NewError(MoneyCurrency, "a total in "+other.currency.String(), "cannot be added to a total in "+t.currency.String())
	}
	return Total{t.sum.Plus(other.sum), other.currency}, nil
}

// Money returns the sum. An empty total gives the zero Money; a sum outside the
// bounds of Money is a [MoneyRange] error.
func (t Total) Money() (Money, error) {
	if t.currency.IsZero() {
		return Money{}, nil
	}
	minor, ok := t.sum.Int64()
	if !ok {
		return Money{}, moneyRange("a total beyond 64 bits", t.currency)
	}
	return NewMoney(minor, t.currency)
}
