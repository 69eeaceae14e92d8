package main

import (
	"fmt"
	"io"
	"strings"
	"unicode"

	"github.com/coselling/coselling/internal/escape"
	"github.com/coselling/coselling/render"
)

// width is the largest width of a line on a terminal.
const width = 100

// printer writes a document for people, as text, Markdown or HTML, and keeps the first error.
type printer struct {
	out    io.Writer
	format string
	err    error
}

// isText reports whether a document is read as it is written, so that columns are aligned and lines are short.
func (p *printer) isText() bool { return p.format == "text" }

// title writes the head of a document, which text has not.
func (p *printer) title(text string) {
	switch p.format {
	case "markdown":
		p.print("# " + render.MarkdownText(text) + "\n\n")
	case "html":
		p.print("<!doctype html>\n<meta charset=\"utf-8\">\n<title>" + escape.HTML(text) + "</title>\n" + style +
			"<h1>" + escape.HTML(text) + "</h1>\n")
	}
}

const style = `<style>
body { font: 15px/1.5 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1rem; color: #1c1c1c }
table { border-collapse: collapse; margin: 1rem 0 }
td, th { padding: .2rem .8rem; text-align: left; border-bottom: 1px solid #ddd; vertical-align: top }
.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap }
p { margin: .3rem 0 }
</style>
`

func (p *printer) print(text string) {
	if p.err == nil {
		_, p.err = io.WriteString(p.out, text)
	}
}

// line writes a line.
func (p *printer) line(format string, args ...any) {
	text := strings.TrimRight(fmt.Sprintf(format, args...), " ")
	switch {
	case text == "" || p.isText():
	case p.format == "html":
		text = "<p>" + escape.HTML(strings.TrimSpace(text)) + "</p>"
	default:
		text = "- " + render.MarkdownText(strings.TrimSpace(text))
	}
	p.print(text + "\n")
}

func (p *printer) heading(format string, args ...any) {
	p.print("\n")
	switch text := fmt.Sprintf(format, args...); p.format {
	case "markdown":
		p.print("## " + render.MarkdownText(text) + "\n\n")
	case "html":
		p.print("<h2>" + escape.HTML(text) + "</h2>\n")
	default:
		p.line("%s", text)
		p.line("%s", strings.Repeat("─", width))
	}
}

// wrapped writes a label and a text on up to four lines, indented by the length of the
// label.
func (p *printer) wrapped(label, text string) {
	const most = 4
	indent := len([]rune(label))
	if !p.isText() {
		p.line("%s", strings.TrimLeft(label, " ")+clean(text, most*(width-indent)))
		return
	}
	for i, part := range wrap(text, width-indent, most) {
		if i > 0 {
			label = strings.Repeat(" ", indent)
		}
		p.line("%s%s", label, part)
	}
}

// wrap breaks a text between words into lines of a width, and cuts what needs more than the
// given number of lines.
func wrap(text string, room, lines int) []string {
	var parts []string
	rest := []rune(clean(text, room*lines))
	for len(rest) > room && len(parts) < lines-1 {
		at := room
		for at > room/2 && rest[at] != ' ' {
			at--
		}
		if rest[at] != ' ' {
			at = room // one long word
		}
		parts = append(parts, string(rest[:at]))
		rest = []rune(strings.TrimLeft(string(rest[at:]), " "))
	}
	return append(parts, clean(string(rest), room))
}

// clean makes text of the export fit its column: control and invisible characters become
// blanks, several blanks become one, and the rest is cut.
func clean(text string, most int) string {
	if most <= 0 {
		return ""
	}
	kept := make([]rune, 0, min(len(text), most))
	blank := false
	for _, r := range text {
		if !unicode.IsPrint(r) || r == ' ' {
			blank = len(kept) > 0
			continue
		}
		if blank {
			kept = append(kept, ' ')
			blank = false
		}
		kept = append(kept, r)
		if len(kept) > most {
			return string(kept[:most-1]) + "…"
		}
	}
	return string(kept)
}

// dashed writes the name of a model as people do.
func dashed(name string) string { return strings.ReplaceAll(name, "_", "-") }
