package wire

import (
	"reflect"
)

// Present returns the names of the members of an object that a document of it would hold, in canonical order.
func Present[T any](v *T) (names []string) {
	eachMember(v, func(f *Field, member reflect.Value) {
		if !f.Omit || !f.absent(member) {
			names = append(names, f.Name)
		}
	})
	return names
}

// Merge copies the members of from that are not absent into an object. Lists, tables and pointers are shared.
func Merge[T any](into, from *T) {
	target := reflect.ValueOf(into).Elem()
	eachMember(from, func(f *Field, member reflect.Value) {
		if !f.absent(member) {
			f.in(target).Set(member)
		}
	})
}

// Clear makes one member of an object absent. It returns false where no member that can be left out has the name.
func Clear[T any](v *T, name string) (known bool) {
	eachMember(v, func(f *Field, member reflect.Value) {
		if f.Name == name && f.Omit && !f.Rule.Needed {
			member.SetZero()
			known = true
		}
	})
	return known
}

// CheckCounts returns the problems of the numbers of elements of an object's own lists and tables.
func CheckCounts[T any](v *T) error {
	var p List
	eachMember(v, func(f *Field, member reflect.Value) {
		if f.Kind == OfList || f.Kind == OfTable {
			mark := len(p.list)
			p.count(member.Len(), &f.Rule)
			p.below(mark, f.Name)
		}
	})
	return p.Err()
}

// eachMember calls do with each member of an object, in canonical order; with none where T is no object.
func eachMember[T any](v *T, do func(f *Field, member reflect.Value)) {
	plan, err := PlanOf(reflect.TypeFor[T]())
	if err != nil {
		return
	}
	object := reflect.ValueOf(v).Elem()
	for i := range plan.Fields {
		do(&plan.Fields[i], plan.Fields[i].in(object))
	}
}
