package crmcsv

import (
	"errors"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/internal/reachtest"
	"github.com/coselling/coselling/value"
)

// patterns holds the pattern of amounts of each format, and the way to a plain amount.
var patterns = map[string]struct {
	shape *regexp.Regexp
	plain *strings.Replacer
}{
	"1234.50":  {regexp.MustCompile(`^-?[0-9]+(\.[0-9]+)?$`), strings.NewReplacer()},
	"1,234.50": {regexp.MustCompile(`^-?([0-9]+|[0-9]{1,3}(,[0-9]{3})+)(\.[0-9]+)?$`), strings.NewReplacer(",", "")},
	"1.234,50": {regexp.MustCompile(`^-?([0-9]+|[0-9]{1,3}(\.[0-9]{3})+)(,[0-9]+)?$`), strings.NewReplacer(".", "", ",", ".")},
}

// asItsPattern compares the reading of an amount with the pattern of its format, and reports
// whether the amount was read.
func asItsPattern(t rapid.TB, text, format string, c value.Currency) bool {
	got, err := styleOf(&format).parse(text, c)
	p := patterns[format]
	if !p.shape.MatchString(text) && !c.IsZero() {
		if !errors.Is(err, rowAmount) || !got.IsZero() {
			t.Errorf("%q as %q in %s: %v, %v, the pattern refuses it", text, format, c, got, err)
		}
		return false
	}
	want, refused := value.ParseAmount(p.plain.Replace(text), c)
	if got != want || (err == nil) != (refused == nil) {
		t.Errorf("%q as %q in %s: %v, %v, its plain form is %v, %v", text, format, c, got, err, want, refused)
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
			rapid.StringMatching(`-?[0-9.,]{0,20}`), rapid.StringMatching(`[0-9]{1,20}`), rapid.String(),
		).Draw(t, "text")
		for _, format := range amountFormats {
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
		"1234.50": "1234.50", "0": "1234.50", "12,345,678.90": "1,234.50", "1,234": "1,234.50", "1.234,5": "1.234,50", "-99.999.999.999.999": "1.234,50",
	} {
		style := styleOf(&format)
		if !asItsPattern(t, text, format, amountCurrencies[0]) {
			t.Errorf("%q as %q is not read", text, format)
		}
		if allocs := testing.AllocsPerRun(10, func() { _, _ = style.parse(text, amountCurrencies[0]) }); allocs != 0 {
			t.Errorf("%q as %q: %v allocations", text, format, allocs)
		}
	}
}

func TestAmountsOfAnotherFormatAreRefused(t *testing.T) {
	for _, text := range []string{"", "-", "1234,567", "1,23,456", "1,2345", "12,34", ",123", "-,123", "1,234,", "1,234.", "1.", "1 234", "1\x00234", "+1"} {
		if asItsPattern(t, text, "1,234.50", amountCurrencies[0]) {
			t.Errorf("%q is read", text)
		}
	}
}

func FuzzAmount(f *testing.F) {
	for _, seed := range []string{"1", "1,234.50", "1.234,50", "-1", "1,23", ",1", "1.", "00,000", "1\x00234", "999999999999999999"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, format := range amountFormats {
			for _, c := range amountCurrencies {
				asItsPattern(t, text, format, c)
			}
		}
	})
}
