package main

import (
	"fmt"
	"go/ast"
	"reflect"
	"slices"
	"strings"

	"github.com/go-json-experiment/json"

	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/value"
)

const description = "description"

// bookSchema returns the JSON Schema of a book. The module's root folder holds the
// source; the rules are those that a schema cannot say.
func bookSchema(root string, rules []value.Code) ([]byte, error) {
	g := &generator{tree: &tree{root, map[string]*source{}}, seen: map[string]bool{}}
	top, err := g.object("", "bookWire")
	if err != nil {
		return nil, err
	}
	says, err := g.rules(rules)
	if err != nil {
		return nil, err
	}
	schema := node{
		{"$schema", "https://json-schema.org/draft/2020-12/schema"},
		{"title", "Book"},
		{description, "A co-selling policy: every number, table and choice that a vendor and its partners agree on. Necessary, not sufficient: what this schema refuses the decoder refuses; the decoder checks x-cross-field-rules besides. A member that need not stand here may be null, which is the same as leaving it out."},
	}
	schema = append(schema, top...)
	schema.set("$defs", g.defs)
	schema.set("x-cross-field-rules", says)
	compact, err := json.Marshal(schema)
	if err != nil {
		return nil, err
	}
	return wire.Format(compact)
}

// generator turns wire types into schemas; those of named types stand in defs.
type generator struct {
	*tree
	defs node
	seen map[string]bool
}

// rules describes the codes of what only the decoder refuses, each by its comment.
func (g *generator) rules(codes []value.Code) (node, error) {
	var all node
	for _, code := range codes {
		for _, dir := range [...]string{"", "value", "model", "comp", "stage", "registration", "registration/matching", "escalation", "comms", "internal/strictjson"} {
			s, err := g.of(dir)
			if err != nil {
				return nil, err
			}
			if says, ok := s.codes[code]; ok {
				all.set(string(code), says)
				break
			}
		}
		if len(all) == 0 || all[len(all)-1].name != string(code) {
			return nil, fmt.Errorf("no package declares the code %s", code)
		}
	}
	return all, nil
}

// object returns the schema of a struct.
func (g *generator) object(dir, name string) (node, error) {
	s, err := g.of(dir)
	if err != nil {
		return nil, err
	}
	body, ok := s.structs[name]
	if !ok {
		return nil, fmt.Errorf("%s has no struct %s", dir, name)
	}
	describes := s.described(name)
	var properties node
	var required []string
	for _, f := range body.Fields.List {
		tag := reflect.StructTag(strings.Trim(f.Tag.Value, "`"))
		member, options, _ := strings.Cut(tag.Get("json"), ",")
		field := field{dir: dir, tag: tag.Get("schema"), optional: options == "omitempty"}
		field.says = sentence(f.Doc, f.Comment)
		if field.says == "" {
			field.says = describes[f.Names[0].Name]
		}
		schema, err := g.member(field, f.Type)
		if err != nil {
			return nil, fmt.Errorf("%s.%s.%s: %w", dir, name, member, err)
		}
		properties.set(member, schema)
		if !field.optional {
			required = append(required, member)
		}
	}
	n := node{{"type", "object"}, {"additionalProperties", false}}
	if len(required) > 0 {
		n.set("required", required)
	}
	n.set("properties", properties)
	return n, nil
}

// field is a member of a struct: its package, its tag and its words.
type field struct {
	dir, tag, says string
	optional       bool
}

func (g *generator) member(f field, t ast.Expr) (node, error) {
	tag, err := parseTag(f.tag)
	if err != nil {
		return nil, err
	}
	var n node
	if f.says != "" {
		n.set(description, f.says)
	}
	schema, err := g.typed(f, tag, t)
	if err != nil {
		return nil, err
	}
	if f.optional {
		return append(n, pair{"anyOf", []node{schema, {{"type", "null"}}}}), nil
	}
	if len(n) > 0 && schema.says() != "" { // one description, of both
		n[0].value = f.says + "; " + schema.says()
		schema = slices.DeleteFunc(schema, func(p pair) bool { return p.name == description })
	}
	return append(n, schema...), nil
}

