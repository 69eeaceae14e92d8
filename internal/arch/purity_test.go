package arch

import (
	"go/ast"
	"go/token"
	"slices"
	"strings"
	"testing"
)

// variables lists the package-level variables of domain packages that are
// neither unexported array tables nor blank, as "folder.name" with the reason.
var variables = map[string]string{
	"book.defaultDocument": "go:embed needs a variable",
	"schemas.files":        "go:embed needs a variable",
	"stage/mapping.files":  "go:embed needs a variable",

	"registration/matching.list20261130":  "go:embed needs a variable",
	"registration/matching.legalFormList": "go:embed needs a variable",
	"internal/wire.plans":                 "plans of types, each made once: what a type is never changes",
}

// Members of package time that ask the host for the hour or for its files.
var clock = list("Now", "Since", "Until", "Local", "LoadLocation", "After", "AfterFunc", "Tick",
	"NewTimer", "NewTicker", "Sleep")

// Methods of decimals that round by a global setting, or through a float.
var inexact = list("Div", "InexactFloat64", "Float64")

func pure(t *testing.T) []*source {
	t.Helper()
	return slices.DeleteFunc(production(t), func(s *source) bool { return !rooms[s.dir].pure })
}

func TestDomainPackagesArePure(t *testing.T) {
	for _, s := range pure(t) {
		imports := s.imports()
		ast.Inspect(s.file, func(node ast.Node) bool {
			if problem := impurity(imports, node); problem != "" {
				t.Errorf("%s: %s", at(node.Pos()), problem)
			}
			return true
		})
	}
}

// impurity returns the problem of one node, or "".
func impurity(imports map[string]string, node ast.Node) string {
	switch n := node.(type) {
	case *ast.GoStmt:
		return "no goroutines in a domain package"
	case *ast.Ident:
		if n.Name == "float32" || n.Name == "float64" {
			return "no " + n.Name + ": amounts and shares are exact"
		}
	case *ast.SelectorExpr:
		if path, member := selects(imports, n); path == "time" && slices.Contains(clock, member) {
			return "no time." + member + ": instants and zones are arguments"
		}
	case *ast.CallExpr:
		return inexactCall(imports, n)
	}
	return ""
}

func inexactCall(imports map[string]string, call *ast.CallExpr) string {
	sel, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || !slices.Contains(inexact, sel.Sel.Name) {
		return ""
	}
	if path, _ := selects(imports, sel); path == "math/bits" {
		return "" // bits.Div is exact
	}
	return "no ." + sel.Sel.Name + "(): it rounds; see internal/exact"
}

func TestDomainPackagesHaveNoInitAndDoNotPanic(t *testing.T) {
	for _, s := range pure(t) {
		for _, decl := range s.file.Decls {
			if f, ok := decl.(*ast.FuncDecl); ok && f.Recv == nil && f.Name.Name == "init" {
				t.Errorf("%s: no func init in a domain package", at(f.Pos()))
			}
			if f, ok := decl.(*ast.FuncDecl); ok && (strings.HasPrefix(f.Name.Name, "Must") || f.Name.Name == "must") { // they share must
				continue
			}
			for _, pos := range panics(decl) {
				t.Errorf("%s: only functions named Must… may panic; return an error", at(pos))
			}
		}
	}
}

func panics(decl ast.Decl) []token.Pos {
	var found []token.Pos
	ast.Inspect(decl, func(node ast.Node) bool {
		if call, ok := node.(*ast.CallExpr); ok {
			if name, ok := call.Fun.(*ast.Ident); ok && name.Name == "panic" {
				found = append(found, call.Pos())
			}
		}
		return true
	})
	return found
}

