package exact

import "math/bits"

// smallEnough bounds the amounts whose product with One fits 63 bits: 92,233,720,368. Below it one word is enough for
// fractions that are whole hundred-millionths, as products of two percentages with at most two decimals are.
const smallEnough = 1 << 63 / One

// oneWord returns v × units ÷ One rounded once.
func oneWord(v uint64, units uint32, m Mode) int64 {
	product := v * uint64(units)
	whole := product / One
	return int64(m.round(whole, 2*(product-whole*One), One))
}

// Of sets what each claim of the pool gives of an amount from 0 to Max. The total of the credits is at most 2⁶³ − 1. In
// one word no branch depends on the rests, which a processor could not predict.
func (p Pool) Of(amount int64, claims []Claim, due []Due) {
	v := uint64(amount)
	if v >= p.below {
		p.ofLarge(amount, claims, due)
		return
	}
	due = due[:len(claims)]
	if len(claims) == 1 {
		due[0] = Due{oneWord(v, claims[0].Credit.units, p.credit), oneWord(v, claims[0].Pay.units, p.pay)}
		return
	}
	var rests, ranks [few]uint64
	var wholes, sum uint64
	for i := range claims {
		product := v * uint64(claims[i].Credit.units)
		whole := product / One
		rest := product - whole*One
		due[i] = Due{int64(whole), oneWord(v, claims[i].Pay.units, p.pay)}
		wholes += whole
		sum += rest
		rests[i&(few-1)] = rest
		for j, before := range rests[:i] { // the rank of a claim is the number of those before it
			_, later := bits.Sub64(before, rest, 0)
			ranks[j] += later
			ranks[i&(few-1)] += 1 - later
		}
	}
	more := sum / One
	left := p.credit.round(wholes+more, 2*(sum-more*One), One) - wholes
	for i := range due {
		_, gets := bits.Sub64(ranks[i&(few-1)], left, 0)
		due[i].Credit += int64(gets)
	}
}
