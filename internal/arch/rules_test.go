package arch

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
)

const rulesFolder = "docs/rules"

// page is a document in Markdown. Blocks of code are no part of it.
type page struct {
	path     string
	headings []string
	rows     []row           // of all tables
	examples map[string]bool // the headings that an example stands under
}

// row is a row of a table, with the heading that it stands under and the head of its first column.
type row struct {
	under, head string
	cells       []string
}

// readPage reads a document, relative to the root.
func readPage(t *testing.T, path string) page {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, path))
	if err != nil {
		t.Fatal(err)
	}
	p := page{path: path, examples: make(map[string]bool)}
	under, head, code := "", "", false
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSpace(line)
		switch {
		case strings.HasPrefix(line, "```"):
			code = !code
		case code:
		case strings.HasPrefix(line, "#"):
			under = strings.TrimSpace(strings.TrimLeft(line, "#"))
			p.headings = append(p.headings, under)
		case strings.HasPrefix(line, "*Example.*"):
			p.examples[under] = true
		case !strings.HasPrefix(line, "|"):
			head = ""
		default:
			var cells []string
			for cell := range strings.SplitSeq(strings.Trim(line, "|"), " | ") {
				cells = append(cells, strings.Trim(strings.TrimSpace(cell), "`"))
			}
			if head == "" {
				head = cells[0]
			} else if !strings.HasPrefix(cells[0], "---") {
				p.rows = append(p.rows, row{under, head, cells})
			}
		}
	}
	return p
}

// anchor returns the name by which a link finds a heading, as GitHub makes it.
func anchor(heading string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == ' ' || r == '-':
			return '-'
		case unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_':
			return unicode.ToLower(r)
		}
		return -1
	}, heading)
}

func documents(t *testing.T) (pages []page) {
	t.Helper()
	for _, path := range trackedFiles(t) {
		if _, err := os.Stat(filepath.Join(root, path)); strings.HasSuffix(path, ".md") && err == nil {
			pages = append(pages, readPage(t, path))
		}
	}
	return pages
}

func rulePages(t *testing.T) []page {
	t.Helper()
	pages := slices.DeleteFunc(documents(t), func(p page) bool { return !inFolder(p.path, rulesFolder) })
	if len(pages) < 3 {
		t.Fatalf("found %d pages in %s", len(pages), rulesFolder)
	}
	return pages
}

var link = regexp.MustCompile(`\]\(([^)#\s]*)(#[^)\s]*)?\)`)

func TestLinksOfDocumentsLeadSomewhere(t *testing.T) {
	pages := make(map[string]page)
	for _, p := range documents(t) {
		pages[p.path] = p
	}
	for path := range pages {
		text, _ := os.ReadFile(filepath.Join(root, path)) // no error: it was read
		for _, m := range link.FindAllStringSubmatch(string(text), -1) {
			if strings.Contains(m[1], ":") {
				continue
			}
			target := filepath.ToSlash(filepath.Join(filepath.Dir(path), m[1]))
			if m[1] == "" {
				target = path
			}
			if _, err := os.Stat(filepath.Join(root, target)); err != nil {
				t.Errorf("%s links to %s: %v", path, m[1], err)
			}
			to, known := pages[target]
			found := slices.ContainsFunc(to.headings, func(h string) bool { return "#"+anchor(h) == m[2] })
			if m[2] != "" && known && !found {
				t.Errorf("%s links to %s%s, which has no such heading", path, m[1], m[2])
			}
		}
	}
}

var testLink = regexp.MustCompile(`\[(Test\w+)\]\(\.\./([\w/]+_test\.go)\)`)

// The test that proves a statement of the practice is in the file that the page links to.
func TestStatementsHaveTheirTests(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(root, "docs/article.md"))
	if err != nil {
		t.Fatal(err)
	}
	links := testLink.FindAllStringSubmatch(string(text), -1)
	for _, m := range links {
		file, err := os.ReadFile(filepath.Join(root, m[2]))
		if err != nil || !strings.Contains(string(file), "func "+m[1]+"(") {
			t.Errorf("docs/article.md: %s is no test of %s (%v)", m[1], m[2], err)
		}
	}
	if len(links) < 40 {
		t.Errorf("docs/article.md links to %d tests", len(links))
	}
}

// A rule has one heading, and an example under it.
func TestHeadingsOfRulesAreUnique(t *testing.T) {
	first := make(map[string]string)
	for _, p := range rulePages(t) {
		own := make(map[string]bool)
		for _, h := range p.headings {
			if own[anchor(h)] {
				t.Errorf("%s: %q is a heading twice", p.path, h)
			}
			own[anchor(h)] = true
			if codeForm.MatchString(h) && !p.examples[h] {
				t.Errorf("%s: the rule %s has no example", p.path, h)
			}
			if other, ok := first[h]; ok && codeForm.MatchString(h) {
				t.Errorf("%s: the rule %s has a heading in %s too", p.path, h, other)
			}
			first[h] = p.path
		}
	}
}

// A rule that has a heading has vectors, of which package vectors checks that one holds and one fails.
func TestEveryRuleHasVectors(t *testing.T) {
	for id, at := range places(t) {
		if at.anchor == "" {
			continue
		}
		if _, err := os.Stat(filepath.Join(root, "vectors", id+".json")); err != nil {
			t.Errorf("%s: the rule %s has no vectors: %v", at.path, id, err)
		}
	}
}

