package vectors_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"testing"
)

// plain reads JSON as maps, lists and texts; numbers stay as they are written.
func plain(t testing.TB, data []byte) any {
	t.Helper()
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		t.Fatal(err)
	}
	return v
}

// differences compares an answer with what a vector wants. Of an object only the wanted members count, and null
// wants no such member. A list is wanted whole, or by {"has": […], "has_not": […]} in part, in any order.
func differences(want, got any) []string { return compare("", want, got) }

func compare(path string, want, got any) []string {
	switch w := want.(type) {
	case map[string]any:
		if list, ok := got.([]any); ok || got == nil && (w["has"] != nil || w["has_not"] != nil) {
			return compareSome(path, w, list)
		}
		g, ok := got.(map[string]any)
		if !ok {
			break
		}
		var out []string
		for _, name := range slices.Sorted(maps.Keys(w)) {
			out = append(out, compare(path+"."+name, w[name], g[name])...)
		}
		return out
	case []any:
		g, _ := got.([]any)
		if len(w) != len(g) {
			return []string{fmt.Sprintf("%s: want %s, got %s", path, text(want), text(got))}
		}
		var out []string
		for i := range w {
			out = append(out, compare(fmt.Sprintf("%s[%d]", path, i), w[i], g[i])...)
		}
		return out
	default:
		if want == got {
			return nil
		}
	}
	return []string{fmt.Sprintf("%s: want %s, got %s", path, text(want), text(got))}
}

func compareSome(path string, want map[string]any, got []any) []string {
	var out []string
	for name, list := range want {
		elements, ok := list.([]any)
		if !ok || name != "has" && name != "has_not" {
			return []string{fmt.Sprintf("%s: %s is neither has nor has_not", path, name)}
		}
		for _, w := range elements {
			found := slices.ContainsFunc(got, func(g any) bool { return len(compare(path, w, g)) == 0 })
			if found != (name == "has") {
				out = append(out, fmt.Sprintf("%s: %s %s, got %s", path, name, text(w), text(got)))
			}
		}
	}
	return out
}

// text returns JSON, cut where it is long.
func text(v any) string {
	data, err := json.Marshal(v)
	if err != nil {
		return err.Error()
	}
	if len(data) > 4000 {
		return string(data[:4000]) + "…"
	}
	return string(data)
}

func TestAnswersAreComparedByWhatIsWanted(t *testing.T) {
	for _, c := range []struct {
		want, got string
		same      bool
	}{
		{`{"a": 1}`, `{"a": 1, "b": 2}`, true},
		{`{"a": 1}`, `{"a": 2}`, false},
		{`{"a": 1}`, `{}`, false},
		{`{"a": null}`, `{"b": 1}`, true},
		{`{"a": null}`, `{"a": 1}`, false},
		{`{"a": {"b": 1}}`, `{"a": 1}`, false},
		{`[1, 2]`, `[1, 2]`, true},
		{`[1, 2]`, `[2, 1]`, false},
		{`[1]`, `[1, 2]`, false},
		{`[]`, `[1]`, false},
		{`[]`, `null`, true},
		{`{"has": [2], "has_not": [3]}`, `[1, 2]`, true},
		{`{"has": [3]}`, `[1, 2]`, false},
		{`{"has_not": [2]}`, `[1, 2]`, false},
		{`{"l": {"has_not": [2]}}`, `{}`, true},
		{`{"l": {"has": [2]}}`, `{}`, false},
		{`{"l": {"had": [2]}}`, `{"l": []}`, false},
		{`"a"`, `"a"`, true},
		{`true`, `false`, false},
	} {
		if got := len(differences(plain(t, []byte(c.want)), plain(t, []byte(c.got)))) == 0; got != c.same {
			t.Errorf("%s and %s are the same: %v", c.want, c.got, got)
		}
	}
}
