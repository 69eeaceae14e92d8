package value_test

import (
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/coselling/coselling/value"
	"pgregory.net/rapid"
)

func totalOf(t rapid.TB, parts ...value.Money) value.Sum {
	t.Helper()
	var total value.Sum
	for _, m := range parts {
		var err error
		if total, err = total.Add(m); err != nil {
			t.Fatal(err)
		}
	}
	return total
}

func TestTotalAgreesWithWholeNumbersInAnyOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := anyCurrency().Draw(t, "currency")
		parts := rapid.SliceOfN(moneyIn(c), 1, 60).Draw(t, "parts")
		sum := new(big.Int)
		for _, m := range parts {
			sum.Add(sum, big.NewInt(m.Minor()))
		}
		check := func(name string, total value.Sum) {
			got, err := total.Money()
			if sum.CmpAbs(big.NewInt(bound(c))) >= 0 {
				refused(t, name, err, value.MoneyRange)
				return
			}
			if err != nil || got.Minor() != sum.Int64() || got.Currency() != c {
				t.Errorf("%s: %s, %v; want %s minor units", name, got, err, sum)
			}
		}
		inOrder := totalOf(t, parts...)
		check("in order", inOrder)
		cut := rapid.IntRange(0, len(parts)).Draw(t, "cut")
		merged, err := totalOf(t, parts[:cut]...).Merge(totalOf(t, parts[cut:]...))
		if err != nil || merged != inOrder {
			t.Errorf("merged at %d: %v, %v", cut, merged, err)
		}
		rand.New(rand.NewPCG(1, uint64(cut))).Shuffle(len(parts), func(i, j int) { parts[i], parts[j] = parts[j], parts[i] })
		if shuffled := totalOf(t, parts...); shuffled != inOrder {
			t.Errorf("shuffled: %v, want %v", shuffled, inOrder)
		}
	})
}

func TestTotalComesBackFromBeyond64Bits(t *testing.T) {
	most := value.MustMoney("99999999999999.9999 CLF") // ten of them pass 2⁶³
	for _, m := range []value.Money{most, most.Neg()} {
		total := totalOf(t, m)
		for range 40 {
			total, _ = total.Add(m)
		}
		_, err := total.Money()
		says(t, "beyond 64 bits", err, value.MoneyRange, "a total beyond 64 bits is out of range: amounts in CLF stay below 100000000000000 (10^14)")
		for range 40 {
			total, _ = total.Add(m.Neg())
		}
		if got, err := total.Money(); err != nil || got != m {
			t.Errorf("back at %s, %v; want %s", got, err, m)
		}
	}
	_, err := totalOf(t, most, value.MustMoney("0.0001 CLF")).Money()
	says(t, "at the bound", err, value.MoneyRange, "100000000000000.0000 is out of range: amounts in CLF stay below 100000000000000 (10^14)")
	_, err = totalOf(t, most.Neg(), value.MustMoney("-0.0001 CLF")).Money()
	refused(t, "at the negative bound", err, value.MoneyRange)
}

func TestEmptyTotal(t *testing.T) {
	var empty value.Sum
	if m, err := empty.Money(); err != nil || !m.IsZero() {
		t.Errorf("%s, %v", m, err)
	}
	one := totalOf(t, value.MustMoney("1 USD"))
	if got, err := empty.Merge(one); err != nil || got != one {
		t.Errorf("%v, %v", got, err)
	}
	if got, err := one.Merge(empty); err != nil || got != one {
		t.Errorf("%v, %v", got, err)
	}
	zero := totalOf(t, value.MustMoney("1 USD"), value.MustMoney("-1 USD"))
	if m, err := zero.Money(); err != nil || m != value.MustMoney("0 USD") {
		t.Errorf("a total of zero is %s, %v; it keeps its currency", m, err)
	}
}

func TestTotalKeepsToOneCurrency(t *testing.T) {
	one := totalOf(t, value.MustMoney("1 USD"))
	for name, f := range map[string]func() (value.Sum, error){
		"another currency":        func() (value.Sum, error) { return one.Add(value.MustMoney("1 EUR")) },
		"zero of another":         func() (value.Sum, error) { return one.Add(value.MustMoney("0 EUR")) },
		"no currency":             func() (value.Sum, error) { return one.Add(value.Money{}) },
		"a total of another":      func() (value.Sum, error) { return one.Merge(totalOf(t, value.MustMoney("1 EUR"))) },
		"a total zero of another": func() (value.Sum, error) { return one.Merge(totalOf(t, value.MustMoney("0 EUR"))) },
	} {
		got, err := f()
		refused(t, name, err, value.MoneyCurrency)
		if got != one {
			t.Errorf("%s: refused, yet the total is %v", name, got)
		}
	}
	_, err := value.Sum{}.Add(value.Money{})
	refused(t, "no currency to an empty total", err, value.MoneyCurrency)
	_, err = one.Add(value.MustMoney("2 EUR"))
	says(t, "text", err, value.MoneyCurrency, `2.00 EUR cannot be added to a total in "USD"`)
	_, err = one.Merge(totalOf(t, value.MustMoney("2 EUR")))
	says(t, "text", err, value.MoneyCurrency, "a total in EUR cannot be added to a total in USD")
}
