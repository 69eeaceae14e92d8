package main

import (
	"strings"

	"github.com/coselling/coselling/internal/escape"
	"github.com/coselling/coselling/render"
)

// marked returns a table as Markdown with an empty line at the end, or as HTML, without thin lines.
func (t *table) marked(format string) string {
	var b strings.Builder
	rows := t.rows
	if t.head != nil {
		rows = append([][]string{t.head}, rows...)
	}
	if format == "html" {
		b.WriteString("<table>\n")
	}
	for i, row := range rows {
		switch {
		case len(row) == 0:
		case format == "html":
			t.appendHTML(&b, row, i == 0)
		default:
			t.appendMarkdown(&b, row, i == 0)
		}
	}
	if format == "html" {
		b.WriteString("</table>")
	}
	return b.String() + "\n"
}

func (t *table) appendMarkdown(b *strings.Builder, row []string, head bool) {
	b.WriteString("|")
	for _, cell := range row {
		b.WriteString(" " + render.MarkdownText(clean(cell, len(cell))) + " |")
	}
	b.WriteString("\n")
	if !head {
		return
	}
	b.WriteString("|")
	for i := range row {
		if t.isNumber(i) {
			b.WriteString(" ---: |")
		} else {
			b.WriteString(" --- |")
		}
	}
	b.WriteString("\n")
}

func (t *table) appendHTML(b *strings.Builder, row []string, head bool) {
	b.WriteString("<tr>")
	for i, cell := range row {
		tag, class := "td", ""
		if head {
			tag = "th"
		}
		if t.isNumber(i) {
			class = " class=\"n\""
		}
		b.WriteString("<" + tag + class + ">" + escape.HTML(clean(cell, len(cell))) + "</" + tag + ">")
	}
	b.WriteString("</tr>\n")
}

// isNumber reports whether a column has figures, which stand to the right.
func (t *table) isNumber(column int) bool {
	return t.columns[column] == numberColumn || t.columns[column] == amountColumn
}

// printMarked lists deals in one table, and the credited reps in another.
func (v *bookView) printMarked(b *book) {
	deals := &table{columns: "ww*nwww"}
	deals.row("deal", "stage", "account", "value", "engagement", "playbook", "why it has this engagement model")
	credits := &table{columns: "ww*aa"}
	credits.row("deal", "credited rep", "side, and part of the value", "credit", "commission")
	for _, e := range v.kept {
		s := &e.statements[b.prices.policy.Model]
		deals.row(s.Booking, e.kind(), e.deal.Account, money(s.Value), dashed(e.engagement.String()), b.playbook(e),
			e.why())
		for _, l := range s.Lines {
			credits.row(s.Booking, l.Payee, credited(l), amount(creditOf(l)), amount(l.Commission))
		}
	}
	deals.print(v.p)
	credits.print(v.p)
}
