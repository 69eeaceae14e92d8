package arch

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
)

const (
	root   = "../.."
	module = "github.com/coselling/coselling"
)

// source is one Go file of the root module.
type source struct {
	path      string // relative to the root, with slashes
	dir       string // its folder, "." for the root
	text      string
	file      *ast.File
	test      bool
	generated bool
}

// fset gives positions with paths relative to the root.
var fset = token.NewFileSet()

var loadOnce = sync.OnceValues(loadTree)

// sources returns the Go files of the root module, sorted by path. Tests share
// the syntax trees and must not change them.
func sources(t *testing.T) []*source {
	t.Helper()
	list, err := loadOnce()
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// production returns the files that are not tests.
func production(t *testing.T) []*source {
	t.Helper()
	return slices.DeleteFunc(slices.Clone(sources(t)), func(s *source) bool { return s.test })
}

func loadTree() ([]*source, error) {
	var list []*source
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			return skipFolder(path, entry.Name())
		}
		if !strings.HasSuffix(path, ".go") {
			return nil
		}
		s, err := loadFile(path)
		list = append(list, s)
		return err
	})
	return list, err
}

// skipFolder leaves out what the go command ignores, and nested modules: they
// answer for their own dependencies.
func skipFolder(path, name string) error {
	if path == root {
		return nil
	}
	if name == "testdata" || name == "vendor" || name[0] == '.' || name[0] == '_' {
		return fs.SkipDir
	}
	if _, err := os.Stat(filepath.Join(path, "go.mod")); err == nil {
		return fs.SkipDir
	}
	return nil
}

func loadFile(path string) (*source, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	rel, err := filepath.Rel(root, path)
	if err != nil {
		return nil, err
	}
	rel = filepath.ToSlash(rel)
	file, err := parser.ParseFile(fset, rel, text, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	return &source{
		path:      rel,
		dir:       filepath.ToSlash(filepath.Dir(rel)),
		text:      string(text),
		file:      file,
		test:      strings.HasSuffix(rel, "_test.go"),
		generated: ast.IsGenerated(file),
	}, nil
}

// imports returns the import paths of s by the name that the file uses for
// them. The name of an unnamed import is taken from its path: no package in
// question has another.
func (s *source) imports() map[string]string {
	byName := make(map[string]string)
	for _, spec := range s.file.Imports {
		path := importPath(spec)
		name := path[strings.LastIndex(path, "/")+1:]
		if spec.Name != nil {
			name = spec.Name.Name
		}
		byName[name] = path
	}
	return byName
}

func importPath(spec *ast.ImportSpec) string {
	path, err := strconv.Unquote(spec.Path.Value)
	if err != nil {
		panic(err) // the parser accepted it
	}
	return path
}

// selects reports which member of which imported package e names, such as
// "time", "Now".
func selects(imports map[string]string, e ast.Expr) (path, member string) {
	sel, ok := e.(*ast.SelectorExpr)
	if !ok {
		return "", ""
	}
	x, ok := sel.X.(*ast.Ident)
	if !ok {
		return "", ""
	}
	return imports[x.Name], sel.Sel.Name
}

// at returns "path:line" of a position.
func at(pos token.Pos) string {
	p := fset.Position(pos)
	return p.Filename + ":" + strconv.Itoa(p.Line)
}

// public reports whether importers may import the package of s.
func (s *source) public() bool {
	return s.file.Name.Name != "main" && !inFolder(s.dir, "examples") && !inFolder(s.dir, "internal")
}

func inFolder(dir, folder string) bool {
	return dir == folder || strings.HasPrefix(dir, folder+"/")
}

// kit reports whether a folder is named as a test kit or a generator, which may
// import what tests import.
func kit(dir string) bool {
	return strings.HasSuffix(dir, "test") || strings.HasSuffix(dir, "gen")
}

const updateVariable = "COSELLING_UPDATE"

// compareGolden compares got with a file of testdata, or rewrites the file
// where COSELLING_UPDATE is 1.
func compareGolden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", filepath.FromSlash(name))
	if os.Getenv(updateVariable) == "1" {
		writeGolden(t, file, got)
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("%v; write it with %s=1", err, updateVariable)
	}
	added, removed := lineDifference(string(want), got)
	if len(added)+len(removed) == 0 && string(want) != got {
		t.Errorf("%s: the order changed", file)
	}
	for _, line := range removed {
		t.Errorf("%s: gone: %s", file, line)
	}
	for _, line := range added {
		t.Errorf("%s: new: %s", file, line)
	}
	if t.Failed() {
		t.Logf("if this is meant, run %s=1 go test ./internal/arch", updateVariable)
	}
}

func writeGolden(t *testing.T, file, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// lineDifference returns the lines that only got has and those that only want has.
func lineDifference(want, got string) (added, removed []string) {
	count := make(map[string]int)
	for line := range strings.Lines(want) {
		count[line]++
	}
	for line := range strings.Lines(got) {
		if count[line] == 0 {
			added = append(added, strings.TrimSuffix(line, "\n"))
			continue
		}
		count[line]--
	}
	for line := range strings.Lines(want) {
		if count[line] > 0 {
			removed = append(removed, strings.TrimSuffix(line, "\n"))
			count[line]--
		}
	}
	return added, removed
}
