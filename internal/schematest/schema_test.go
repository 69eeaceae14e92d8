package schematest

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"pgregory.net/rapid"

	"github.com/coselling/coselling"
	"github.com/coselling/coselling/internal/bookgen"
	"github.com/coselling/coselling/internal/reachtest"
	"github.com/coselling/coselling/value"
)

func schema(t testing.TB) *jsonschema.Schema {
	t.Helper()
	document, err := jsonschema.UnmarshalJSON(strings.NewReader(coselling.Schema()))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft2020)
	if err := c.AddResource("book.schema.json", document); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("book.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func read(t rapid.TB, text []byte) any {
	t.Helper()
	v, err := jsonschema.UnmarshalJSON(strings.NewReader(string(text)))
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	return v
}

// compare holds schema and decoder against each other, and says who refuses.
func compare(t rapid.TB, s *jsonschema.Schema, text []byte) (outcome string) {
	t.Helper()
	refused := s.Validate(read(t, text))
	_, err := coselling.ParseBook(text)
	switch {
	case refused != nil && err != nil:
		return "both"
	case refused != nil:
		t.Fatalf("the schema refuses what the decoder takes: %v", refused)
	case err != nil:
		for _, code := range codes(err) {
			if !slices.Contains(coselling.CrossFieldRules(), code) {
				t.Fatalf("%s is not published, and the schema does not see it: %v", code, err)
			}
		}
		return "decoder"
	}
	return "nobody"
}

func codes(err error) []value.Code {
	var list value.Errors
	list.Add("", err)
	var found []value.Code
	for _, e := range list {
		found = append(found, e.Code)
	}
	return found
}

func TestSchemaTakesTheDefaultBook(t *testing.T) {
	if err := schema(t).Validate(read(t, []byte(coselling.DefaultDocument()))); err != nil {
		t.Error(err)
	}
}

func TestSchemaTakesEveryBook(t *testing.T) {
	s := schema(t)
	rapid.Check(t, func(t *rapid.T) {
		text, err := bookgen.AnyBook().Draw(t, "book").MarshalJSON()
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Validate(read(t, text)); err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
	})
}

// What the schema refuses the decoder refuses; what only the decoder refuses has a code
// of the published list.
func TestSchemaAgainstDecoder(t *testing.T) {
	s := schema(t)
	outcomes := reachtest.Seen{}
	reachtest.Check(t, outcomes, func(t *rapid.T) {
		text := []byte(coselling.DefaultDocument())
		if rapid.Bool().Draw(t, "another book") {
			var err error
			if text, err = bookgen.AnyBook().Draw(t, "book").MarshalJSON(); err != nil {
				t.Fatal(err)
			}
		}
		for range rapid.IntRange(1, 10).Draw(t, "documents") { // each a book with one to three changes
			document := read(t, text).(map[string]any)
			for range rapid.IntRange(1, 3).Draw(t, "changes") {
				mutate(t, document)
			}
			changed, err := json.Marshal(document)
			if err != nil {
				t.Fatal(err)
			}
			outcomes[compare(t, s, changed)]++
		}
	}, "both", "decoder", "nobody")
}