func TestDomainPackagesHaveNoState(t *testing.T) {
	names := make(map[string]bool) // "folder.name" of every package-level variable
	for _, s := range pure(t) {
		for name, value := range packageVariables(s.file) {
			key := s.dir + "." + name.Name
			names[key] = true
			if variables[key] == "" && !constantTable(name, value) {
				t.Errorf("%s: variable %s is neither an unexported array table nor listed in purity_test.go with a reason",
					at(name.Pos()), key)
			}
		}
	}
	for key := range variables {
		if !names[key] {
			t.Errorf("purity_test.go lists variable %s, which does not exist", key)
		}
	}
	for _, s := range pure(t) {
		for _, name := range written(s.file) {
			if names[s.dir+"."+name.Name] {
				t.Errorf("%s: package-level variable %s is written to; if this is a local one, rename it", at(name.Pos()), name.Name)
			}
		}
	}
}

// packageVariables yields each package-level variable but _, with its value.
func packageVariables(file *ast.File) map[*ast.Ident]ast.Expr {
	found := make(map[*ast.Ident]ast.Expr)
	for _, decl := range file.Decls {
		d, ok := decl.(*ast.GenDecl)
		if !ok || d.Tok != token.VAR {
			continue
		}
		for _, spec := range d.Specs {
			v := spec.(*ast.ValueSpec)
			for i, name := range v.Names {
				if name.Name == "_" {
					continue
				}
				found[name] = nil
				if i < len(v.Values) {
					found[name] = v.Values[i]
				}
			}
		}
	}
	return found
}

// constantTable reports whether a variable serves as a constant array: an array literal, or the names of an enumeration, that nobody outside the package can reach.
func constantTable(name *ast.Ident, value ast.Expr) bool {
	if call, ok := value.(*ast.CallExpr); ok && !name.IsExported() {
		return names(call)
	}
	literal, ok := value.(*ast.CompositeLit)
	if !ok || name.IsExported() {
		return false
	}
	array, ok := literal.Type.(*ast.ArrayType)
	return ok && array.Len != nil
}

// written returns the identifiers at the root of everything that file assigns
// to, counts, takes the address of, deletes from, clears or copies into.
func written(file *ast.File) []*ast.Ident {
	var found []*ast.Ident
	add := func(targets ...ast.Expr) {
		for _, e := range targets {
			if name := rootName(e); name != nil {
				found = append(found, name)
			}
		}
	}
	ast.Inspect(file, func(node ast.Node) bool {
		switch n := node.(type) {
		case *ast.AssignStmt:
			if n.Tok != token.DEFINE {
				add(n.Lhs...)
			}
		case *ast.RangeStmt:
			if n.Tok == token.ASSIGN {
				add(n.Key, n.Value)
			}
		case *ast.IncDecStmt:
			add(n.X)
		case *ast.UnaryExpr:
			if n.Op == token.AND {
				add(n.X)
			}
		case *ast.CallExpr:
			if name, ok := n.Fun.(*ast.Ident); ok && slices.Contains(list("delete", "clear", "copy"), name.Name) && len(n.Args) > 0 {
				add(n.Args[0])
			}
		}
		return true
	})
	return found
}

// rootName returns table for table, table[i].field and *table.
func rootName(e ast.Expr) *ast.Ident {
	for {
		switch x := e.(type) {
		case *ast.Ident:
			return x
		case *ast.IndexExpr:
			e = x.X
		case *ast.SliceExpr:
			e = x.X
		case *ast.SelectorExpr:
			e = x.X
		case *ast.StarExpr:
			e = x.X
		case *ast.ParenExpr:
			e = x.X
		default:
			return nil
		}
	}
}

// names reports whether a call is enum.Of, whose result nothing can change.
func names(call *ast.CallExpr) bool {
	fun := call.Fun
	if index, ok := fun.(*ast.IndexExpr); ok {
		fun = index.X
	}
	selector, ok := fun.(*ast.SelectorExpr)
	if !ok {
		return false
	}
	pkg, ok := selector.X.(*ast.Ident)
	return ok && pkg.Name == "enum" && selector.Sel.Name == "Of"
}
