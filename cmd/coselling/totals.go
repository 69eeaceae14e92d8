package main

import (
	"cmp"
	"maps"
	"slices"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/model"
)

// groups names the totals below those of the reps.
var groups = [...]struct {
	side model.Side
	name string
}{{model.Partner, "partner side"}, {model.Vendor, "vendor side"}, {0, "both sides"}}

// print writes the totals of one currency. In place of a total outside the bounds of money
// it writes the error.
func (l *ledger) print(p *printer) {
	c := l.currency
	bookings, reversals := l.earned.Deals()
	if bookings > 0 {
		p.heading("%s  EARNED  %s won, %s", c, counted(bookings, "deal", "deals"),
			counted(reversals, "reversal", "reversals"))
		p.orSay(printTotals(p, &l.earned, true))
	}
	if open, _ := l.projected.Deals(); open > 0 {
		p.heading("%s  PROJECTED  %s*: nothing is earned before a deal is won (comp.closed_only)", c,
			counted(open, "open deal", "open deals"))
		p.orSay(printTotals(p, &l.projected, false))
	}
	if bookings > 0 {
		p.orSay(l.printModels(p))
	}
}

// orSay writes an error in place of totals.
func (p *printer) orSay(err error) {
	if err != nil {
		p.wrapped("no totals: ", err.Error())
	}
}

// printTotals writes the totals of the sides, and before them optionally those of each rep.
func printTotals(p *printer, totals *comp.Totals, reps bool) error {
	t := &table{columns: "w*naaa"}
	t.row("", "", "rows", "quota credit", "influenced", "commission")
	if reps {
		payees, err := totals.Payees()
		if err != nil {
			return err
		}
		for _, total := range payees {
			t.row(totalRow(total.Payee, total.Party.String(), total)...)
		}
		t.row()
	}
	var all comp.Total
	for _, g := range groups {
		total, err := totals.Side(g.side)
		if err != nil {
			return err
		}
		if total.Statements > 0 {
			t.row(totalRow(g.name, "", total)...)
		}
		all = total
	}
	quota, err := totals.Quota()
	if err != nil {
		return err
	}
	t.print(p)
	p.line("quota inflation %s: %s of quota credit on a quota value of %s", percentage(all.Inflation),
		amount(all.QuotaCredit), amount(quota))
	return nil
}

func totalRow(name, party string, t comp.Total) []string {
	return []string{name, party, count(t.Statements), amount(t.QuotaCredit), amount(t.Influenced), amount(t.Commission)}
}

// printModels writes the totals of the same deals under each model side by side.
func (l *ledger) printModels(p *printer) error {
	inForce := l.prices.policy.Model
	bookings, reversals := l.column(inForce).Deals()
	p.heading("%s  THE SAME DEALS UNDER EACH MODEL  %s won, %s; » is the policy's model", l.currency,
		counted(bookings, "deal", "deals"), counted(reversals, "reversal", "reversals"))
	l.printWithout(p)
	if bookings == 0 {
		return nil
	}
	t := &table{columns: "w*" + "aaa"[:len(l.prices.models)]}
	names := []string{"commission", ""}
	for _, m := range l.prices.models {
		name := dashed(m.String())
		if m == inForce {
			name = "» " + name
		}
		names = append(names, name)
	}
	t.row(names...)
	if err := l.addReps(t); err != nil {
		return err
	}
	t.row()
	if err := l.addGroups(t); err != nil {
		return err
	}
	t.print(p)
	return nil
}

// printWithout counts the deals that are in no column, by reason.
func (l *ledger) printWithout(p *printer) {
	byModel := func(x, y unpriced) int { return cmp.Or(cmp.Compare(x.model, y.model), cmp.Compare(x.code, y.code)) }
	for _, u := range slices.SortedFunc(maps.Keys(l.without), byModel) {
		p.line("%s left out of every column: %s credit cannot price it (%s)",
			counted(l.without[u], "row is", "rows are"), dashed(u.model.String()), u.code)
	}
}

func (l *ledger) addReps(t *table) error {
	var rows [][]string
	for i, m := range l.prices.models {
		payees, err := l.column(m).Payees()
		if err != nil {
			return err
		}
		for j, total := range payees { // the same reps in the same order under each model
			if i == 0 {
				rows = append(rows, []string{total.Payee, total.Party.String()})
			}
			rows[j] = append(rows[j], amount(total.Commission))
		}
	}
	t.rows = append(t.rows, rows...)
	return nil
}

// addGroups adds the commission by side and in total.
func (l *ledger) addGroups(t *table) error {
	commission := [len(groups)][]string{}
	credit, influenced, inflation := []string{"quota credit", "both sides"},
		[]string{"influenced credit", "both sides"}, []string{"quota inflation", ""}
	for i, g := range groups {
		commission[i] = []string{"commission", g.name}
		for _, m := range l.prices.models {
			total, err := l.column(m).Side(g.side)
			if err != nil {
				return err
			}
			commission[i] = append(commission[i], amount(total.Commission))
			if g.side == 0 {
				credit, influenced = append(credit, amount(total.QuotaCredit)),
					append(influenced, amount(total.Influenced))
				inflation = append(inflation, percentage(total.Inflation))
			}
		}
	}
	t.rows = append(t.rows, commission[0], commission[1], commission[2], credit, influenced, inflation)
	return nil
}
