package wire

import (
	"reflect"
	"slices"
	"strings"

	"github.com/coselling/coselling/value"
)

// Check returns the problems that reading the document of the value at v would find. Where there are none and no
// needed member is empty, [Read] takes the document that [Marshal] writes.
func Check[T any](v *T) error {
	plan, err := PlanOf(reflect.TypeFor[T]())
	if err != nil {
		return err
	}
	var p List
	p.check(plan, unruled().complete(plan), reflect.ValueOf(v).Elem())
	return p.Err()
}

// CheckAll returns the problems of form of a value and those of its rules, each once, as many as [Document] lists.
func CheckAll[T any](v *T, rules func(T) error) error { return Limit(together(Check(v), rules(*v))) }

func (p *List) check(plan *Plan, rule *Rule, v reflect.Value) {
	mark, more := len(p.list), p.more
	p.bounds(plan, rule, v)
	if len(p.list) > mark || p.more > more {
		holds := plan.Kind == OfList || plan.Kind == OfTable
		if !holds || v.Len() > rule.limit(maxList) { // the elements of a list past its bound are not checked
			return
		}
	}
	switch plan.Kind {
	case OfObject:
		p.checkObject(plan, v)
	case OfOptional:
		if !v.IsNil() {
			p.check(plan.Elem, rule, v.Elem())
		}
	case OfList:
		p.checkList(plan, rule, v)
	case OfTable:
		p.checkTable(plan, rule, v)
	}
}

func (p *List) checkObject(plan *Plan, v reflect.Value) {
	for i := range plan.Fields {
		f := &plan.Fields[i]
		if f.idle {
			continue
		}
		member, mark := f.in(v), len(p.list)
		if f.plain {
			p.bounds(f.Plan, &f.Rule, member)
		} else if !f.Omit || f.Rule.Set || !f.absent(member) {
			p.check(f.Plan, &f.Rule, member)
		}
		p.below(mark, f.Name)
	}
}

func (p *List) checkList(plan *Plan, rule *Rule, v reflect.Value) {
	for i := range v.Len() {
		mark := len(p.list)
		p.check(plan.Elem, rule.Each, v.Index(i))
		if len(p.list) > mark {
			p.below(mark, value.Index("", i))
		}
	}
}

func (p *List) checkTable(plan *Plan, rule *Rule, v reflect.Value) {
	if v.Len() == 0 {
		return
	}
	element := reflect.New(plan.Elem.Type).Elem()
	for _, key := range sortedKeys(v) {
		mark := len(p.list)
		p.text(key.String(), rule.Keys)
		element.Set(v.MapIndex(key))
		p.check(plan.Elem, rule.Each, element)
		if len(p.list) > mark {
			p.below(mark, Member(key.String()))
		}
	}
}

func sortedKeys(v reflect.Value) []reflect.Value {
	keys := v.MapKeys()
	slices.SortFunc(keys, func(a, b reflect.Value) int { return strings.Compare(a.String(), b.String()) })
	return keys
}
