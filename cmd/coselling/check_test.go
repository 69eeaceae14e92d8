package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/coselling/coselling/internal/goldentest"
	"github.com/coselling/coselling/value"
)

// documents are files of this module without problems, one at least of each kind.
var documents = map[string]string{
	"book": "../../book/default_book.json", "policy": "../../examples/policychange/policy-2026q4.json",
	"history": "../../comp/timeline/testdata/history.json", "roster": "../../examples/assess/roster.json",
	"mapping": "../../examples/policychange/deals-map.json", "deal": "../../examples/assess/deal.json",
	"record": "../../examples/assess/record.json", "test": "../../examples/policychange/2027q1.test.json",
}

func readFile(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// The members of a document say which kind it is, and a sound one has no problem.
func TestCheckFindsTheKind(t *testing.T) {
	for _, k := range kinds() {
		file := documents[k.name]
		status, out, said := ran("", "check", file)
		if status != 0 || said != "" || !strings.Contains(out, file+": a "+k.name+", ") {
			t.Errorf("%s: status %d, %s%s", k.name, status, out, said)
		}
	}
	for text, want := range map[string]string{
		`{}`: "-kind", `{"zone": "UTC"}`: "-kind", `[]`: "-kind", `{"people": []}`: "-kind",
	} {
		if status, out, said := ran(text, "check", "-"); status != 2 || out != "" || !strings.Contains(said, want) {
			t.Errorf("%s: status %d, %s%s", text, status, out, said)
		}
	}
	if status, out, _ := ran(`{"people": []}`, "check", "-kind", "roster", "-"); status != 1 ||
		!strings.HasPrefix(out, "-:1:1: absences: nothing stands here; the member is needed: ") ||
		!strings.HasSuffix(out, "\n-: a roster, 1 problem\n") {
		t.Errorf("-kind roster: status %d, %s", status, out)
	}
	if status, _, said := ran("", "check", "-kind", "deals", documents["deal"]); status != 2 ||
		!strings.Contains(said, "allowed are book, policy") {
		t.Errorf("an unknown kind: status %d, %s", status, said)
	}
}

// memberLine is a line of an indented document that has a member.
type memberLine struct {
	number, indent int
	path, name     string
	scalar         bool // its value stands on the line
}

// membersIn returns the members of an indented document by its lines alone, as an oracle of places.
func membersIn(lines []string) []memberLine {
	type frame struct {
		path  string
		index int // of the next element; below 0 in an object
	}
	stack := []frame{{"", -1}}
	var all []memberLine
	for i, line := range lines {
		text := strings.TrimLeft(line, " ")
		top := &stack[len(stack)-1]
		path := top.path
		switch {
		case text[0] == '}' || text[0] == ']':
			stack = stack[:len(stack)-1]
			continue
		case i == 0:
		case top.index >= 0:
			path = value.Index(path, top.index)
			top.index++
		default:
			name, rest, _ := strings.Cut(text[1:], `": `)
			shown := name
			if strings.ContainsAny(name, "\"\\") {
				panic(name)
			}
			if name == "" {
				shown = `""`
			}
			path = value.JoinPath(path, shown)
			open := strings.HasSuffix(rest, "{") || strings.HasSuffix(rest, "[")
			all = append(all, memberLine{i, len(line) - len(text), path, name, !open})
		}
		if strings.HasSuffix(text, "{") {
			stack = append(stack, frame{path, -1})
		}
		if strings.HasSuffix(text, "[") {
			stack = append(stack, frame{path, 0})
		}
	}
	return all
}

// A misspelt member and a value of another form, anywhere in a document of any kind, are found at their line and column,
// and each message says what stands there and what is allowed. The golden file has the first message of each code.
func TestEveryMessageIsGoodEnoughToRepairByItAlone(t *testing.T) {
	const mostMembers = 30 // of one kind
	var golden strings.Builder
	for _, k := range kinds() {
		var indented bytes.Buffer
		if err := json.Indent(&indented, []byte(readFile(t, documents[k.name])), "", "  "); err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(strings.TrimSpace(indented.String()), "\n")
		about, err := schemaOf(k.name)
		if err != nil {
			t.Fatal(err)
		}
		members := membersIn(lines)
		seen := map[value.Code]bool{}
		for i := 0; i < len(members); i += 1 + len(members)/mostMembers {
			m := members[i]
			for _, broken := range brokenLines(lines[m.number], m) {
				changed := slices.Clone(lines)
				changed[m.number] = broken.line
				remarks, err := k.remarks([]byte(strings.Join(changed, "\n")))
				if err != nil {
					t.Fatal(err)
				}
				at := slices.IndexFunc(remarks, func(r remark) bool {
					return !r.doubt && (r.place == place{m.number + 1, m.indent + 1} ||
						r.line == m.number+1 && strings.HasPrefix(r.path, m.path+"."))
				})
				if at < 0 {
					if broken.anyText || broken.misspelt && isKey(about, m.path) {
						continue // another text, or another id, may be legal there
					}
					t.Errorf("%s %s: %s: nothing is found there: %+v", k.name, m.path, broken.line, remarks)
					continue
				}
				checkMessage(t, about, m, broken, remarks, remarks[at])
				if r := remarks[at]; !seen[r.code] {
					seen[r.code] = true
					text, _, _ := strings.Cut(checked{"a " + k.name, "", nil}.line(r), " belongs: ") // the rest is the schema's
					fmt.Fprintf(&golden, "%s: %s\n", strings.TrimSpace(broken.line), text)
				}
			}
		}
	}
	goldentest.Compare(t, "testdata/check.golden", golden.String())
}

// brokenLine is a line with one mistake.
type brokenLine struct {
	line              string
	misspelt, anyText bool
}

func brokenLines(line string, m memberLine) []brokenLine {
	list := []brokenLine{{strings.Replace(line, m.name+`":`, m.name+`x":`, 1), true, false}}
	if !m.scalar {
		return list
	}
	before, _, _ := strings.Cut(line, `": `)
	comma := ""
	if strings.HasSuffix(line, ",") {
		comma = ","
	}
	return append(list, brokenLine{line: before + `": {"x": [1]}` + comma}, brokenLine{line: before + `": 1.5` + comma},
		brokenLine{line: before + `": "\u0000 ?"` + comma, anyText: true})
}

// isKey reports whether a path is an entry of a table, whose names are ids.
func isKey(about *schema, path string) bool { return about.at(about.Defs, path+"x") != nil }

func checkMessage(t *testing.T, about *schema, m memberLine, broken brokenLine, all []remark, r remark) {
	t.Helper()
	switch {
	case !broken.misspelt:
		if !strings.HasPrefix(r.path, m.path) || len(r.says) < 20 {
			t.Errorf("%s: %s: %q at %s says too little", m.path, broken.line, r.says, r.path)
		}
	case isKey(about, m.path), strings.Contains(r.says, "; write {"):
	default: // the allowed names are listed, and one of them is the right one
		if _, list, _ := strings.Cut(r.says, "allowed are "); !slices.Contains(strings.Split(list, ", "), m.name) {
			t.Errorf("%s: %q does not name it", m.path, r.says)
		}
	}
	for _, other := range all { // whatever is missing is named, with what belongs there
		if _, belongs, ok := strings.Cut(other.says, "the member is needed"); ok && belongs == "" {
			t.Errorf("%s: %s is missing, and nothing says what belongs there", m.path, other.path)
		}
	}
}

// Places are counted in characters. Where a member stands twice the first is read, and the second may be asked for; of a
// missing one the place is that of the object.
func TestPlaces(t *testing.T) {
	const text = "{\"é\": 1, \"a\": {\"b\": [true,\n\t{\"c\": \"x\"}], \"e.f\": 2}, \"a\": {\"d\":\"ü\"}}"
	for _, c := range []struct {
		spot
		place
	}{
		{spot{path: "é"}, place{1, 2}}, {spot{path: "a"}, place{1, 10}}, {spot{"a", true}, place{2, 26}},
		{spot{path: "a.b[0]"}, place{1, 22}}, {spot{path: "a.b[1]"}, place{2, 2}}, {spot{path: "a.b[1].c"}, place{2, 3}},
		{spot{path: "a.b[2]"}, place{1, 16}}, {spot{path: "a.e.f"}, place{2, 15}}, {spot{path: "a.d"}, place{1, 10}},
		{spot{path: ""}, place{1, 1}}, {spot{path: "z[3].y"}, place{1, 1}}, {spot{path: "é[7]"}, place{1, 2}},
	} {
		if places, _ := placesOf([]byte(text), []spot{c.spot}); places[0] != c.place {
			t.Errorf("%+v is at %v, want %v", c.spot, places[0], c.place)
		}
	}
	if _, found := placesOf([]byte(text), []spot{{path: "é"}, {path: "a.b[1].c"}}); found["é"] != "1" || found["a.b[1].c"] != `"x"` {
		t.Error(found)
	}
	if status, out, _ := ran(`{"people": [], "people": 1, "absences": []}`, "check", "-"); status != 1 ||
		!strings.Contains(out, "-:1:16: people: the member stands twice\n") {
		t.Errorf("status %d, %s", status, out)
	}
}

// Whatever the text, a place is in it, and that of a path is not before the place of what it is in.
func FuzzPlaces(f *testing.F) {
	f.Add(`{"a": [1, {"b\u0000": "é"}], "a": {}}`, "a[1].b")
	f.Add("{\"a\":\n\t[[[", "a[0][0]")
	f.Add(`{"": 1, "x.y": {"z": tru`, `"".x.y.z`)
	f.Fuzz(func(t *testing.T, text, path string) {
		places, _ := placesOf([]byte(text), []spot{{path: path}, {path: parent(path)}, {}})
		lines := strings.Split(text, "\n")
		for _, p := range places {
			if p.line < 1 || p.line > len(lines) || p.column < 1 || p.column > len([]rune(lines[p.line-1]))+1 {
				t.Errorf("%q in %q: %v", path, text, p)
			}
		}
		if one, two := places[1], places[0]; two.line < one.line || two.line == one.line && two.column < one.column {
			t.Errorf("%q in %q: %v is before %v", path, text, two, one)
		}
	})
}

func TestCheckCountsDoubtsIfStrict(t *testing.T) {
	file := documents["policy"]
	status, out, _ := ran("", "check", file, documents["deal"])
	if status != 0 || strings.Count(out, "doubt: ") != 1 || !strings.Contains(out, ": a policy, 1 doubt\n") {
		t.Errorf("status %d, %s", status, out)
	}
	if status, again, said := ran("", "check", "-strict", file, documents["deal"]); status != 1 || again != out ||
		!strings.Contains(said, "1 doubt in 2 files") {
		t.Errorf("-strict: status %d, %s%s", status, again, said)
	}
	zone := strings.Replace(readFile(t, documents["book"]), `"zone": "UTC"`, `"zone": "Europe/Berlim"`, 1)
	if status, out, _ := ran(zone, "check", "-"); status != 1 ||
		!strings.Contains(out, `-:4:3: zone: "Europe/Berlim" is no time zone`) {
		t.Errorf("an unknown zone: status %d, %s", status, out)
	}
}

// The other formats have the same remarks, escaped for the format.
func TestCheckInOtherFormats(t *testing.T) {
	const bad = `{"model": "=1|<b>", "joint_origin": "equal", "joint_primary": "filer"}`
	for format, want := range map[string]string{
		"markdown": `| \- | 1 | 2 | problem | model | "=1\|&lt;b&gt;" is not known; allowed are origination, split, role\_based |`,
		"csv":      `-,1,2,problem,model,"""=1|<b>"" is not known; allowed are origination, split, role_based",comp.model.unknown`,
		"html":     `<td>&#34;=1|&lt;b&gt;&#34; is not known;`,
		"json":     `"says": "\"=1|<b>\" is not known; allowed are origination, split, role_based"`,
	} {
		if status, out, _ := ran(bad, "check", "-", "-format", format); status != 1 || !strings.Contains(out, want) {
			t.Errorf("%s: status %d, %s", format, status, out)
		}
	}
}

// Hostile documents give an answer that is bounded: deep ones, long ones, and those with very many problems.
func TestCheckIsBounded(t *testing.T) {
	for name, text := range map[string]string{
		"deep":   `{"model": ` + strings.Repeat("[", 100_000),
		"deeper": `{"model": ` + strings.Repeat(`{"a":`, 5000) + "1" + strings.Repeat("}", 5000) + "}",
		"many":   `{"export": "x", "fields": {}, "payees": [` + strings.Repeat("{},", 500_000) + "{}]}",
		"names":  `{"model": 1` + strings.Repeat(`, "a\u202e": 1`, 50_000) + "}",
	} {
		status, out, _ := ran(text, "check", "-")
		if status != 1 || len(out) > 128<<10 || strings.Count(out, "\n") > 102 || strings.ContainsRune(out, '\u202e') {
			t.Errorf("%s: status %d, %d bytes: %.300s", name, status, len(out), out)
		}
	}
}

func TestSchemaPrintsSchemas(t *testing.T) {
	_, names, _ := ran("", "schema")
	for name := range strings.Lines(names) {
		name = strings.TrimSpace(name)
		if status, out, said := ran("", "schema", name); status != 0 || !json.Valid([]byte(out)) || said != "" {
			t.Errorf("%s: status %d, %s", name, status, said)
		}
	}
	if status, out, said := ran("", "schema", "boo"); status != 2 || out != "" || !strings.Contains(said, "allowed are book, ") {
		t.Errorf("status %d, %s%s", status, out, said)
	}
}
