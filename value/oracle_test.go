package value_test

import (
	"errors"
	"math/big"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/coselling/coselling/value"
	"pgregory.net/rapid"
)

var roundingModes = []value.Rounding{value.HalfEven, value.HalfAwayFromZero, value.TowardZero}

// nearest is the oracle of rounding: it measures the distance to both whole
// neighbours on fractions.
func nearest(x *big.Rat, mode value.Rounding) *big.Int {
	if x.IsInt() {
		return new(big.Int).Set(x.Num())
	}
	low := new(big.Int).Div(x.Num(), x.Denom()) // floor: the denominator is positive
	high := new(big.Int).Add(low, big.NewInt(1))
	if mode == value.TowardZero {
		if x.Sign() < 0 {
			return high
		}
		return low
	}
	toLow := new(big.Rat).Sub(x, new(big.Rat).SetInt(low))
	toHigh := new(big.Rat).Sub(new(big.Rat).SetInt(high), x)
	switch nearer := toLow.Cmp(toHigh); {
	case nearer < 0:
		return low
	case nearer > 0:
		return high
	case mode == value.HalfEven && low.Bit(0) == 0, mode == value.HalfAwayFromZero && x.Sign() < 0:
		return low
	default:
		return high
	}
}

func fraction(text string) *big.Rat {
	r, ok := new(big.Rat).SetString(text)
	if !ok {
		panic("no number: " + text)
	}
	return r
}

func minorRat(m value.Money) *big.Rat { return new(big.Rat).SetInt64(m.Minor()) }

func tenTo(n int) *big.Int { return new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil) }

// bound is the first magnitude, in minor units, that is no money: 10¹⁴ major units.
func bound(c value.Currency) int64 { return tenTo(14 + c.Places()).Int64() }

func anyCurrency() *rapid.Generator[value.Currency] {
	return rapid.SampledFrom(slices.Collect(value.Currencies()))
}

func anyMinor(c value.Currency) *rapid.Generator[int64] {
	most := bound(c) - 1
	return rapid.OneOf(
		rapid.Int64Range(-most, most),
		rapid.Int64Range(-1000, 1000),
		rapid.Int64Range(most-3, most),
		rapid.Int64Range(-most, 3-most),
	)
}

func moneyIn(c value.Currency) *rapid.Generator[value.Money] {
	return rapid.Custom(func(t *rapid.T) value.Money {
		m, err := value.NewMoney(anyMinor(c).Draw(t, "minor"), c)
		if err != nil {
			t.Fatal(err)
		}
		return m
	})
}

func anyMoney() *rapid.Generator[value.Money] {
	return rapid.Custom(func(t *rapid.T) value.Money {
		return moneyIn(anyCurrency().Draw(t, "currency")).Draw(t, "money")
	})
}

// refused fails unless err is of this module, has the code and reads well.
func refused(t rapid.TB, what string, err error, code value.Code) {
	t.Helper()
	if !errors.Is(err, code) {
		t.Errorf("%s: got %v, want %s", what, err, code)
		return
	}
	e, ok := errors.AsType[*value.Error](err)
	if !ok || e.Code == "" || e.Got == "" || e.Problem == "" {
		t.Errorf("%s: %#v is not a complete *value.Error", what, err)
	}
	if text := err.Error(); !utf8.ValidString(text) || len(text) > 1000 || strings.ContainsFunc(text, func(r rune) bool { return r < ' ' && r != '\n' || r == 0x7f }) {
		t.Errorf("%s: unreadable text %q", what, text)
	}
}

// says also compares the text.
func says(t *testing.T, what string, err error, code value.Code, text string) {
	t.Helper()
	refused(t, what, err, code)
	if err != nil && text != "" && err.Error() != text {
		t.Errorf("%s:\n got %s\nwant %s", what, err, text)
	}
}

func panics(f func()) (recovered any) {
	defer func() { recovered = recover() }()
	f()
	return nil
}
