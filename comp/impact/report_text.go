package impact

import (
	"strings"

	"github.com/coselling/coselling/internal/escape"
	"github.com/coselling/coselling/internal/grid"
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
			b.WriteString(s.table().Text())
		}
	}
	return b.String()
}

// because is the head of a column of causes.
const because = "because of"

// table returns the rows of a section. Its last column holds words where it is of
// causes: there are more columns of words than stand in front.
func (s *section) table() grid.Table {
	t := grid.Table{Head: s.head, From: s.words, To: len(s.head), Rows: s.rows}
	if s.head[len(s.head)-1] == because {
		t.From, t.To = t.From-1, t.To-1
	}
	return t
}

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
			b.WriteString(s.table().Markdown())
		}
	}
	return b.String()
}
