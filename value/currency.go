package value

import (
	"cmp"
	"iter"
	"slices"
	"strings"
)

//go:generate go run ../internal/iso4217gen

// noMinorUnit stands in the table for the places of a code that has none.
const noMinorUnit = -1

type currencyRow struct {
	code   string
	places int8
	life   uint8 // index into lives
}

// life has the days between which amounts are in a currency, unset where they have no bound, and what came after it.
type life struct {
	first, last Date
	successor   string
}

// Currency is a currency or fund of ISO 4217 list one that has a minor unit, see [CurrencyTableDate], or one that began
// after that list or ended since 2010, see [Currency.Life]. The zero value is unset. Currencies are comparable with ==.
// Outside of a process a currency is written as its code.
type Currency struct {
	n uint8 // index into currencies, whose first row is the unset one
}

// ParseCurrency reads an ISO 4217 code: exactly three upper-case letters, like "USD". Errors: [CurrencyUnknown],
// also for "", and [CurrencyNoMinorUnit] for a code such as XAU.
func ParseCurrency(s string) (Currency, error) {
	i, known := slices.BinarySearchFunc(currencies[:], s, func(row currencyRow, code string) int {
		return strings.Compare(row.code, code)
	})
	switch {
	case !known || i == 0:
		const want = "is not a currency of ISO 4217; write its three upper-case letters, like USD"
		return Currency{}, NewError(CurrencyUnknown, Quote(s), want)
	case currencies[i].places == noMinorUnit:
		const want = "has no minor unit, so no amount can be counted in it; write the code of a currency, like USD"
		return Currency{}, NewError(CurrencyNoMinorUnit, Quote(s), want)
	default:
		return Currency{uint8(i)}, nil
	}
}

// MustCurrency is [ParseCurrency] for literals and tests; it panics on an error.
func MustCurrency(s string) Currency { return must(ParseCurrency(s)) }

// Life returns the first and the last day on which amounts are in c, each unset where the table does not bound it, and
// the currency that took its place; unset where c goes on. Amounts of the past stay readable.
func (c Currency) Life() (first, last Date, successor Currency) {
	l := lives[currencies[c.n].life]
	successor, _ = ParseCurrency(l.successor) // unset for ""
	return l.first, l.last, successor
}

// CheckOn refuses c for an amount of a day: [CurrencyEnded] after its last day, and currency.early before its first.
// It returns nil where c or day is unset.
func (c Currency) CheckOn(day Date) error {
	l := lives[currencies[c.n].life]
	switch {
	case day.IsZero():
		return nil
	case !l.last.IsZero() && l.last.Before(day):
		return NewError(CurrencyEnded, c.String()+" on "+day.String(),
			"is past its end, "+l.last.String()+"; write the amount in "+l.successor)
	case day.Before(l.first):
		return NewError("currency.early", c.String()+" on "+day.String(), "is before its beginning, "+l.first.String())
	}
	return nil
}

// Currencies yields every currency that [ParseCurrency] reads, in the order of the codes.
func Currencies() iter.Seq[Currency] {
	return func(yield func(Currency) bool) {
		for i := 1; i < len(currencies); i++ {
			if currencies[i].places != noMinorUnit && !yield(Currency{uint8(i)}) {
				return
			}
		}
	}
}

// Places returns the decimal places of the minor unit, 0 to 4: 2 for USD, 0 for JPY and where c is unset.
func (c Currency) Places() int { return max(0, int(currencies[c.n].places)) }

// IsZero reports whether c is unset.
func (c Currency) IsZero() bool { return c.n == 0 }

// Compare orders by code, unset first: −1, 0 or +1.
func (c Currency) Compare(other Currency) int { return cmp.Compare(c.n, other.n) }

// String returns the code, like "USD"; "" where c is unset.
func (c Currency) String() string { return currencies[c.n].code }

// AppendText appends what [Currency.String] returns; the error is always nil.
func (c Currency) AppendText(b []byte) ([]byte, error) { return append(b, c.String()...), nil }

// MarshalText returns what [Currency.String] returns; the error is always nil.
func (c Currency) MarshalText() ([]byte, error) { return c.AppendText(nil) }

// UnmarshalText reads what [ParseCurrency] reads. Empty text gives the unset currency.
func (c *Currency) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		return store(c, Currency{}, nil)
	}
	return read(c, text, ParseCurrency)
}
