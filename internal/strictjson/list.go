package strictjson

import (
	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/coselling/coselling/value"
)

// maxProblems bounds how many problems of a list are collected.
const maxProblems = 1000

// reader is what reads itself.
type reader[T any] interface {
	*T
	UnmarshalJSON([]byte) error
}

// Inside reads a member that reads itself; nothing where it lacks or is null. Its
// problems are added with the member's path.
func Inside[T any, R reader[T]](problems *value.Errors, path string, data jsontext.Value, into R) {
	if data.Kind() != 'n' && len(data) > 0 {
		problems.Add(path, into.UnmarshalJSON(data))
	}
}

// List reads a list whose elements read themselves, so that the problems of all of
// them, up to a thousand, are told at once; nil where it lacks, is null or empty. A
// list of more than limit is refused before an element is read.
func List[T any, R reader[T]](problems *value.Errors, path string, data jsontext.Value, limit int) []T {
	if len(data) == 0 || data.Kind() == 'n' {
		return nil
	}
	var elements []jsontext.Value
	if data.Kind() != '[' || json.Unmarshal(data, &elements) != nil {
		problems.Add(path, misplaced(data.Kind(), "a list"))
		return nil
	}
	if len(elements) > limit {
		problems.Add(path, excess(limit))
		return nil
	}
	if len(elements) == 0 {
		return nil
	}
	list := make([]T, len(elements))
	for i, element := range elements {
		if err := R(&list[i]).UnmarshalJSON(element); err != nil {
			problems.Add(value.Index(path, i), err)
		}
		if len(*problems) >= maxProblems {
			break
		}
	}
	return list
}

// Raw writes what an optional member holds, for a wire form that reads it with [Inside]
// or [List]. The first error is kept in failed.
func Raw(failed *error, v any) jsontext.Value {
	text, err := json.Marshal(v, json.Deterministic(true))
	if err != nil && *failed == nil {
		*failed = err
	}
	return text
}
