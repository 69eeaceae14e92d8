package arch

import (
	"go/ast"
	exportreader "go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// docLink finds [Name], [Type.Member], [pkg.Name] and [pkg.Type.Member] in a comment.
var docLink = regexp.MustCompile(`\[\*?((?:[a-z]\w*\.)?[A-Z]\w*(?:\.[A-Z]\w*)?)\]`)

// A link that leads nowhere is a name that was changed.
func TestDocLinksLeadSomewhere(t *testing.T) {
	packages := typed(t)
	byName := make(map[string]*types.Package)
	for dir, p := range packages {
		byName[filepath.Base(dir)] = p.pkg
	}
	for _, s := range production(t) {
		own, ok := packages[s.dir]
		if !ok {
			continue
		}
		for _, group := range s.file.Comments {
			for _, m := range docLink.FindAllStringSubmatch(group.Text(), -1) {
				pkg, name := own.pkg, m[1]
				if before, after, ok := strings.Cut(name, "."); ok && before[0] >= 'a' {
					if pkg = byName[before]; pkg == nil {
						continue // of another module
					}
					name = after
				}
				if !declares(pkg, name) {
					t.Errorf("%s: [%s] leads nowhere", at(group.Pos()), m[1])
				}
			}
		}
	}
}

// declares reports whether a package has a name, or a type with a member of that name.
func declares(pkg *types.Package, name string) bool {
	holder, member, ok := strings.Cut(name, ".")
	object := pkg.Scope().Lookup(holder)
	if object == nil || !ok {
		return object != nil
	}
	found, _, _ := types.LookupFieldOrMethod(types.NewPointer(object.Type()), true, pkg, member)
	return found != nil || isInterface(object, member)
}

func isInterface(object types.Object, member string) bool {
	found, _, _ := types.LookupFieldOrMethod(object.Type(), false, object.Pkg(), member)
	return found != nil
}

// A newcomer copies the program of a package's comment: it compiles.
func TestProgramsOfPackageCommentsCompile(t *testing.T) {
	exports, err := exportData()
	if err != nil {
		t.Fatal(err)
	}
	programs := 0
	for _, s := range production(t) {
		if s.file.Doc == nil || !s.public() {
			continue
		}
		_, program, ok := strings.Cut(s.file.Doc.Text(), "\tpackage main\n")
		if !ok || strings.Contains(program, "pgx") { // a driver, which this module does not need
			continue
		}
		programs++
		var text strings.Builder
		text.WriteString("package main\n")
		for line := range strings.Lines(program) {
			if line != "\n" && line[0] != '\t' {
				break
			}
			text.WriteString(strings.TrimPrefix(line, "\t"))
		}
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, s.path, text.String(), 0)
		if err != nil {
			t.Errorf("%s: %v", s.path, err)
			continue
		}
		lookup := func(path string) (io.ReadCloser, error) { return os.Open(exports[path]) }
		config := types.Config{Importer: exportreader.ForCompiler(set, "gc", lookup)}
		if _, err := config.Check("main", set, []*ast.File{file}, nil); err != nil {
			t.Errorf("%s: the program of its comment does not compile: %v", s.path, err)
		}
	}
	t.Log(programs, "programs")
	if programs < 12 {
		t.Errorf("found %d programs in package comments, want 12 at least", programs)
	}
}
