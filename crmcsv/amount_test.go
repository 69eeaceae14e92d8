package crmcsv

import (
	"errors"
	"fmt"
	"math/big"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/internal/reachtest"
	"github.com/coselling/coselling/value"
)

// bare is text of digits and separators with or without a minus in front.
var bare = regexp.MustCompile(`^ *-? *[0-9][0-9., ']*$`)

// patterns holds the pattern of amounts of each format without their minus.
var patterns = map[string]*regexp.Regexp{
	"":             regexp.MustCompile(`^[0-9]+(\.[0-9]+)?$`),
	"1234.50":      regexp.MustCompile(`^[0-9]+(\.[0-9]+)?$`),
	"1234,50":      regexp.MustCompile(`^[0-9]+(,[0-9]+)?$`),
	"1,234.50":     regexp.MustCompile(`^([0-9]+|[0-9]{1,3}(,[0-9]{3})+)(\.[0-9]+)?$`),
	"1.234,50":     regexp.MustCompile(`^([0-9]+|[0-9]{1,3}(\.[0-9]{3})+)(,[0-9]+)?$`),
	"1 234.50":     regexp.MustCompile(`^([0-9]+|[0-9]{1,3}( [0-9]{3})+)(\.[0-9]+)?$`),
	"1 234,50":     regexp.MustCompile(`^([0-9]+|[0-9]{1,3}( [0-9]{3})+)(,[0-9]+)?$`),
	"1'234.50":     regexp.MustCompile(`^([0-9]+|[0-9]{1,3}('[0-9]{3})+)(\.[0-9]+)?$`),
	"1'234,50":     regexp.MustCompile(`^([0-9]+|[0-9]{1,3}('[0-9]{3})+)(,[0-9]+)?$`),
	"12,34,567.50": regexp.MustCompile(`^([0-9]+|[0-9]{1,3}|[0-9]{1,2}(,[0-9]{2})*,[0-9]{3})(\.[0-9]+)?$`),
}

// asItsPattern compares the reading of a bare amount with the pattern of its format and a sum of rationals, and reports
// whether the amount was read.
func asItsPattern(t rapid.TB, text, format string, c value.Currency) bool {
	got, err := styleOf(format).parse(text, c)
	if c.IsZero() || !bare.MatchString(text) {
		if c.IsZero() && err == nil {
			t.Errorf("%q as %q without a currency: %v", text, format, got)
		}
		return err == nil
	}
	digits, negative := strings.CutPrefix(strings.TrimSpace(text), "-")
	digits = strings.TrimSpace(digits)
	if !patterns[format].MatchString(digits) {
		if !errors.Is(err, rowAmount) && !errors.Is(err, value.DecimalFormat) || !got.IsZero() {
			t.Errorf("%q as %q in %s: %v, %v, the pattern refuses it", text, format, c, got, err)
		}
		return false
	}
	point := styleOf(format).point
	whole, decimals, _ := strings.Cut(digits, string(point))
	exact, _ := new(big.Rat).SetString(strings.NewReplacer(",", "", ".", "", " ", "", "'", "").Replace(whole) + "." + decimals + "0")
	minor := exact.Mul(exact, new(big.Rat).SetInt64([]int64{1, 10, 100, 1000, 10_000}[c.Places()]))
	if negative {
		minor.Neg(minor)
	}
	limit := new(big.Rat).SetInt64(100_000_000_000_000 * []int64{1, 10, 100, 1000, 10_000}[c.Places()])
	isRead := minor.IsInt() && new(big.Rat).Abs(minor).Cmp(limit) < 0 && (format != "" || len(decimals) != 3 || c.Places() >= 3)
	if isRead != (err == nil) || isRead && got.Minor() != minor.Num().Int64() {
		t.Errorf("%q as %q in %s: %v, %v, want %v minor units", text, format, c, got, err, minor)
	}
	return err == nil
}

var amountCurrencies = []value.Currency{
	value.MustCurrency("USD"), value.MustCurrency("JPY"), value.MustCurrency("KWD"), value.MustCurrency("CLF"), {},
}

