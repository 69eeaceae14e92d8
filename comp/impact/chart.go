package impact

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/coselling/coselling/internal/escape"
	"github.com/coselling/coselling/value"
)

const (
	mostBars  = 12  // payees of a chart
	mostRunes = 60  // of a name in it
	barRoom   = 400 // units that the longest bar takes
	barHeight = 12
	rowHeight = 60 // a name and two bars
	chartWide = 800
)

// chart draws the commission before and after of the payees whose commission changes most; "" where none changes.
func (r Report) chart() string {
	moved := append(r.Gains(), r.Losses()...)
	slices.SortStableFunc(moved, func(a, b PayeeChange) int {
		return cmp.Compare(size(b.Change.Commission.Minor()), size(a.Change.Commission.Minor()))
	})
	moved = moved[:min(len(moved), mostBars)]
	if len(moved) == 0 {
		return ""
	}
	var low, high int64
	for i := range moved {
		for _, m := range [...]value.Money{moved[i].Before.Commission, moved[i].After.Commission} {
			low, high = min(low, m.Minor()), max(high, m.Minor())
		}
	}
	width, height := strconv.Itoa(chartWide), strconv.Itoa(len(moved)*rowHeight)
	title := "Commission before and after, in " + r.Currency.String()
	var b strings.Builder
	b.WriteString(`<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 ` + width + ` ` + height +
		`" width="` + width + `" height="` + height + `" font-family="sans-serif" font-size="12">` + "\n")
	b.WriteString("<title>" + title + "</title>\n")
	for i := range moved {
		p := &moved[i]
		y := i * rowHeight
		svgText(&b, 0, y+16, cut(p.Rep+" ("+p.Party.String()+")"))
		bar(&b, y+22, "none", p.Before.Commission.Minor(), low, high, "before "+digits(p.Before.Commission))
		bar(&b, y+38, "currentColor", p.After.Commission.Minor(), low, high,
			"after "+digits(p.After.Commission)+" ("+signed(p.Change.Commission)+")")
	}
	b.WriteString("</svg>\n")
	return b.String()
}

// bar draws an amount, with its label, from the line of zero to the right, or to the left where it is negative.
func bar(b *strings.Builder, y int, fill string, minor, low, high int64, label string) {
	for high > 1<<40 || low < -1<<40 { // so that no product leaves 64 bits
		minor, low, high = minor/2, low/2, high/2
	}
	span := max(1, high-low)
	from, to := (min(minor, 0)-low)*barRoom/span, (max(minor, 0)-low)*barRoom/span
	b.WriteString(`<rect x="` + strconv.FormatInt(from+1, 10) + `" y="` + strconv.Itoa(y) +
		`" width="` + strconv.FormatInt(to-from, 10) + `" height="` + strconv.Itoa(barHeight) +
		`" stroke="currentColor" fill="` + fill + "\"/>\n")
	svgText(b, barRoom+10, y+barHeight-2, label)
}

func svgText(b *strings.Builder, x, y int, text string) {
	b.WriteString(`<text x="` + strconv.Itoa(x) + `" y="` + strconv.Itoa(y) + `" fill="currentColor">` +
		escape.HTML(text) + "</text>\n")
}

// cut shortens a long name.
func cut(s string) string {
	if runes := []rune(s); len(runes) > mostRunes {
		return string(runes[:mostRunes-1]) + "…"
	}
	return s
}
