package value_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/coselling/coselling/value"
)

func TestCurrencyScalesAreThoseOfISO4217(t *testing.T) {
	for _, c := range []struct {
		code   string
		places int
	}{
		{"USD", 2}, {"EUR", 2}, {"GBP", 2}, {"CHF", 2}, {"ALL", 2},
		// CLDR gives these no places.
		{"COP", 2}, {"IDR", 2}, {"PKR", 2}, {"IRR", 2}, {"LBP", 2},
		{"HUF", 2}, {"TWD", 2}, {"AMD", 2}, {"AFN", 2}, {"MGA", 2},
		{"JPY", 0}, {"KRW", 0}, {"CLP", 0}, {"ISK", 0}, {"VND", 0},
		{"XOF", 0}, {"XAF", 0}, {"XPF", 0}, {"UYI", 0}, {"UGX", 0},
		{"BHD", 3}, {"IQD", 3}, {"JOD", 3}, {"KWD", 3},
		{"LYD", 3}, {"OMR", 3}, {"TND", 3},
		{"CLF", 4}, {"UYW", 4},
	} {
		got, err := value.ParseCurrency(c.code)
		if err != nil {
			t.Errorf("%s: %v", c.code, err)
			continue
		}
		if got.Places() != c.places || got.String() != c.code {
			t.Errorf("%s: got %s, %d places; want %d places", c.code, got, got.Places(), c.places)
		}
	}
}

func TestEveryCurrencyIsReadBackInTheOrderOfCodes(t *testing.T) {
	all := slices.Collect(value.Currencies())
	if len(all) < 150 {
		t.Fatalf("only %d currencies", len(all))
	}
	for i, c := range all {
		back, err := value.ParseCurrency(c.String())
		if err != nil || back != c {
			t.Errorf("%s: read back as %q, %v", c, back, err)
		}
		text, _ := c.MarshalText()
		var u value.Currency
		if err := u.UnmarshalText(text); err != nil || u != c {
			t.Errorf("%s: text %q gives %q, %v", c, text, u, err)
		}
		if p := c.Places(); p < 0 || p > 4 {
			t.Errorf("%s: %d places", c, p)
		}
		if c.IsZero() {
			t.Errorf("%s: zero", c)
		}
		if i > 0 && all[i-1].String() >= c.String() {
			t.Errorf("%s does not stand before %s", all[i-1], c)
		}
		for j, other := range all {
			if want := strings.Compare(c.String(), other.String()); c.Compare(other) != want {
				t.Errorf("%s compares to %s (%d) as %d, want %d", c, other, j, c.Compare(other), want)
			}
		}
		if (value.Currency{}).Compare(c) != -1 {
			t.Errorf("unset is not before %s", c)
		}
	}
}

func TestCurrenciesYieldsAllCodesThatCanBeRead(t *testing.T) {
	var readable []value.Currency
	for i := range 26 * 26 * 26 {
		code := string([]byte{byte('A' + i/26/26), byte('A' + i/26%26), byte('A' + i%26)})
		if c, err := value.ParseCurrency(code); err == nil {
			readable = append(readable, c)
		}
	}
	if all := slices.Collect(value.Currencies()); !slices.Equal(all, readable) {
		t.Errorf("yields %v, reads %v", all, readable)
	}
}

func TestCurrenciesStopsWhenAsked(t *testing.T) {
	n := 0
	for range value.Currencies() {
		if n++; n == 3 {
			break
		}
	}
	if n != 3 {
		t.Errorf("%d", n)
	}
}

func TestCodesWithoutAMinorUnitAreRefused(t *testing.T) {
	none := []string{"XAG", "XAU", "XBA", "XBB", "XBC", "XBD", "XDR", "XPD", "XPT", "XSU", "XTS", "XUA", "XXX"}
	for _, code := range none {
		if c, err := value.ParseCurrency(code); !errors.Is(err, value.CurrencyNoMinorUnit) || !c.IsZero() {
			t.Errorf("%s: got %q, %v", code, c, err)
		}
	}
	for c := range value.Currencies() {
		if slices.Contains(none, c.String()) {
			t.Errorf("%s is yielded", c)
		}
	}
}

func TestParseCurrencyRefusesOtherTexts(t *testing.T) {
	for _, s := range []string{
		"", " ", "   ", "usd", "Usd", "USd", " USD", "USD ", "USD\n", "US", "USDD", "AAA", "ZZZ", "AE", "A", "ZWGA",
		"U\x00D", "\x00\x00\x00", "\xff\xff\xff", "ＵＳＤ", "USＤ", "$", "840", "DEM", "UЅD", strings.Repeat("USD", 1<<16),
	} {
		c, err := value.ParseCurrency(s)
		if !errors.Is(err, value.CurrencyUnknown) || !c.IsZero() {
			t.Errorf("%.20q: got %q, %v", s, c, err)
			continue
		}
		if len(err.Error()) > 400 {
			t.Errorf("%.20q: the error repeats the whole input", s)
		}
	}
}

