package wire

import (
	"bytes"
	"cmp"
	"reflect"
	"strings"
	"time"

	"github.com/coselling/coselling/value"
)

// Compare orders two values by their members in canonical order: absent before present, lists element by element,
// instants by time: −1, 0 or +1. It is slow: compare times and ids first.
func Compare[T any](a, b *T) int {
	plan, err := PlanOf(reflect.TypeFor[T]())
	if err != nil {
		return 0
	}
	return plan.compare(reflect.ValueOf(a).Elem(), reflect.ValueOf(b).Elem())
}

func (p *Plan) compare(a, b reflect.Value) int {
	switch p.Kind {
	case OfObject:
		for i := range p.Fields {
			f := &p.Fields[i]
			if order := f.compare(f.in(a), f.in(b)); order != 0 {
				return order
			}
		}
		return 0
	case OfList:
		for i := range min(a.Len(), b.Len()) {
			if order := p.Elem.compare(a.Index(i), b.Index(i)); order != 0 {
				return order
			}
		}
		return cmp.Compare(a.Len(), b.Len())
	case OfOptional:
		if a.IsNil() || b.IsNil() {
			return compareFlags(!a.IsNil(), !b.IsNil())
		}
		return p.Elem.compare(a.Elem(), b.Elem())
	case OfText:
		return strings.Compare(a.String(), b.String())
	case OfFlag:
		return compareFlags(a.Bool(), b.Bool())
	case OfNumber, OfDuration:
		return cmp.Compare(a.Int(), b.Int())
	case OfEnum:
		return cmp.Compare(a.Uint(), b.Uint())
	case OfInstant:
		one, _ := reflect.TypeAssert[time.Time](a)
		two, _ := reflect.TypeAssert[time.Time](b)
		return one.Compare(two)
	default:
		return p.compareForm(a, b)
	}
}

// compareForm compares tables, and values that write themselves, by their forms.
func (p *Plan) compareForm(a, b reflect.Value) int {
	if x, ok := a.Addr().Interface().(*value.Money); ok {
		return x.Compare(*b.Addr().Interface().(*value.Money))
	}
	one, _ := p.append(nil, a) // text that is not UTF-8 counts as empty
	two, _ := p.append(nil, b)
	return bytes.Compare(one, two)
}

func compareFlags(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	default:
		return 1
	}
}

// Clone returns a copy that shares no list, table or pointer with v. Nil lists stay nil, empty
// ones empty. A value of a type that writes itself is copied by assignment.
func Clone[T any](v T) T {
	if plan, err := PlanOf(reflect.TypeFor[T]()); err == nil {
		plan.clone(reflect.ValueOf(&v).Elem())
	}
	return v
}

// clone replaces the lists, tables and pointers of a value by copies.
func (p *Plan) clone(v reflect.Value) {
	if (p.Kind == OfList || p.Kind == OfTable || p.Kind == OfOptional) && v.IsNil() {
		return
	}
	switch p.Kind {
	case OfObject:
		for i := range p.Fields {
			p.Fields[i].clone(p.Fields[i].in(v))
		}
	case OfList:
		list := reflect.MakeSlice(p.Type, v.Len(), v.Len())
		reflect.Copy(list, v)
		v.Set(list)
		for i := range v.Len() {
			p.Elem.clone(v.Index(i))
		}
	case OfTable:
		table := reflect.MakeMapWithSize(p.Type, v.Len())
		key, element := reflect.New(p.Type.Key()).Elem(), reflect.New(p.Elem.Type).Elem()
		for entry := v.MapRange(); entry.Next(); {
			key.SetIterKey(entry)
			element.SetIterValue(entry)
			p.Elem.clone(element)
			table.SetMapIndex(key, element)
		}
		v.Set(table)
	case OfOptional:
		copied := reflect.New(p.Elem.Type)
		copied.Elem().Set(v.Elem())
		p.Elem.clone(copied.Elem())
		v.Set(copied)
	}
}
