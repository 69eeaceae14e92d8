package rendercheck

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	renderer "github.com/yuin/goldmark/renderer/html"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"pgregory.net/rapid"

	"github.com/coselling/coselling/internal/escape"
)

// document holds the elements that a reader of Markdown sees.
type document struct {
	Headings   []string
	Paragraphs []string
	Items      []string
	Tables     [][][]string // rows of cells, the head first
}

// reading is Markdown as wikis read it: with tables, lists of tasks, links of bare
// addresses, strikethrough, footnotes and definitions. Raw HTML gets through.
var reading = goldmark.New(
	goldmark.WithExtensions(extension.GFM, extension.Footnote, extension.DefinitionList),
	goldmark.WithRendererOptions(renderer.WithUnsafe()),
)

// markdown reads a document and refuses every element that only a hostile text can cause: links,
// images, emphasis, code, HTML, a rule, a nested list.
func markdown(t rapid.TB, text string) document {
	t.Helper()
	var out bytes.Buffer
	if err := reading.Convert([]byte(text), &out); err != nil {
		t.Fatal(err)
	}
	nodes, err := html.ParseFragment(&out, &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body})
	if err != nil {
		t.Fatal(err)
	}
	var d document
	for _, n := range nodes {
		if problem := d.add(n); problem != "" {
			t.Fatalf("Markdown makes %s of\n%s", problem, text)
		}
	}
	return d
}

// add takes an element of the outermost level; it returns what must not stand there.
func (d *document) add(n *html.Node) string {
	switch {
	case n.Type == html.TextNode && strings.TrimSpace(n.Data) == "":
		return ""
	case n.Type != html.ElementNode:
		return "a node " + n.Data
	}
	var problem string
	switch n.DataAtom {
	case atom.H1, atom.H2:
		d.Headings = append(d.Headings, words(n, &problem))
	case atom.P:
		d.Paragraphs = append(d.Paragraphs, words(n, &problem))
	case atom.Ul:
		for item := range elements(n) {
			if item.DataAtom != atom.Li {
				return item.Data
			}
			d.Items = append(d.Items, words(item, &problem))
		}
	case atom.Table:
		var rows [][]string
		for part := range elements(n) {
			for row := range elements(part) {
				var cells []string
				for cell := range elements(row) {
					cells = append(cells, words(cell, &problem))
				}
				rows = append(rows, cells)
			}
		}
		d.Tables = append(d.Tables, rows)
	default:
		return n.Data
	}
	return problem
}

func elements(n *html.Node) func(yield func(*html.Node) bool) {
	return func(yield func(*html.Node) bool) {
		for c := range n.ChildNodes() {
			if c.Type == html.ElementNode && !yield(c) {
				return
			}
		}
	}
}

// words is the text of an element that has to hold nothing else.
func words(n *html.Node, problem *string) string {
	var b strings.Builder
	for c := range n.ChildNodes() {
		if c.Type != html.TextNode {
			*problem = n.Data + " with " + c.Data
			continue
		}
		b.WriteString(c.Data)
	}
	return b.String()
}

// wantTable compares a table with its head and rows of texts as they were given.
func wantTable(t rapid.TB, got [][]string, head []string, rows [][]string) {
	t.Helper()
	want := [][]string{head}
	for _, row := range rows {
		cells := make([]string, len(row))
		for i, text := range row {
			cells[i] = escape.Line(text)
		}
		want = append(want, cells)
	}
	if !slices.EqualFunc(got, want, slices.Equal[[]string]) {
		t.Fatalf("read is\n%q\nwant\n%q", got, want)
	}
}

// The test shows that the check refuses markup at all.
func TestMarkupIsFound(t *testing.T) {
	for text, want := range map[string]string{
		"<b>x</b>": "p with b", "x <script>y</script>": "p with script", "[a](b)": "p with a", "![a](b)": "p with img", "*a*": "p with em", "`a`": "p with code", "    a": "pre",
		"https://example.com": "p with a", "~~a~~": "p with del", "1. a": "ol", "- - a": "li with ul", "---": "hr", "> a": "blockquote", "# a\n### b": "h3", "<!-- x -->": "a node  x ",
	} {
		var out bytes.Buffer
		if err := reading.Convert([]byte(text), &out); err != nil {
			t.Fatal(err)
		}
		nodes, err := html.ParseFragment(&out, &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body})
		if err != nil {
			t.Fatal(err)
		}
		var d document
		var found string
		for _, n := range nodes {
			if problem := d.add(n); problem != "" {
				found = problem
			}
		}
		if found != want {
			t.Errorf("%q: %q is found, want %q", text, found, want)
		}
	}
}
