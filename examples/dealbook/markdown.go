package main

import (
	"strings"

	"github.com/coselling/coselling/render"
)

// markdown returns a table as Markdown, without thin lines and with an empty line at the
// end.
func (t *table) markdown() string {
	var b strings.Builder
	rows := t.rows
	if t.head != nil {
		rows = append([][]string{t.head}, rows...)
	}
	for i, row := range rows {
		if len(row) == 0 {
			continue
		}
		b.WriteString("|")
		for _, cell := range row {
			b.WriteString(" " + render.MarkdownText(clean(cell, len(cell))) + " |")
		}
		b.WriteString("\n")
		if i == 0 {
			b.WriteString("|" + t.marks() + "\n")
		}
	}
	return b.String() + "\n"
}

// marks returns the line below the head, which aligns the columns.
func (t *table) marks() string {
	var b strings.Builder
	for _, kind := range t.columns {
		if kind == numberColumn || kind == amountColumn {
			b.WriteString(" ---: |")
		} else {
			b.WriteString(" --- |")
		}
	}
	return b.String()
}

// printMarkdown lists deals in one table, and the credited reps in another.
func (v *bookView) printMarkdown(b *book) {
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
