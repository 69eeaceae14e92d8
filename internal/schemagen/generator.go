package main

import (
	"encoding"
	"errors"
	"fmt"
	"go/ast"
	"math"
	"reflect"
	"slices"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/coselling/coselling/internal/wire"
)

const (
	draft = "https://json-schema.org/draft/2020-12/schema"
	about = ". What this schema refuses, the parser refuses; the parser checks besides how members fit together. " +
		"A member that need not stand here may be null, which is the same as leaving it out."
)

// generator makes the schema of one document, and keeps the first problem.
type generator struct {
	root    string
	sources map[string]source // by package
	formats map[string]jsontext.Value
	written bool // nothing reads the document; members that are always written are needed
	defs    members
	types   map[string]reflect.Type // of defs
	err     error
}

func (g *generator) fail(format string, args ...any) {
	if g.err == nil {
		g.err = fmt.Errorf(format, args...)
	}
}

// generate returns the schema of a kind of document, from the source below root.
func generate(root string, d document) ([]byte, error) {
	known, unread := formats()
	p, unplanned := wire.PlanOf(d.kind)
	if err := errors.Join(unread, unplanned); err != nil {
		return nil, err
	}
	g := &generator{
		root: root, sources: map[string]source{}, formats: known, written: d.written,
		types: map[string]reflect.Type{},
	}
	s := g.object(p)
	s.Draft, s.Title, s.Defs = draft, d.kind.Name(), g.defs
	if !d.written {
		s.Description += about
	}
	if g.err != nil {
		return nil, g.err
	}
	compact, err := json.Marshal(s)
	if err != nil {
		return nil, err
	}
	return wire.Format(compact)
}

// value returns the schema of a value. Unless it is needed, it may be empty text or zero: absent values.
func (g *generator) value(p *wire.Plan, rule *wire.Rule, needed, null bool) *schema {
	s, empty := &schema{}, false
	switch p.Kind {
	case wire.OfFlag:
		s.Type = "boolean"
	case wire.OfNumber:
		s.Type = "integer"
		if rule.Bounded {
			s.Minimum, s.Maximum = new(least(rule, needed)), g.most(rule, 0)
		}
	case wire.OfEnum:
		for _, name := range p.Names {
			if name != "" {
				s.Enum = append(s.Enum, name)
			}
		}
		empty = !needed
	case wire.OfText:
		s = g.text(rule, needed)
		empty = !needed && s.Ref != ""
	case wire.OfList:
		s = &schema{Type: "array", UniqueItems: rule.Unique, Items: g.element(p.Elem, rule.Each)}
		s.MinItems, s.MaxItems = least(rule, needed), g.most(rule, 1000)
	case wire.OfTable:
		s = &schema{Type: "object", MinProperties: least(rule, needed), MaxProperties: g.most(rule, 1000)}
		s.PropertyNames, s.AdditionalProperties = g.text(ruled(rule.Keys), true), g.element(p.Elem, rule.Each)
	case wire.OfOptional:
		return g.value(p.Elem, rule, needed, true)
	case wire.OfObject, wire.OfSelf:
		if s.Ref = g.format(p, rule); s.Ref == "" {
			pkg, _, _ := strings.Cut(p.Type.String(), ".")
			s.Ref = g.ref(pkg+"."+g.public(p.Type)[0], p.Type, func() any { return g.object(p) })
		}
	default:
		if s.Ref = g.format(p, rule); s.Ref == "" {
			s.Type = "string"
		}
		empty = !needed || p.Kind == wire.OfForm && !rule.Set && !g.written && takesEmpty(p.Type)
	}
	var absent []any
	if empty {
		absent = append(absent, "")
	}
	if null {
		absent = append(absent, nil)
	}
	return s.or(absent...)
}

func (g *generator) text(rule *wire.Rule, needed bool) *schema {
	s := &schema{Ref: g.format(nil, rule)}
	if s.Ref == "" {
		s.Type = "string"
	}
	if s.Ref == "" || rule.Bounded {
		s.MaxLength = g.most(rule, 4096)
	}
	if needed || s.Ref != "" {
		s.MinLength = (rule.Min + 3) / 4 // characters, of which each has at most four bytes
	}
	if rule.Filled || needed && rule.Set {
		s.MinLength = max(1, s.MinLength)
	}
	return s
}

// format returns the reference to a format of known.json, or "".
func (g *generator) format(p *wire.Plan, rule *wire.Rule) string {
	name := rule.Like
	if name == "" && p != nil {
		name = formatOf[p.Type.String()]
	}
	switch {
	case rule.Part:
		name = "part"
	case rule.Positive && name == "money":
		name = "price"
	case name == "":
		return ""
	}
	return g.ref(name, nil, func() any {
		if g.formats[name] == nil {
			g.fail("no format %q", name)
		}
		return g.formats[name]
	})
}

