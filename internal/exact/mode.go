package exact

// Mode says where a product goes that falls between two minor units.
type Mode uint8

// The modes. All of them mirror: the rounding of −x is the negated rounding of x.
const (
	HalfEven Mode = 1 + iota
	HalfAwayFromZero
	TowardZero
)

// round returns q moved up by one where the mode asks for it. beyond compares
// the remainder with one half: −1 below, 0 exactly half, +1 above.
func (m Mode) round(q uint64, beyond int) uint64 {
	if m == TowardZero || beyond < 0 {
		return q
	}
	if beyond == 0 && m == HalfEven {
		return q + q&1
	}
	return q + 1
}
