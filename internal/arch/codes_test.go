package arch

import (
	"fmt"
	"go/ast"
	"go/token"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

var codeForm = regexp.MustCompile(`^[a-z0-9_]+(\.[a-z0-9_]+)+$`)

// code is one declaration of a permanent code.
type code struct {
	text, dir, name string
	pos             token.Pos
}

// A code is permanent: an importer stores it. This golden file only grows, and
// a line of it changes only where a constant gets another name.
func TestCodesArePermanent(t *testing.T) {
	var lines []string
	for _, c := range allCodes(t) {
		lines = append(lines, fmt.Sprintf("%s\t%s\t%s\n", c.text, c.dir, c.name))
	}
	slices.Sort(lines)
	compareGolden(t, "codes.golden", strings.Join(lines, ""))
}

func TestCodesAreDeclaredOnceAndWellFormed(t *testing.T) {
	first := make(map[string]token.Pos)
	for _, c := range allCodes(t) {
		if !codeForm.MatchString(c.text) {
			t.Errorf("%s: code %q must be lower-case words joined with dots, two at least", at(c.pos), c.text)
		}
		if other, ok := first[c.text]; ok {
			t.Errorf("%s: code %q is declared at %s already", at(c.pos), c.text, at(other))
			continue
		}
		first[c.text] = c.pos
	}
}

// A literal in place of the constant would escape the list, or a rename.
func TestCodesAreConstants(t *testing.T) {
	known := make(map[string]bool)
	for _, c := range allCodes(t) {
		known[c.text] = true
	}
	params := codeParameters(t)
	for _, s := range production(t) {
		imports := s.imports()
		for _, decl := range s.file.Decls {
			if d, ok := decl.(*ast.GenDecl); ok && d.Tok == token.CONST {
				continue
			}
			ast.Inspect(decl, func(node ast.Node) bool {
				for _, literal := range looseCodes(s, imports, params, known, node) {
					t.Errorf("%s: code %s must be a declared constant of type value.Code", at(literal.Pos()), literal.Value)
				}
				return true
			})
		}
	}
}

// looseCodes returns the literals below node that stand for a code: any text
// that is one, and whatever goes where a code is expected.
func looseCodes(s *source, imports map[string]string, params map[string][]int, known map[string]bool, node ast.Node) []*ast.BasicLit {
	switch n := node.(type) {
	case *ast.BasicLit:
		if text, err := strconv.Unquote(n.Value); err == nil && n.Kind == token.STRING && known[text] {
			return []*ast.BasicLit{n}
		}
	case *ast.KeyValueExpr:
		if key, ok := n.Key.(*ast.Ident); ok && key.Name == "Code" {
			return unlisted(known, n.Value)
		}
	case *ast.CallExpr:
		if isCode(s.dir, imports, n.Fun) {
			return unlisted(known, n.Args...)
		}
		var args []ast.Expr
		for _, i := range params[callee(s.dir, imports, n.Fun)] {
			if i < len(n.Args) {
				args = append(args, n.Args[i])
			}
		}
		return unlisted(known, args...)
	}
	return nil
}

// unlisted returns the string literals among args that are no known code: the
// known ones are reported wherever they stand.
func unlisted(known map[string]bool, args ...ast.Expr) []*ast.BasicLit {
	var found []*ast.BasicLit
	for _, arg := range args {
		literal := stringLiteral(arg)
		if literal == nil {
			continue
		}
		if text, err := strconv.Unquote(literal.Value); err == nil && !known[text] {
			found = append(found, literal)
		}
	}
	return found
}

// codeParameters maps each function with parameters of type Code, as
// "folder.name", to their positions.
func codeParameters(t *testing.T) map[string][]int {
	t.Helper()
	positions := make(map[string][]int)
	for _, s := range production(t) {
		imports := s.imports()
		for _, decl := range s.file.Decls {
			f, ok := decl.(*ast.FuncDecl)
			if !ok || f.Recv != nil {
				continue
			}
			i := 0
			for _, field := range f.Type.Params.List {
				for range max(1, len(field.Names)) {
					if isCode(s.dir, imports, field.Type) {
						positions[s.dir+"."+f.Name.Name] = append(positions[s.dir+"."+f.Name.Name], i)
					}
					i++
				}
			}
		}
	}
	return positions
}

// callee names the function that an expression calls as codeParameters does,
// or "" for a method and for a function of another module.
func callee(dir string, imports map[string]string, fun ast.Expr) string {
	switch f := fun.(type) {
	case *ast.IndexExpr:
		return callee(dir, imports, f.X)
	case *ast.Ident:
		return dir + "." + f.Name
	}
	path, name := selects(imports, fun)
	if dir, ours := ownPackage(path); ours {
		return dir + "." + name
	}
	return ""
}

func allCodes(t *testing.T) []code {
	t.Helper()
	var found []code
	for _, s := range production(t) {
		for _, decl := range s.file.Decls {
			if d, ok := decl.(*ast.GenDecl); ok && d.Tok == token.CONST {
				found = append(found, codesOf(t, s, d)...)
			}
		}
	}
	if len(found) == 0 {
		t.Fatal("found no code; this test looks for the wrong thing")
	}
	return found
}

// codesOf returns the codes in one const declaration. A constant without a
// literal (a second name for a code) is an error: it has no place in the list.
func codesOf(t *testing.T, s *source, d *ast.GenDecl) []code {
	t.Helper()
	var found []code
	imports := s.imports()
	for _, spec := range d.Specs {
		v := spec.(*ast.ValueSpec)
		for i, name := range v.Names {
			value := codeValue(s.dir, imports, v, i)
			if value == nil {
				continue
			}
			literal := stringLiteral(value)
			if literal == nil {
				t.Errorf("%s: code %s must be a string literal", at(name.Pos()), name.Name)
				continue
			}
			text, err := strconv.Unquote(literal.Value)
			if err != nil {
				t.Fatal(err) // the parser accepted it
			}
			found = append(found, code{text: text, dir: s.dir, name: name.Name, pos: name.Pos()})
		}
	}
	return found
}

// codeValue returns the value of the i-th constant of v where it is a code,
// written X Code = "…" or X = Code("…").
func codeValue(dir string, imports map[string]string, v *ast.ValueSpec, i int) ast.Expr {
	if i >= len(v.Values) {
		return nil
	}
	if isCode(dir, imports, v.Type) {
		return v.Values[i]
	}
	if call, ok := v.Values[i].(*ast.CallExpr); ok && len(call.Args) == 1 && isCode(dir, imports, call.Fun) {
		return call.Args[0]
	}
	return nil
}

// isCode reports whether e names the type value.Code.
func isCode(dir string, imports map[string]string, e ast.Expr) bool {
	if name, ok := e.(*ast.Ident); ok {
		return dir == "value" && name.Name == "Code"
	}
	path, member := selects(imports, e)
	return path == module+"/value" && member == "Code"
}

func stringLiteral(e ast.Expr) *ast.BasicLit {
	if literal, ok := e.(*ast.BasicLit); ok && literal.Kind == token.STRING {
		return literal
	}
	return nil
}
