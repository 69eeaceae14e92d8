package impact

import (
	"strings"

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
			if t, ok := s.table(&b, "  nothing\n"); ok {
				t.Text(&b)
			}
		}
	}
	return b.String()
}

// table returns a table that has rows; ok is false, and b has it said, where there are
// none.
func (s *section) table(b *strings.Builder, nothing string) (t escape.Table, ok bool) {
	if len(s.rows) == 0 {
		b.WriteString(nothing)
		return t, false
	}
	t = escape.Table{Head: s.head, Rows: s.rows, Number: make([]bool, len(s.head))}
	for i := range t.Number {
		t.Number[i] = !s.isWords(i)
	}
	return t, true
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
			if t, ok := s.table(&b, "nothing\n"); ok {
				t.Markdown(&b)
			}
		}
	}
	return b.String()
}