// ref returns a reference to a schema that is defined once; a format has no type.
func (g *generator) ref(name string, t reflect.Type, make func() any) string {
	known, ok := g.types[name]
	switch {
	case ok && known != t:
		g.fail("%s and %s are both named %s", known, t, name)
	case !ok:
		g.types[name] = t
		at := len(g.defs)
		g.defs = append(g.defs, member{name: name}) // before those that it refers to
		made := make()
		g.defs[at].value = made
	}
	return "#/$defs/" + name
}

func least(rule *wire.Rule, needed bool) int {
	if !needed {
		return min(rule.Min, 0)
	}
	return rule.Min
}

// most returns the highest bound; nil where there is none.
func (g *generator) most(rule *wire.Rule, usual int) *int {
	switch {
	case rule.Bounded && rule.Max == math.MaxInt, !rule.Bounded && g.written: // nothing counts what it writes
		return nil
	case rule.Bounded:
		return &rule.Max
	default:
		return &usual
	}
}

func ruled(rule *wire.Rule) *wire.Rule {
	if rule == nil {
		return &wire.Rule{Max: math.MaxInt}
	}
	return rule
}

// element returns the schema of an element, which may be null where its zero value is allowed.
func (g *generator) element(p *wire.Plan, rule *wire.Rule) *schema {
	rule = ruled(rule)
	null := !g.written && !rule.Set && !rule.Positive && (!rule.Bounded || rule.Min <= 0)
	switch p.Kind {
	case wire.OfSelf:
		reads, ok := reflect.New(p.Type).Interface().(json.Unmarshaler)
		null = null && ok && reads.UnmarshalJSON([]byte("null")) == nil
	case wire.OfObject:
		null = null && !slices.ContainsFunc(p.Fields, func(f wire.Field) bool { return f.Rule.Needed })
	case wire.OfForm:
		null = null && takesEmpty(p.Type)
	case wire.OfEnum, wire.OfInstant, wire.OfDuration:
		null = false
	}
	return g.value(p, rule, true, null)
}

func takesEmpty(t reflect.Type) bool {
	reads, ok := reflect.New(t).Interface().(encoding.TextUnmarshaler)
	return ok && reads.UnmarshalText(nil) == nil
}

// object returns the schema of a struct, or of the form by which a type reads and writes itself.
func (g *generator) object(p *wire.Plan) *schema {
	form, source := p, g.of(p.Type)
	if p.Kind == wire.OfSelf {
		form = g.form(p.Type)
	}
	s := &schema{Type: "object", AdditionalProperties: false}
	if form.Kind != wire.OfObject {
		s = g.value(form, ruled(nil), true, false)
	}
	names := g.public(p.Type)
	s.Description = source.says[names[0]]
	for i := range form.Fields {
		f := &form.Fields[i]
		one := g.member(f)
		for _, name := range names {
			if one.Description == "" {
				one.Description = source.says[name+"."+f.Field]
			}
		}
		if one.Description == "" && one.Ref == "" && one.AnyOf == nil { // others have a definition
			one.Description = g.of(f.Type).says[f.Type.Name()]
		}
		s.Properties = append(s.Properties, member{f.Name, one})
		if f.Rule.Needed || g.written && !f.Omit {
			s.Required = append(s.Required, f.Name)
		}
	}
	return s
}

// public returns the names of the types whose form a struct is, or its own name.
func (g *generator) public(t reflect.Type) []string {
	if names := g.of(t).named[t.Name()]; len(names) > 0 && !ast.IsExported(t.Name()) {
		return names
	}
	return []string{t.Name()}
}

// form returns the plan by which a type reads or writes itself; it does both first, so that the plan is made.
func (g *generator) form(t reflect.Type) *wire.Plan {
	v := reflect.New(t).Interface()
	if writes, ok := v.(json.Marshaler); ok {
		_, _ = writes.MarshalJSON()
	}
	if reads, ok := v.(json.Unmarshaler); ok {
		_ = reads.UnmarshalJSON([]byte("{}"))
	}
	for form, names := range g.of(t).named {
		if p := wire.Named(t.PkgPath(), form); p != nil && slices.Contains(names, t.Name()) && !ast.IsExported(form) {
			return p
		}
	}
	g.fail("%s writes itself, and no struct says that it is the form of a [%s]", t, t.Name())
	return &wire.Plan{Kind: wire.OfObject}
}

// member returns the schema of a member, with the text of its comment.
func (g *generator) member(f *wire.Field) *schema {
	omitted := g.written && f.Omit // where it is empty
	s := g.value(f.Plan, &f.Rule, f.Rule.Needed || f.Rule.Filled || omitted, !f.Rule.Needed && !g.written)
	s.Description = g.of(f.Owner).says[f.Owner.Name()+"."+f.Field]
	return s
}
