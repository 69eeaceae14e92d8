package arch

import (
	"cmp"
	"fmt"
	"path/filepath"
	"reflect"
	"regexp"
	"runtime/debug"
	"strings"
	"testing"
)

// CASES R4: no method of a zero value panics, and of a nil pointer none that has a pointer receiver.
func TestZeroValuesAndNilPointersNeverPanic(t *testing.T) {
	for _, one := range everyType {
		null := reflect.TypeOf(one)
		for m := range null.Methods() {
			for _, text := range textsFor(null.Elem(), m.Name) {
				call(t, fmt.Sprint("zero ", null, ".", m.Name), reflect.New(null.Elem()), m, text)
				if _, byValue := null.Elem().MethodByName(m.Name); !byValue {
					call(t, fmt.Sprint("nil ", null, ".", m.Name), reflect.Zero(null), m, text)
				}
			}
		}
	}
}

// textsFor returns texts for a method that reads one, among them one that it takes; nil stands for zero values.
func textsFor(of reflect.Type, method string) [][]byte {
	texts := [][]byte{nil}
	if !strings.HasPrefix(method, "Unmarshal") {
		return texts
	}
	for _, text := range []string{"", "null", "{}", "2026-01-02", "USD", "8%", "january", "30 days", "1.25 USD/EUR"} {
		texts = append(texts, []byte(text))
	}
	one := reflect.New(of).Elem()
	if one.CanUint() {
		one.SetUint(1)
	}
	if name, ok := one.Interface().(fmt.Stringer); ok {
		texts = append(texts, []byte(name.String()))
	}
	if document, ok := one.Addr().Interface().(interface{ MarshalJSON() ([]byte, error) }); ok {
		text, _ := document.MarshalJSON()
		texts = append(texts, text)
	}
	return texts
}

// call calls a method with a text, or with zero values, and reads the sequence that it may return.
func call(t *testing.T, name string, receiver reflect.Value, m reflect.Method, text []byte) {
	defer func() {
		if problem := recover(); problem != nil {
			t.Errorf("%s(%s) panics: %v\n%s", name, text, problem, debug.Stack())
		}
	}()
	args := []reflect.Value{receiver}
	for i := 1; i < m.Type.NumIn(); i++ {
		if arg := m.Type.In(i); text != nil {
			args = append(args, reflect.ValueOf(text))
		} else if !m.Type.IsVariadic() || i < m.Type.NumIn()-1 {
			args = append(args, reflect.Zero(arg))
		}
	}
	for _, result := range m.Func.Call(args) {
		if result.Kind() == reflect.Func && !result.IsNil() {
			yield := reflect.MakeFunc(result.Type().In(0), func([]reflect.Value) []reflect.Value {
				return []reflect.Value{reflect.ValueOf(true)}
			})
			result.Call([]reflect.Value{yield})
		}
	}
}

// Every exported type with a method stands in the list.
func TestEveryTypeWithMethodsIsTried(t *testing.T) {
	tried := map[string]bool{}
	for _, one := range everyType {
		of := reflect.TypeOf(one).Elem()
		dir := cmp.Or(strings.TrimPrefix(strings.TrimPrefix(of.PkgPath(), module), "/"), ".")
		tried[dir+"."+of.Name()] = true
	}
	receiver := regexp.MustCompile(`(?m)^func \((?:\w+ )?\*?(\w+)(?:\[\w+\])?\) `)
	for _, dir := range publicPackages(t) {
		for _, found := range receiver.FindAllStringSubmatch(surface(t, dir), -1) {
			if name := filepath.ToSlash(dir) + "." + found[1]; !tried[name] {
				t.Errorf("%s has methods: add it to everyType in zero_types_test.go", name)
				tried[name] = true
			}
		}
	}
}