// typed returns the schema of one type.
func (g *generator) typed(f field, tag tag, t ast.Expr) (node, error) {
	switch t := t.(type) {
	case *ast.StarExpr:
		return g.typed(f, tag, t.X)
	case *ast.SelectorExpr: // raw text, of which the tag says what it is
		return g.section(f, tag)
	case *ast.ArrayType:
		return g.array(f, tag, t.Elt)
	case *ast.MapType:
		return g.table(f, tag, t.Value)
	case *ast.Ident:
		return g.named(f, tag, t.Name)
	default:
		return nil, fmt.Errorf("no schema for %T", t)
	}
}

func (g *generator) section(f field, tag tag) (node, error) {
	if tag.object != "" {
		dir, name, _ := strings.Cut(tag.object, ".")
		return g.ref(dir, name)
	}
	dir, name, _ := strings.Cut(tag.list, ".")
	f.dir = dir
	return g.array(f, tag, ast.NewIdent(name))
}

func (g *generator) array(f field, t tag, element ast.Expr) (node, error) {
	n := node{{"type", "array"}}
	t.bounds(&n, "minItems", "maxItems")
	if t.unique {
		n.set("uniqueItems", true)
	}
	below, err := parseTag(strings.ReplaceAll(t.each, ",", " "))
	if err != nil {
		return nil, err
	}
	items, err := g.typed(f, below, element)
	if err != nil {
		return nil, err
	}
	n.set("items", items)
	return n, nil
}

func (g *generator) table(f field, t tag, element ast.Expr) (node, error) {
	n := node{{"type", "object"}}
	t.bounds(&n, "minProperties", "maxProperties")
	if t.required != nil {
		n.set("required", t.required)
	}
	if t.keys != "" {
		below, err := parseTag(t.keys)
		if err != nil {
			return nil, err
		}
		keys, err := g.named(f, below, "string")
		if err != nil {
			return nil, err
		}
		n.set("propertyNames", keys)
	}
	below, err := parseTag(strings.ReplaceAll(t.each, ",", " "))
	if err != nil {
		return nil, err
	}
	each, err := g.typed(f, below, element)
	if err != nil {
		return nil, err
	}
	n.set("additionalProperties", each)
	return n, nil
}

func (g *generator) named(f field, t tag, name string) (node, error) {
	switch name {
	case "string":
		return g.text(f, t)
	case "int":
		n := node{{"type", "integer"}}
		t.bounds(&n, "minimum", "maximum")
		return n, nil
	case "bool":
		return node{{"type", "boolean"}}, nil
	default:
		return g.ref(f.dir, name)
	}
}

// ref returns a reference to a struct, which is defined once.
func (g *generator) ref(dir, name string) (node, error) {
	def := dir + "." + strings.TrimSuffix(name, "Wire")
	if !g.seen[def] {
		g.seen[def] = true
		at := len(g.defs)
		g.defs.set(def, nil) // before those that it refers to
		schema, err := g.object(dir, name)
		if err != nil {
			return nil, err
		}
		g.defs[at].value = schema
	}
	return node{{"$ref", "#/$defs/" + def}}, nil
}

func (g *generator) text(f field, t tag) (node, error) {
	if t.names != "" {
		dir, table, ok := strings.Cut(t.names, ".")
		if !ok {
			dir, table = f.dir, t.names
		}
		s, err := g.of(dir)
		if err != nil {
			return nil, err
		}
		t.enum = s.names[table]
	}
	if t.names != "" || t.enum != nil {
		if len(t.enum) == 0 {
			return nil, fmt.Errorf("no names in %s", t.names)
		}
		return node{{"enum", t.enum}}, nil
	}
	n := node{{"type", "string"}}
	t.bounds(&n, "minLength", "maxLength")
	if t.format == "" {
		return n, nil
	}
	format, ok := formats[t.format]
	if !ok {
		return nil, fmt.Errorf("no format %s", t.format)
	}
	n.set("pattern", format.pattern)
	if t.format == "says" {
		n.set("maxLength", 4096)
	}
	if t.format == "zone" { // the zone of the machine is no name
		n.set("not", node{{"const", "Local"}})
	}
	if format.says != "" {
		n.set(description, format.says)
	}
	return n, nil
}
