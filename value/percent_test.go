package value_test

import (
	"encoding/json"
	"errors"
	"math"
	"math/big"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/value"
)

const mostMillionths = 10_000_000_000 // 10,000 %

func TestParsePercentReads(t *testing.T) {
	for _, c := range []struct {
		text       string
		millionths int64
		out        string
	}{
		{"30%", 30_000_000, "30%"},
		{"0%", 0, "0%"},
		{"-0%", 0, "0%"},
		{"-0.000000%", 0, "0%"},
		{"0.000001%", 1, "0.000001%"},
		{"-0.000001%", -1, "-0.000001%"},
		{"12.5%", 12_500_000, "12.5%"},
		{"12.500000%", 12_500_000, "12.5%"},
		{"-12.345678%", -12_345_678, "-12.345678%"},
		{"33.333333%", 33_333_333, "33.333333%"},
		{"100%", 100_000_000, "100%"},
		{"100.000000%", 100_000_000, "100%"},
		{"0010%", 10_000_000, "10%"},
		{"10.01%", 10_010_000, "10.01%"},
		{"10000%", mostMillionths, "10000%"},
		{"-10000.000000%", -mostMillionths, "-10000%"},
		{"9999.999999%", mostMillionths - 1, "9999.999999%"},
		{strings.Repeat("0", 500) + "1%", 1_000_000, "1%"},
	} {
		p, err := value.ParsePercent(c.text)
		if err != nil || p.Millionths() != c.millionths || p.String() != c.out {
			t.Errorf("%q: %d, %s, %v; want %d, %s", c.text, p.Millionths(), p, err, c.millionths, c.out)
		}
	}
}

func TestParsePercentRefuses(t *testing.T) {
	const form = " is not a percentage; write digits, a point where needed and a percent sign, like 12.5%"
	for _, c := range []struct {
		text string
		code value.Code
		says string
	}{
		{"", value.PercentFormat, "nothing" + form},
		{"30", value.PercentFormat, `"30"` + form},
		{"30 %", value.PercentFormat, `"30 %"` + form},
		{"%", value.PercentFormat, `"%"` + form}, {"30%%", value.PercentFormat, ""}, {"30% ", value.PercentFormat, ""},
		{" 30%", value.PercentFormat, ""}, {"+30%", value.PercentFormat, ""}, {".5%", value.PercentFormat, ""}, {"5.%", value.PercentFormat, ""},
		{"-%", value.PercentFormat, ""}, {"--5%", value.PercentFormat, ""}, {"1,5%", value.PercentFormat, ""}, {"1e2%", value.PercentFormat, ""},
		{"NaN%", value.PercentFormat, ""}, {"Inf%", value.PercentFormat, ""}, {"３０%", value.PercentFormat, ""}, {"30％", value.PercentFormat, ""},
		{"30\u202e%", value.PercentFormat, `"30\u202e%"` + form}, {"0x1%", value.PercentFormat, ""}, {"1.2.3%", value.PercentFormat, ""},
		{"1.1234567%", value.Code("percent.scale.excess"), `"1.1234567%" has more than 6 decimals of a percent`},
		{"1.0000000%", value.Code("percent.scale.excess"), ""}, {"-0.0000001%", value.Code("percent.scale.excess"), ""},
		{"10000.000001%", value.PercentRange, `"10000.000001%" is beyond 10000%, the largest percentage`},
		{"-10000.000001%", value.PercentRange, ""}, {"10001%", value.PercentRange, ""}, {"999999999999%", value.PercentRange, ""},
		{"1000000000000%", value.PercentRange, ""}, {"18446744073709551616%", value.PercentRange, ""},
		{strings.Repeat("9", 5000) + "%", value.PercentRange, ""},
	} {
		p, err := value.ParsePercent(c.text)
		says(t, c.text[:min(len(c.text), 40)], err, c.code, c.says)
		if !p.IsZero() {
			t.Errorf("%q: refused, yet %s", c.text, p)
		}
	}
	if err, ok := panics(func() { value.MustPercent("30") }).(error); !ok || !errors.Is(err, value.PercentFormat) {
		t.Errorf("panic with %v", err)
	}
}

func TestNewPercentTakesUpTo10000Percent(t *testing.T) {
	for _, n := range []int64{0, 1, -1, mostMillionths, -mostMillionths} {
		if p, err := value.NewPercent(n); err != nil || p.Millionths() != n {
			t.Errorf("%d: %s, %v", n, p, err)
		}
	}
	for _, n := range []int64{mostMillionths + 1, -mostMillionths - 1, math.MaxInt64, math.MinInt64} {
		_, err := value.NewPercent(n)
		refused(t, "beyond", err, value.PercentRange)
	}
	_, err := value.NewPercent(math.MinInt64)
	says(t, "least int64", err, value.PercentRange, "-9223372036854.775808% is beyond 10000%, the largest percentage")
}

