package comptest

import "github.com/coselling/coselling/internal/grid"

// table is text in columns; a column whose name in layout is 'r' stands to the right.
type table struct {
	layout string
	rows   [][]string
}

func (t *table) add(cells ...string) { t.rows = append(t.rows, cells) }

// text writes the table, every line behind an indent and without blanks at its end.
func (t *table) text(indent string) string {
	return grid.Columns(indent, t.rows, func(i int) bool { return t.layout[i] == 'r' })
}
