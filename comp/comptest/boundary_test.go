package comptest

import (
	"strings"
	"testing"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/value"
)

// everything returns a policy with a threshold of every kind.
func everything() comp.Policy {
	p := tabled(comp.Attainment, comp.Retroactive, "8%", "12%")
	dollars := value.MustCurrency("USD")
	amounts := func(bound string) []comp.Tier {
		at := comp.Bound{Amount: usd(bound)}
		return []comp.Tier{{To: at, Rate: pct("5%")}, {From: at, Rate: pct("7.5%")}}
	}
	p.Rates.Tables["deal"] = comp.RateTable{Measure: comp.DealAmount, Method: comp.Marginal, Currency: dollars,
		Tiers: amounts("1000.00"), DealFloor: usd("5.00"), DealCap: usd("900.00")}
	p.Rates.Tables["period"] = comp.RateTable{Measure: comp.PeriodAmount, Method: comp.Marginal, Currency: dollars,
		Tiers: amounts("2000.00"), DealCap: usd("400.00"), PeriodFloor: usd("50.00"), PeriodCap: usd("1000.00")}
	return p
}

// A golden file shows the deals below, at and above each threshold.
func TestBoundariesHaveDealsAroundEachThreshold(t *testing.T) {
	for name, policy := range map[string]comp.Policy{
		"everything":  everything(),
		"origination": comp.DefaultPolicy().Under(comp.Origination),
		"toward zero": changed(func(p *comp.Policy) { p.Rounding = value.TowardZero }),
		"split":       comp.DefaultPolicy().Under(comp.Split),
	} {
		t.Run(name, func(t *testing.T) {
			var bookings Bookings
			r := passes(t, func(t testing.TB) { bookings = Boundaries(t, policy) })
			l, err := price(policy, bookings)
			if err != nil {
				t.Fatal(err)
			}
			text, err := l.text()
			if err != nil {
				t.Fatal(err)
			}
			pinned(t, "boundary/"+name, r.text()+text[strings.Index(text, "\n}\n")+3:])
			for _, e := range l.entries {
				if e.err != nil {
					t.Errorf("%s: %v", e.id, e.err)
				}
			}
		})
	}
}

// Every threshold has cases: a policy with any number moved changes the statement of one.
func TestEveryNumberCountsAtTheBoundaries(t *testing.T) {
	for _, policy := range []comp.Policy{everything(), tabled(comp.PeriodAmount, comp.Retroactive, "8%", "12%", "15%"),
		tabled(comp.DealAmount, comp.Marginal, "8%", "12%", "15%")} {
		bookings := Boundaries(t, policy)
		idle, _, err := idleNumbers(policy, bookings)
		if err != nil {
			t.Fatal(err)
		}
		for _, n := range idle {
			if n.path != "origination.influenced" && !strings.HasPrefix(n.path, "rates.quotas") {
				t.Errorf("%s could be wrong", n.path)
			}
		}
	}
}

// The fractions of a minor unit lie around the threshold of the rounding.
func TestAmountsLieAroundTheThresholdOfARounding(t *testing.T) {
	for _, text := range []string{"30%", "33.333333%", "0.000001%", "12.5%", "99.999999%"} {
		p := pct(text)
		amounts := aroundHalf(p, value.HalfEven)
		for i, want := range []int{-1, 0, 1} {
			rest := amounts[i] % 100_000_000 * p.Millionths() % 100_000_000
			if got := compareInt(rest, 50_000_000); got != want {
				t.Errorf("%s of %d leaves %d", text, amounts[i], rest)
			}
			if amounts[i] < 10_000_000 || amounts[i] > 300_000_000 {
				t.Errorf("%s: %d", text, amounts[i])
			}
		}
	}
	for _, text := range []string{"100%", "0%"} {
		if a := aroundHalf(pct(text), value.HalfEven); a[0] != a[1]-1 || a[2] != a[1]+1 {
			t.Errorf("%s: %v", text, a)
		}
	}
}

func compareInt(a, b int64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	default:
		return 0
	}
}

// farthest returns a policy with a tier that no credit reaches: at a hundred times the
// largest quota.
func farthest() comp.Policy {
	p := tabled(comp.Attainment, comp.Retroactive, "8%", "12%")
	dinars := p.Rates.Tables["fast"]
	dinars.Currency = value.MustCurrency("KWD")
	dinars.Tiers[0].To.Attainment, dinars.Tiers[1].From.Attainment = pct("10000%"), pct("10000%")
	p.Rates.Tables["fast"] = dinars
	p.Rates.Quotas["ana"] = map[value.Date]value.Money{value.MustDate("2026-01-01"): value.MustMoney("99999999999999 KWD")}
	return p
}

func TestBoundariesLogThresholdsThatNoDealReaches(t *testing.T) {
	odd := tabled(comp.Attainment, comp.Marginal, "8%", "12%")
	for day := range odd.Rates.Quotas["ana"] {
		odd.Rates.Quotas["ana"][day] = usd("0.99")
	}
	none := changed(func(p *comp.Policy) {
		p.Rates.Tables = tabled(comp.Attainment, comp.Marginal, "8%",
			"9%").Rates.Tables
	})
	idle := held(func(t *comp.RateTable) {
		t.Tiers, t.PeriodFloor = []comp.Tier{{Rate: pct("0%")}}, usd("5.00")
	})
	fine := held(func(t *comp.RateTable) {
		bound := comp.Bound{Amount: usd("0.01")}
		t.Tiers[0].To, t.Tiers[1].From, t.DealCap, t.PeriodCap = bound, bound, usd("0.00"), usd("1.00")
	})
	three := tabled(comp.Attainment, comp.Marginal, "8%", "12%", "15%")
	three.Rates.Tables["period"] = tabled(comp.PeriodAmount, comp.Marginal, "8%", "12%", "15%").Rates.Tables["fast"]
	// four quotas for two tables and a third, which needs none
	shared := tabled(comp.Attainment, comp.Marginal, "8%", "12%")
	shared.Rates.Tables["slow"] = shared.Rates.Tables["fast"]
	shared.Rates.Tables["flat"] = comp.RateTable{Measure: comp.Attainment, Method: comp.Marginal,
		Tiers: []comp.Tier{{Rate: pct("9%")}}}
	shared.Rates.Tables["last"] = comp.RateTable{Measure: comp.Attainment, Method: comp.Marginal,
		Tiers: shared.Rates.Tables["fast"].Tiers}
	euros := changed(func(p *comp.Policy) {
		p.Rates.Tables = map[comp.TableID]comp.RateTable{"euros": {Measure: comp.DealAmount, Method: comp.Marginal,
			Currency: value.MustCurrency("EUR"), Tiers: []comp.Tier{{Rate: pct("5%")}}}}
	})
	var logs []string
	for _, policy := range []comp.Policy{odd, none, idle, fine, farthest(), three, shared, euros} {
		var cases Bookings
		r := passes(t, func(t testing.TB) { cases = Boundaries(t, policy) })
		for _, d := range cases.Deals {
			r.Log("  ", d.ID, d.Value, d.Closed, d.Payees[0].Rep)
		}
		logs = append(logs, r.text())
	}
	pinned(t, "boundary/notes", strings.Join(logs, ""))
	fails(t, "boundary/no policy", func(t testing.TB) { Boundaries(t, comp.Policy{}) })
}