// The zero value states nothing, as the zero Money has no amount: it counts as 0 %, and is not the stated 0 %.
func TestAPercentageThatNobodyStatedIsNotZeroPercent(t *testing.T) {
	var unset value.Percent
	zero := value.MustPercent("0%")
	text, err := unset.MarshalText()
	if unset == zero || !unset.IsZero() || zero.IsZero() || unset.Compare(zero) != 0 || unset.Millionths() != 0 || unset.CheckPart() != nil {
		t.Errorf("%q and %q", unset, zero)
	}
	if unset.String() != "" || string(text) != "" || err != nil || value.Op("rate", unset).String() != "" {
		t.Errorf("nothing is written as %q, %q, %v", unset, text, err)
	}
}

func TestCheckPartTakesZeroToOneHundred(t *testing.T) {
	for text, code := range map[string]value.Code{
		"0%": "", "0.000001%": "", "100%": "",
		"100.000001%": value.PercentAbove, "10000%": value.PercentAbove, "-0.000001%": value.PercentBelow, "-10000%": value.PercentBelow,
	} {
		err := value.MustPercent(text).CheckPart()
		if code != "" {
			refused(t, text, err, code)
		} else if err != nil {
			t.Errorf("%s: %v", text, err)
		}
	}
	says(t, "the example of the specification", value.MustPercent("130%").CheckPart(), value.PercentAbove, "130% is above 100%")
}

func anyPercent() *rapid.Generator[value.Percent] {
	return rapid.Custom(func(t *rapid.T) value.Percent {
		p, err := value.NewPercent(rapid.OneOf(rapid.Int64Range(-mostMillionths, mostMillionths), rapid.Int64Range(-2_000_000, 2_000_000)).Draw(t, "millionths"))
		if err != nil {
			t.Fatal(err)
		}
		return p
	})
}

func TestPercentTextIsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, q := anyPercent().Draw(t, "p"), anyPercent().Draw(t, "q")
		if back, err := value.ParsePercent(p.String()); err != nil || back != p {
			t.Errorf("%s is read back as %s, %v", p, back, err)
		}
		if appended, err := p.AppendText([]byte("at ")); err != nil || string(appended) != "at "+p.String() {
			t.Errorf("appended %q, %v", appended, err)
		}
		data, err := json.Marshal(map[string]value.Percent{"rate": p})
		if err != nil || string(data) != `{"rate":"`+p.String()+`"}` {
			t.Errorf("%s, %v", data, err)
		}
		var back map[string]value.Percent
		if err := json.Unmarshal(data, &back); err != nil || back["rate"] != p {
			t.Errorf("%s is read back as %v, %v", data, back, err)
		}
		if want := big.NewInt(p.Millionths()).Cmp(big.NewInt(q.Millionths())); p.Compare(q) != want || (want == 0) != (p == q) || p.IsZero() {
			t.Errorf("%s against %s: %d", p, q, p.Compare(q))
		}
	})
}

func TestPercentUnmarshalRefusesAndKeeps(t *testing.T) {
	p := value.MustPercent("7%")
	for _, data := range []string{`"30"`, `""`, `"130.0000001%"`, `30`, `{}`} {
		if err := json.Unmarshal([]byte(data), &p); err == nil || p != value.MustPercent("7%") {
			t.Errorf("%s: %s, %v", data, p, err)
		}
	}
	refused(t, "text", p.UnmarshalText([]byte("30")), value.PercentFormat)
}

var percentForm = regexp.MustCompile(`\A(-?[0-9]+(?:\.([0-9]{1,6}))?)%\z`)

// readPercent is the oracle of ParsePercent, by a regular expression and fractions.
func readPercent(s string) (millionths *big.Int, ok bool) {
	parts := percentForm.FindStringSubmatch(s)
	if parts == nil {
		return nil, false
	}
	x := new(big.Rat).Mul(fraction(parts[1]), big.NewRat(1_000_000, 1))
	return x.Num(), x.IsInt() && x.Num().CmpAbs(big.NewInt(mostMillionths)) <= 0
}

func FuzzParsePercent(f *testing.F) {
	for _, s := range []string{"30%", "0%", "-0.000001%", "12.500000%", "10000%", "10000.000001%", "1.0000000%", "", "%", "30", "30 %", "+1%", ".5%", "5.%",
		"1e2%", "３%", "99999999999999999999%", "0000000000000000000000001%", "\xff%"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		p, err := value.ParsePercent(s)
		millionths, ok := readPercent(s)
		if ok != (err == nil) {
			t.Fatalf("%q: %v, want it taken: %t", s, err, ok)
		}
		if err != nil {
			if !hasOneOf(err, []value.Code{value.PercentFormat, "percent.scale.excess", value.PercentRange}) || !p.IsZero() {
				t.Errorf("%q: %s, %v", s, p, err)
			}
			refused(t, s, err, errorCode(err))
			return
		}
		if p.Millionths() != millionths.Int64() {
			t.Errorf("%q: %d, want %s", s, p.Millionths(), millionths)
		}
		if back, err := value.ParsePercent(p.String()); err != nil || back != p || back.String() != p.String() || len(p.String()) > max(len(s), 2) {
			t.Errorf("%q is printed as %q, which is read as %s, %v", s, p, back, err)
		}
	})
}
