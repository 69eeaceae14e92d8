package impact

import (
	"strings"

	"github.com/coselling/coselling/internal/escape"
	"github.com/coselling/coselling/internal/grid"
)

// Text returns the report as plain text in columns, for a terminal. Control characters of
// ids are escaped.
func (r Report) Text() string {
	return r.written(form{"", "\n", "\n", "  ", escape.Line, grid.Table.Text})
}

// Markdown returns the report as Markdown with tables. Text from outside is escaped.
func (r Report) Markdown() string {
	return r.written(form{"# ", "\n## ", "\n\n", "- ", escape.Markdown, grid.Table.Markdown})
}

// form holds the marks of a kind of document: in front of the headline, around the title
// of a section and in front of a sentence; and how it writes text and tables.
type form struct {
	headline, title, under, item string
	text                         func(string) string
	table                        func(grid.Table) string
}

func (r Report) written(f form) string {
	var b strings.Builder
	b.WriteString(f.headline + f.text(r.headline()) + "\n")
	for _, s := range r.sections() {
		b.WriteString(f.title + s.title + f.under)
		for _, line := range s.lines {
			b.WriteString(f.item + f.text(line) + "\n")
		}
		if s.Head != nil {
			b.WriteString(f.table(s.Table))
		}
	}
	return b.String()
}