func TestUnsetCurrencyIsEmptyText(t *testing.T) {
	var c value.Currency
	text, err := c.MarshalText()
	if err != nil || len(text) != 0 || c.String() != "" || c.Places() != 0 || !c.IsZero() {
		t.Errorf("unset: %q, %q, %d, %v", text, c, c.Places(), err)
	}
	c = value.MustCurrency("USD")
	if err := c.UnmarshalText(nil); err != nil || !c.IsZero() {
		t.Errorf("empty text gives %q, %v", c, err)
	}
	c = value.MustCurrency("USD")
	if err := c.UnmarshalText([]byte("usd")); !errors.Is(err, value.CurrencyUnknown) || c.String() != "USD" {
		t.Errorf("refused text gives %q, %v", c, err)
	}
	if b, _ := c.AppendText([]byte("in ")); string(b) != "in USD" {
		t.Errorf("%q", b)
	}
}

func TestMustCurrencyPanics(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("no panic")
		}
	}()
	value.MustCurrency("XAU")
}

func TestCurrencyTableDateIsADay(t *testing.T) {
	if _, err := time.Parse(time.DateOnly, value.CurrencyTableDate); err != nil {
		t.Error(err)
	}
}

func TestParseCurrencyAllocatesNothing(t *testing.T) {
	all := slices.Collect(value.Currencies())
	if n := testing.AllocsPerRun(10, func() {
		for _, c := range all {
			if back, err := value.ParseCurrency(c.String()); err != nil || back.IsZero() {
				t.Fatal(back, err)
			}
		}
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func FuzzParseCurrency(f *testing.F) {
	for _, s := range []string{"USD", "XAU", "usd", "", "AED", "ZWG", "U\x00D", "USDX"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		c, err := value.ParseCurrency(s)
		if err != nil {
			if !c.IsZero() || errors.Is(err, value.CurrencyUnknown) == errors.Is(err, value.CurrencyNoMinorUnit) {
				t.Fatalf("%q: %q, %v", s, c, err)
			}
			return
		}
		if c.String() != s || c.IsZero() {
			t.Fatalf("%q is read as %q", s, c)
		}
	})
}

func BenchmarkParseCurrency(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := value.ParseCurrency("USD"); err != nil {
			b.Fatal(err)
		}
	}
}

// A8: what began after list one is known, and what has ended is refused from the day after, with its successor.
func TestCurrenciesAreRefusedOutsideOfTheirLife(t *testing.T) {
	for _, c := range []struct{ code, day, want string }{
		{"XCG", "2025-03-31", ""}, {"XCG", "2026-11-30", ""},
		{"XCG", "2025-03-30", "XCG on 2025-03-30 is before its beginning, 2025-03-31"},
		{"XAD", "2025-05-12", ""}, {"XAD", "2025-05-11", "XAD on 2025-05-11 is before its beginning, 2025-05-12"},
		{"ANG", "2025-06-30", ""}, {"ANG", "2010-01-01", ""},
		{"ANG", "2025-07-01", "ANG on 2025-07-01 is past its end, 2025-06-30; write the amount in XCG"},
		{"BGN", "2025-12-31", ""},
		{"BGN", "2026-01-01", "BGN on 2026-01-01 is past its end, 2025-12-31; write the amount in EUR"},
		{"CUC", "2021-06-30", ""},
		{"CUC", "2021-07-01", "CUC on 2021-07-01 is past its end, 2021-06-30; write the amount in CUP"},
		{"HRK", "2023-01-01", "HRK on 2023-01-01 is past its end, 2022-12-31; write the amount in EUR"},
		{"USD", "0001-01-01", ""}, {"USD", "9999-12-31", ""}, {"BGN", "", ""},
	} {
		currency, err := value.ParseCurrency(c.code)
		if err != nil {
			t.Errorf("%s: %v", c.code, err)
			continue
		}
		var day value.Date
		if c.day != "" {
			day = value.MustDate(c.day)
		}
		got := ""
		if err := currency.CheckOn(day); err != nil {
			got = err.Error()
			if errors.Is(err, value.CurrencyEnded) != strings.Contains(got, "past its end") {
				t.Errorf("%s on %s: another code: %v", c.code, c.day, err)
			}
		}
		if got != c.want {
			t.Errorf("%s on %s: %q, want %q", c.code, c.day, got, c.want)
		}
	}
	if err := (value.Currency{}).CheckOn(value.MustDate("2026-01-01")); err != nil {
		t.Error(err)
	}
}

// The last day is legal and the next is not, for every currency; old amounts are still read and written.
func TestLivesOfCurrenciesAreConsistent(t *testing.T) {
	bounded := 0
	for c := range value.Currencies() {
		first, last, successor := c.Life()
		if last.IsZero() != successor.IsZero() {
			t.Errorf("%s ends on %s, and %s follows", c, last, successor)
		}
		if !last.IsZero() {
			bounded++
			after, err := last.AddDays(1)
			if err != nil || c.CheckOn(last) != nil || !errors.Is(c.CheckOn(after), value.CurrencyEnded) || successor.CheckOn(after) != nil {
				t.Errorf("%s: %v on %s, %v after, %v of %s", c, c.CheckOn(last), last, c.CheckOn(after), successor.CheckOn(after), successor)
			}
			m, err := value.ParseMoney("12 " + c.String())
			if back, again := value.ParseMoney(m.String()); err != nil || again != nil || back != m {
				t.Errorf("%s is read back as %s, %v, %v", m, back, err, again)
			}
		}
		if !first.IsZero() && (c.CheckOn(first) != nil || !last.IsZero() && last.Before(first)) {
			t.Errorf("%s begins on %s and ends on %s", c, first, last)
		}
	}
	if bounded < 9 {
		t.Errorf("%d currencies have ended", bounded)
	}
}
