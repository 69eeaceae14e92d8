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

// typeBudget is how many exported types a package may have: a newcomer reads
// them all.
const typeBudget = 15

// budgets lists the packages that may have more, with the reason.
var budgets = map[string]struct {
	types  int
	reason string
}{
	"comp":         {34, "policy, rate table, booking, line, statement and run are one vocabulary: a policy in two packages would be read in two places, and a line names what the policy defines"},
	"stage":        {26, "playbook, progress, evidence and schedule are one vocabulary; half of the types are plain rows of data and closed enumerations"},
	"assess":       {15, "a view has a type for each part that no package below has, and an importer who asks one question reads all of them"},
	"model":        {30, "the shared vocabulary: most are closed enumerations of three to seven names, a type each so that they cannot be mixed up"},
	"escalation":   {21, "policy, roster, route and case are one vocabulary, and a host that asks one of them asks all"},
	"value":        {16, "each is one exact value; the last one, a workplace, is how four packages are told in one way where and when people work"},
	"registration": {19, "a claim, its life and the contract of a store are one vocabulary; what the vendor sees and what a partner may see are types of their own, so that neither passes for the other"},
}

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
	for _, dir := range publicPackages(t) {
		budget := typeBudget
		if b, ok := budgets[dir]; ok {
			budget = b.types
		}
		if n := len(documentation(t, dir).Types); n > budget {
			t.Errorf("package %s has %d exported types, its budget is %d; split it, or give a reason in surface_test.go", dir, n, budget)
		}
	}
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
