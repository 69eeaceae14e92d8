package comptest

import (
	"strings"
	"unicode/utf8"
)

// table is text in columns; a column whose name in layout is 'r' stands to the right.
type table struct {
	layout string
	rows   [][]string
}

func (t *table) add(cells ...string) { t.rows = append(t.rows, cells) }

// text writes the table, every line behind an indent and without blanks at its end.
func (t *table) text(indent string) string {
	widths := make([]int, len(t.layout))
	for _, row := range t.rows {
		for i, cell := range row {
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	var out strings.Builder
	for _, row := range t.rows {
		var line strings.Builder
		for i, cell := range row {
			blanks := strings.Repeat(" ", widths[i]-utf8.RuneCountInString(cell))
			if t.layout[i] == 'r' {
				cell = blanks + cell
			} else {
				cell += blanks
			}
			line.WriteString(cell + "  ")
		}
		out.WriteString(indent + strings.TrimRight(line.String(), " ") + "\n")
	}
	return out.String()
}
