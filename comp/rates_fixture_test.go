package comp_test

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/value"
)

// tableID names the only rate table of most tests.
const tableID comp.TableID = "accelerator"

// tiers reads "0:5% 500:10% 1000.50:15%", or with attainments "0%:5% 50%:10%": where
// each tier begins, and its rate.
func tiers(text string) []comp.Tier {
	var list []comp.Tier
	for item := range strings.FieldsSeq(text) {
		from, rate, _ := strings.Cut(item, ":")
		tier := comp.Tier{Rate: value.MustPercent(rate)}
		if strings.HasSuffix(from, "%") {
			tier.From.Attainment = value.MustPercent(from)
		} else if from != "0" {
			tier.From.Amount = usd(from)
		}
		if n := len(list); n > 0 {
			list[n-1].To = tier.From
		}
		list = append(list, tier)
	}
	return list
}

func rateTable(measure comp.Measure, method comp.Method, text string) comp.RateTable {
	return comp.RateTable{Measure: measure, Method: method, Currency: usd("0").Currency(), Tiers: tiers(text)}
}

// withTable returns a split policy with one rate table and, where one is given, a quota of
// ana for the quarter of the usual deals.
func withTable(t comp.RateTable, quota ...value.Money) comp.Policy {
	p := under(comp.Split)
	p.Rates = comp.RateTerms{Year: comp.FiscalYear{Start: time.January}, Period: comp.Quarterly, Tables: map[comp.TableID]comp.RateTable{tableID: t}}
	if len(quota) > 0 {
		p.Rates.Quotas = map[string]map[value.Date]value.Money{"ana": {value.MustDate("2026-10-01"): quota[0]}}
	}
	return p
}

// tabled returns a payee of acme with the rate table.
func tabled(id string) comp.Payee { return comp.Payee{Rep: id, Party: acme, Table: tableID} }

// booked returns a deal of a value, won on a day, with ana as its payee.
func booked(id, amount, day string) comp.Booking {
	return comp.Booking{ID: id, Value: usd(amount), Closed: value.MustDate(day), Payees: []comp.Payee{tabled("ana")}}
}

// inRun prices bookings one after the other.
func inRun(t rapid.TB, run *comp.Run, bookings ...comp.Booking) []comp.Statement {
	t.Helper()
	var all []comp.Statement
	for _, b := range bookings {
		s, err := run.Statement(b)
		if err != nil {
			t.Fatalf("%s: %v", b.ID, err)
		}
		all = append(all, s)
	}
	return all
}

// commissions returns the commission of every line.
func commissions(statements ...comp.Statement) string {
	var list []string
	for _, s := range statements {
		for _, l := range s.Lines {
			list = append(list, string(l.Commission.AppendAmount(nil)))
		}
	}
	return strings.Join(list, " ")
}

func wantCommissions(t *testing.T, want string, statements ...comp.Statement) {
	t.Helper()
	if got := commissions(statements...); got != want {
		t.Errorf("commissions %s, want %s", got, want)
	}
}
