package main

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/comp/impact"
	"github.com/coselling/coselling/comp/life"
	"github.com/coselling/coselling/comp/timeline"
	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/schemas"
	"github.com/coselling/coselling/stage"
)

const root = "../.."

func generated(t *testing.T, d document) string {
	t.Helper()
	text, err := generate(root, d)
	if err != nil {
		t.Fatalf("%s: %v", d.name, err)
	}
	return string(text)
}

func TestSchemasAreUpToDate(t *testing.T) {
	for _, d := range documents {
		stored, err := schemas.Files().ReadFile(d.name + ".schema.json")
		if err != nil || string(stored) != generated(t, d) {
			t.Errorf("the schema of %s is out of date; run go generate in the root: %v", d.name, err)
		}
	}
}

func TestSchemasDescribeEveryMember(t *testing.T) {
	members := 0
	for _, d := range documents {
		var whole any
		if err := json.Unmarshal([]byte(generated(t, d)), &whole); err != nil {
			t.Fatal(err)
		}
		each(whole, d.name, func(path string, member map[string]any) {
			members++
			if member["description"] == nil && member["$ref"] == nil && member["anyOf"] == nil {
				t.Errorf("%s has no description", path)
			}
		})
	}
	if members < 300 {
		t.Errorf("%d members, which are not all", members)
	}
}

// each calls visit with every member and definition of a schema.
func each(v any, path string, visit func(string, map[string]any)) {
	object, _ := v.(map[string]any)
	for name, below := range object {
		if members, ok := below.(map[string]any); ok && (name == "properties" || name == "$defs") {
			for member, s := range members {
				visit(path+"."+member, s.(map[string]any))
				each(s, path+"."+member, visit)
			}
			continue
		}
		each(below, path, visit)
	}
}

// others are the types with a JSON form that are part of no document with a schema, or whose
// members stand among those of another type.
var others = []reflect.Type{
	reflect.TypeFor[model.Matrix](), reflect.TypeFor[stage.Move](), reflect.TypeFor[timeline.Terms](), reflect.TypeFor[comp.Booking](), reflect.TypeFor[impact.Report](),
	reflect.TypeFor[escalation.Case](), reflect.TypeFor[comms.Report](), reflect.TypeFor[life.Snapshot](),
	reflect.TypeFor[comp.Movement](), reflect.TypeFor[comp.Payout](), reflect.TypeFor[comp.ClosedLine](), reflect.TypeFor[comp.Amounts](), reflect.TypeFor[comp.LineID](),
	reflect.TypeFor[registration.Page](), reflect.TypeFor[registration.Listed](),
}

// Every type of the module that has a JSON form has a plan, or a form that has one.
func TestEveryTypeHasAPlan(t *testing.T) {
	planned := map[string]bool{"comp.Run": true, "comp.Ledger": true} // the plan of pay that made them reads them
	check := func(d document) {
		var s struct {
			Defs map[string]any `json:"$defs"`
		}
		if err := json.Unmarshal([]byte(generated(t, d)), &s); err != nil {
			t.Fatal(err)
		}
		planned[d.kind.String()] = true
		for name := range s.Defs {
			planned[name] = true
		}
	}
	for _, d := range documents {
		check(d)
	}
	for _, other := range others {
		check(document{name: other.String(), kind: other})
	}
	for name, format := range formatOf {
		planned[name] = planned[format]
	}
	for name := range typesWithJSON(t) {
		if !planned[name] {
			t.Errorf("%s has a JSON form; name it among the others of this test", name)
		}
	}
}

// typesWithJSON returns the exported types of the packages for importers that have tags
// or write their own JSON.
func typesWithJSON(t *testing.T) map[string]bool {
	t.Helper()
	found := map[string]bool{}
	visit := func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && strings.Contains("/.git/internal/examples/cmd/testdata/", "/"+entry.Name()+"/"):
			return fs.SkipDir
		case entry.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go"):
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if name := typeWithJSON(n); ast.IsExported(name) {
				found[file.Name.Name+"."+name] = true
			}
			return true
		})
		return nil
	}
	if err := filepath.WalkDir(root, visit); err != nil {
		t.Fatal(err)
	}
	return found
}

// typeWithJSON returns the type that a declaration gives a JSON form, or "".
func typeWithJSON(n ast.Node) string {
	switch n := n.(type) {
	case *ast.FuncDecl:
		if n.Recv != nil && (n.Name.Name == "MarshalJSON" || n.Name.Name == "UnmarshalJSON") {
			receiver := n.Recv.List[0].Type
			if pointer, ok := receiver.(*ast.StarExpr); ok {
				receiver = pointer.X
			}
			if name, ok := receiver.(*ast.Ident); ok {
				return name.Name
			}
		}
	case *ast.TypeSpec:
		if body, ok := n.Type.(*ast.StructType); ok {
			for _, f := range body.Fields.List {
				if f.Tag != nil && strings.Contains(f.Tag.Value, `json:"`) {
					return n.Name.Name
				}
			}
		}
	}
	return ""
}

type itself struct{}

func (itself) MarshalJSON() ([]byte, error) { return []byte("0"), nil }
func (*itself) UnmarshalJSON([]byte) error  { return nil }

func TestGeneratorRefusesUnknownFormatsTagsAndForms(t *testing.T) {
	type format struct {
		Text string `json:"text" wire:"like=nothing"`
	}
	type tag struct {
		Text string `json:"text" wire:"nothing"`
	}
	type form struct {
		Own itself `json:"own"`
	}
	for want, kind := range map[string]reflect.Type{
		`no format "nothing"`: reflect.TypeFor[format](), `the word "nothing"`: reflect.TypeFor[tag](), "main.itself writes itself": reflect.TypeFor[form](),
	} {
		if _, err := generate(root, document{kind: kind}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v gives %v, not %s", kind, err, want)
		}
	}
}