func TestAmountsAgreeWithThePatternOfTheirFormat(t *testing.T) {
	seen := reachtest.Seen{}
	reachtest.Check(t, seen, func(t *rapid.T) {
		text := rapid.OneOf(
			rapid.StringMatching(`[0-9]{1,3}([,.][0-9]{3}){0,4}([,.][0-9]{1,4})?`), rapid.StringMatching(`[0-9]{1,4}([,.][0-9]{1,4}){0,3}`),
			rapid.StringMatching(`-?[0-9.,]{0,20}`), rapid.StringMatching(`[0-9]{1,3}([ ',][0-9]{2,3}){0,4}([,.][0-9]{1,4}0{0,5})?`), rapid.StringMatching(`[0-9]{1,20}`), rapid.String(),
		).Draw(t, "text")
		for _, format := range append(amountFormats[:], "") {
			for _, c := range amountCurrencies {
				if asItsPattern(t, text, format, c) {
					seen[format]++
				}
			}
		}
	}, amountFormats[:]...)
}

func TestOrdinaryAmountsAllocateNothing(t *testing.T) {
	for text, format := range map[string]string{
		"1234.50": "1234.50", "0": "", "12,345,678.90": "1,234.50", "1,234": "1,234.50", "1.234,5": "1.234,50", "-99.999.999.999.999": "1.234,50",
		"1'234.5000": "1'234.50", "$12,345.00": "1,234.50", "(1 234,50 USD)": "1 234,50",
	} {
		style := styleOf(format)
		if !asItsPattern(t, text, format, amountCurrencies[0]) {
			t.Errorf("%q as %q is not read", text, format)
		}
		if allocs := testing.AllocsPerRun(10, func() { _, _ = style.parse(text, amountCurrencies[0]) }); allocs != 0 {
			t.Errorf("%q as %q: %v allocations", text, format, allocs)
		}
	}
}

func TestAmountsOfAnotherFormatAreRefused(t *testing.T) {
	for _, text := range []string{"", "-", "1234,567", "1,23,456", "1,2345", "12,34", ",123", "-,123", "1,234,", "1,234.", "1.", "1 234", "1\x00234", "+1",
		"--1", "(-1)", "((1))", "(1", "1)", "-1-", "1e5", "1.2.3", "0x10", "½", "١", "$", "()", "$-", "USD", "1 USD USX", "1 %", "12 BTC", "1.-.-"} {
		for _, format := range []string{"1,234.50", ""} {
			if asItsPattern(t, text, format, amountCurrencies[0]) {
				t.Errorf("%q as %q is read", text, format)
			}
		}
	}
}

