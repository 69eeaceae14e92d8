package wiregen

import "reflect"

// Spoil changes every value that v reaches through a slice, a map or a pointer.
func Spoil(v reflect.Value) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				Spoil(v.Field(i))
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			Spoil(v.Index(i))
			v.Index(i).SetZero()
		}
	case reflect.Map:
		v.Clear()
	case reflect.Pointer:
		if !v.IsNil() {
			Spoil(v.Elem())
			v.Elem().SetZero()
		}
	}
}
