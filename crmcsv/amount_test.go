package crmcsv

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/internal/reachtest"
	"github.com/coselling/coselling/value"
)

// sameAsCareful holds the quick reading of an amount against the careful one; it reports
// whether the quick one took it.
func sameAsCareful(t rapid.TB, text, format string, c value.Currency) bool {
	style := styleOf(&format)
	got, ok := style.quick(text, c)
	if !ok {
		return false
	}
	if want, err := style.careful(text, c); err != nil || got != want {
		t.Errorf("%q as %q in %s: %v, the careful reading is %v, %v", text, format, c, got, want, err)
	}
	return true
}

var amountCurrencies = []value.Currency{
	value.MustCurrency("USD"), value.MustCurrency("JPY"), value.MustCurrency("KWD"), value.MustCurrency("CLF"), {},
}

func TestQuickAmountsAgreeWithCarefulOnes(t *testing.T) {
	seen := reachtest.Seen{}
	reachtest.Check(t, seen, func(t *rapid.T) {
		text := rapid.OneOf(
			rapid.StringMatching(`[0-9]{1,3}([,.][0-9]{3}){0,4}([,.][0-9]{1,4})?`), rapid.StringMatching(`[0-9]{1,4}([,.][0-9]{1,4}){0,3}`), rapid.StringMatching(`-?[0-9.,]{0,20}`), rapid.StringMatching(`[0-9]{1,20}`), rapid.String(),
		).Draw(t, "text")
		for _, format := range amountFormats {
			for _, c := range amountCurrencies {
				if sameAsCareful(t, text, format, c) {
					seen[format]++
				}
			}
		}
	}, amountFormats[:]...)
}

// What an ordinary export holds is read at once.
func TestQuickAmountsAreOrdinaryOnes(t *testing.T) {
	for text, format := range map[string]string{"1234.50": "1234.50", "0": "1234.50", "12,345,678.90": "1,234.50", "1,234": "1,234.50", "1.234,5": "1.234,50", "99999999999999": "1234.50"} {
		if !sameAsCareful(t, text, format, amountCurrencies[0]) {
			t.Errorf("%q as %q takes the long way", text, format)
		}
	}
}

func TestQuickAmountsLeaveTheRest(t *testing.T) {
	for _, text := range []string{"", "-1", "1234,567", "1,23,456", "1,2345", "12,34", ",123", "1,234,", "1,234.", "1.", "1.234", "1 234", "1\x00234", "99999999999999.99"} {
		if sameAsCareful(t, text, "1,234.50", amountCurrencies[0]) {
			t.Errorf("%q is taken", text)
		}
	}
}

func FuzzQuickAmount(f *testing.F) {
	for _, seed := range []string{"1", "1,234.50", "1.234,50", "-1", "1,23", ",1", "1.", "00,000", "1\x00234", "999999999999999999"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, format := range amountFormats {
			for _, c := range amountCurrencies {
				sameAsCareful(t, text, format, c)
			}
		}
	})
}
