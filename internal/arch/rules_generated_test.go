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
)

// generatedBlock is a part of a page that is written from the default book, or from the other pages.
var generatedBlock = regexp.MustCompile(`(?s)<!-- generated: (\w+) -->\n(.*?)<!-- end of generated -->`)

// ruleBook is the default book as far as pages have tables of it.
type ruleBook struct {
	Roles []struct {
		Responsibility, Says string
		PartnerLed           cell `json:"partner_led"`
		VendorLed            cell `json:"vendor_led"`
		TrueCoSell           cell `json:"true_co_sell"`
	}
	Functions []struct {
		Function        string
		Takes, Supports []string
	}
	Stage struct {
		Playbooks []struct {
			Engagement, Size string
			Stages           []step
		}
	}
}

type cell struct {
	Mode, Leader, Support, How string
	Derived                    bool
}

type step struct {
	Says        string
	First, Last int
	Gates       []string
	Tasks       []struct {
		Owner, Kind, Says, Fact string
		Covers                  []string
	}
}

func TestGeneratedPartsOfRulesAreThoseOfTheBook(t *testing.T) {
	data, err := os.ReadFile(filepath.Join(root, "book/default_book.json"))
	if err != nil {
		t.Fatal(err)
	}
	var book ruleBook
	if err := json.Unmarshal(data, &book); err != nil {
		t.Fatal(err)
	}
	want := map[string]string{
		"roles": book.roles(), "functions": book.functions(), "playbooks": book.playbooks(), "index": ruleIndex(t),
		"policy": policyReference(t),
	}
	for _, p := range documents(t) {
		file := filepath.Join(root, p.path)
		text, _ := os.ReadFile(file) // no error: it was read
		next := generatedBlock.ReplaceAllStringFunc(string(text), func(block string) string {
			name := generatedBlock.FindStringSubmatch(block)[1]
			body, known := want[name]
			if !known {
				t.Errorf("%s: nothing generates %q, or twice", p.path, name)
			}
			delete(want, name)
			return fmt.Sprintf("<!-- generated: %s -->\n\n%s\n<!-- end of generated -->", name, body)
		})
		if next == string(text) {
			continue
		}
		if os.Getenv(updateVariable) == "1" {
			writeGolden(t, file, next)
		} else {
			t.Errorf("%s: its generated parts differ; run %s=1 go test ./internal/arch", p.path, updateVariable)
		}
	}
	for name := range want {
		t.Errorf("no page has the generated part %q", name)
	}
}

func (b *ruleBook) roles() string {
	var s strings.Builder
	s.WriteString("| responsibility | in words | partner-led | vendor-led | true co-sell |\n|---|---|---|---|---|\n")
	for _, r := range b.Roles {
		fmt.Fprintf(&s, "| `%s` | %s | %s | %s | %s |\n", r.Responsibility, r.Says, r.PartnerLed.text(),
			r.VendorLed.text(), r.TrueCoSell.text())
	}
	return s.String()
}

// text returns a cell in words.
func (c cell) text() string {
	text, other := c.Mode, "partner"
	if c.Mode == "leads" {
		text = c.Leader + " leads"
	}
	if c.Leader == other {
		other = "vendor"
	}
	if c.Support != "" {
		text += ", " + other + " " + c.Support
	}
	if c.How != "" {
		text += ": " + c.How
	}
	if c.Derived {
		text += " *(derived)*"
	}
	return text
}

func (b *ruleBook) functions() string {
	var s strings.Builder
	s.WriteString("| function | takes from the lead | supports |\n|---|---|---|\n")
	for _, f := range b.Functions {
		fmt.Fprintf(&s, "| %s | %s | %s |\n", f.Function, ids(f.Takes, "nothing"), ids(f.Supports, "nothing"))
	}
	return s.String()
}

// ids returns ids in the form of code; other words where there are none.
func ids(list []string, none string) string {
	if len(list) == 0 {
		return none
	}
	return "`" + strings.Join(list, "`, `") + "`"
}

func (b *ruleBook) playbooks() string {
	var s strings.Builder
	for _, p := range b.Stage.Playbooks {
		fmt.Fprintf(&s, "### %s, %s\n\n| stage | days | tasks | gates at its end |\n|---|---|---|---|\n",
			strings.ReplaceAll(p.Engagement, "_", " "), p.Size)
		for _, st := range p.Stages {
			fmt.Fprintf(&s, "| %s | %d–%d | %s | %s |\n", st.Says, st.First, st.Last, st.tasks(), ids(st.Gates, "none"))
		}
		s.WriteString("\n")
	}
	return strings.TrimSuffix(s.String(), "\n")
}

