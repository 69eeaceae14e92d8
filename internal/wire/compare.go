package wire

import (
	"bytes"
	"cmp"
	"reflect"
	"strings"
	"time"

	"github.com/coselling/coselling/value"
)

// Compare orders two values by their members in canonical order: absent before present, lists
// element by element, instants by time. It returns −1, 0 or +1; values with one form are
// equal. Where a time and an id order values, compare these first: Compare is slower.
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
