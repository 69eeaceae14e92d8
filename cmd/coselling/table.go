package main

import (
	"strings"
	"unicode/utf8"
)

// The kinds of columns of a table.
const (
	wordColumn   = 'w' // words to the left, as wide as needed, up to a bound
	restColumn   = '*' // words to the left, as wide as the rest of the line; at most one in a table
	numberColumn = 'n' // to the right, as wide as needed
	amountColumn = 'a' // to the right, of a usual width, so that tables look alike
)

const (
	mostWord    = 24
	leastRest   = 8
	usualAmount = 16
	columnGap   = "  "
)

// table aligns rows. It cuts words that do not fit, but never figures.
type table struct {
	columns string   // the kind of each column
	head    []string // of the columns, not in text; nil if the first row is the head
	rows    [][]string
}

// row adds a row; without cells it is a thin line.
func (t *table) row(cells ...string) { t.rows = append(t.rows, cells) }

func (t *table) print(p *printer) {
	if !p.isText() {
		p.print(t.marked(p.format))
		return
	}
	for _, line := range t.lines(width) {
		p.line("%s", line)
	}
}

// lines returns the rows as lines of at most a width.
func (t *table) lines(room int) []string {
	widths := t.widths(room)
	lines := make([]string, len(t.rows))
	for i, row := range t.rows {
		if len(row) == 0 {
			lines[i] = strings.Repeat("·", room)
			continue
		}
		cells := make([]string, len(row))
		for j, text := range row {
			cells[j] = t.cell(j, text, widths[j])
		}
		lines[i] = strings.TrimRight(strings.Join(cells, columnGap), " ")
	}
	return lines
}

func (t *table) cell(column int, text string, room int) string {
	switch t.columns[column] {
	case numberColumn, amountColumn:
		return blanks(room-utf8.RuneCountInString(text)) + text
	default:
		text = clean(text, room)
		return text + blanks(room-utf8.RuneCountInString(text))
	}
}

func (t *table) widths(room int) []int {
	widths := make([]int, len(t.columns))
	for _, row := range t.rows {
		for i, text := range row {
			widths[i] = max(widths[i], utf8.RuneCountInString(text))
		}
	}
	rest, words := -1, 0
	room -= len(columnGap) * (len(widths) - 1)
	for i, kind := range t.columns {
		switch kind {
		case restColumn:
			rest = i
			continue
		case wordColumn:
			widths[i] = min(widths[i], mostWord)
			words++
		case amountColumn:
			widths[i] = max(widths[i], usualAmount)
		}
		room -= widths[i]
	}
	if rest < 0 {
		return widths
	}
	for i, kind := range t.columns { // very large figures take room from the words
		if kind == wordColumn && room < leastRest {
			taken := min(widths[i], (leastRest-room+words-1)/words)
			widths[i], room, words = widths[i]-taken, room+taken, words-1
		}
	}
	widths[rest] = max(room, 0)
	return widths
}

func blanks(n int) string { return strings.Repeat(" ", max(n, 0)) }
