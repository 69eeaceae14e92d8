package schematest

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"pgregory.net/rapid"

	"github.com/coselling/coselling/book"
	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/comp/compgen"
	"github.com/coselling/coselling/comp/comptest"
	"github.com/coselling/coselling/comp/impact"
	"github.com/coselling/coselling/comp/life"
	"github.com/coselling/coselling/comp/timeline"
	"github.com/coselling/coselling/crmcsv"
	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/internal/bookgen"
	"github.com/coselling/coselling/internal/dealgen"
	"github.com/coselling/coselling/internal/wiregen"
	"github.com/coselling/coselling/schemas"
)

// kind is a kind of document that has a schema.
type kind struct {
	parse   func(string) error       // nil: nothing reads it
	any     *rapid.Generator[string] // documents of the kind, most of them nonsense; nil: the samples alone
	samples []string                 // files of this module, or patterns of them
}

var kinds = map[string]kind{
	"book":      {reads(book.Parse), drawn(bookgen.AnyBook()), list("book/default_book.json")},
	"policy":    {reads(comp.ParsePolicy), drawn(policies()), list("comp/testdata/default_policy.json", "examples/policychange/policy-*.json", "cmd/coselling/sample/policy.json")},
	"history":   {reads(timeline.Parse), drawn(compgen.AnyHistory(compgen.DefaultLimits())), list("comp/timeline/testdata/history.json")},
	"life":      {reads(func(data []byte) (*life.Record, error) { return life.Parse(data, nil) }), nil, list("comp/life/testdata/record.json")},
	"partial":   {reads(impact.ParsePartial), nil, list("comp/impact/testdata/partial.json")},
	"mapping":   {reads(crmcsv.ParseMapping), nil, list("crmcsv/testdata/*/*.json", "examples/*/*map.json", "cmd/coselling/sample/map.json", "cmd/coselling/maven.json")},
	"test":      {reads(comptest.ParseTest), nil, list("examples/policychange/*.test.json")},
	"roster":    {reads(escalation.ParseRoster), drawn(wiregen.Of[escalation.Roster](nil)), list("examples/assess/roster.json")},
	"deal":      {reads(deal.Parse), drawn(wiregen.Of[deal.Deal](nil)), list("examples/assess/deal.json")},
	"record":    {reads(deal.ParseRecord), drawn(wiregen.Of[deal.Record](nil)), list("examples/assess/record.json")},
	"change":    {reads(deal.ParseChange), drawn(dealgen.AnyChange()), list("deal/testdata/change-*.json")},
	"view":      {nil, drawn(views()), list("examples/assess/testdata/*.json")},
	"statement": {nil, drawn(statements()), nil},
}

func list(patterns ...string) []string { return patterns }

func reads[T any](parse func([]byte) (T, error)) func(string) error {
	return func(data string) error {
		_, err := parse([]byte(data))
		return err
	}
}

// drawn draws the documents of values that can be written.
func drawn[T json.Marshaler](values *rapid.Generator[T]) *rapid.Generator[string] {
	texts := rapid.Map(values, func(v T) string {
		text, err := v.MarshalJSON()
		if err != nil {
			return ""
		}
		return string(text)
	})
	return texts.Filter(func(text string) bool { return text != "" })
}

// files returns the texts of the samples.
func (k kind) files(t *testing.T) map[string]string {
	t.Helper()
	found := map[string]string{}
	for _, pattern := range k.samples {
		names, err := filepath.Glob(filepath.Join("../..", pattern))
		if err != nil || len(names) == 0 {
			t.Fatalf("%s names no file: %v", pattern, err)
		}
		for _, name := range names {
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			found[name] = string(text)
		}
	}
	return found
}

func schema(t testing.TB, name string) *jsonschema.Schema {
	t.Helper()
	text, err := schemas.Files().ReadFile(name + ".schema.json")
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft2020)
	c.AssertFormat()
	if err := c.AddResource(name, read(t, string(text))); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile(name)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func read(t rapid.TB, text string) any {
	t.Helper()
	v, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	return v
}

// Every schema of the folder is tested here.
func TestEverySchemaHasAKind(t *testing.T) {
	files, err := schemas.Files().ReadDir(".")
	if err != nil || len(files) != len(kinds) {
		t.Errorf("%d schemas, %d kinds: %v", len(files), len(kinds), err)
	}
	for _, file := range files {
		name, _, _ := strings.Cut(file.Name(), ".")
		if k := kinds[name]; len(k.samples) == 0 && k.any == nil {
			t.Errorf("%s has no documents", file.Name())
		}
	}
}

func TestSchemasTakeEverySample(t *testing.T) {
	for name, k := range kinds {
		s := schema(t, name)
		for file, text := range k.files(t) {
			if err := s.Validate(read(t, text)); err != nil {
				t.Errorf("%s: %v", file, err)
			}
			if k.parse != nil && k.parse(text) != nil {
				t.Errorf("%s: %v", file, k.parse(text))
			}
		}
	}
}

// Documents that are written are valid, and so are documents that a parser takes.
func TestSchemasTakeWhatIsWritten(t *testing.T) {
	for name, k := range kinds {
		if k.any == nil {
			continue
		}
		s := schema(t, name)
		t.Run(name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				text := k.any.Draw(t, "document")
				if err := s.Validate(read(t, text)); err != nil && (k.parse == nil || k.parse(text) == nil) {
					t.Fatalf("%v\n%s", err, text)
				}
			})
		})
	}
}

// seeds draws a sample, or any document.
func (k kind) seeds(t *testing.T) *rapid.Generator[string] {
	var texts []string
	for _, text := range k.files(t) {
		texts = append(texts, text)
	}
	slices.Sort(texts) // the same in each run
	if k.any == nil {
		return rapid.SampledFrom(texts)
	}
	return rapid.OneOf(rapid.SampledFrom(texts), k.any)
}
