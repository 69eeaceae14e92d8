package schematest

import (
	"encoding/json"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"pgregory.net/rapid"

	"github.com/coselling/coselling/internal/reachtest"
)

// compare asks schema and parser about one document, and reports which of them refuse it.
func (k kind) compare(t rapid.TB, s *jsonschema.Schema, text string) (outcome string) {
	t.Helper()
	invalid, refused := s.Validate(read(t, text)), k.parse(text)
	switch {
	case invalid != nil && refused != nil:
		return "both"
	case invalid != nil:
		t.Fatalf("the schema refuses what the parser takes: %v\n%s", invalid, text)
	case refused != nil:
		return "parser"
	}
	return "nobody"
}

// The parser refuses every document that the schema refuses.
func TestSchemasAgainstParsers(t *testing.T) {
	for name, k := range kinds {
		if k.parse == nil {
			continue
		}
		s, seeds := schema(t, name), k.seeds(t)
		t.Run(name, func(t *testing.T) {
			outcomes := reachtest.Seen{}
			reachtest.Check(t, outcomes, func(t *rapid.T) {
				text := seeds.Draw(t, "document")
				for range rapid.IntRange(1, 10).Draw(t, "documents") { // each with one to three changes
					document := read(t, text).(map[string]any)
					for range rapid.IntRange(1, 3).Draw(t, "changes") {
						mutate(t, document)
					}
					changed, err := json.Marshal(document)
					if err != nil {
						t.Fatal(err)
					}
					outcomes[k.compare(t, s, string(changed))]++
				}
			}, "both", "parser", "nobody")
		})
	}
}
