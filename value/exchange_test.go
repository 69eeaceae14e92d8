package value_test

import (
	"errors"
	"fmt"
	"math/big"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/value"
)

var rateDay = value.MustDate("2026-11-02")

func rate(t testing.TB, from, to, text string) value.ExchangeRate {
	t.Helper()
	r, err := value.NewExchangeRate(value.MustCurrency(from), value.MustCurrency(to), text, rateDay)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// A rate is dated, positive, and has at most 18 significant digits.
func TestExchangeRateRefuses(t *testing.T) {
	eur, usd := value.MustCurrency("EUR"), value.MustCurrency("USD")
	for _, c := range []struct {
		text string
		code value.Code
	}{
		{"", value.DecimalFormat}, {".5", value.DecimalFormat}, {"5.", value.DecimalFormat}, {"-1", value.DecimalFormat}, {"+1", value.DecimalFormat},
		{"1e3", value.DecimalFormat}, {"1,5", value.DecimalFormat}, {"1.2.3", value.DecimalFormat}, {"NaN", value.DecimalFormat}, {"1e999999999", value.DecimalFormat},
		{"0", value.Code("rate.range")}, {"0.00", value.Code("rate.range")}, {"1234567890123456789", value.Code("rate.range")}, {"0." + strings.Repeat("0", 30) + "1", value.Code("rate.range")},
		{strings.Repeat("9", 1<<20), value.Code("rate.range")},
	} {
		if _, err := value.NewExchangeRate(eur, usd, c.text, rateDay); !errors.Is(err, c.code) {
			t.Errorf("%.40q: %v, want %s", c.text, err, c.code)
		}
	}
	_, err := value.NewExchangeRate(eur, eur, "x", value.Date{})
	if !errors.Is(err, value.Code("rate.currency")) || !errors.Is(err, value.DateRange) || !errors.Is(err, value.DecimalFormat) {
		t.Errorf("not every problem at once: %v", err)
	}
}

func TestExchangeRatePrints(t *testing.T) {
	for text, want := range map[string]string{
		"1.0825": "1 EUR = 1.0825 USD on 2026-11-02",
		"1.50":   "1 EUR = 1.50 USD on 2026-11-02",
		"007":    "1 EUR = 7 USD on 2026-11-02",
		"0.0012": "1 EUR = 0.0012 USD on 2026-11-02",
	} {
		if got := rate(t, "EUR", "USD", text).String(); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
	if got := (value.ExchangeRate{}).String(); got != "" {
		t.Errorf("no rate prints %q", got)
	}
}

// stage.simplified: amount × rate is compared unrounded.
func TestExchangeRateComparesUnrounded(t *testing.T) {
	r := rate(t, "EUR", "USD", "1.00000000000000001")
	bound := value.MustMoney("25000.00 USD")
	for amount, want := range map[string]int{"24999.99 EUR": -1, "25000.00 EUR": 1} {
		if got, err := r.CompareMoney(value.MustMoney(amount), bound); got != want || err != nil {
			t.Errorf("%s: %d %v, want %d", amount, got, err, want)
		}
	}
	for _, pair := range [][2]string{{"1.00 USD", "1.00 USD"}, {"1.00 EUR", "1.00 EUR"}} {
		if _, err := r.CompareMoney(value.MustMoney(pair[0]), value.MustMoney(pair[1])); !errors.Is(err, value.MoneyCurrency) {
			t.Errorf("%v: %v", pair, err)
		}
	}
	if _, err := (value.ExchangeRate{}).CompareMoney(value.Money{}, value.Money{}); !errors.Is(err, value.MoneyCurrency) {
		t.Errorf("no rate: %v", err)
	}
}

func TestExchangeRateAgreesWithRationals(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from, to := rapid.SampledFrom([]string{"USD", "JPY", "KWD", "CLF"}).Draw(t, "from"), rapid.SampledFrom([]string{"EUR", "BHD", "KRW"}).Draw(t, "to")
		text := fmt.Sprintf("%d.%d", rapid.Int64Range(0, 999_999).Draw(t, "whole"), rapid.Int64Range(1, 999_999_999).Draw(t, "fraction"))
		r, err := value.NewExchangeRate(value.MustCurrency(from), value.MustCurrency(to), text, rateDay)
		if err != nil {
			t.Fatal(err)
		}
		amount, _ := value.NewMoney(rapid.Int64Range(-1e13, 1e13).Draw(t, "amount"), r.From())
		bound, _ := value.NewMoney(rapid.Int64Range(-1e13, 1e13).Draw(t, "bound"), r.To())
		exact, _ := new(big.Rat).SetString(text)
		want := exact.Mul(exact, major(amount)).Cmp(major(bound))
		if got, err := r.CompareMoney(amount, bound); got != want || err != nil {
			t.Fatalf("%v × %v against %v: %d %v, want %d", amount, r, bound, got, err, want)
		}
	})
}

func major(m value.Money) *big.Rat {
	number, _, _ := strings.Cut(m.String(), " ")
	r, _ := new(big.Rat).SetString(number)
	return r
}

func FuzzParseExchangeRate(f *testing.F) {
	f.Add("1 EUR = 1.0825 USD on 2026-11-02")
	f.Add("1 EUR = 0.000000000000000001 USD on 2026-11-02")
	f.Add("1 EUR = 1e999999999 USD on 2026-11-02")
	f.Fuzz(func(t *testing.T, s string) {
		r, err := value.ParseExchangeRate(s)
		if err != nil {
			if !r.IsZero() {
				t.Fatalf("%q: %v and an error", s, r)
			}
			return
		}
		if again, err := value.ParseExchangeRate(r.String()); again != r || err != nil {
			t.Fatalf("%q is written as %q, which reads as %v %v", s, r, again, err)
		}
	})
}

func TestParseExchangeRateRefuses(t *testing.T) {
	for s, code := range map[string]value.Code{
		"": value.RateFormat, "1 EUR = 1.08 USD": value.RateFormat, "2 EUR = 1.08 USD on 2026-11-02": value.RateFormat,
		"1 eur = 1.08 USD on 2026-11-02": value.CurrencyUnknown, "1 EUR = x USD on 2026-11-02": value.DecimalFormat,
		"1 EUR = 0 USD on 2026-11-02": "rate.range", "1 EUR = 1 EUR on 2026-11-02": "rate.currency", "1 EUR = 1.08 USD on 2026-02-30": value.DateRange,
	} {
		if _, err := value.ParseExchangeRate(s); !errors.Is(err, code) {
			t.Errorf("%q: %v, want %s", s, err, code)
		}
	}
}
