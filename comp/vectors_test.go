package comp_test

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/value"
)

// vectorRow is one row of testdata/vectors/commission.json, numbered from 0.
type vectorRow struct {
	Source   string
	Kind     string
	Expected map[string]any
}

// text returns one expected value as text; lists have their items in a row.
func (r vectorRow) text(name string) string {
	v, ok := r.Expected[name]
	if !ok {
		return "missing " + name
	}
	return strings.Trim(fmt.Sprint(v), "[]")
}

const (
	teamRate  = "of the two tables that it adds, one counts the amounts of a whole team; a table counts those of its payee"
	choice    = "which rule applies to a deal is decided before pricing: a payee names its rate or table"
	notRates  = "a rule's own arithmetic (a multiplier, a formula) is no part of the model; a policy states the product"
	discounts = "no table measures a discount"
	above     = "its tier pays 125 % of the overage, and rates are at most 100 %"
)

// leftOut lists every row that the model does not express, with the reason.
var leftOut = map[int]string{
	1: teamRate, 2: teamRate, 3: teamRate, 4: teamRate, 6: teamRate,
	22: notRates, 24: choice, 25: choice, 27: choice, 28: choice,
	31: above, 46: choice, 55: discounts, 58: notRates,
}

// plain strips the currency and trailing zeros.
func plain(m value.Money) string {
	text := string(m.AppendAmount(nil))
	if strings.Contains(text, ".") {
		text = strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
	}
	return text
}

// totalOf returns the commission of all lines.
func totalOf(t *testing.T, statements ...comp.Statement) string {
	t.Helper()
	var total value.Sum
	for _, s := range statements {
		for _, l := range s.Lines {
			var err error
			if total, err = total.Add(l.Commission); err != nil {
				t.Fatal(err)
			}
		}
	}
	m, err := total.Money()
	if err != nil {
		t.Fatal(err)
	}
	return plain(m)
}

// parts returns the credits and the commissions of a line by tier.
func parts(t *testing.T, p comp.Policy, l comp.Line) (credits, paid string) {
	t.Helper()
	list, err := compile(t, p).TierParts(l)
	if err != nil {
		t.Fatal(err)
	}
	var a, b []string
	for _, part := range list {
		a, b = append(a, plain(part.Credit)), append(b, plain(part.Commission))
	}
	return strings.Join(a, " "), strings.Join(b, " ")
}

// flatDeal returns a deal with one payee at a flat rate.
func flatDeal(amount, rate string) comp.Booking {
	b := booked("D", amount, "2026-11-20")
	b.Payees[0].Table, b.Payees[0].Rate = "", value.MustPercent(rate)
	return b
}

func tablePays(t *testing.T, table comp.RateTable, amounts ...string) []comp.Statement {
	t.Helper()
	return pays(t, withTable(table, usd("1000")), amounts...)
}

// pays prices deals of one quarter one after the other.
func pays(t *testing.T, p comp.Policy, amounts ...string) []comp.Statement {
	t.Helper()
	run := compile(t, p).Run()
	var all []comp.Statement
	for i, amount := range amounts {
		all = append(all, inRun(t, run, booked(fmt.Sprintf("D%d", i), amount, "2026-11-20"))...)
	}
	return all
}

func TestCommissionVectors(t *testing.T) {
	data, err := os.ReadFile("testdata/vectors/commission.json")
	if err != nil {
		t.Fatal(err)
	}
	var rows []vectorRow
	if err := json.Unmarshal(data, &rows); err != nil {
		t.Fatal(err)
	}
	for i, row := range rows {
		t.Run(fmt.Sprintf("%d %s", i, row.Kind), func(t *testing.T) {
			check, reason := vectorChecks[i], leftOut[i]
			if (check == nil) == (reason == "") {
				t.Fatalf("row %d is neither expressed nor left out, or both", i)
			}
			if reason != "" {
				t.Skip("left out: " + reason)
			}
			got, want := check(t, row)
			if got != want {
				t.Errorf("%s\ngot  %s\nwant %s", row.Source, got, want)
			}
		})
	}
	if len(rows) != len(vectorChecks)+len(leftOut) {
		t.Errorf("%d rows, %d expressed and %d left out", len(rows), len(vectorChecks), len(leftOut))
	}
}