func (st *step) tasks() string {
	owners := map[string]string{"partner": "P", "vendor": "V", "joint": "J", "each": "E"}
	kinds := map[string]string{"recurring": " *(r)*", "after_close": " *(a)*", "conditional": " *(when raised)*"}
	var list []string
	for _, t := range st.Tasks {
		text := owners[t.Owner] + " " + t.Says + kinds[t.Kind]
		if t.Fact != "" {
			text += " (`" + t.Fact + "`)"
		}
		list = append(list, text)
	}
	return strings.Join(list, " · ")
}

// ruleIndex returns a table of all rules and codes, with their places and their vectors.
func ruleIndex(t *testing.T) string {
	all := places(t)
	var s strings.Builder
	s.WriteString("| id | stands in | vectors |\n|---|---|---|\n")
	for _, id := range slices.Sorted(maps.Keys(all)) {
		at, vectors := all[id], ""
		name := filepath.Base(at.path)
		target := name
		if at.anchor != "" {
			target += "#" + at.anchor
		}
		file := "vectors/" + id + ".json"
		if _, err := os.Stat(filepath.Join(root, file)); err == nil {
			vectors = "[" + id + "](../../" + file + ")"
		}
		fmt.Fprintf(&s, "| `%s` | [%s](%s) | %s |\n", id, strings.TrimSuffix(name, ".md"), target, vectors)
	}
	return s.String()
}

// policyReference returns a table of every field of the book, with what its schema says of it.
func policyReference(t *testing.T) string {
	data, err := os.ReadFile(filepath.Join(root, "schemas/book.schema.json"))
	if err != nil {
		t.Fatal(err)
	}
	var whole schema
	if err := json.Unmarshal(data, &whole); err != nil {
		t.Fatal(err)
	}
	all := defaults(t)
	var s strings.Builder
	s.WriteString("| field | in words | allowed | default | why |\n|---|---|---|---|---|\n")
	for _, field := range slices.Sorted(maps.Keys(all)) {
		at := whole
		for name := range strings.SplitSeq(field, ".") {
			at = whole.member(at, name)
		}
		d := all[field]
		fmt.Fprintf(&s, "| [`%s`](%s#%s) | %s | %s | %s | %s |\n", field, strings.TrimPrefix(d.path, "docs/"), anchor(d.under),
			at.Description, at.allowed(), d.value, d.why)
	}
	return s.String()
}

// schema holds the part of a JSON Schema that a reference shows.
type schema struct {
	Ref              string `json:"$ref"`
	Description      string
	Type             any
	Enum             []any
	Minimum, Maximum *int64
	Properties       map[string]schema
	Additional       json.RawMessage `json:"additionalProperties"`
	AnyOf            []schema
	Defs             map[string]schema `json:"$defs"`
}

// member returns the schema of a member of an object; empty where that says nothing of it.
func (s *schema) member(of schema, name string) schema {
	found, known := of.Properties[name]
	if !known {
		_ = json.Unmarshal(of.Additional, &found) // or it is false, and allows no other member
	}
	if len(of.AnyOf) > 0 && !known {
		return s.member(s.resolve(of.AnyOf[0]), name)
	}
	return s.resolve(found)
}

// resolve follows a reference; what stands beside it counts first.
func (s *schema) resolve(of schema) schema {
	if of.Ref == "" {
		return of
	}
	target := s.resolve(s.Defs[strings.TrimPrefix(of.Ref, "#/$defs/")])
	if of.Description != "" {
		target.Description = of.Description
	}
	return target
}

// allowed returns the values of a field in words; empty where its description has to do.
func (s *schema) allowed() string {
	switch {
	case len(s.Enum) > 0:
		var texts []string
		for _, value := range s.Enum {
			texts = append(texts, fmt.Sprint(value))
		}
		return strings.Join(texts, ", ")
	case s.Type == "boolean":
		return "true, false"
	case s.Minimum != nil && s.Maximum != nil:
		return fmt.Sprintf("%d to %d", *s.Minimum, *s.Maximum)
	}
	return ""
}
