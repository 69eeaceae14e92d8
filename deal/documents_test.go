package deal_test

import (
	"os"
	"testing"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/coselling/coselling/deal"
)

// The documents that people copy are in canonical form except for spaces, so that a
// program writes what people read.
func TestExampleDocumentsAreCanonical(t *testing.T) {
	d, err := deal.Parse(fileOf(t, "../examples/assess/deal.json"))
	if err != nil {
		t.Fatal(err)
	}
	canonical(t, "../examples/assess/deal.json", d)
	r, err := deal.ParseRecord(fileOf(t, "../examples/assess/record.json"))
	if err != nil {
		t.Fatal(err)
	}
	canonical(t, "../examples/assess/record.json", r)
	for _, name := range []string{"advance", "blocker-event", "claim-event", "edit"} {
		name = "testdata/change-" + name + ".json"
		c, err := deal.ParseChange(fileOf(t, name))
		if err != nil {
			t.Fatal(err)
		}
		canonical(t, name, c)
	}
}

func fileOf(t testing.TB, name string) []byte {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func canonical(t *testing.T, name string, v any) {
	t.Helper()
	text := jsontext.Value(fileOf(t, name))
	if err := text.Compact(); err != nil {
		t.Fatal(err)
	}
	if got := document(t, v); string(got) != string(text) {
		t.Errorf("%s reads\n%s\nand is written\n%s", name, text, got)
	}
}
