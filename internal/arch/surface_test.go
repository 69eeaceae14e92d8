package arch

import (
	"go/ast"
	"go/doc"
	"go/parser"
	"go/printer"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// nameBudget is how many names all public packages export together, fields and methods of codecs apart: 1,200 at the end
// of the clear-out, and what issues state since then: Money 120, Advice 60, Registry 50,
// More than one partner 30.
const nameBudget = 1460

// What importers see is one line a name; a change of it shows in the review.
func TestSurfaceIsAsRecorded(t *testing.T) {
	recorded := make(map[string]bool)
	for _, dir := range publicPackages(t) {
		name := goldenOf(dir)
		recorded[name] = true
		t.Run(strings.TrimSuffix(name, ".golden"), func(t *testing.T) {
			compareGolden(t, "surface/"+name, surface(t, dir))
		})
	}
	files, err := filepath.Glob("testdata/surface/*")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if recorded[filepath.Base(file)] {
			continue
		}
		if os.Getenv(updateVariable) != "1" {
			t.Errorf("%s: the package is gone", file)
		} else if err := os.Remove(file); err != nil {
			t.Error(err)
		}
	}
}

func TestSurfaceKeepsItsBudget(t *testing.T) {
	n := 0
	for _, s := range production(t) {
		if s.public() {
			for _, decl := range s.file.Decls {
				n += len(exportedNames(decl))
			}
		}
	}
	if n > nameBudget {
		t.Errorf("the public packages export %d names, %d may be: take one back, or say in the issue why there are more", n, nameBudget)
	}
}

// codecs are the methods by which the standard library reads and writes a value.
var codecs = list("MarshalJSON", "UnmarshalJSON", "MarshalText", "UnmarshalText", "AppendText", "AppendJSON",
	"MarshalJSONTo", "UnmarshalJSONFrom")

// exportedNames returns the names that a declaration adds to the surface of its package.
func exportedNames(decl ast.Decl) []string {
	var names []string
	add := func(ids ...*ast.Ident) {
		for _, id := range ids {
			if id.IsExported() {
				names = append(names, id.Name)
			}
		}
	}
	switch d := decl.(type) {
	case *ast.FuncDecl:
		if exportedReceiver(d) && (d.Recv == nil || !slices.Contains(codecs, d.Name.Name)) {
			add(d.Name)
		}
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			switch s := spec.(type) {
			case *ast.TypeSpec:
				add(s.Name)
			case *ast.ValueSpec:
				add(s.Names...)
			}
		}
	}
	return names
}

// goldenOf names the golden file of a package: comp.timeline.golden.
func goldenOf(dir string) string {
	if dir == "." {
		dir = filepath.Base(module)
	}
	return strings.ReplaceAll(dir, "/", ".") + ".golden"
}

func publicPackages(t *testing.T) []string {
	t.Helper()
	var dirs []string
	for _, s := range production(t) {
		if s.public() {
			dirs = append(dirs, s.dir)
		}
	}
	slices.Sort(dirs)
	return slices.Compact(dirs)
}

// documentation reads a package anew, without comments: go/doc changes the
// syntax trees that it is given.
func documentation(t *testing.T, dir string) *doc.Package {
	t.Helper()
	set := token.NewFileSet()
	var files []*ast.File
	for _, s := range production(t) {
		if s.dir != dir {
			continue
		}
		file, err := parser.ParseFile(set, s.path, s.text, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	pkg, err := doc.NewFromFiles(set, files, module+"/"+dir)
	if err != nil {
		t.Fatal(err)
	}
	return pkg
}

// surface prints the exported names of a package, as go doc -short does but
// with values, fields and methods.
func surface(t *testing.T, dir string) string {
	t.Helper()
	var out strings.Builder
	values := func(lists ...[]*doc.Value) {
		for _, v := range slices.Concat(lists...) {
			for _, spec := range v.Decl.Specs {
				out.WriteString(v.Decl.Tok.String() + " " + printed(t, spec))
			}
		}
	}
	funcs := func(lists ...[]*doc.Func) {
		for _, f := range slices.Concat(lists...) {
			out.WriteString(printed(t, f.Decl))
		}
	}
	pkg := documentation(t, dir)
	values(pkg.Consts, pkg.Vars)
	funcs(pkg.Funcs)
	for _, typ := range pkg.Types {
		out.WriteString(printed(t, typ.Decl))
		values(typ.Consts, typ.Vars)
		funcs(typ.Funcs, typ.Methods)
	}
	return out.String()
}

// printed prints one declaration. Columns are not aligned: a longer name must
// not change the lines of its neighbours.
func printed(t *testing.T, node any) string {
	t.Helper()
	var out strings.Builder
	config := printer.Config{Mode: printer.RawFormat}
	if err := config.Fprint(&out, token.NewFileSet(), node); err != nil {
		t.Fatal(err)
	}
	text := strings.NewReplacer("\v", " ", "\f", "\n").Replace(out.String())
	text = strings.ReplaceAll(text, "// contains filtered or unexported fields", "")
	return strings.ReplaceAll(text, "{\n\n}\n", "{ ... }") + "\n"
}
