package value_test

import (
	"errors"
	"math/big"
	"regexp"
	"strings"
	"testing"

	"github.com/coselling/coselling/value"
	"pgregory.net/rapid"
)

func TestParseMoneyReads(t *testing.T) {
	for _, c := range []struct {
		text  string
		minor int64
		out   string
	}{
		{"120000.00 USD", 12000000, "120000.00 USD"},
		{"120000 USD", 12000000, "120000.00 USD"},
		{"1.5 USD", 150, "1.50 USD"},
		{"0 USD", 0, "0.00 USD"},
		{"-0 USD", 0, "0.00 USD"},
		{"-0.00 USD", 0, "0.00 USD"},
		{"0.01 USD", 1, "0.01 USD"},
		{"-0.01 USD", -1, "-0.01 USD"},
		{"-0.10 USD", -10, "-0.10 USD"},
		{"007 USD", 700, "7.00 USD"},
		{strings.Repeat("0", 500) + "1 USD", 100, "1.00 USD"},
		{"10 JPY", 10, "10 JPY"},
		{"10.000 KWD", 10000, "10.000 KWD"},
		{"1.2 KWD", 1200, "1.200 KWD"},
		{"-0.0001 CLF", -1, "-0.0001 CLF"},
		{"99999999999999 JPY", 1e14 - 1, "99999999999999 JPY"},
		{"99999999999999.99 USD", 1e16 - 1, "99999999999999.99 USD"},
		{"99999999999999.999 KWD", 1e17 - 1, "99999999999999.999 KWD"},
		{"99999999999999.9999 CLF", 1e18 - 1, "99999999999999.9999 CLF"},
		{"-99999999999999 JPY", 1 - 1e14, "-99999999999999 JPY"},
		{"-99999999999999.99 USD", 1 - 1e16, "-99999999999999.99 USD"},
		{"-99999999999999.999 KWD", 1 - 1e17, "-99999999999999.999 KWD"},
		{"-99999999999999.9999 CLF", 1 - 1e18, "-99999999999999.9999 CLF"},
	} {
		m, err := value.ParseMoney(c.text)
		if err != nil || m.Minor() != c.minor || m.String() != c.out {
			t.Errorf("%q: %d, %s, %v; want %d, %s", c.text, m.Minor(), m, err, c.minor, c.out)
		}
	}
}

