// Package grid writes rows of cells as plain text in columns, as lines, as a Markdown table and as a table of HTML.
package grid

import (
	"strings"
	"unicode/utf8"

	"github.com/coselling/coselling/internal/escape"
)

// Table is a head and rows with as many cells as the head. Each document escapes the cells and not the head.
type Table struct {
	Head     []string
	From, To int // columns From to To − 1 hold numbers, which are aligned to the right
	Rows     [][]string
}

// nothing is written in place of a table without rows.
const nothing = "nothing"

// Text returns lines of plain text with two blanks before each column; the word nothing without rows.
func (t Table) Text() string {
	if len(t.Rows) == 0 {
		return "  " + nothing + "\n"
	}
	rows := make([][]string, 0, len(t.Rows)+1)
	rows = append(rows, t.Head)
	for _, row := range t.Rows {
		cells := make([]string, len(row))
		for i, text := range row {
			cells[i] = escape.Line(text)
		}
		rows = append(rows, cells)
	}
	return Columns("  ", rows, t.isNumber)
}

// Columns returns rows of equally many cells as lines of plain text behind an indent, with two
// blanks between columns and numbers aligned to the right. The cells are not escaped.
func Columns(indent string, rows [][]string, isNumber func(column int) bool) string {
	var widths []int
	for _, row := range rows {
		for i, text := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], utf8.RuneCountInString(text))
		}
	}
	var b strings.Builder
	for _, row := range rows {
		var line strings.Builder
		line.WriteString(indent)
		for i, text := range row {
			blanks := strings.Repeat(" ", widths[i]-utf8.RuneCountInString(text))
			if isNumber(i) {
				text, blanks = blanks+text, ""
			}
			line.WriteString(text + blanks + "  ")
		}
		b.WriteString(strings.TrimRight(line.String(), " ") + "\n")
	}
	return b.String()
}

// Markdown returns the table as a Markdown table, or the word nothing where it has no rows.
func (t Table) Markdown() string {
	if len(t.Rows) == 0 {
		return nothing + "\n"
	}
	var b strings.Builder
	b.WriteString("| " + strings.Join(t.Head, " | ") + " |\n|")
	for i := range t.Head {
		if t.isNumber(i) {
			b.WriteString(" ---: |")
		} else {
			b.WriteString(" --- |")
		}
	}
	b.WriteString("\n")
	for _, row := range t.Rows {
		b.WriteString("|")
		for _, text := range row {
			b.WriteString(" " + escape.Markdown(text) + " |")
		}
		b.WriteString("\n")
	}
	return b.String()
}

// HTML returns the table as a table of HTML without attributes, or the word nothing where it has no rows.
func (t Table) HTML() string {
	if len(t.Rows) == 0 {
		return "<p>" + nothing + "</p>\n"
	}
	var b strings.Builder
	row := func(cell string, texts []string) {
		b.WriteString("<tr>")
		for _, text := range texts {
			b.WriteString("<" + cell + ">" + escape.HTML(text) + "</" + cell + ">")
		}
		b.WriteString("</tr>\n")
	}
	b.WriteString("<table>\n")
	row("th", t.Head)
	for _, texts := range t.Rows {
		row("td", texts)
	}
	b.WriteString("</table>\n")
	return b.String()
}

// Lines returns a line for each row, whose cells are escaped and have dashes between them; empty cells are left out.
func (t Table) Lines(escaped func(string) string) string {
	var b strings.Builder
	for _, row := range t.Rows {
		var cells []string
		for _, text := range row {
			if text != "" {
				cells = append(cells, escaped(text))
			}
		}
		b.WriteString("• " + strings.Join(cells, " – ") + "\n")
	}
	return b.String()
}

func (t Table) isNumber(column int) bool { return t.From <= column && column < t.To }
