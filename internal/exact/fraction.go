package exact

import "math/bits"

// Fraction is a product of percentages, ready to be taken of many amounts. The zero value is nothing of every amount.
type Fraction struct {
	weight int64 // in units of One squared
	rate   uint32
	units  uint32 // weight × rate in units of One; noUnits where that is no whole number
}

const noUnits = 1<<32 - 1

// NewFraction returns weight × rate for 0 ≤ weight ≤ One², in units of One squared, and 0 ≤ rate ≤ One.
func NewFraction(weight, rate int64) Fraction {
	percent := uint64(weight) / One
	if percent*One != uint64(weight) {
		return Fraction{weight, uint32(rate), noUnits}
	}
	product := percent * uint64(rate)
	units := product / One
	if units*One != product {
		units = noUnits
	}
	return Fraction{int64(product), One, uint32(units)}
}

// Of returns the fraction of v rounded once, for |v| ≤ Max.
func (f *Fraction) Of(v int64, m Mode) int64 {
	if uint64(v) < smallEnough && f.units != noUnits { // a negative amount is large here
		return oneWord(uint64(v), f.units, m)
	}
	magnitude, negative := abs(v)
	hi, lo := bits.Mul64(magnitude, uint64(f.weight))
	if f.rate != One {
		return signed(m.partOf(hi, lo, int64(f.rate)), negative)
	}
	whole, rest := bits.Div64(hi, lo, oneSquared)
	return signed(m.round(whole, 2*rest, oneSquared), negative)
}

// Claim holds the fractions of an amount that one payee gets: a credit, with a rate of One, and the pay for it.
type Claim struct{ Credit, Pay Fraction }

// Due holds the minor units that a claim gives.
type Due struct{ Credit, Pay int64 }

// Pool prices claims whose credits divide an amount: they total the rounded sum of their fractions, and units left
// over go to credits as in [Divide]. Each pay is rounded by itself.
type Pool struct {
	below       uint64 // amounts below it need one word
	credit, pay Mode
}

// NewPool returns the pool of at most 1,000 claims, with the rounding of their total credit and of each pay.
func NewPool(claims []Claim, credit, pay Mode) Pool {
	p := Pool{smallEnough, credit, pay}
	for i := range claims {
		if len(claims) > few || claims[i].Credit.units == noUnits || claims[i].Pay.units == noUnits {
			p.below = 0
		}
	}
	return p
}

// Rounded returns the pool with another rounding of its total credit.
func (p Pool) Rounded(credit Mode) Pool {
	p.credit = credit
	return p
}

// ofLarge is [Pool.Of] in two words and more.
func (p Pool) ofLarge(v int64, claims []Claim, due []Due) {
	var fewRests [few]uint64
	rests := room(fewRests[:], len(claims))
	var wholes, sum uint64
	for i := range claims {
		c := &claims[i]
		hi, lo := bits.Mul64(uint64(v), uint64(c.Credit.weight))
		whole, rest := bits.Div64(hi, lo, oneSquared)
		due[i], rests[i] = Due{int64(whole), c.Pay.Of(v, p.pay)}, rest
		wholes += whole
		sum += rest
	}
	more := sum / oneSquared
	left := p.credit.round(wholes+more, 2*(sum-more*oneSquared), oneSquared) - wholes
	var fewPlaces [few]int
	for _, i := range largest(room(fewPlaces[:], len(rests)), rests, left) {
		due[i].Credit++
	}
}