func TestParseMoneyRefuses(t *testing.T) {
	const plain = " is not a plain number; write digits and at most one point, no separators, no exponent"
	const range14 = " is out of range: amounts in USD stay below 100000000000000 (10^14)"
	for _, c := range []struct {
		text string
		code value.Code
		says string
	}{
		{"", value.MoneyFormat, "nothing is not an amount; write digits, a space and a currency, like 120000.00 USD"},
		{"1", value.MoneyFormat, ""}, {"USD", value.MoneyFormat, ""}, {"1USD", value.MoneyFormat, ""},
		{"1\u00a0USD", value.MoneyFormat, ""}, {"1\tUSD", value.MoneyFormat, `"1\tUSD" is not an amount; write digits, a space and a currency, like 120000.00 USD`},
		{" ", value.CurrencyUnknown, ""}, {"1 ", value.CurrencyUnknown, ""}, {"USD 1", value.CurrencyUnknown, ""},
		{"1 USD ", value.CurrencyUnknown, ""}, {"1  USD", value.CurrencyUnknown, ""}, {" 1 USD", value.CurrencyUnknown, ""},
		{"1 usd", value.CurrencyUnknown, ""}, {"1 US", value.CurrencyUnknown, ""}, {"1 USDX", value.CurrencyUnknown, ""},
		{"1 US\x00", value.CurrencyUnknown, ""}, {"1 ＵＳＤ", value.CurrencyUnknown, ""}, {"1 ZZZ", value.CurrencyUnknown, ""},
		{"1 000.00 USD", value.CurrencyUnknown, ""},
		{"1 XAU", value.CurrencyNoMinorUnit, ""}, {"1 XXX", value.CurrencyNoMinorUnit, ""}, {"x XAU", value.CurrencyNoMinorUnit, ""},
		{" USD", value.DecimalFormat, "nothing" + plain},
		{"1,234.50 USD", value.DecimalFormat, `"1,234.50"` + plain},
		{"1.234,50 USD", value.DecimalFormat, ""}, {"1,5 USD", value.DecimalFormat, ""}, {"1'000 USD", value.DecimalFormat, ""},
		{"1_000 USD", value.DecimalFormat, ""}, {"1e999999999 USD", value.DecimalFormat, `"1e999999999"` + plain},
		{"1E2 USD", value.DecimalFormat, ""}, {"NaN USD", value.DecimalFormat, ""}, {"Inf USD", value.DecimalFormat, ""},
		{"-Inf USD", value.DecimalFormat, ""}, {"+1 USD", value.DecimalFormat, ""}, {".5 USD", value.DecimalFormat, ""},
		{"5. USD", value.DecimalFormat, ""}, {". USD", value.DecimalFormat, ""}, {"- USD", value.DecimalFormat, ""},
		{"-.5 USD", value.DecimalFormat, ""}, {"--1 USD", value.DecimalFormat, ""}, {"1- USD", value.DecimalFormat, ""},
		{"−1 USD", value.DecimalFormat, ""}, {"(1) USD", value.DecimalFormat, ""}, {"1.2.3 USD", value.DecimalFormat, ""},
		{"1.-5 USD", value.DecimalFormat, ""}, {"0x10 USD", value.DecimalFormat, ""}, {"$1 USD", value.DecimalFormat, ""},
		{"１２ USD", value.DecimalFormat, ""}, {"٣ USD", value.DecimalFormat, ""}, {"1\x00 USD", value.DecimalFormat, `"1\x00"` + plain},
		{"\ufeff1 USD", value.DecimalFormat, `"\ufeff1"` + plain}, {"\xff USD", value.DecimalFormat, ""},
		{"1.0 JPY", value.MoneyScaleExcess, `"1.0" has more decimals than JPY has (0)`},
		{"10.000 USD", value.MoneyScaleExcess, `"10.000" has more decimals than USD has (2)`},
		{"0.001 USD", value.MoneyScaleExcess, ""}, {"0.000 USD", value.MoneyScaleExcess, ""},
		{"1.0000 KWD", value.MoneyScaleExcess, ""}, {"1.00000 CLF", value.MoneyScaleExcess, ""},
		{"1." + strings.Repeat("0", 5000) + " USD", value.MoneyScaleExcess, ""},
		{"100000000000000 JPY", value.MoneyRange, ""}, {"-100000000000000 JPY", value.MoneyRange, ""},
		{"100000000000000 USD", value.MoneyRange, `"100000000000000"` + range14}, {"-100000000000000.00 USD", value.MoneyRange, `"-100000000000000.00"` + range14},
		{"100000000000000 KWD", value.MoneyRange, ""}, {"-100000000000000.000 KWD", value.MoneyRange, ""},
		{"100000000000000 CLF", value.MoneyRange, ""}, {"-100000000000000.0000 CLF", value.MoneyRange, ""},
		{"999999999999999999 JPY", value.MoneyRange, ""}, {"9223372036854775808 JPY", value.MoneyRange, ""},
		{"18446744073709551617.00 USD", value.MoneyRange, ""}, {"1844674407370955161700 JPY", value.MoneyRange, ""},
		{strings.Repeat("9", 5000) + " USD", value.MoneyRange, ""},
	} {
		m, err := value.ParseMoney(c.text)
		says(t, c.text[:min(len(c.text), 40)], err, c.code, c.says)
		if !m.IsZero() {
			t.Errorf("%q: refused, yet %s", c.text, m)
		}
	}
}

func TestParseAmountNeedsACurrency(t *testing.T) {
	for _, s := range []string{"1", "", "x"} {
		_, err := value.ParseAmount(s, value.Currency{})
		says(t, s, err, value.MoneyCurrency, "an amount without a currency is not money")
	}
	m, err := value.ParseAmount("12.30", value.MustCurrency("USD"))
	if err != nil || m != value.MustMoney("12.30 USD") {
		t.Errorf("%s, %v", m, err)
	}
}

