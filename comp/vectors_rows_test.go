package comp_test

import (
	"testing"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/value"
)

const (
	qobra     = "0%:5% 50%:10% 100%:15%"
	oracle3   = "0:1% 10000:2% 50000:3%"
	stepRates = "0:1% 1000:2% 3000:3% 8000:5%"
	spiffMore = "0%:10% 100%:15% 125%:20% 150%:25%"
)

type vectorCheck func(*testing.T, vectorRow) (got, want string)

// commission checks what one deal of a table pays in all.
func commission(measure comp.Measure, method comp.Method, text string, amounts ...string) vectorCheck {
	return func(t *testing.T, row vectorRow) (got, want string) {
		want = row.text("commission")
		if len(amounts) > 1 {
			want = row.text("commission_total")
		}
		return totalOf(t, tablePays(t, rateTable(measure, method, text), amounts...)...), want
	}
}

func flat(amount, rate string) vectorCheck {
	return func(t *testing.T, row vectorRow) (got, want string) {
		return totalOf(t, statement(t, under(comp.Split), flatDeal(amount, rate))), row.text("commission")
	}
}

// held checks a flat rate between a floor and a cap of the deal.
func held(amount, rate, floor, limit string) vectorCheck {
	return func(t *testing.T, row vectorRow) (got, want string) {
		return totalOf(t, tablePays(t, holding(rate, floor, limit), amount)...), row.text("commission")
	}
}

func holding(rate, floor, limit string) comp.RateTable {
	table := rateTable(comp.DealAmount, comp.Marginal, "0:"+rate)
	table.DealFloor = usd(floor)
	if limit != "" {
		table.DealCap = usd(limit)
	}
	return table
}

// accelerated checks an attainment of a quota of 100,000.
func accelerated(amount, text string) vectorCheck {
	return func(t *testing.T, row vectorRow) (got, want string) {
		return totalOf(t, pays(t, withTable(rateTable(comp.Attainment, comp.Marginal, text), usd("100000")), amount)...), row.text("commission")
	}
}

// companies checks what a company is paid at rates and in fixed sums.
func companies(amount string, list ...comp.Payee) vectorCheck {
	return func(t *testing.T, row vectorRow) (got, want string) {
		b := flatDeal(amount, "0%")
		for i, p := range list {
			p.Rep, p.Party, p.Company = "acme/"+string(rune('1'+i)), acme, true
			b.Payees = append(b.Payees, p)
		}
		return totalOf(t, statement(t, under(comp.Split), b)), row.text("commission")
	}
}

func shares(texts ...string) vectorCheck {
	return func(t *testing.T, row vectorRow) (got, want string) {
		b := flatDeal("100", "10%")
		for i, text := range texts {
			b.Payees = append(b.Payees, sharing(rep(string(rune('a'+i)), acme), text))
		}
		b.Payees = b.Payees[1:]
		s := statement(t, under(comp.Split), b)
		if row.Kind == "validation" {
			return totalOf(t, s), "10" // accepted, and it totals
		}
		for i, l := range s.Lines {
			got += " "[:min(i, 1)] + plain(l.Commission)
		}
		return got, row.text("shares")
	}
}

