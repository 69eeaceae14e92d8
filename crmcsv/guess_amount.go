package crmcsv

import (
	"cmp"
	"slices"
	"strings"

	"github.com/coselling/coselling/value"
)

// mostZeros is the number of ways to write zero that a guess lists as no amount.
const mostZeros = 10

// money is an amount as a cell has it, with the currency of its row.
type money struct {
	text     string
	currency value.Currency
}

// value guesses the amount of a deal and its format. Of a column of actual and one of expected amounts it takes the
// first that says something.
func (g *guess) value() error {
	unread := func(c *candidate) int {
		_, read, _ := bestFormat(g.amounts(c))
		return len(c.texts) - min(read, len(c.texts))
	}
	faults := func(c *candidate) int {
		if n := unread(c); n > 0 && 2*n > len(c.texts) {
			return 2
		}
		return isFilled(c)
	}
	actual, expected := g.best(useActual, faults), g.best(useExpected, faults)
	first := actual
	if first == nil {
		first = expected
	}
	if first == nil {
		names := make([]string, len(g.columns))
		for i, c := range g.columns {
			names[i] = value.Quote(c.name)
		}
		want := "has no column that is named like an amount, once; it has " + firstOf(names) + "; name one Amount"
		return value.Below("header", value.NewError("file.amount", "the file", want))
	}
	from, all := spec{Column: &first.name}, g.amounts(first)
	if actual != nil && expected != nil {
		from = spec{Columns: []string{actual.name, expected.name}, Take: takeFirst}
		all = append(all, g.amounts(expected)...)
		g.placeholders(expected)
	}
	format, read, other := bestFormat(all)
	if format != "" {
		from.Format = formats{[]string{format}}
	}
	doubt := ""
	switch {
	case other != "":
		doubt = "amounts are read like " + written(format) + ", and could mean other ones, like " + other
	case 2*read < len(all):
		doubt = "most amounts are written in no format that is known"
	}
	if from.Take != "" {
		from.NoValue = zeros(g.amounts(actual), styleOf(format))
	}
	g.form.Fields["value"] = from
	g.takes("value", first, doubt)
	if n := &g.notes[len(g.notes)-1]; from.Take != "" {
		n.Column += ", " + expected.name
		n.Because = "the first column has actual amounts, and the second one those that are expected"
	}
	return nil
}

// written returns the example of a format.
func written(format string) string {
	if format == "" {
		return amountFormats[0]
	}
	return format
}

// amounts returns the different amounts of a column, sorted.
func (g *guess) amounts(c *candidate) []money {
	seen := map[money]bool{}
	var all []money
	for i, text := range c.cells {
		m := money{text, g.currency}
		if _, ok := slices.BinarySearch(c.texts, text); !ok {
			continue
		}
		if g.currencies != nil {
			m.currency, _ = value.ParseCurrency(currencyIn(g.currencies.cells[i]))
		}
		if m.currency.IsZero() {
			m.currency = g.options.Currency
		}
		if !m.currency.IsZero() && !seen[m] {
			seen[m] = true
			all = append(all, m)
		}
	}
	slices.SortFunc(all, func(a, b money) int {
		return cmp.Or(strings.Compare(a.text, b.text), strings.Compare(a.currency.String(), b.currency.String()))
	})
	return all
}

// bestFormat returns the format that reads most amounts, their number, and another format that reads as many and reads
// some of them as other amounts; "" where there is none. Three digits behind the only separator are thousands there.
func bestFormat(all []money) (format string, read int, other string) {
	var best []int64
	for i := -1; i < len(amountFormats); i++ {
		candidate := ""
		if i >= 0 {
			candidate = amountFormats[i]
		}
		style, minor, n := styleOf(candidate), make([]int64, len(all)), 0
		for k, m := range all {
			if amount, err := style.parse(m.text, m.currency); err == nil {
				minor[k] = amount.Minor()
				n++
			}
		}
		switch order := slices.Compare(minor, best); {
		case best == nil || n > read:
			format, read, other, best = candidate, n, "", minor
		case n < read || order == 0:
		case order > 0:
			format, other, best = candidate, written(format), minor
		default:
			other = cmp.Or(other, candidate)
		}
	}
	return format, read, other
}

// zeros returns the texts of a column that are amounts of zero, and say nothing where another column has an amount.
func zeros(all []money, style amountStyle) []string {
	var texts []string
	for _, m := range all {
		amount, err := style.parse(m.text, m.currency)
		if err == nil && amount.Minor() == 0 && len(texts) < mostZeros && !slices.Contains(texts, m.text) {
			texts = append(texts, m.text)
		}
	}
	return texts
}
