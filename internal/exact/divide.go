package exact

import (
	"cmp"
	"math/bits"
	"slices"
)

// Divide splits amount in proportion to the weights into as many parts, which total it: the units left over go to
// the largest rests, among equal ones to the earlier part. A negative amount gives negated parts. The weights
// total 1 to 2⁶³ − 1.
func Divide(amount int64, weights []uint64, parts []int64) {
	var total uint64
	for _, w := range weights {
		total += w
	}
	var fewRests [few]uint64
	rests := room(fewRests[:], len(weights))
	magnitude, negative := abs(amount)
	left := magnitude
	for i, w := range weights {
		hi, lo := bits.Mul64(magnitude, w)
		whole, rest := bits.Div64(hi, lo, total)
		parts[i], rests[i] = signed(whole, negative), rest
		left -= whole
	}
	var fewPlaces [few]int
	for _, i := range largest(room(fewPlaces[:], len(weights)), rests, left) {
		parts[i] += signed(1, negative)
	}
}

// few is the largest number of parts that are divided without an allocation; a power of two.
const few = 8

// room returns n elements, of a list that has few where these are enough.
func room[T any](list []T, n int) []T {
	if n > len(list) {
		return make([]T, n)
	}
	return list[:n]
}

// largest returns the positions of the left largest rests, among equal ones of the earlier. At most as many are left
// as rests are above zero. The places are room for all positions.
func largest(places []int, rests []uint64, left uint64) []int {
	for i := range places {
		places[i] = i
	}
	slices.SortStableFunc(places, func(a, b int) int { return cmp.Compare(rests[b], rests[a]) })
	return places[:left]
}
