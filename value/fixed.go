package value

import (
	"strconv"
	"strings"
)

// maxDigits is how many digits a number may have before it cannot be in range.
const maxDigits = 18

// fixedFault says what is wrong with the text of a number.
type fixedFault uint8

const (
	fixedOK fixedFault = iota
	fixedNotDigits
	fixedTooFine
	fixedTooLarge
)

// parseFixed reads "-12.5" as a whole number of units of 10^-places. It takes
// ASCII digits and at most one point with digits on both sides; no plus sign, no
// separators, no exponent. More decimals than places are refused even when they
// are zeros: "10.000" may be a German ten thousand.
func parseFixed(s string, places int) (int64, fixedFault) {
	digits, negative := strings.CutPrefix(s, "-")
	whole, fraction, hasPoint := strings.Cut(digits, ".")
	if !allDigits(whole) || hasPoint && !allDigits(fraction) {
		return 0, fixedNotDigits
	}
	if len(fraction) > places {
		return 0, fixedTooFine
	}
	whole = strings.TrimLeft(whole, "0")
	if len(whole)+places > maxDigits {
		return 0, fixedTooLarge
	}
	var n int64
	for i := range len(whole) {
		n = n*10 + int64(whole[i]-'0')
	}
	for i := range places {
		n *= 10
		if i < len(fraction) {
			n += int64(fraction[i] - '0')
		}
	}
	if negative {
		n = -n
	}
	return n, fixedOK
}

func allDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
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
