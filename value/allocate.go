package value

import (
	"strconv"

	"github.com/coselling/coselling/internal/exact"
)

// Allocate divides m in proportion to whole weights, so that the parts total m exactly
// (comp.conserve). The units left over go to the largest remainders, and among equal ones
// to the earlier part. A weight of zero gets zero; a negative m gives the negated parts of
// -m. Bring fractions to one denominator first: 1/3 and 1/6 are the weights 2 and 1. The
// result has one part for each weight and belongs to the caller. Errors: weight.missing,
// weight.negative, weight.total, [MoneyCurrency].
func (m Money) Allocate(weights ...int64) ([]Money, error) {
	if m.currency.IsZero() {
		return nil, NewError(MoneyCurrency, "an amount without a currency", "cannot be divided")
	}
	shares, err := sharesOf(weights)
	if err != nil {
		return nil, err
	}
	exact.Divide(m.minor, shares)
	parts := make([]Money, len(shares))
	for i, s := range shares {
		parts[i] = Money{s.Part, m.currency}
	}
	return parts, nil
}

func sharesOf(weights []int64) ([]exact.Share, error) {
	if len(weights) == 0 {
		return nil, NewError("weight.missing", "no weight", "was given; a division needs at least one")
	}
	shares := make([]exact.Share, len(weights))
	var total uint64
	for i, w := range weights {
		if w < 0 {
			return nil, Below(Index("weights", i), NewError("weight.negative", strconv.FormatInt(w, 10), "is negative"))
		}
		shares[i].Weight = uint64(w)
		if total += uint64(w); total > 1<<63-1 { // two such numbers stay within 64 bits
			return nil, weightTotal("a total above 2^63 − 1", "is too large; divide the weights by a common factor")
		}
	}
	if total == 0 {
		return nil, weightTotal("a total of 0", "divides nothing; at least one weight must be positive")
	}
	return shares, nil
}

func weightTotal(got, want string) error {
	return Below("weights", NewError("weight.total", got, want))
}