func TestMustMoneyPanicsWithTheError(t *testing.T) {
	if err, ok := panics(func() { value.MustMoney("1.000 USD") }).(error); !ok || !errors.Is(err, value.MoneyScaleExcess) {
		t.Errorf("panic with %v", err)
	}
}

func TestMoneyTextIsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := anyMoney().Draw(t, "money")
		back, err := value.ParseMoney(m.String())
		if err != nil || back != m {
			t.Fatalf("%d in %s is %q, read back as %s, %v", m.Minor(), m.Currency(), m, back, err)
		}
		amount := string(m.AppendAmount([]byte("a ")))
		if amount+" "+m.Currency().String() != "a "+m.String() {
			t.Errorf("amount %q, text %q", amount, m)
		}
		// The text is the number, written by somebody else.
		want := new(big.Rat).SetFrac(big.NewInt(m.Minor()), tenTo(m.Currency().Places())).FloatString(m.Currency().Places())
		if amount != "a "+want {
			t.Errorf("%q, want %q", amount, want)
		}
	})
}

func TestAppendAmountKeepsWhatIsThere(t *testing.T) {
	for _, s := range []string{"0.05 USD", "-0.05 USD", "7 JPY", "-0.0001 CLF"} {
		buffer := []byte("12345678901234567890")
		got := value.MustMoney(s).AppendAmount(buffer[:3])
		amount, _, _ := strings.Cut(s, " ")
		if string(got) != "123"+amount {
			t.Errorf("%s: %q", s, got)
		}
	}
}

var moneyForm = regexp.MustCompile(`\A(-?[0-9]+(?:\.([0-9]+))?) ([A-Z]{3})\z`)

// readMoney is the oracle of ParseMoney, by a regular expression and fractions.
func readMoney(s string) (minor *big.Int, ok bool) {
	parts := moneyForm.FindStringSubmatch(s)
	if parts == nil {
		return nil, false
	}
	c, err := value.ParseCurrency(parts[3])
	if err != nil || len(parts[2]) > c.Places() {
		return nil, false
	}
	x := new(big.Rat).Mul(fraction(parts[1]), new(big.Rat).SetInt(tenTo(c.Places())))
	return x.Num(), x.IsInt() && x.Num().CmpAbs(big.NewInt(bound(c))) < 0
}

var moneyCodes = []value.Code{value.MoneyFormat, value.DecimalFormat, value.MoneyScaleExcess, value.MoneyRange,
	value.CurrencyUnknown, value.CurrencyNoMinorUnit}

func hasOneOf(err error, codes []value.Code) bool {
	for _, code := range codes {
		if errors.Is(err, code) {
			return true
		}
	}
	return false
}

func FuzzParseMoney(f *testing.F) {
	for _, s := range []string{"120000.00 USD", "-0.01 USD", "0 JPY", "10.000 USD", "10.000 KWD", "99999999999999.9999 CLF",
		"100000000000000 USD", "-100000000000000 JPY", "1,234.50 USD", "1e999999999 USD", "NaN USD", "+1 USD", ".5 USD", "5. USD",
		"", " ", "1 USD ", "1  USD", "１ USD", "1 XAU", "1 usd", "00000000000000000000001 USD", "-0.00 USD", "\xff \xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		m, err := value.ParseMoney(s)
		minor, ok := readMoney(s)
		if ok != (err == nil) {
			t.Fatalf("%q: %v, want it taken: %t", s, err, ok)
		}
		if err != nil {
			if !hasOneOf(err, moneyCodes) || !m.IsZero() {
				t.Errorf("%q: %s, %v", s, m, err)
			}
			refused(t, s, err, errorCode(err))
			return
		}
		if m.Minor() != minor.Int64() {
			t.Errorf("%q: %d, want %s", s, m.Minor(), minor)
		}
		if back, err := value.ParseMoney(m.String()); err != nil || back != m || back.String() != m.String() {
			t.Errorf("%q is printed as %q, which is read as %s, %v", s, m, back, err)
		}
	})
}
