package value

import (
	"cmp"
	"strings"

	"github.com/coselling/coselling/internal/exact"
)

const (
	percentPlaces = 6
	maxPercent    = 100 * exact.One // 10,000 %
)

// Percent is an exact percentage with six decimals of a percent, from −10,000 % to 10,000 %. The zero value states
// nothing: it counts as 0 % and is not the stated "0%", as the zero [Money] is not an amount of zero. A field that
// takes 0 % to 100 % only checks that by [Percent.CheckPart]. Percents are comparable with ==.
type Percent struct {
	twice int64 // the millionths of a percent twice, and one more where the percentage is stated
}

// percentOf returns a stated percentage, which is known to be within bounds.
func percentOf(millionths int64) Percent { return Percent{millionths<<1 | 1} }

// NewPercent returns a percentage in millionths of a percent: 30 % is 30,000,000. Error: [PercentRange].
func NewPercent(millionths int64) (Percent, error) {
	if millionths > maxPercent || millionths < -maxPercent {
		return Percent{}, percentRange(string(appendPercent(nil, millionths)))
	}
	return percentOf(millionths), nil
}

// ParsePercent reads "30%" or "-12.345678%": digits, at most six decimals, and the percent sign without a
// space. Errors: [PercentFormat], percent.scale.excess, [PercentRange].
func ParsePercent(s string) (Percent, error) {
	number, hasSign := strings.CutSuffix(s, "%")
	if !hasSign {
		return Percent{}, percentFormat(s)
	}
	n, fault := parseFixed(number, percentPlaces)
	switch {
	case fault == fixedNotDigits:
		return Percent{}, percentFormat(s)
	case fault == fixedTooFine:
		return Percent{}, NewError("percent.scale.excess", Quote(s), "has more than 6 decimals of a percent")
	case fault == fixedTooLarge || n > maxPercent || n < -maxPercent:
		return Percent{}, percentRange(Quote(s))
	}
	return percentOf(n), nil
}

func percentFormat(s string) *Error {
	const want = "is not a percentage; write digits, a point where needed and a percent sign, like 12.5%"
	return NewError(PercentFormat, Quote(s), want)
}

func percentRange(got string) *Error {
	return NewError(PercentRange, got, "is beyond 10000%, the largest percentage")
}

// MustPercent is [ParsePercent] for literals and tests; it panics on an error.
func MustPercent(s string) Percent { return must(ParsePercent(s)) }

// Millionths returns the percentage in millionths of a percent; 0 for the zero value.
func (p Percent) Millionths() int64 { return p.twice >> 1 }

// CheckPart returns nil for a part of a whole, 0 % to 100 %, both included, and for the zero value; else a
// [PercentBelow] or [PercentAbove] error.
func (p Percent) CheckPart() error {
	if p.twice < 0 {
		return NewError(PercentBelow, p.String(), "is below 0%")
	}
	if p.Millionths() > exact.One {
		return NewError(PercentAbove, p.String(), "is above 100%")
	}
	return nil
}

// IsZero reports whether p is the zero value, which states nothing; false for 0 %.
func (p Percent) IsZero() bool { return p == Percent{} }

// Compare returns −1, 0 or +1 as p is below, equal to or above other; the zero value is as 0 %.
func (p Percent) Compare(other Percent) int { return cmp.Compare(p.Millionths(), other.Millionths()) }

// String returns the shortest exact text, such as "30%" or "33.333333%"; "" for the zero value.
func (p Percent) String() string { return string(p.append(nil)) }

// AppendText appends what [Percent.String] returns; the error is always nil.
func (p Percent) AppendText(b []byte) ([]byte, error) { return p.append(b), nil }

// MarshalText returns what [Percent.String] returns; the error is always nil.
func (p Percent) MarshalText() ([]byte, error) { return p.AppendText(nil) }

// UnmarshalText reads a percentage as [ParsePercent] does; empty text is a [PercentFormat] error.
func (p *Percent) UnmarshalText(text []byte) error { return read(p, text, ParsePercent) }

func (p Percent) append(b []byte) []byte {
	if p.IsZero() {
		return b
	}
	return appendPercent(b, p.Millionths())
}

func appendPercent(b []byte, millionths int64) []byte {
	places := percentPlaces
	if whole := millionths / (exact.One / 100); whole*(exact.One/100) == millionths {
		millionths, places = whole, 0 // most percentages are whole
	}
	for places > 0 && millionths%10 == 0 {
		millionths /= 10
		places--
	}
	return append(appendFixed(b, millionths, places), '%')
}
