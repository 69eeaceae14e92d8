package escape

import (
	"strings"
	"unicode/utf8"
)

// Table is cells in columns under a head, which it writes escaped.
type Table struct {
	Head   []string
	Number []bool // of each column: whether it stands to the right
	Rows   [][]string
}

// Text writes the table in columns for a terminal, each line behind two blanks.
func (t Table) Text(b *strings.Builder) {
	rows := [][]string{t.Head}
	widths := make([]int, len(t.Head))
	for _, row := range t.Rows {
		cells := make([]string, len(row))
		for i, text := range row {
			cells[i] = Line(text)
		}
		rows = append(rows, cells)
	}
	for _, row := range rows {
		for i, text := range row {
			widths[i] = max(widths[i], utf8.RuneCountInString(text))
		}
	}
	for _, row := range rows {
		var line strings.Builder
		for i, text := range row {
			blanks := strings.Repeat(" ", widths[i]-utf8.RuneCountInString(text))
			if t.Number[i] {
				line.WriteString("  " + blanks + text)
			} else {
				line.WriteString("  " + text + blanks)
			}
		}
		b.WriteString(strings.TrimRight(line.String(), " ") + "\n")
	}
}

// Markdown writes the table for a wiki or a mail.
func (t Table) Markdown(b *strings.Builder) {
	b.WriteString("| " + strings.Join(t.Head, " | ") + " |\n|")
	for i := range t.Head {
		if t.Number[i] {
			b.WriteString(" ---: |")
		} else {
			b.WriteString(" --- |")
		}
	}
	b.WriteString("\n")
	for _, row := range t.Rows {
		b.WriteString("|")
		for _, text := range row {
			b.WriteString(" " + Markdown(text) + " |")
		}
		b.WriteString("\n")
	}
}
