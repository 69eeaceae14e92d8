// Package factgen makes facts at random, for the tests of their JSON forms and of what
// is made of them: well formed, mostly nonsense, and with the texts and instants on
// which documents break.
package factgen

import (
	"time"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/value"
)

// odd are texts on which a document, a table or a page may break.
var odd = []string{
	"ana", "bo", "acme", "us", "P-1", "=cmd|' /C calc'!A0", "+1", "@SUM(A1)", "-2", "a\nb", "a\tb\r", `"`, `\`, "</script>", "&amp;",
	"\u202eevil", "\u2028", "\x00", "\x7f", "é", "e\u0301", "日本", "😀", "\ufeff", "\ufffd", " ", "null", "0", "a.b", "a[1]", "|", "#",
}

// Text is some text in UTF-8, perhaps empty.
func Text() *rapid.Generator[string] {
	return rapid.OneOf(rapid.Just(""), rapid.SampledFrom(odd), rapid.StringN(0, 20, 100))
}

// ID is text that is not empty.
func ID() *rapid.Generator[string] {
	return rapid.OneOf(rapid.SampledFrom(odd), rapid.StringN(1, 20, 100))
}

// Texts is a list of texts; nil where it has none.
func Texts() *rapid.Generator[[]string] { return Some(Text(), 3) }

// IDs is a list of texts that are not empty; nil where it has none.
func IDs() *rapid.Generator[[]string] { return Some(ID(), 3) }

// Some is a list of up to most elements; nil where it has none.
func Some[T any](element *rapid.Generator[T], most int) *rapid.Generator[[]T] {
	return rapid.Map(rapid.SliceOfN(element, 0, most), func(list []T) []T {
		if len(list) == 0 {
			return nil
		}
		return list
	})
}

const (
	firstSecond = -62_135_596_799 // the second after the year 1 began
	lastSecond  = 253_402_300_799 // the last of the year 9999
	monday      = 1_793_577_600   // 2026-11-02
)

// Instant is an instant of the years 1 to 9999, mostly of a few days, in UTC.
func Instant() *rapid.Generator[time.Time] {
	return rapid.Custom(func(t *rapid.T) time.Time {
		seconds := rapid.OneOf(
			rapid.Map(rapid.Int64Range(0, 40), func(n int64) int64 { return monday + n*6*3600 }),
			rapid.Int64Range(firstSecond, lastSecond),
			rapid.SampledFrom([]int64{firstSecond, lastSecond, 0, monday}),
		).Draw(t, "seconds")
		nanos := rapid.OneOf(rapid.Just(int64(0)), rapid.Int64Range(0, 999_999_999)).Draw(t, "nanoseconds")
		return time.Unix(seconds, nanos).UTC()
	})
}

// Perhaps is an instant, or the zero time.
func Perhaps() *rapid.Generator[time.Time] { return rapid.OneOf(rapid.Just(time.Time{}), Instant()) }

// Date is a day, mostly of one month.
func Date() *rapid.Generator[value.Date] {
	return rapid.Map(Instant(), func(t time.Time) value.Date {
		day, err := value.DateOf(t, nil)
		if err != nil {
			panic(err)
		}
		return day
	})
}

// Money is an amount, or no amount.
func Money() *rapid.Generator[value.Money] {
	currency := rapid.SampledFrom([]string{"USD", "EUR", "JPY", "BHD"})
	return rapid.Custom(func(t *rapid.T) value.Money {
		if rapid.Bool().Draw(t, "none") {
			return value.Money{}
		}
		m, err := value.NewMoney(rapid.Int64Range(-1_000_000_00, 1_000_000_00).Draw(t, "minor"), value.MustCurrency(currency.Draw(t, "currency")))
		if err != nil {
			t.Fatal(err)
		}
		return m
	})
}

// Percent is a percentage, perhaps nought.
func Percent() *rapid.Generator[value.Percent] {
	return rapid.Map(rapid.SampledFrom([]string{"0%", "8%", "12.5%", "100%", "0.000001%", "-3%"}), value.MustPercent)
}

// Number is a number of a closed enumeration, from first to last.
func Number[T ~uint8](first, last T) *rapid.Generator[T] {
	return rapid.Map(rapid.Uint8Range(uint8(first), uint8(last)), func(n uint8) T { return T(n) })
}
