package release

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/coselling/coselling/book"
)

// last is the folder of the last release.
const last = "testdata/2026-11/"

// flatten adds each value of a document under its path.
func flatten(into map[string]string, path string, v any) {
	switch v := v.(type) {
	case map[string]any:
		for name, below := range v {
			flatten(into, strings.TrimPrefix(path+"."+name, "."), below)
		}
	case []any:
		for i, below := range v {
			flatten(into, fmt.Sprintf("%s[%d]", path, i), below)
		}
	default:
		into[path] = fmt.Sprint(v)
	}
}

// unnamed returns the values of a book that differ from those of another and that a changelog does not name: their
// path, or the path of a table around them, in backticks.
func unnamed(t *testing.T, before, after []byte, log string) (list []string) {
	t.Helper()
	old, now := map[string]string{}, map[string]string{}
	for data, into := range map[*[]byte]map[string]string{&before: old, &after: now} {
		var v any
		if err := json.Unmarshal(*data, &v); err != nil {
			t.Fatal(err)
		}
		flatten(into, "", v)
	}
	all := maps.Clone(old)
	maps.Copy(all, now)
	for _, path := range slices.Sorted(maps.Keys(all)) {
		if old[path] != now[path] && !named(log, path) {
			list = append(list, fmt.Sprintf("%s: %q is now %q", path, old[path], now[path]))
		}
	}
	return list
}

// named reports whether a text has a path, or one around it, in backticks.
func named(log, path string) bool {
	for path != "" {
		if strings.Contains(log, "`"+path+"`") {
			return true
		}
		path = path[:max(strings.LastIndexAny(path, ".["), 0)]
	}
	return false
}

// A change of the default book since the last release stands under Policy data, by the path of what changed.
func TestChangesOfTheDefaultBookAreNamed(t *testing.T) {
	before, err := os.ReadFile(last + "default_book.json")
	if err != nil {
		t.Fatal(err)
	}
	now, err := os.ReadFile("../../book/default_book.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, change := range unnamed(t, before, now, policyData(t)) {
		t.Errorf("CHANGELOG.md does not name, under Policy data of what is not released, %s", change)
	}
	if _, err := book.Parse(before); err != nil {
		t.Errorf("the book of the last release is refused: %v", err)
	}
}

func TestUnnamedChangesAreFound(t *testing.T) {
	before, after := []byte(`{"a":{"b":1,"c":[1,2]}}`), []byte(`{"a":{"b":2,"c":[1,3]}}`)
	for log, want := range map[string]int{"": 2, "- `a.b`, 2": 1, "- `a.b`, 2; `a.c[1]`, 3": 0, "- `a`": 0, "- a.b": 2} {
		if got := unnamed(t, before, after, log); len(got) != want {
			t.Errorf("%q: %q, want %d", log, got, want)
		}
	}
}
