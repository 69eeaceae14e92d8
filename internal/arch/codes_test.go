package arch

import (
	"fmt"
	"go/ast"
	"go/constant"
	exportreader "go/importer"
	"go/token"
	"go/types"
	"io"
	"maps"
	"os"
	"os/exec"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// codeBudget is how many codes of all packages are exported constants: those on which
// a host branches. All others are codes as text, which errors.Is takes too.
const codeBudget = 140

var codeForm = regexp.MustCompile(`^[a-z0-9_]+(\.[a-z0-9_]+)+$`)

// code is one place where a permanent code is written.
type code struct {
	text, dir string
	name      string // of its exported constant, where it has one
	tag       bool   // in the tag of a field: there it may stand again
	pos       token.Pos
}

// A code is permanent: an importer stores it. This golden file only grows, and
// a line of it changes only where a constant gets another name.
func TestCodesArePermanent(t *testing.T) {
	places := make(map[string]code)
	for _, c := range allCodes(t) {
		if _, ok := places[c.text]; !ok || !c.tag {
			places[c.text] = c
		}
	}
	var golden strings.Builder
	for _, text := range slices.Sorted(maps.Keys(places)) {
		c := places[text]
		golden.WriteString(strings.TrimSuffix(fmt.Sprintf("%s\t%s\t%s", text, c.dir, c.name), "\t") + "\n")
	}
	compareGolden(t, "codes.golden", golden.String())
}

func TestCodesAreWrittenOnceAndWellFormed(t *testing.T) {
	first := make(map[string]token.Pos)
	for _, c := range allCodes(t) {
		if !codeForm.MatchString(c.text) {
			t.Errorf("%s: code %q must be lower-case words joined with dots, two at least", at(c.pos), c.text)
		}
		if c.tag {
			continue
		}
		if other, ok := first[c.text]; ok {
			t.Errorf("%s: code %q stands at %s already; make it a constant", at(c.pos), c.text, at(other))
			continue
		}
		first[c.text] = c.pos
	}
}

func TestFewCodesAreExported(t *testing.T) {
	n := 0
	for _, c := range allCodes(t) {
		if c.name != "" && c.dir != "value" && !inFolder(c.dir, "internal") {
			n++
		}
	}
	if n > codeBudget {
		t.Errorf("%d codes are exported constants, %d may be: a code on which no host branches needs none", n, codeBudget)
	}
}

// allCodes returns every place of production files where a text is a code: a literal
// of the type value.Code, and code= in a tag.
func allCodes(t *testing.T) []code {
	t.Helper()
	var found []code
	for dir, p := range typed(t) {
		names := make(map[ast.Expr]string)
		visit := func(node ast.Node) bool {
			switch n := node.(type) {
			case *ast.ValueSpec:
				for i, v := range n.Values {
					if n.Names[i].IsExported() {
						names[v] = n.Names[i].Name
					}
				}
			case *ast.Field:
				found = append(found, codesOfTag(dir, n)...)
			case *ast.BasicLit:
				if v := p.info.Types[n]; n.Kind == token.STRING && v.Value != nil && isCode(v.Type) && n.Value != `""` {
					found = append(found, code{text: constant.StringVal(v.Value), dir: dir, name: names[n], pos: n.Pos()})
				}
			}
			return true
		}
		for _, s := range production(t) {
			if s.dir == dir {
				ast.Inspect(s.file, visit)
			}
		}
	}
	if len(found) == 0 {
		t.Fatal("found no code; this test looks for the wrong thing")
	}
	slices.SortFunc(found, func(a, b code) int { return int(a.pos - b.pos) })
	return found
}

var tagCode = regexp.MustCompile(`\bcode=([^,;]+)`)

func codesOfTag(dir string, field *ast.Field) []code {
	if field.Tag == nil {
		return nil
	}
	tag, err := strconv.Unquote(field.Tag.Value)
	if err != nil {
		panic(err) // the parser accepted it
	}
	var found []code
	for _, m := range tagCode.FindAllStringSubmatch(reflect.StructTag(tag).Get("wire"), -1) {
		found = append(found, code{text: m[1], dir: dir, tag: true, pos: field.Tag.Pos()})
	}
	return found
}

// isCode reports whether typ is value.Code.
func isCode(typ types.Type) bool {
	named, ok := typ.(*types.Named)
	return ok && named.Obj().Name() == "Code" && named.Obj().Pkg().Path() == module+"/value"
}

var typeOnce = sync.OnceValues(typeTree)

// checked is one package as the type checker sees it.
type checked struct {
	info *types.Info
	pkg  *types.Package
}

// typed returns every package that importers may use, and the helpers below internal, by
// folder.
func typed(t *testing.T) map[string]checked {
	t.Helper()
	packages, err := typeOnce()
	if err != nil {
		t.Fatal(err)
	}
	return packages
}

func typeTree() (map[string]checked, error) {
	tree, err := loadOnce()
	if err != nil {
		return nil, err
	}
	exports, err := exportData()
	if err != nil {
		return nil, err
	}
	imports := exportreader.ForCompiler(fset, "gc", func(path string) (io.ReadCloser, error) { return os.Open(exports[path]) })
	files := make(map[string][]*ast.File)
	for _, s := range tree {
		if !s.test && !inFolder(s.dir, "examples") && s.file.Name.Name != "main" {
			files[s.dir] = append(files[s.dir], s.file)
		}
	}
	packages := make(map[string]checked)
	for dir, list := range files {
		info := &types.Info{Types: make(map[ast.Expr]types.TypeAndValue)}
		config := types.Config{Importer: imports}
		pkg, err := config.Check(module+"/"+dir, fset, list, info)
		if err != nil {
			return nil, err
		}
		packages[dir] = checked{info, pkg}
	}
	return packages, nil
}

// exportData returns the files in which the compiler keeps the types of each package.
func exportData() (map[string]string, error) {
	cmd := exec.Command("go", "list", "-export", "-deps", "-f", "{{.ImportPath}}\t{{.Export}}", "./...")
	cmd.Dir = root
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	files := make(map[string]string)
	for line := range strings.Lines(string(out)) {
		path, file, _ := strings.Cut(strings.TrimSpace(line), "\t")
		files[path] = file
	}
	return files, err
}
