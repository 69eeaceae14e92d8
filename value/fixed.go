package value

import (
	"strconv"
	"strings"
)

// maxDigits is the number of digits above which no number is in range.
const maxDigits = 18

// fixedFault is a problem of the text of a number.
type fixedFault uint8

const (
	fixedOK fixedFault = iota
	fixedNotDigits
	fixedTooFine
	fixedTooLarge
)

// parseFixed reads "-12.5" as units of 10^-places: digits, and at most one point with digits on both sides. It
// refuses more decimals than places even where they are zeros: "10.000" may be a German ten thousand.
func parseFixed(s string, places int) (int64, fixedFault) {
	digits := strings.TrimPrefix(s, "-")
	n, at, significant := int64(0), 0, 0
	for ; at < len(digits) && digits[at]-'0' <= 9; at++ {
		n = n*10 + int64(digits[at]-'0')
		if n != 0 { // it stays so until it is far too large
			significant++
		}
	}
	decimals := 0
	switch {
	case at == 0:
		return 0, fixedNotDigits
	case at < len(digits):
		fraction := digits[at+1:]
		if decimals = len(fraction); digits[at] != '.' || decimals == 0 {
			return 0, fixedNotDigits
		}
		for i := range decimals {
			if fraction[i]-'0' > 9 {
				return 0, fixedNotDigits
			}
			n = n*10 + int64(fraction[i]-'0')
		}
	}
	switch {
	case decimals > places:
		return 0, fixedTooFine
	case significant+places > maxDigits:
		return 0, fixedTooLarge
	}
	for ; decimals < places; decimals++ {
		n *= 10
	}
	if len(digits) < len(s) {
		n = -n
	}
	return n, fixedOK
}

// appendFixed writes n units of 10^-places with all its places.
func appendFixed(b []byte, n int64, places int) []byte {
	magnitude := uint64(n)
	if n < 0 {
		b = append(b, '-')
		magnitude = -magnitude
	}
	unit := uint64(powerOfTen(places))
	b = strconv.AppendUint(b, magnitude/unit, 10)
	if places > 0 {
		b = append(b, '.')
	}
	for rest := magnitude % unit; unit > 1; rest %= unit {
		unit /= 10
		b = append(b, '0'+byte(rest/unit))
	}
	return b
}

// powerOfTen returns 10^n for 0 ≤ n ≤ 18.
func powerOfTen(n int) int64 {
	p := int64(1)
	for range n {
		p *= 10
	}
	return p
}
