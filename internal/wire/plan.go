package wire

import (
	"encoding"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/go-json-experiment/json"

	"github.com/coselling/coselling/value"
)

// Kind is the kind of a type in a document.
type Kind uint8

// The kinds. Null is the zero value of those up to OfTable, and empty text elsewhere.
const (
	OfText     Kind = 1 + iota
	OfFlag          // a boolean
	OfNumber        // a whole number
	OfList          // a slice
	OfTable         // a map with texts as keys
	OfInstant       // RFC 3339
	OfDuration      // hours, minutes and seconds, like 1h30m
	OfEnum          // the text of a closed enumeration
	OfForm          // text, which the type reads and writes itself
	OfSelf          // JSON, which the type reads and writes itself
	OfObject        // a struct with tags
	OfOptional      // a pointer
)

// Plan directs how one type is read, written, checked, ordered and copied.
type Plan struct {
	Type   reflect.Type
	Kind   Kind
	Names  []string // of an enumeration, by number; "" is unset
	Elem   *Plan    // of a list, a table or an optional value
	Fields []Field  // of an object, in canonical order

	index   map[string]int
	needed  uint64     // bits of the fields that must stand in a document
	unknown value.Code // that refuses a name of an enumeration
}

// Field is one member of an object.
type Field struct {
	Name  string
	Owner reflect.Type // the struct that declares it
	Field string       // its name in Go
	Index []int
	Omit  bool // left out where it is zero
	Rule  Rule
	*Plan

	label string // the name as it is written, with its colon
	// no value is out of bounds; this and plain make checking faster
	idle  bool
	plain bool // a value that holds no other, and may be checked where it is absent
}

// appender is a type that writes its own JSON.
type appender interface {
	AppendJSON([]byte) ([]byte, error)
}

var plans sync.Map // of reflect.Type to the *Plan that PlanOf has made

// PlanOf returns the plan of a type, which the caller must not change.
func PlanOf(t reflect.Type) (*Plan, error) {
	if known, ok := plans.Load(t); ok {
		return known.(*Plan), nil
	}
	plan, err := compiler{}.compile(t)
	if err == nil {
		plans.Store(t, plan)
	}
	return plan, err
}

// Named returns the plan of a type, also of an unexported one; nil where PlanOf has not made it.
func Named(pkg, name string) (found *Plan) {
	plans.Range(func(key, known any) bool {
		if t := key.(reflect.Type); t.PkgPath() == pkg && t.Name() == name {
			found = known.(*Plan)
		}
		return found == nil
	})
	return found
}

// compiler makes plans. It holds the plans that it is making, so that a type may contain itself.
type compiler map[reflect.Type]*Plan

func (c compiler) compile(t reflect.Type) (*Plan, error) {
	if plan := c[t]; plan != nil {
		return plan, nil
	}
	p := &Plan{Type: t}
	c[t] = p
	p.Kind = kindOf(t)
	switch p.Kind {
	case OfEnum:
		p.enumerate()
		return p, nil
	case OfObject:
		return p, c.object(p)
	case OfList, OfTable, OfOptional:
		var err error
		p.Elem, err = c.compile(t.Elem())
		return p, err
	case 0:
		return p, value.NewError(Tag, t.String(), "is not a type that a document can hold")
	default:
		return p, nil
	}
}

func kindOf(t reflect.Type) Kind {
	switch t {
	case reflect.TypeFor[time.Time]():
		return OfInstant
	case reflect.TypeFor[time.Duration]():
		return OfDuration
	}
	switch t.Kind() {
	case reflect.Pointer:
		return OfOptional
	case reflect.Slice:
		return OfList
	case reflect.Map:
		if t.Key().Kind() == reflect.String {
			return OfTable
		}
		return 0
	case reflect.Struct:
		tagged := func(f reflect.StructField) bool { _, _, ok := tagOf(f); return ok }
		if slices.ContainsFunc(reflect.VisibleFields(t), tagged) {
			return OfObject
		}
	}
	return scalar(t)
}

