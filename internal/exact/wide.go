package exact

import (
	"cmp"
	"encoding/binary"
	"math/big"
	"math/bits"
)

// Wide is a signed whole number of 128 bits, comparable with ==; results beyond wrap, so callers limit them.
type Wide struct{ hi, lo uint64 }

// Product returns a × b.
func Product(a, b int64) Wide {
	x, minus := abs(a)
	y, other := abs(b)
	hi, lo := bits.Mul64(x, y)
	if minus != other {
		return Wide{}.Minus(Wide{hi, lo})
	}
	return Wide{hi, lo}
}

// Widened returns n.
func Widened(n int64) Wide { return Wide{uint64(n >> 63), uint64(n)} }

// Plus returns a + b.
func (a Wide) Plus(b Wide) Wide {
	lo, carry := bits.Add64(a.lo, b.lo, 0)
	hi, _ := bits.Add64(a.hi, b.hi, carry)
	return Wide{hi, lo}
}

// Minus returns a − b.
func (a Wide) Minus(b Wide) Wide {
	lo, borrow := bits.Sub64(a.lo, b.lo, 0)
	hi, _ := bits.Sub64(a.hi, b.hi, borrow)
	return Wide{hi, lo}
}

// Times returns a × f for f ≥ 0.
func (a Wide) Times(f int64) Wide {
	hi, lo := bits.Mul64(a.lo, uint64(f))
	return Wide{hi + a.hi*uint64(f), lo}
}

// Compare returns −1, 0 or +1 as a is below, equal to or above b.
func (a Wide) Compare(b Wide) int {
	if a.hi != b.hi {
		return cmp.Compare(int64(a.hi), int64(b.hi))
	}
	return cmp.Compare(a.lo, b.lo)
}

// Sign returns −1, 0 or +1.
func (a Wide) Sign() int { return a.Compare(Wide{}) }

// Int64 returns the number in 64 bits; false where it needs more.
func (a Wide) Int64() (int64, bool) { return int64(a.lo), int64(a.hi) == int64(a.lo)>>63 }

// Big returns the number as a fresh big integer.
func (a Wide) Big() *big.Int {
	n := new(big.Int).SetInt64(int64(a.hi))
	return n.Lsh(n, 64).Add(n, new(big.Int).SetUint64(a.lo))
}

// WideOf returns n, which must be within 128 bits.
func WideOf(n *big.Int) Wide {
	var magnitude [16]byte
	n.FillBytes(magnitude[:])
	w := Wide{binary.BigEndian.Uint64(magnitude[:8]), binary.BigEndian.Uint64(magnitude[8:])}
	if n.Sign() < 0 {
		return Wide{}.Minus(w)
	}
	return w
}

// magnitude returns |a| and whether a is negative.
func (a Wide) magnitude() (Wide, bool) {
	if a.Sign() < 0 {
		return Wide{}.Minus(a), true
	}
	return a, false
}

// PartOf returns w × r rounded once, where w is in units of One squared: |w| ≤ Max × One², 0 ≤ r ≤ One.
func PartOf(w Wide, r int64, m Mode) int64 {
	size, negative := w.magnitude()
	return signed(m.partOf(size.hi, size.lo, r), negative)
}

// Blend returns base × weight × blend ÷ credit rounded once: the commission on a credit whose pieces have several
// rates. Weight and blend, the sum of piece × rate, are in units of One squared. 0 ≤ base ≤ Max, 0 ≤ weight ≤
// One², 0 < credit ≤ Max, 0 ≤ blend ≤ credit × One².
func Blend(base, weight int64, blend Wide, credit int64, m Mode) int64 {
	credited := Product(base, weight)
	if credited == Product(credit, oneSquared) {
		return int64(m.quotient([4]uint64{blend.lo, blend.hi}, oneSquared))
	}
	return int64(m.quotient(multiply(credited, blend), uint64(credit), oneSquared, oneSquared))
}

// BlendedRate returns blend ÷ credit in units of One, rounded half-even.
func BlendedRate(blend Wide, credit int64) int64 {
	return int64(HalfEven.quotient([4]uint64{blend.lo, blend.hi}, uint64(credit), One))
}

// multiply returns a × b for numbers that are not negative, lowest word first.
func multiply(a, b Wide) (words [4]uint64) {
	h, l := bits.Mul64(a.lo, b.lo)
	words[0], words[1] = l, h
	for _, cross := range [2][2]uint64{{a.lo, b.hi}, {a.hi, b.lo}} {
		h, l = bits.Mul64(cross[0], cross[1])
		var carry uint64
		words[1], carry = bits.Add64(words[1], l, 0)
		words[2], carry = bits.Add64(words[2], h, carry)
		words[3] += carry
	}
	h, l = bits.Mul64(a.hi, b.hi)
	var carry uint64
	words[2], carry = bits.Add64(words[2], l, 0)
	words[3] += h + carry
	return words
}

// quotient divides by each divisor in turn and rounds once, at the end. The earlier divisors leave a rest below
// one. The last divisor must be even, so that this rest never turns a rest below one half into one above.
func (m Mode) quotient(words [4]uint64, divisors ...uint64) uint64 {
	left := uint64(0)
	for _, d := range divisors[:len(divisors)-1] {
		left |= min(divide(&words, d), 1)
	}
	d := divisors[len(divisors)-1]
	twice := 2*divide(&words, d) + left
	return m.round(words[0], twice, d)
}

// divide divides words in place and returns the rest.
func divide(words *[4]uint64, d uint64) (rest uint64) {
	for i := len(words) - 1; i >= 0; i-- {
		if words[i] != 0 || rest != 0 {
			words[i], rest = bits.Div64(rest, words[i], d)
		}
	}
	return rest
}
