package impact

import (
	"slices"
	"strconv"
	"strings"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/internal/escape"
	"github.com/coselling/coselling/internal/grid"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// section is a part of a printed report: a title with sentences or a table.
type section struct {
	title string
	grid.Table
	lines []string
}

func (r Report) sections() []section {
	all := []section{r.summary()}
	if r.has(model.Partner) && r.has(model.Vendor) {
		all = append(all, r.sides())
	}
	all = append(all, payees("By rep", "rep", r.Payees, r.kinds()...))
	if len(r.Companies) > 0 {
		all = append(all, payees("By company", "company", r.Companies, commission))
	}
	all = append(all, r.changed())
	for _, s := range []section{
		{title: "Gains", lines: each(r.Gains(), movedLine)},
		{title: "Losses", lines: each(r.Losses(), movedLine)},
		{title: "Largest single change", lines: r.largestLines()},
		{title: "Left out", lines: each(r.LeftOut, func(l *LeftOut) string {
			return counted(l.Bookings, "booking") + ": " + string(l.Reason)
		})},
		{title: "Doubts about the policy after", lines: each(r.Doubts, func(d *value.Reason) string {
			return d.String() + " (" + string(d.Code()) + ")"
		})},
	} {
		if len(s.lines) > 0 {
			all = append(all, s)
		}
	}
	return all
}

func (r Report) headline() string {
	parts := []string{counted(r.Deals, "deal")}
	if r.Projected {
		parts[0] = counted(r.Deals, "open deal") + ", projected"
	}
	if r.Reversals > 0 {
		parts = append(parts, counted(r.Reversals, "reversal"))
	}
	if r.Movements > 0 {
		parts = append(parts, counted(r.Movements, "money movement"))
	}
	if !r.Value.IsZero() {
		parts = append(parts, "value "+r.Value.String())
	}
	if !r.From.IsZero() {
		parts = append(parts, r.From.String()+" to "+r.To.String())
	}
	return "Policy change over " + strings.Join(parts, ", ")
}

// counted writes a number with its noun: "1 deal", "2 deals".
func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return strconv.Itoa(n) + " " + noun + "s"
}

func (r Report) summary() section {
	t := &r.Total
	rows := [][]string{moneyRow("Commission", t, commission), moneyRow("Quota credit", t, credit)}
	if len(r.kinds()) == kinds {
		rows = append(rows, moneyRow("Influenced credit", t, influenced))
	}
	rows = append(rows,
		[]string{"Quota inflation", percent(t.Before.Inflation), percent(t.After.Inflation),
			signedPercent(t.Change.Inflation)},
		[]string{"Commission of deal value", percent(t.Before.Cost), percent(t.After.Cost),
			signedPercent(t.Change.Cost)},
	)
	if len(r.Companies) > 0 {
		rows = append(rows, moneyRow("Paid to companies", &r.Company, commission))
	}
	head := []string{"", "before", "after", "change"}
	return section{"In total", grid.Table{Head: head, From: 1, To: 4, Rows: rows}, nil}
}

// has reports whether a rep of a side is among the payees.
func (r Report) has(side model.Side) bool {
	return slices.ContainsFunc(r.Payees, func(p PayeeChange) bool { return p.Party.Side == side })
}

// kinds returns the amounts that the report shows: influenced credit only if there is any.
func (r Report) kinds() []int {
	for _, p := range r.Payees {
		if p.Before.Influenced.Sign() != 0 || p.After.Influenced.Sign() != 0 {
			return []int{credit, influenced, commission}
		}
	}
	return []int{credit, commission}
}

func moneyRow(name string, e *Effect, shown ...int) []string {
	cells := []string{name}
	for _, kind := range shown {
		cells = append(cells, digits(amountOf(&e.Before.Amounts, kind)),
			digits(amountOf(&e.After.Amounts, kind)), signed(amountOf(&e.Change.Amounts, kind)))
	}
	return cells
}

// withFigures returns a head with three more columns for each of the amounts.
func withFigures(shown []int, head ...string) []string {
	for _, kind := range shown {
		head = append(head, [kinds]string{"credit", "influenced", "commission"}[kind]+" before", "after", "change")
	}
	return head
}

func (r Report) sides() section {
	shown := r.kinds()
	head := withFigures(shown, "side")
	return section{"By side", grid.Table{Head: head, From: 1, To: len(head), Rows: [][]string{
		moneyRow(model.Partner.String(), &r.Partner, shown...), moneyRow(model.Vendor.String(), &r.Vendor, shown...),
	}}, nil}
}

// payees returns a table of reps or companies.
func payees(title, who string, list []PayeeChange, shown ...int) section {
	head := withFigures(shown, "of", who)
	t := grid.Table{Head: append(head, "because of"), From: 2, To: len(head)}
	for i := range list {
		p := &list[i]
		row := append([]string{p.Party.String()}, moneyRow(p.Rep, &p.Effect, shown...)...)
		t.Rows = append(t.Rows, append(row, causePaths(p.Causes)))
	}
	return section{title, t, nil}
}

