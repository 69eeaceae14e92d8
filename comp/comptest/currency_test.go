package comptest

import (
	"errors"
	"slices"
	"testing"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/value"
)

// yen returns a policy with a table in yen, which have no minor units, and quotas in
// dollars.
func yen() comp.Policy {
	p := everything()
	at := comp.Bound{Amount: value.MustMoney("3000000 JPY")}
	p.Rates.Tables["yen"] = comp.RateTable{
		Measure: comp.DealAmount, Method: comp.Marginal, Currency: value.MustCurrency("JPY"),
		Tiers:   []comp.Tier{{To: at, Rate: pct("5%")}, {From: at, Rate: pct("7%")}},
		DealCap: value.MustMoney("400000 JPY"),
	}
	return p
}

// Cases are in the currency of their table, and tests take one currency at a time.
func TestBoundariesOfSeveralCurrencies(t *testing.T) {
	passes(t, func(t testing.TB) { Properties(t, yen()) })
	var all Bookings
	passes(t, func(t testing.TB) { all = Boundaries(t, yen()) })
	if _, err := price(yen(), all); !errors.Is(err, comp.RunCurrency) {
		t.Error(err)
	}
	count := 0
	for _, currency := range []string{"USD", "JPY"} {
		l, err := price(yen(), all.InCurrency(currency))
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range l.entries {
			if e.err != nil {
				t.Errorf("%s: %v", e.id, e.err)
			}
			if e.deal != nil {
				count++
			}
		}
	}
	if count != len(all.Deals) || len(all.InCurrency("JPY").Deals) != 7 {
		t.Errorf("%d of %d deals, %d in yen", count, len(all.Deals), len(all.InCurrency("JPY").Deals))
	}
}

// The order of bookings does not matter, and they are not changed.
func TestBookingsMayStandInAnyOrder(t *testing.T) {
	b := busy(comp.RoleBased)
	one, err := price(everything(), b)
	if err != nil {
		t.Fatal(err)
	}
	other := Bookings{Deals: turned(b.Deals), Movements: slices.Clone(b.Movements)}
	slices.Reverse(other.Movements)
	two, err := price(everything(), other)
	if err != nil {
		t.Fatal(err)
	}
	a, err := one.text()
	if err != nil {
		t.Fatal(err)
	}
	if again, err := two.text(); err != nil || a != again {
		t.Errorf("%v\n%s", err, lineReport(a, again))
	}
}
