package main

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// print writes the totals of one currency.
func (l *ledger) print(p *printer, c value.Currency, inForce comp.Model) error {
	bookings, reversals := l.earned.Deals()
	p.heading(fmt.Sprintf("%s  earned: %s deals won, %s reversed", c, count(bookings), count(reversals)))
	if bookings > 0 {
		if err := printTotals(p, &l.earned); err != nil {
			return err
		}
	}
	if open, _ := l.projected.Deals(); open > 0 {
		p.line("")
		p.line("%s  * projected: %s open deals; nothing is earned before won (comp.closed_only)", c, count(open))
		if err := printSides(p, &l.projected); err != nil {
			return err
		}
	}
	if bookings == 0 {
		return nil
	}
	return l.printModels(p, c, inForce)
}

func printTotals(p *printer, t *comp.Totals) error {
	payees, err := t.Payees()
	if err != nil {
		return err
	}
	p.line("%-30s %6s %20s %18s %18s", "rep", "deals", "quota credit", "influenced", "commission")
	for _, total := range payees {
		p.line("%-30s %6s %20s %18s %18s", clean(total.Payee+", "+total.Party.String(), 30), count(total.Statements),
			amount(total.QuotaCredit), amount(total.Influenced), amount(total.Commission))
	}
	return printSides(p, t)
}

func printSides(p *printer, t *comp.Totals) error {
	for _, side := range [...]model.Side{model.Partner, model.Vendor, 0} {
		total, err := t.Side(side)
		if err != nil {
			return err
		}
		name := map[model.Side]string{model.Partner: "partner side", model.Vendor: "vendor side", 0: "both"}[side]
		p.line("%-30s %6s %20s %18s %18s", name, count(total.Statements), amount(total.QuotaCredit), amount(total.Influenced), amount(total.Commission))
	}
	all, err := t.Side(0)
	if err != nil {
		return err
	}
	p.line("%-30s %27s of the deals' quota value", "quota inflation", inflation(all.Inflation))
	return nil
}

// printModels writes the same deals under the three models side by side.
func (l *ledger) printModels(p *printer, c value.Currency, inForce comp.Model) error {
	bookings, reversals := l.compared[inForce].Deals()
	p.line("")
	p.line("%s  the same deals under each model (%s won, %s reversed): commission a rep", c, count(bookings), count(reversals))
	for _, m := range comp.Models() {
		if n := l.without[m]; n > 0 {
			p.line("  %s deals are left out of every column: %s credit cannot price them", count(n), m)
		}
	}
	if bookings == 0 {
		return nil
	}
	var columns [3][]comp.Total
	header := make([]string, 3)
	for i, m := range comp.Models() {
		payees, err := l.compared[m].Payees()
		if err != nil {
			return err
		}
		columns[i], header[i] = payees, strings.ReplaceAll(m.String(), "_", "-")
		if m == inForce {
			header[i] = "» " + header[i]
		}
	}
	p.line("%-30s %22s %22s %22s", "rep", header[0], header[1], header[2])
	for i := range columns[0] {
		first := columns[0][i]
		p.line("%-30s %22s %22s %22s", clean(first.Payee+", "+first.Party.String(), 30), amount(columns[0][i].Commission), amount(columns[1][i].Commission), amount(columns[2][i].Commission))
	}
	return l.printModelTotals(p)
}

func (l *ledger) printModelTotals(p *printer) error {
	rows := [...]struct {
		name string
		of   func(comp.Total) string
	}{
		{"commission in all", func(t comp.Total) string { return amount(t.Commission) }},
		{"quota credit in all", func(t comp.Total) string { return amount(t.QuotaCredit) }},
		{"influenced in all", func(t comp.Total) string { return amount(t.Influenced) }},
		{"quota inflation", func(t comp.Total) string { return inflation(t.Inflation) }},
	}
	var totals [3]comp.Total
	for i, m := range comp.Models() {
		total, err := l.compared[m].Side(0)
		if err != nil {
			return err
		}
		totals[i] = total
	}
	for _, r := range rows {
		p.line("%-30s %22s %22s %22s", r.name, r.of(totals[0]), r.of(totals[1]), r.of(totals[2]))
	}
	return nil
}

// inflation shows a ratio as a percentage of two decimals.
func inflation(r value.Ratio) string {
	percent, err := r.Percent(value.HalfEven)
	if err != nil {
		return "–"
	}
	tenth := (percent.Millionths() + 50_000) / 100_000
	return strconv.FormatInt(tenth/10, 10) + "." + strconv.FormatInt(tenth%10, 10) + "%"
}

// money shows an amount with its currency, amount without.
func money(m value.Money) string { return amount(m) + " " + m.Currency().String() }

func amount(m value.Money) string { return grouped(string(m.AppendAmount(nil))) }

func count(n int) string { return grouped(strconv.Itoa(n)) }

// grouped puts a comma before every three digits of the whole part.
func grouped(digits string) string {
	whole, fraction, hasPoint := strings.Cut(digits, ".")
	sign := ""
	if strings.HasPrefix(whole, "-") {
		sign, whole = "-", whole[1:]
	}
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if hasPoint {
		whole += "." + fraction
	}
	return sign + whole
}

func asError(err error) (*value.Error, bool) { return errors.AsType[*value.Error](err) }