func causePaths(causes []Cause) string {
	return strings.Join(each(causes, func(c *Cause) string { return c.Path }), "; ")
}

func (r Report) changed() section {
	t := grid.Table{Head: []string{"field", "before", "after", "differences", "credit", "commission"}, From: 3, To: 6}
	for _, c := range r.Changes {
		t.Rows = append(t.Rows, []string{c.Path, c.Before, c.After, strconv.Itoa(c.Differences), signed(c.QuotaCredit),
			signed(c.Commission)})
	}
	return section{"Changed in the policy", t, nil}
}

func movedLine(p *PayeeChange) string {
	return p.Rep + " (" + p.Party.String() + ") " + signed(p.Change.Commission) + ", from " +
		digits(p.Before.Commission) + " to " + digits(p.After.Commission)
}

func (r Report) largestLines() []string {
	d := r.Largest
	if d.Booking == "" {
		return nil
	}
	text := d.Rep + " (" + d.Party.String() + ") in " + d.Booking
	if d.Of != "" {
		text += " of " + d.Of
	}
	if !d.Date.IsZero() {
		text += ", " + d.Date.String()
	}
	text += ": commission " + digits(d.Before.Commission) + " to " + digits(d.After.Commission) + " (" +
		signed(d.Change.Commission) + ")" +
		", quota credit " + digits(d.Before.QuotaCredit) + " to " + digits(d.After.QuotaCredit) + " (" +
		signed(d.Change.QuotaCredit) + ")"
	cause := func(c *comp.PolicyChange) string { return "because of " + c.String() }
	return append([]string{text}, each(d.Causes, cause)...)
}

// each returns the results of a function for every element of a list; nil for no element.
func each[T, U any](list []T, of func(*T) U) []U {
	all := slices.Grow([]U(nil), len(list))
	for i := range list {
		all = append(all, of(&list[i]))
	}
	return all
}

// digits writes an amount without its currency, and "-" for the zero Money.
func digits(m value.Money) string {
	if m.IsZero() {
		return "-"
	}
	return string(m.AppendAmount(nil))
}

// signed writes an amount without its currency, and with a plus if it is positive.
func signed(m value.Money) string {
	if m.Sign() > 0 {
		return "+" + digits(m)
	}
	return digits(m)
}

// percent writes a ratio as a percentage with six decimals, or beyond 10,000 % as a ratio.
func percent(r value.Ratio) string {
	if r.IsZero() {
		return "-"
	}
	p, err := r.Percent(value.HalfEven)
	if err != nil {
		return r.String()
	}
	return p.String()
}

func signedPercent(r value.Ratio) string {
	if r.Num() > 0 {
		return "+" + percent(r)
	}
	return percent(r)
}

// Text returns the report as plain text in columns, for a terminal. Control characters of ids are escaped.
func (r Report) Text() string {
	return r.written(form{headline: around{"", "\n"}, title: around{"\n", "\n"}, item: around{"  ", "\n"},
		text: escape.Line, table: grid.Table.Text})
}

// Markdown returns the report as Markdown with tables. Text from outside is escaped.
func (r Report) Markdown() string {
	return r.written(form{headline: around{"# ", "\n"}, title: around{"\n## ", "\n\n"}, item: around{"- ", "\n"},
		text: escape.Markdown, table: grid.Table.Markdown})
}

// HTML returns the report as a fragment of HTML without scripts and links, with a bar chart (SVG) of the commission of
// the reps whose commission changes most. The chart needs no colour: a bar before is hollow, one after is filled, and
// each has its amount. Text from outside is escaped.
func (r Report) HTML() string {
	return r.written(form{headline: around{"<h1>", "</h1>\n"}, title: around{"<h2>", "</h2>\n"},
		list: around{"<ul>\n", "</ul>\n"}, item: around{"<li>", "</li>\n"}, text: escape.HTML, table: grid.Table.HTML,
		chart: Report.chart})
}

// form holds the marks of a kind of document, and how it writes text, tables and a chart.
type form struct {
	headline, title, list, item around
	text                        func(string) string
	table                       func(grid.Table) string
	chart                       func(Report) string // nil: there is none
}

// around is the text before and after a part of a document.
type around [2]string

func (a around) put(s string) string { return a[0] + s + a[1] }

func (r Report) written(f form) string {
	var b strings.Builder
	b.WriteString(f.headline.put(f.text(r.headline())))
	for i, s := range r.sections() {
		b.WriteString(f.title.put(s.title))
		if len(s.lines) > 0 {
			items := each(s.lines, func(line *string) string { return f.item.put(f.text(*line)) })
			b.WriteString(f.list.put(strings.Join(items, "")))
		}
		if s.Head != nil {
			b.WriteString(f.table(s.Table))
		}
		if i == 0 && f.chart != nil {
			b.WriteString(f.chart(r))
		}
	}
	return b.String()
}
