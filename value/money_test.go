package value_test

import (
	"math"
	"math/big"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/value"
)

// One currency for each number of places that ISO 4217 uses for money.
var placesSample = []string{"JPY", "USD", "KWD", "CLF"}

func TestNewMoneyTakesLessThanTheBound(t *testing.T) {
	for c := range value.Currencies() {
		last := bound(c) - 1
		for _, minor := range []int64{0, 1, -1, last, -last} {
			m, err := value.NewMoney(minor, c)
			if err != nil || m.Minor() != minor || m.Currency() != c {
				t.Errorf("%d in %s: %d in %s, %v", minor, c, m.Minor(), m.Currency(), err)
			}
		}
		for _, minor := range []int64{last + 1, -last - 1, math.MaxInt64, math.MinInt64} {
			m, err := value.NewMoney(minor, c)
			refused(t, c.String(), err, value.MoneyRange)
			if m != (value.Money{}) {
				t.Errorf("%d in %s: refused, yet %v", minor, c, m)
			}
		}
	}
	_, err := value.NewMoney(1, value.Currency{})
	says(t, "no currency", err, value.MoneyCurrency, "an amount without a currency is not money")
	_, err = value.NewMoney(math.MinInt64, value.MustCurrency("USD"))
	says(t, "least int64", err, value.MoneyRange,
		"-92233720368547758.08 is out of range: amounts in USD stay below 100000000000000 (10^14)")
}

func TestZeroMoneyIsNoAmount(t *testing.T) {
	var none value.Money
	zero := value.MustMoney("0 USD")
	if !none.IsZero() || zero.IsZero() || none == zero {
		t.Error("the zero value counts as zero dollars")
	}
	if none.Sign() != 0 || !none.Neg().IsZero() || none.String() != "" || none.Minor() != 0 || !none.Currency().IsZero() {
		t.Errorf("zero value: sign %d, text %q", none.Sign(), none)
	}
	for name, f := range map[string]func(a, b value.Money) error{
		"add":  func(a, b value.Money) error { _, err := a.Add(b); return err },
		"sub":  func(a, b value.Money) error { _, err := a.Sub(b); return err },
		"over": func(a, b value.Money) error { _, err := a.Over(b); return err },
	} {
		refused(t, name+" to none", f(none, zero), value.MoneyCurrency)
		refused(t, name+" none", f(zero, none), value.MoneyCurrency)
		refused(t, name+" none to none", f(none, none), value.MoneyCurrency)
		refused(t, name+" of two currencies", f(zero, value.MustMoney("0 EUR")), value.MoneyCurrency)
	}
	_, err := none.Allocate(1)
	says(t, "allocate none", err, value.MoneyCurrency, "an amount without a currency cannot be divided")
	_, err = none.Add(none)
	says(t, "none and none", err, value.MoneyCurrency, "an amount without a currency is not money")
}

func TestMixedCurrenciesAreNamed(t *testing.T) {
	_, err := value.MustMoney("1 USD").Add(value.MustMoney("2.50 EUR"))
	says(t, "add", err, value.MoneyCurrency, "2.50 EUR cannot be combined with 1.00 USD")
	_, err = value.MustMoney("1 USD").Sub(value.Money{})
	says(t, "sub", err, value.MoneyCurrency, "an amount without a currency cannot be combined with 1.00 USD")
}

func TestMoneyAddsLikeWholeNumbers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := anyCurrency().Draw(t, "currency")
		a, b := moneyIn(c).Draw(t, "a"), moneyIn(c).Draw(t, "b")
		x, y, limit := big.NewInt(a.Minor()), big.NewInt(b.Minor()), big.NewInt(bound(c))
		check := func(name string, got value.Money, err error, want *big.Int) {
			if want.CmpAbs(limit) >= 0 {
				refused(t, name, err, value.MoneyRange)
				return
			}
			if err != nil || got.Minor() != want.Int64() || got.Currency() != c {
				t.Errorf("%s of %s and %s: %s, %v; want %s minor units", name, a, b, got, err, want)
			}
		}
		sum, err := a.Add(b)
		check("sum", sum, err, new(big.Int).Add(x, y))
		difference, err := a.Sub(b)
		check("difference", difference, err, new(big.Int).Sub(x, y))
		check("negation", a.Neg(), nil, new(big.Int).Neg(x))
		if a.Sign() != x.Sign() || a.Compare(b) != x.Cmp(y) || (a == b) != (x.Cmp(y) == 0) {
			t.Errorf("%s and %s: sign %d, compare %d", a, b, a.Sign(), a.Compare(b))
		}
	})
}

func TestMoneySortsByCurrencyFirst(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := anyMoney().Draw(t, "a"), anyMoney().Draw(t, "b")
		want := strings.Compare(a.Currency().String(), b.Currency().String())
		if want == 0 {
			want = big.NewInt(a.Minor()).Cmp(big.NewInt(b.Minor()))
		}
		if a.Compare(b) != want || b.Compare(a) != -want || (value.Money{}).Compare(a) != -1 {
			t.Errorf("%s against %s: %d, want %d", a, b, a.Compare(b), want)
		}
	})
}

func TestMoneyOverMoneyIsExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := anyCurrency().Draw(t, "currency")
		a, b := moneyIn(c).Draw(t, "a"), moneyIn(c).Draw(t, "b")
		r, err := a.Over(b)
		if b.Minor() == 0 {
			refused(t, "over zero", err, "ratio.undefined")
			return
		}
		want := new(big.Rat).Quo(minorRat(a), minorRat(b))
		if err != nil || big.NewInt(r.Num()).Cmp(want.Num()) != 0 || big.NewInt(r.Den()).Cmp(want.Denom()) != 0 {
			t.Errorf("%s over %s: %s, %v; want %s", a, b, r, err, want)
		}
	})
}

func TestTakeIsBetweenZeroAndTheWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := anyMoney().Draw(t, "money")
		low, high := min(m.Minor(), 0), max(m.Minor(), 0)
		minor := rapid.OneOf(rapid.Int64(), rapid.Int64Range(low, high),
			rapid.SampledFrom([]int64{low, high, low - 1, high + 1, -low, -high, math.MinInt64, math.MaxInt64})).Draw(t, "minor")
		got, err := m.Take(minor)
		if minor < low || minor > high {
			refused(t, "no part", err, value.MoneyRange)
			if !got.IsZero() {
				t.Errorf("%d of %s: refused, yet %s", minor, m, got)
			}
			return
		}
		if err != nil || got.Minor() != minor || got.Currency() != m.Currency() {
			t.Errorf("%d of %s: %s, %v", minor, m, got, err)
		}
	})
}

func TestTakeNamesTheWholeAmount(t *testing.T) {
	m := value.MustMoney("-10 USD")
	for minor, text := range map[int64]string{1: "0.01 is no part of -10.00 USD", -1001: "-10.01 is no part of -10.00 USD"} {
		_, err := m.Take(minor)
		says(t, "take", err, value.MoneyRange, text)
	}
	_, err := m.Neg().Take(-1)
	says(t, "take", err, value.MoneyRange, "-0.01 is no part of 10.00 USD")
}

func TestMoneyIsAMapKey(t *testing.T) {
	seen := map[value.Money]int{value.MustMoney("1.50 USD"): 1}
	seen[value.MustMoney("001.5 USD")]++
	if len(seen) != 1 || seen[value.MustMoney("1.50 USD")] != 2 {
		t.Errorf("two texts of one amount are two keys: %v", seen)
	}
}