// placed is a rule or a code in the published rules.
type placed struct {
	path, anchor string // the anchor is that of a rule; empty for a code in a table
}

// places returns where each rule and each code stands. One that stands twice is an error.
func places(t *testing.T) map[string]placed {
	t.Helper()
	all := make(map[string]placed)
	add := func(id string, at placed) {
		if other, ok := all[id]; ok && codeForm.MatchString(id) {
			t.Errorf("%s: %s has its place in %s already", at.path, id, other.path)
		}
		if codeForm.MatchString(id) {
			all[id] = at
		}
	}
	for _, p := range rulePages(t) {
		for _, h := range p.headings {
			add(h, placed{p.path, anchor(h)})
		}
		for _, row := range p.rows {
			if row.head == "code" {
				add(row.cells[0], placed{path: p.path})
			}
		}
	}
	return all
}

// Every rule and code of the pages is one of the code, or an id that comments cite; and every code has its place.
func TestPublishedRulesAreThoseOfTheCode(t *testing.T) {
	codes, err := os.ReadFile("testdata/codes.golden")
	if err != nil {
		t.Fatal(err)
	}
	var comments strings.Builder
	for _, s := range sources(t) {
		for _, group := range s.file.Comments {
			comments.WriteString(group.Text())
		}
	}
	published := places(t)
	for line := range strings.Lines(string(codes)) {
		if id, _, _ := strings.Cut(line, "\t"); published[id] == (placed{}) {
			t.Errorf("%s has no place in %s: write a heading for a rule, a row of a table of codes for bad input", id, rulesFolder)
		}
	}
	for id, at := range published {
		cited := at.anchor != "" && strings.Contains(comments.String(), id)
		if !cited && !strings.Contains("\n"+string(codes), "\n"+id+"\t") {
			t.Errorf("%s: %s is no rule and no code", at.path, id)
		}
	}
}

var citedRule = regexp.MustCompile(`\((?:(?:comp|reg|comm|gate|stage|model|party|esc|next|view)\.[a-z_.]+(?:, )?)+\)`)

// A comment cites a rule by its id, which a reader finds in the pages.
func TestCitedRulesAreInThePages(t *testing.T) {
	published := places(t)
	for _, s := range production(t) {
		for _, group := range s.file.Comments {
			for _, m := range citedRule.FindAllString(group.Text(), -1) {
				for id := range strings.SplitSeq(strings.Trim(m, "()"), ", ") {
					if published[id] == (placed{}) {
						t.Errorf("%s: cites %s, which no page of %s explains", at(group.Pos()), id, rulesFolder)
					}
				}
			}
		}
	}
}

// stated is a default that a page states, with its reason and the heading that it stands under.
type stated struct{ value, why, path, under string }

// defaults returns what the pages state, by the fields of the book.
func defaults(t *testing.T) map[string]stated {
	t.Helper()
	all := make(map[string]stated)
	for _, p := range rulePages(t) {
		for _, row := range p.rows {
			if row.head != "field of the book" {
				continue
			}
			if len(row.cells) != 3 {
				t.Errorf("%s: %q must have a field, a default and a reason", p.path, row.cells)
				continue
			}
			field := row.cells[0]
			if other, ok := all[field]; ok {
				t.Errorf("%s: %s is stated in %s already", p.path, field, other.path)
			}
			all[field] = stated{row.cells[1], row.cells[2], p.path, row.under}
		}
	}
	return all
}

// Each default of the book is stated once, with its reason.
func TestStatedDefaultsAreThoseOfTheBook(t *testing.T) {
	book, all := defaultsOfTheBook(t), defaults(t)
	for field, s := range all {
		if got, known := book[field]; !known || got != s.value {
			t.Errorf("%s: the default of %s is %q, not %q", s.path, field, got, s.value)
		}
	}
	for field, value := range book {
		if all[field] == (stated{}) {
			t.Errorf("no page states the default of %s, which is %q, and why it is so", field, value)
		}
	}
}

// defaultsOfTheBook returns every value of the default book but those in lists of objects, by its path.
func defaultsOfTheBook(t *testing.T) map[string]string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(root, "book/default_book.json"))
	if err != nil {
		t.Fatal(err)
	}
	var book map[string]any
	if err := json.Unmarshal(data, &book); err != nil {
		t.Fatal(err)
	}
	found := make(map[string]string)
	flatten(found, "", book)
	return found
}

func flatten(found map[string]string, path string, v any) {
	switch v := v.(type) {
	case map[string]any:
		if amount, ok := v["amount"]; ok {
			found[path] = fmt.Sprint(amount, " ", v["currency"])
			return
		}
		for _, name := range slices.Sorted(maps.Keys(v)) {
			flatten(found, strings.TrimPrefix(path+"."+name, "."), v[name])
		}
	case []any:
		var texts []string
		for _, element := range v {
			if _, ok := element.(map[string]any); ok {
				return
			}
			texts = append(texts, fmt.Sprint(element))
		}
		if len(texts) > 0 {
			found[path] = strings.Join(texts, ", ")
		}
	default:
		found[path] = fmt.Sprint(v)
	}
}
