package render

import (
	"strconv"
	"strings"

	"github.com/coselling/coselling/internal/escape"
	"github.com/coselling/coselling/internal/grid"
)

// Document is a [Brief] or a [Report]; its methods write it in four forms. The zero value is empty.
type Document struct {
	title  string
	lines  []string // below the title
	list   []entry  // numbered
	rest   string   // below the list
	tables []section
}

// entry is an action: the people, the day and what they do.
type entry struct{ who, when, says string }

// section is a table with its title.
type section struct {
	title string
	table grid.Table
}

// Text returns the document as plain text.
func (d Document) Text() string {
	return d.write(form{text: escape.Line, table: grid.Table.Text})
}

// Markdown returns the document as Markdown.
func (d Document) Markdown() string {
	return d.write(form{text: escape.Markdown, title: around("**", "**  "), line: around("", "  "),
		who: around("**", "**"), above: "\n", rest: "\n", section: around("## ", "\n"), table: grid.Table.Markdown})
}

// Slack returns the document as a message in Slack's own markup, in which a row of a table is a line.
func (d Document) Slack() string {
	return d.write(form{text: escape.Slack, title: around("*", "*"), who: around("*", "*"), section: around("*", "*"),
		table: func(t grid.Table) string { return t.Lines(escape.Slack) }})
}

// HTML returns the document as a fragment of HTML with neither attributes nor scripts nor links.
func (d Document) HTML() string {
	return d.write(form{text: escape.HTML, title: around("<h2>", "</h2>"), line: around("<p>", "</p>"),
		who: around("<b>", "</b>"), above: "<ol>\n", item: around("<li>", "</li>"), below: "</ol>\n",
		section: around("<h3>", "</h3>"), table: grid.Table.HTML})
}

// form is how the parts of a document are written. A nil function writes the text as it is; without item, the list
// has numbers.
type form struct {
	text                            func(string) string // escapes a text
	title, line, who, item, section func(string) string
	above, below                    string // around the list
	rest                            string // before the line below the list
	table                           func(grid.Table) string
}

func around(before, after string) func(string) string {
	return func(s string) string { return before + s + after }
}

func (d Document) write(f form) string {
	var b strings.Builder
	add := func(wrap func(string) string, s string) {
		if wrap != nil {
			s = wrap(s)
		}
		b.WriteString(s + "\n")
	}
	if d.title != "" {
		add(f.title, f.text(d.title))
	}
	for _, line := range d.lines {
		add(f.line, f.text(line))
	}
	if len(d.list) > 0 {
		b.WriteString(f.above)
	}
	for i, e := range d.list {
		who := f.text(e.who)
		if f.who != nil {
			who = f.who(who)
		}
		says := who + e.when + f.text(": "+e.says)
		if f.item == nil {
			says = strconv.Itoa(i+1) + ". " + says
		}
		add(f.item, says)
	}
	if len(d.list) > 0 {
		b.WriteString(f.below)
	}
	if d.rest != "" {
		b.WriteString(f.rest)
		add(f.line, f.text(d.rest))
	}
	for _, s := range d.tables {
		b.WriteString("\n")
		add(f.section, f.text(s.title))
		b.WriteString(f.table(s.table))
	}
	return b.String()
}
