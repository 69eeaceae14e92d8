package strictjson

import (
	"reflect"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/coselling/coselling/value"
)

// misplaced says that a value stands where one of another type belongs.
func misplaced(given jsontext.Kind, wanted string) error {
	return value.NewError(Type, "a JSON "+kind(given), "stands where "+wanted+" belongs")
}

// belongs says what is written for a type.
func belongs(t reflect.Type) string {
	for t != nil && t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t == nil {
		return "another type"
	}
	switch t.Kind() {
	case reflect.String:
		return "a text in quotes"
	case reflect.Bool:
		return "true or false"
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return "a whole number of 64 bits"
	case reflect.Slice, reflect.Array:
		return "a list"
	case reflect.Struct, reflect.Map:
		return "an object with members"
	default:
		return "another type"
	}
}
