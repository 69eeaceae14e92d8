package wire

import (
	"bytes"
	"reflect"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/coselling/coselling/value"
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

// Set reads JSON into the value at a path of an object, such as facts[0].side; after an error the object is as it
// was, but for empty elements. The number of the elements of a list is the index of a new one.
func Set[T any](v *T, path string, data []byte) error {
	plan, err := PlanOf(reflect.TypeFor[T]())
	if err != nil {
		return err
	}
	at := reflect.ValueOf(v).Elem()
	for _, name := range strings.FieldsFunc(path, func(r rune) bool { return strings.ContainsRune(".[]", r) }) {
		if plan, at = plan.member(at, name); plan == nil {
			return value.NewError(Unknown, value.Quote(path), "is no path of the document")
		}
	}
	read := reflect.New(plan.Type).Elem()
	r := &reader{data: data, dec: jsontext.NewDecoder(bytes.NewBuffer(data))}
	r.document(plan, read)
	if err := r.end(); err != nil {
		return err
	}
	at.Set(read)
	return nil
}

// member returns the member of an object, or the element of a list, with its plan; nil where there is none.
func (p *Plan) member(v reflect.Value, name string) (*Plan, reflect.Value) {
	switch p.Kind {
	case OfObject:
		if i, ok := p.index[name]; ok {
			return p.Fields[i].Plan, p.Fields[i].in(v)
		}
	case OfList:
		switch i, err := strconv.Atoi(name); {
		case err != nil || i < 0 || i > v.Len():
		case i == v.Len():
			v.Set(reflect.Append(v, reflect.Zero(p.Type.Elem())))
			fallthrough
		default:
			return p.Elem, v.Index(i)
		}
	}
	return nil, v
}
