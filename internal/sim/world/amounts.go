package world

import (
	"fmt"
	"math/big"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// decimals are the currencies of amounts, with their places.
var decimals = []struct {
	currency string
	places   int
}{{"USD", 2}, {"EUR", 2}, {"JPY", 0}, {"KWD", 3}}

// anyAmount draws an amount near a number, as text and as a fraction.
func (w *world) anyAmount(near float64) (text, currency string, exact *big.Rat) {
	in := pick(w.rand, decimals...)
	number := fmt.Sprintf("%.*f", in.places, near*pick(w.rand, 1, 1, 0.999, 1.001, 0.01, 0.1, 10, 100))
	exact, _ = new(big.Rat).SetString(number)
	return number + " " + in.currency, in.currency, exact
}

// amounts asks of which size deals are whose amounts are near the threshold, in its currency and in others, and
// compares them as fractions (stage.simplified).
func (w *world) amounts() {
	threshold, home, bound := w.anyAmount(pick(w.rand, 25000, 1000, 777.77))
	policy := stage.DefaultPolicy()
	policy.Threshold = value.MustMoney(threshold)
	rules, err := stage.Compile(policy)
	if err != nil {
		w.wrong("a threshold of %s: %v", threshold, err)
		return
	}
	for range 4 {
		digits := pick(w.rand, "1.0825", "0.0065", "153.25", "1", "3.260000000001")
		worth, _ := new(big.Rat).SetString(digits)
		perHome, _ := worth.Float64()
		at, _ := bound.Float64()
		text, currency, exact := w.anyAmount(at / pick(w.rand, 1, perHome))
		var rate value.ExchangeRate
		if currency != home && !w.chance(8) {
			rate, err = value.ParseExchangeRate("1 " + currency + " = " + digits + " " + home + " on 2026-11-02")
			exact.Mul(exact, worth)
		}
		want := model.Standard
		if exact.Sign() > 0 && exact.Cmp(bound) < 0 {
			want = model.Simplified
		}
		if currency != home && rate.IsZero() && exact.Sign() > 0 {
			want = 0 // nobody can say
		}
		got, errSize := rules.Size(value.MustMoney(text), rate)
		w.trace(text, rate, got)
		if err != nil || got != want || (errSize == nil) != (want != 0) {
			w.wrong("stage.simplified: %s by %q is %s below %s, want %s, %v %v", text, rate, got, threshold, want,
				errSize, err)
		}
	}
}
