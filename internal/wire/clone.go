package wire

import "reflect"

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
	switch p.Kind {
	case OfObject:
		for i := range p.Fields {
			p.Fields[i].clone(p.Fields[i].in(v))
		}
	case OfList:
		if v.IsNil() {
			return
		}
		list := reflect.MakeSlice(p.Type, v.Len(), v.Len())
		reflect.Copy(list, v)
		v.Set(list)
		for i := range v.Len() {
			p.Elem.clone(v.Index(i))
		}
	case OfTable:
		if v.IsNil() {
			return
		}
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
		if v.IsNil() {
			return
		}
		copied := reflect.New(p.Elem.Type)
		copied.Elem().Set(v.Elem())
		p.Elem.clone(copied.Elem())
		v.Set(copied)
	}
}
