package exact

import "math/bits"

// Mode says where a product goes that falls between two minor units.
type Mode uint8

// The modes. All of them mirror: the rounding of −x is the negated rounding of x.
const (
	HalfEven Mode = 1 + iota
	HalfAwayFromZero
	TowardZero
)

// round returns q moved up by one where the mode asks for it. The remainder is given
// twofold, to be compared with the divisor; where a part of a unit is left beside it,
// one more. The comparison is no branch: nobody could foresee it.
func (m Mode) round(q, twice, divisor uint64) uint64 {
	switch m {
	case TowardZero:
		return q
	case HalfEven:
		twice += q & 1
	case HalfAwayFromZero:
		twice++
	}
	_, up := bits.Sub64(divisor, twice, 0)
	return q + up
}