// scalar returns the kind of a type that is neither a container nor a struct with tags.
func scalar(t reflect.Type) Kind {
	switch kind := t.Kind(); {
	case implements[json.Unmarshaler](t), implements[appender](t), implements[json.Marshaler](t):
		return OfSelf
	case kind == reflect.Uint8 && implements[fmt.Stringer](t):
		return OfEnum
	case implements[encoding.TextUnmarshaler](t), implements[encoding.TextAppender](t):
		return OfForm
	case kind == reflect.String:
		return OfText
	case kind == reflect.Bool:
		return OfFlag
	case kind == reflect.Int, kind == reflect.Int64, kind == reflect.Int32:
		return OfNumber
	default:
		return 0
	}
}

func implements[T any](t reflect.Type) bool {
	return reflect.PointerTo(t).Implements(reflect.TypeFor[T]())
}

// enumerate finds the names of an enumeration and the code with which it refuses others.
func (p *Plan) enumerate() {
	v := reflect.New(p.Type)
	for n := range uint64(256) {
		v.Elem().SetUint(n)
		name := v.Interface().(fmt.Stringer).String()
		if name == "" && n > 0 {
			break
		}
		p.Names = append(p.Names, name)
	}
	p.unknown = Type
	if reads, ok := v.Interface().(encoding.TextUnmarshaler); ok {
		if refused, ok := errors.AsType[*value.Error](reads.UnmarshalText([]byte("\x00"))); ok {
			p.unknown = refused.Code
		}
	}
}

// known returns the names of an enumeration without the empty name of the unset value.
func (p *Plan) known() []string {
	if p.Names[0] == "" {
		return p.Names[1:]
	}
	return p.Names
}

func (c compiler) object(p *Plan) error {
	if err := c.members(p, p.Type, nil, false); err != nil {
		return value.Below(p.Type.String(), err)
	}
	slices.SortStableFunc(p.Fields, func(a, b Field) int { return a.Rule.pos - b.Rule.pos })
	if len(p.Fields) > 64 {
		return value.NewError(Tag, p.Type.String(), "has more than 64 members")
	}
	p.index = make(map[string]int, len(p.Fields))
	for i, f := range p.Fields {
		p.Fields[i].idle, p.Fields[i].plain = f.unbounded(), f.simple()
		if _, twice := p.index[f.Name]; twice || f.Name == "" {
			return value.NewError(Tag, p.Type.String()+"."+f.Field, "has no name, or the name of another member")
		}
		p.index[f.Name] = i
		if f.Rule.Needed {
			p.needed |= 1 << i
		}
	}
	return nil
}

// members adds the fields of a struct, and those of the structs inside it. Where optional is true, none is needed.
func (c compiler) members(p *Plan, t reflect.Type, above []int, optional bool) error {
	for i := range t.NumField() {
		f := t.Field(i)
		index := append(slices.Clone(above), i)
		name, options, tagged := tagOf(f)
		if name == "-" || !f.IsExported() {
			continue
		}
		if !tagged && !f.Anonymous {
			return value.NewError(Tag, f.Name, `has no json tag; give it a name, or "-"`)
		}
		if options == "inline" || f.Anonymous && name == "" {
			if err := c.members(p, f.Type, index, optional || f.Tag.Get("wire") == "optional"); err != nil {
				return err
			}
			continue
		}
		rule, err := parseRule(f.Tag.Get("wire"), ",")
		if err != nil {
			return value.Below(f.Name, err)
		}
		if optional {
			rule.Needed, rule.Set, options = false, false, "omitzero"
		}
		plan, err := c.compile(f.Type)
		if err != nil {
			return value.Below(f.Name, err)
		}
		p.Fields = append(p.Fields, Field{
			Name: name, Owner: t, Field: f.Name, Index: index, Omit: options == "omitzero",
			Rule: *rule.complete(plan), Plan: plan, label: strconv.Quote(name) + ":",
		})
	}
	return nil
}

// in returns the field's value inside its object.
func (f *Field) in(object reflect.Value) reflect.Value {
	for _, i := range f.Index {
		object = object.Field(i)
	}
	return object
}

// absent reports whether a document leaves a value out. For a type that writes itself, its IsZero method decides.
func (p *Plan) absent(v reflect.Value) bool {
	switch p.Kind {
	case OfList, OfTable:
		return v.Len() == 0
	case OfInstant:
		t, _ := reflect.TypeAssert[time.Time](v)
		return t.IsZero()
	case OfSelf:
		if own, ok := v.Addr().Interface().(interface{ IsZero() bool }); ok {
			return own.IsZero()
		}
	}
	return v.IsZero()
}
