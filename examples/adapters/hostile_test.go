package main

import (
	"encoding/json"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/coselling/coselling"
)

// hostile are values to stand where something else is expected.
var hostile = []any{nil, true, "", " ", "x", "ana@acme.example", "Closed Lost", "Closed Won", "closedwon", "Closed", "Launched", "Prospect", json.Number("1e400"), json.Number("-0"),
	json.Number("7.25"), []any{}, []any{[]any{nil}}, map[string]any{}, map[string]any{"Email": "a@b", "records": 3}, "2026-11-01", "9000-12-31T23:59:59Z", "\x1b[2J\u202e\u0000", strings.Repeat("y", 5000), "USD", "JPY"}

// scatter replaces, drops and repeats values of a document at random.
func scatter(random *rand.Rand, v any) any {
	if random.IntN(40) == 0 {
		return hostile[random.IntN(len(hostile))]
	}
	switch v := v.(type) {
	case map[string]any:
		changed := map[string]any{}
		for name, child := range v {
			if random.IntN(30) > 0 {
				changed[name] = scatter(random, child)
			}
		}
		return changed
	case []any:
		var changed []any
		for _, child := range v {
			for range 1 + random.IntN(20)/19 {
				changed = append(changed, scatter(random, child))
			}
		}
		return changed
	default:
		return v
	}
}

// Whatever stands in a payload, it becomes a deal that an engine takes or it is refused
// with a code; what is printed does nothing to a terminal; twice read is the same.
func TestHostileValues(t *testing.T) {
	engine, err := coselling.New(coselling.DefaultBook(), coselling.Host{})
	if err != nil {
		t.Fatal(err)
	}
	taken := 0
	for file, name := range forms {
		s := systemNamed(t, name)
		tm := sampleTerms(t, s)
		random := rand.New(rand.NewPCG(1, uint64(len(file))))
		for range 150 {
			data, err := json.Marshal(scatter(random, decoded(t, readFile(t, file))))
			if err != nil {
				t.Fatal(err)
			}
			all, err := importAll(s.forms, tm, data)
			if err != nil {
				coded(t, err)
				continue
			}
			for _, i := range all.deals {
				if i.err != nil {
					coded(t, i.err)
				} else {
					taken++
				}
				var out strings.Builder
				if err := i.print(&out, engine, tm.Seen); err != nil {
					t.Fatalf("%s: %v", data, err)
				}
				if strings.ContainsAny(out.String(), "\x1b\u202e\x00") {
					t.Errorf("%q", out.String())
				}
			}
			again, _ := importAll(s.forms, tm, data)
			if all.written(t, engine, tm) != again.written(t, engine, tm) {
				t.Fatalf("%s: twice read differs", data)
			}
		}
	}
	if taken < 100 {
		t.Errorf("only %d payloads were taken: the test shows little", taken)
	}
}

// written is all that is printed of a document.
func (all *document) written(t *testing.T, engine *coselling.Engine, tm terms) string {
	t.Helper()
	var out strings.Builder
	for _, i := range all.deals {
		if err := i.print(&out, engine, tm.Seen); err != nil {
			t.Fatal(err)
		}
	}
	printNotes(&out, "around", all.unmapped)
	return out.String()
}
