package impact

import (
	"strings"
	"unicode/utf8"

	"github.com/coselling/coselling/internal/escape"
)

// Text returns the report as plain text in columns, for a terminal.
func (r Report) Text() string {
	var b strings.Builder
	b.WriteString(r.headline() + "\n")
	for _, s := range r.sections() {
		b.WriteString("\n" + s.title + "\n")
		for _, line := range s.lines {
			b.WriteString("  " + escape.Line(line) + "\n")
		}
		if s.head != nil {
			s.writeText(&b)
		}
	}
	return b.String()
}

// writeText lines up the columns of a table: words to the left, numbers to the right.
func (s *section) writeText(b *strings.Builder) {
	if len(s.rows) == 0 {
		b.WriteString("  nothing\n")
		return
	}
	rows := make([][]string, 0, len(s.rows)+1)
	rows = append(rows, s.head)
	widths := make([]int, len(s.head))
	for _, row := range s.rows {
		cells := make([]string, len(row))
		for i, text := range row {
			cells[i] = escape.Line(text)
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
			if s.isWords(i) {
				line.WriteString("  " + text + blanks)
			} else {
				line.WriteString("  " + blanks + text)
			}
		}
		b.WriteString(strings.TrimRight(line.String(), " ") + "\n")
	}
}

// isWords reports whether a column holds words: the last one does where there are
// more columns of words than stand in front.
func (s *section) isWords(column int) bool {
	if last := len(s.head) - 1; s.head[last] == because {
		return column < s.words-1 || column == last
	}
	return column < s.words
}

// because is the head of a column of causes.
const because = "because of"

// Markdown returns the report as Markdown with tables, for a wiki or a mail. Text from
// outside is escaped.
func (r Report) Markdown() string {
	var b strings.Builder
	b.WriteString("# " + escape.Markdown(r.headline()) + "\n")
	for _, s := range r.sections() {
		b.WriteString("\n## " + s.title + "\n\n")
		for _, line := range s.lines {
			b.WriteString("- " + escape.Markdown(line) + "\n")
		}
		if s.head != nil {
			s.writeMarkdown(&b)
		}
	}
	return b.String()
}

func (s *section) writeMarkdown(b *strings.Builder) {
	if len(s.rows) == 0 {
		b.WriteString("nothing\n")
		return
	}
	b.WriteString("| " + strings.Join(s.head, " | ") + " |\n|")
	for i := range s.head {
		if s.isWords(i) {
			b.WriteString(" --- |")
		} else {
			b.WriteString(" ---: |")
		}
	}
	b.WriteString("\n")
	for _, row := range s.rows {
		b.WriteString("|")
		for _, text := range row {
			b.WriteString(" " + escape.Markdown(text) + " |")
		}
		b.WriteString("\n")
	}
}
