package main

import (
	"flag"
	"maps"
	"slices"
	"strings"

	"github.com/coselling/coselling/value"
)

// cost holds the commission of one model for the deals of one currency.
type cost struct {
	name       string // of the model, marked where it is in force
	commission value.Money
	share      value.Ratio // of the value of the deals; undefined where that is zero
}

// costs returns the cost under each model; nothing where no deal was won.
func (l *ledger) costs() ([]cost, error) {
	if deals, reversals := l.column(l.prices.policy.Model).Deals(); deals+reversals == 0 {
		return nil, nil
	}
	var list []cost
	for _, m := range l.prices.models {
		totals := l.column(m)
		all, err := totals.Side(0)
		if err != nil {
			return nil, err
		}
		worth, err := totals.Value()
		if err != nil {
			return nil, err
		}
		share, err := all.Commission.Over(worth)
		if err != nil {
			share = value.Ratio{} // nothing to divide by, or no commission at all
		}
		name := dashed(m.String())
		if m == l.prices.policy.Model {
			name = "» " + name
		}
		list = append(list, cost{name, all.Commission, share})
	}
	return list, nil
}

// printCosts writes the cost of each model and currency, with a bar that is as long as its share of the value.
func printCosts(p *printer, ledgers ...*ledger) {
	t := &table{columns: "wwan*"}
	t.row("", "", "commission", "of value", "")
	most := int64(1)
	var all []cost
	for _, l := range ledgers {
		list, err := l.costs()
		p.orSay(err)
		for _, c := range list {
			most = max(most, millionths(c.share))
		}
		all = append(all, list...)
	}
	const longest = 40
	for _, c := range all {
		bar := strings.Repeat("█", int(max(millionths(c.share), 0)*longest/most))
		t.row(c.commission.Currency().String(), c.name, amount(c.commission), percentage(c.share), bar)
	}
	if len(all) > 0 {
		t.print(p)
	}
}

// millionths returns a share in millionths of a percent, at most a hundred times the whole; 0 where it is undefined.
func millionths(share value.Ratio) int64 {
	p, err := share.Percent(value.HalfEven)
	if err != nil {
		return 0
	}
	return min(p.Millionths(), 100*value.MustPercent("100%").Millionths())
}

// sortedLedgers returns ledgers in the order of their currencies.
func sortedLedgers(of map[value.Currency]*ledger) []*ledger {
	return slices.SortedFunc(maps.Values(of), func(x, y *ledger) int { return x.currency.Compare(y.currency) })
}

// glanceCommand shows the sample on one screen. It is what the program does without arguments.
var glanceCommand = command{
	flags: func(*flag.FlagSet) func(*call) error {
		return func(c *call) error {
			o := &options{}
			b, err := o.book(c, &glanceView{bookView{p: &printer{out: c.out, format: "text"}, most: 3}})
			if err != nil {
				return err
			}
			from, done := o.source(c)
			defer done()
			return b.write(from)
		}
	},
}

// glanceView writes two deals and the costs, and what to type for more.
type glanceView struct{ bookView }

func (v *glanceView) end(b *book) error {
	p := v.p
	p.line("A made-up sample of %s. For a file of your own: coselling deals deals.csv -map map.json",
		counted(b.rows, "row", "rows"))
	v.printDeals(b)
	p.heading("WHAT EACH MODEL COSTS  commission as a share of the value of won deals; » is the policy's model")
	printCosts(p, sortedLedgers(b.ledgers)...)
	p.line("")
	p.line("coselling deals                 the whole sample; -format markdown, csv, json or html")
	p.line("coselling deals -deal D-1003    one deal in full: who does what, and the reason of every line")
	p.line("coselling deals -rep ana.diaz   what one rep gets, deal by deal")
	p.line("coselling -h                    all that this program does")
	return p.err
}