// CASES F4 and F5.
func TestAmountsAreReadWithSymbolsAndZeros(t *testing.T) {
	for _, c := range []struct{ text, format, currency, want string }{
		{"$22,700.00", "1,234.50", "USD", "22700.00"}, {"$22,700.00", "1,234.50", "CAD", "22700.00"}, {"US$ 22,700.00", "1,234.50", "USD", "22700.00"},
		{"€ 1.234,50", "1.234,50", "EUR", "1234.50"}, {"1\u202f234,50\u00a0€", "1 234,50", "EUR", "1234.50"}, {"1\u00a0234\u2009567", "1 234,50", "EUR", "1234567.00"},
		{"53'116,58", "1'234,50", "CHF", "53116.58"}, {"53’116.58", "1'234.50", "CHF", "53116.58"}, {"12,34,567.00", "12,34,567.50", "INR", "1234567.00"},
		{"₹12,34,567", "12,34,567.50", "INR", "1234567.00"}, {"(1,234.50)", "1,234.50", "USD", "-1234.50"}, {"($1,234.50)", "1,234.50", "USD", "-1234.50"},
		{"$(1,234.50)", "1,234.50", "USD", "-1234.50"}, {"-$5", "", "USD", "-5.00"}, {"$-5", "", "USD", "-5.00"}, {"$ −5", "", "USD", "-5.00"},
		{"5.00-", "", "USD", "-5.00"}, {"CHF 1'000.-", "1'234.50", "CHF", "1000.00"}, {"1.000,– €", "1.234,50", "EUR", "1000.00"}, {"Fr. 5", "", "CHF", "5.00"},
		{"134.980,78 EUR", "1.234,50", "EUR", "134980.78"}, {"usd 5", "", "USD", "5.00"}, {"500 kr.", "", "SEK", "500.00"}, {"Rs.500", "", "INR", "500.00"},
		{"$5 USD", "", "USD", "5.00"}, {"420.00000000", "", "USD", "420.00"}, {"1000.00", "", "JPY", "1000"}, {"100.0000", "", "USD", "100.00"},
		{"¥1,000", "1,234.50", "CNY", "1000.00"}, {"10.000", "1234.50", "USD", "10.00"}, {"10.000", "", "KWD", "10.000"},
		{"10.000", "", "USD", "money.scale.excess"}, {"C$ 12.50", "1234.50", "NIO", "12.50"}, {"RD$12.50", "1,234.50", "DOP", "12.50"},
		{"Q 12.50", "1234.50", "GTQ", "12.50"}, {"RD$12.50", "1234.50", "USD", "row.amount"}, {"420.00000001", "", "USD", "money.scale.excess"}, {"1000.10", "", "JPY", "money.scale.excess"},
		{"€5", "", "USD", "row.amount"}, {"5 EUR", "", "USD", "row.amount"}, {"$5 EUR", "", "USD", "row.amount"}, {"$5", "", "EUR", "row.amount"},
		{"kr 5", "", "USD", "row.amount"}, {"R$ 5", "", "USD", "row.amount"}, {"5 apples", "1,234.50", "USD", "row.amount"},
	} {
		got, err := styleOf(c.format).parse(c.text, value.MustCurrency(c.currency))
		read := strings.TrimSuffix(got.String(), " "+c.currency)
		if problem, ok := err.(*value.Error); ok {
			read = string(problem.Code)
			if problem.Got != value.Quote(c.text) {
				t.Errorf("%v does not repeat %q", err, c.text)
			}
		}
		if read != c.want {
			t.Errorf("%q as %q in %s: %s, %v, want %s", c.text, c.format, c.currency, read, err, c.want)
		}
	}
}

// An amount is written in each format and each dress, and read back.
func TestWrittenAmountsAreReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		format := rapid.SampledFrom(amountFormats[:]).Draw(t, "format")
		minor := rapid.Int64Range(0, 99_999_999_999).Draw(t, "minor units")
		sep, point := "", format[len(format)-3:len(format)-2]
		whole := strconv.FormatInt(minor/100, 10)
		var groups []string
		for size := 3; len(whole) > size; {
			groups, whole = append(groups, whole[len(whole)-size:]), whole[:len(whole)-size]
			if len(format) > 8 {
				size = 2
			}
		}
		slices.Reverse(groups)
		if len(format) > 7 {
			sep = rapid.SampledFrom(map[string][]string{" ": {" ", "\u00a0", "\u202f"}, "'": {"'", "’"}, ",": {","}, ".": {"."}}[strings.Trim(format[1:3], "0123456789")]).Draw(t, "separator")
		}
		text := strings.Join(append([]string{whole}, groups...), sep) + point + fmt.Sprintf("%02d", minor%100) + rapid.SampledFrom([]string{"", "0", "000000"}).Draw(t, "zeros")
		dress := rapid.SampledFrom([]string{"%s", "-%s", "(%s)", "%s-", "€%s", "€\u00a0%s", "%s EUR", "-%s €", "€-%s", "(€%s)", "EUR (%s)", "  %s"}).Draw(t, "dress")
		if strings.ContainsAny(dress, "-(") {
			minor = -minor
		}
		got, err := styleOf(format).parse(fmt.Sprintf(dress, text), value.MustCurrency("EUR"))
		if err != nil || got.Minor() != minor {
			t.Errorf("%q as %q: %v, %v, want %d", fmt.Sprintf(dress, text), format, got, err, minor)
		}
	})
}

func FuzzAmount(f *testing.F) {
	for _, seed := range []string{"1", "1,234.50", "1.234,50", "-1", "1,23", ",1", "1.", "00,000", "1\x00234", "999999999999999999", "€ 1.234,50", "(1)", "CHF 5.-"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, format := range append(amountFormats[:], "") {
			for _, c := range amountCurrencies {
				asItsPattern(t, text, format, c)
			}
		}
	})
}