var vectorChecks = map[int]vectorCheck{
	0: func(t *testing.T, row vectorRow) (got, want string) {
		return totalOf(t, tablePays(t, holding("0%", "500", "500"), "10000")...), row.text("commission")
	},
	5: func(t *testing.T, row vectorRow) (got, want string) {
		s := tablePays(t, rateTable(comp.PeriodAmount, comp.Retroactive, "0:1% 10000:2% 50000:3% 100000:4%"), "15000")
		return s[0].Lines[0].Rate.String(), row.text("rate_pct") + "%"
	},
	7: commission(comp.DealAmount, comp.Retroactive, "0:2% 10000:4%", "8000"),
	8: commission(comp.DealAmount, comp.Retroactive, "0:2% 10000:4%", "15000"),
	9: func(t *testing.T, row vectorRow) (got, want string) {
		b := flatDeal("8000", "10%") // the basis is the quota value
		b.PartnerQuota = usd("10000")
		return totalOf(t, statement(t, under(comp.Split), b)), row.text("commission")
	},
	10: func(t *testing.T, row vectorRow) (got, want string) {
		s := statement(t, under(comp.Split), flatDeal("100", "10%"))
		back, err := s.Reverse("R", won)
		if err != nil || row.text("commissions") != "10.0000 -10.0000" {
			t.Fatal(err, row.text("commissions"))
		}
		return commissions(s, back), "10.00 -10.00"
	},
	11: func(t *testing.T, row vectorRow) (got, want string) {
		s := statement(t, under(comp.Split), flatDeal("5", "20%"))
		back, err := s.Reverse("R", won)
		if err != nil || len(s.Lines)+len(back.Lines) != 2 {
			t.Fatal(err, s.Lines, back.Lines)
		}
		return totalOf(t, s, back), row.text("total")
	},
	// Its source takes 5 of the 10 back, by the rate; comp.clawback takes what was paid.
	12: func(t *testing.T, row vectorRow) (got, want string) {
		s := tablePays(t, holding("5%", "10", ""), "100")
		back, err := s[0].Reverse("R", won)
		if err != nil || row.text("clawback") != "5" {
			t.Fatal(err, row.text("clawback"))
		}
		return totalOf(t, s...) + totalOf(t, back), row.text("paid") + "-" + row.text("paid")
	},
	13: func(t *testing.T, row vectorRow) (got, want string) {
		p := withTable(rateTable(comp.PeriodAmount, comp.Marginal, "0:4% 150000:6% 250000:8%"))
		l := pays(t, p, "145000", "20000")[1].Lines[0]
		credits, _ := parts(t, p, l)
		return credits + ", " + plain(l.Commission) + ", " + l.Rate.String(), row.text("tier_parts") + ", " + row.text("commission") + ", " + row.text("blended_rate_pct") + "%"
	},
	14: func(t *testing.T, row vectorRow) (got, want string) {
		p := withTable(rateTable(comp.DealAmount, comp.Marginal, "0:5% 50000:6% 100000:7%"))
		s := pays(t, p, "102000")
		credits, _ := parts(t, p, s[0].Lines[0])
		return credits + ", " + totalOf(t, s...), row.text("parts") + ", " + row.text("total")
	},
	15: func(t *testing.T, row vectorRow) (got, want string) {
		p := withTable(rateTable(comp.Attainment, comp.Marginal, qobra), usd("1000"))
		s := pays(t, p, "2000")
		_, paid := parts(t, p, s[0].Lines[0])
		return paid + ", " + totalOf(t, s...), row.text("parts") + ", " + row.text("commission")
	},
	16: commission(comp.PeriodAmount, comp.Marginal, oracle3, "15000"),
	17: commission(comp.PeriodAmount, comp.Marginal, oracle3, "60000"),
	18: func(t *testing.T, row vectorRow) (got, want string) {
		s := statement(t, under(comp.Split), comp.Booking{ID: "D", Value: usd("100"), Closed: won, Payees: []comp.Payee{rep("agent", acme), rep("principal", us)}})
		if row.text("commissions") != "10.0000 10.0000" {
			t.Fatal(row.text("commissions"))
		}
		return commissions(s), "10.00 10.00"
	},
	19: flat("10000", "10%"),
	20: flat("50", "10%"),
	21: flat("10000000", "10%"),
	23: flat("1", "10%"),
	29: accelerated("150000", "0%:60% 100%:60%"),
	// Its source pays one multiplier on all of the overage; marginal tiers pay each part
	// at its own, which the row's note derives: 83,750.
	30: func(t *testing.T, row vectorRow) (got, want string) {
		got, source := accelerated("140000", "0%:50% 100%:75% 125%:100%")(t, row)
		if source != "90000" {
			t.Fatal(source)
		}
		return got, "83750"
	},
	32: accelerated("80000", "0%:60% 100%:90%"),
	33: accelerated("110000", "0%:60% 100%:90%"),
	34: held("1000", "10%", "200", "5000"),
	35: held("30000", "10%", "200", "5000"),
	36: held("1000", "10%", "200", ""),
	37: shares("72.68%", "10.93%", "2.73%", "13.66%"),
	38: shares("10%", "58.02%", "31.98%"),
	39: func(t *testing.T, row vectorRow) (got, want string) {
		s := tablePays(t, rateTable(comp.PeriodAmount, comp.Retroactive, "0:1.75% 1500000:2.5%"), "1500000")
		return s[0].Lines[0].Rate.String() + row.text("oracle_rate_pct"), "2.5%2.50"
	},
	40: func(t *testing.T, row vectorRow) (got, want string) {
		s := pays(t, withTable(rateTable(comp.Attainment, comp.Retroactive, spiffMore), usd("100000")), "125000")
		return s[0].Lines[0].Rate.String() + row.text("multiplier"), "20%2.0"
	},
	41: func(t *testing.T, row vectorRow) (got, want string) {
		one := statement(t, under(comp.Split), flatDeal("500", "10%"))
		return totalOf(t, one, one), row.text("commission_total")
	},
	42: commission(comp.DealAmount, comp.Marginal, stepRates, "200"),
	43: commission(comp.DealAmount, comp.Marginal, stepRates, "4500"),
	44: commission(comp.DealAmount, comp.Marginal, stepRates, "1200"),
	45: commission(comp.DealAmount, comp.Marginal, stepRates, "200", "300", "1500", "1200", "2000", "4500"),
	48: func(t *testing.T, row vectorRow) (got, want string) {
		plan := compile(t, under(comp.Split))
		b := flatDeal("10000", "1%")
		b.Deferred = true
		s := statement(t, under(comp.Split), b)
		deferred, err := plan.Payout(s)
		if err != nil {
			t.Fatal(err)
		}
		half := moved(t, deferred.Payout, moving(s, comp.Received, "I", "2026-11-20", "5000"))
		return totalOf(t, deferred.Statements[0], half.Statements[0]), row.text("eligible_pct") // of 100
	},
	49: func(t *testing.T, row vectorRow) (got, want string) {
		run := compile(t, withTable(rateTable(comp.Attainment, comp.Marginal, qobra), usd("80000"))).Run()
		inRun(t, run, booked("D", "60000", "2026-11-20"))
		attained, err := run.Attained("ana").Percent(value.HalfEven)
		if err != nil {
			t.Fatal(err)
		}
		return attained.String(), row.text("attainment_pct") + "%"
	},
	50: eligible("10%"),
	51: eligible("0%"),
	52: func(t *testing.T, row vectorRow) (got, want string) {
		return totalOf(t, tablePays(t, holding("0%", "500", "500"), "1")...), row.text("commission")
	},
	26: companies("1000", comp.Payee{Fixed: usd("10.00")}),
	47: companies("10000", comp.Payee{Rate: value.MustPercent("10%")}, comp.Payee{Fixed: usd("500.00")}),
	53: shares("50%", "50%"),
	54: shares("70%", "30%"),
	56: func(t *testing.T, row vectorRow) (got, want string) {
		table := rateTable(comp.PeriodAmount, comp.Marginal, "0:10%")
		table.PeriodFloor = usd("4000")
		run := compile(t, withTable(table)).Run()
		s := inRun(t, run, booked("D", "1000", "2026-11-20"))
		closing, err := run.Close("Q4", won)
		if err != nil {
			t.Fatal(err)
		}
		return totalOf(t, s...) + " " + totalOf(t, closing) + " " + totalOf(t, s[0], closing),
			row.text("earned") + " " + row.text("top_up") + " " + row.text("paid")
	},
	57: func(t *testing.T, row vectorRow) (got, want string) {
		for i, s := range tablePays(t, rateTable(comp.Attainment, comp.Marginal, qobra), "500", "300", "700", "200") {
			got += " "[:min(i, 1)] + totalOf(t, s)
		}
		return got, row.text("per_deal")
	},
}

// eligible checks a deal of which half counts; its quota value is that half.
func eligible(rate string) vectorCheck {
	return func(t *testing.T, row vectorRow) (got, want string) {
		b := flatDeal("1000", rate)
		b.PartnerQuota = usd(row.text("eligible"))
		return totalOf(t, statement(t, under(comp.Split), b)), row.text("commission")
	}
}
