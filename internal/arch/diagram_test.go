package arch

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestTheDiagramShowsTheImports holds the diagram of CONTRIBUTING.md against the imports
// of the packages that it draws. An import that follows from others is left out, so that
// there is one right diagram: where a imports b and c, and b imports c, only a --> b and
// b --> c are drawn.
func TestTheDiagramShowsTheImports(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(root, "CONTRIBUTING.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, chart, _ := strings.Cut(string(text), "```mermaid\n")
	chart, _, _ = strings.Cut(chart, "```")
	drawn, unread := arrowsOf(chart)
	for _, line := range unread {
		t.Errorf("the diagram's line %q is neither a package nor an arrow", line)
	}
	real := direct(importsDrawn(t))
	for _, dir := range slices.Sorted(maps.Keys(real)) {
		if _, ok := drawn[dir]; !ok {
			t.Errorf("the diagram does not have the package %s", dir)
		}
		for _, to := range real[dir] {
			if !slices.Contains(drawn[dir], to) {
				t.Errorf("draw %s --> %s", nodeOf(dir), nodeOf(to))
			}
		}
	}
	for _, dir := range slices.Sorted(maps.Keys(drawn)) {
		if _, ok := real[dir]; !ok {
			t.Errorf("the diagram has %s, which is no package for importers and no helper", dir)
		}
		for _, to := range drawn[dir] {
			if !slices.Contains(real[dir], to) {
				t.Errorf("%s --> %s is drawn: no such import, or it follows from others", nodeOf(dir), nodeOf(to))
			}
		}
	}
}

// rootNode stands for the root in the diagram, because its folder has no name.
const rootNode = "coselling"

var nodeLine = regexp.MustCompile(`^[a-z0-9/]+$`)

// arrowsOf reads a chart of lines such as "a --> b & c", and of packages that stand
// alone: what each imports, and the lines that are neither.
func arrowsOf(chart string) (arrows map[string][]string, unread []string) {
	arrows = map[string][]string{}
	for line := range strings.Lines(chart) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "flowchart ") {
			continue
		}
		left, right, arrow := strings.Cut(line, " --> ")
		nodes := append([]string{left}, strings.Split(right, " & ")...)
		if !arrow {
			nodes = nodes[:1]
		}
		if slices.ContainsFunc(nodes, func(n string) bool { return !nodeLine.MatchString(n) }) {
			unread = append(unread, line)
			continue
		}
		for _, node := range nodes {
			arrows[folderOf(node)] = slices.Concat(arrows[folderOf(node)])
		}
		for _, node := range nodes[1:] {
			arrows[folderOf(left)] = append(arrows[folderOf(left)], folderOf(node))
		}
	}
	return arrows, unread
}

func nodeOf(dir string) string {
	if dir == "." {
		return rootNode
	}
	return dir
}

func folderOf(node string) string {
	if node == rootNode {
		return "."
	}
	return node
}

// importsDrawn returns the imports of the public packages and the helpers from one another.
func importsDrawn(t *testing.T) map[string][]string {
	t.Helper()
	imports := map[string][]string{}
	for _, s := range production(t) {
		if s.public() || slices.Contains(helpers, s.dir) {
			imports[s.dir] = nil
		}
	}
	for _, s := range production(t) {
		if _, drawn := imports[s.dir]; !drawn {
			continue
		}
		for _, spec := range s.file.Imports {
			dir, ours := ownPackage(importPath(spec))
			if _, drawn := imports[dir]; ours && drawn && !slices.Contains(imports[s.dir], dir) {
				imports[s.dir] = append(imports[s.dir], dir)
			}
		}
	}
	return imports
}

// direct returns the imports without those that follow from others.
func direct(imports map[string][]string) map[string][]string {
	kept := map[string][]string{}
	for dir, list := range imports {
		kept[dir] = slices.DeleteFunc(slices.Clone(list), func(to string) bool {
			return slices.ContainsFunc(list, func(over string) bool { return over != to && reaches(imports, over, to) })
		})
	}
	return kept
}

// reaches reports whether a package imports another, by others or itself.
func reaches(imports map[string][]string, from, to string) bool {
	return slices.ContainsFunc(imports[from], func(dir string) bool { return dir == to || reaches(imports, dir, to) })
}

func TestImportsThatFollowAreLeftOut(t *testing.T) {
	got := direct(map[string][]string{"a": {"b", "c", "d"}, "b": {"c"}, "c": {"d"}, "d": nil, "e": {"d"}})
	want := map[string][]string{"a": {"b"}, "b": {"c"}, "c": {"d"}, "d": nil, "e": {"d"}}
	if !maps.EqualFunc(got, want, slices.Equal) {
		t.Errorf("got %v, want %v", got, want)
	}
	drawn, unread := arrowsOf("flowchart TD\n  coselling --> b/x & c\n  alone\n  a -.-> b\n")
	if !maps.EqualFunc(drawn, map[string][]string{".": {"b/x", "c"}, "b/x": {}, "c": {}, "alone": {}}, slices.Equal) || !slices.Equal(unread, []string{"a -.-> b"}) {
		t.Errorf("read %v, not %q", drawn, unread)
	}
}
