package schematest

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

const vectors = "../../vectors/"

// vectorSchema compiles the schema of the vectors.
func vectorSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft2020)
	if err := c.AddResource("vectors", read(t, text(t, vectors+"vectors.schema.json"))); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("vectors")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func text(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestVectorsFitTheirSchema(t *testing.T) {
	s := vectorSchema(t)
	paths, err := filepath.Glob(vectors + "*.*.json")
	if err != nil || len(paths) < 2 {
		t.Fatal(paths, err)
	}
	for _, path := range paths {
		if filepath.Base(path) == "vectors.schema.json" {
			continue
		}
		if err := s.Validate(read(t, text(t, path))); err != nil {
			t.Errorf("%s: %v", path, err)
		}
	}
}

func TestTheSchemaOfVectorsRefusesUnknownWords(t *testing.T) {
	s := vectorSchema(t)
	for _, member := range []string{"level", "kind", "shows", "name", "wanted"} {
		document := read(t, text(t, vectors+"comp.conserve.json")).(map[string]any)
		document["vectors"].([]any)[0].(map[string]any)[member] = json.Number("1")
		if s.Validate(document) == nil {
			t.Errorf("another %s is taken", member)
		}
	}
}
