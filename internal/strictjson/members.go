package strictjson

import (
	"reflect"
	"slices"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/coselling/coselling/value"
)

// missing returns an error for every needed member that the document lacks, the first
// 1,000 of them.
func missing(into any) error {
	var problems value.Errors
	lacking(reflect.ValueOf(into).Elem(), "", &problems)
	return problems.Err()
}

// maxMissing bounds how many missing members are reported: a list of a million empty
// objects would be an answer that nobody reads.
const maxMissing = 1000

func lacking(v reflect.Value, path string, problems *value.Errors) {
	if len(*problems) >= maxMissing {
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		lacking(v.Elem(), path, problems)
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			return // text that another decoder reads
		}
		for i := range v.Len() {
			needed(v.Index(i), value.Index(path, i), problems)
		}
	case reflect.Map:
		keys := v.MapKeys()
		slices.SortFunc(keys, func(a, b reflect.Value) int { return strings.Compare(a.String(), b.String()) })
		for _, key := range keys {
			needed(v.MapIndex(key), value.JoinPath(path, printable(key.String())), problems)
		}
	case reflect.Struct:
		if reflect.PointerTo(v.Type()).Implements(reflect.TypeFor[json.Unmarshaler]()) {
			return // it read itself, and said what it lacks
		}
		for i := range v.NumField() {
			member(v.Type().Field(i), v.Field(i), path, problems)
		}
	}
}

func member(field reflect.StructField, v reflect.Value, path string, problems *value.Errors) {
	name, options, _ := strings.Cut(field.Tag.Get("json"), ",")
	if options == "omitempty" && absent(v) {
		return
	}
	needed(v, value.JoinPath(path, name), problems)
}

func needed(v reflect.Value, path string, problems *value.Errors) {
	if len(*problems) >= maxMissing {
		return
	}
	if absent(v) {
		problems.Add(path, value.NewError(Missing, "nothing", "stands here; the member is needed"))
		return
	}
	lacking(v, path, problems)
}

func absent(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Pointer, reflect.Map, reflect.Slice:
		return v.IsNil()
	default:
		return false
	}
}

// membersAt returns the names that the object at pointer may have, sorted.
func membersAt(into any, pointer jsontext.Pointer) []string {
	t := reflect.TypeOf(into)
	for token := range pointer.Tokens() {
		t = below(t, token)
	}
	t = element(t)
	if t == nil || t.Kind() != reflect.Struct {
		return nil
	}
	var names []string
	for field := range t.Fields() {
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

func below(t reflect.Type, token string) reflect.Type {
	t = element(t)
	if t == nil {
		return nil
	}
	switch t.Kind() {
	case reflect.Map, reflect.Slice:
		return t.Elem()
	case reflect.Struct:
		for field := range t.Fields() {
			if name, _, _ := strings.Cut(field.Tag.Get("json"), ","); name == token {
				return field.Type
			}
		}
	}
	return nil
}

func element(t reflect.Type) reflect.Type {
	for t != nil && t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return t
}
