package impact_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/coselling/coselling/comp/impact"
	"github.com/coselling/coselling/internal/goldentest"
	"github.com/coselling/coselling/value"
)

// The JSON form of a partial comparison is stable, because other processes may have written it.
func TestPartialFormIsStable(t *testing.T) {
	before, after := plans()
	p, err := partialOf(before, after, stream(deals()))
	if err != nil {
		t.Fatal(err)
	}
	goldentest.Compare(t, filepath.Join("testdata", "partial.json"), bytesOf(t, p))
}

// A partial comparison that is parsed is written as it was read, and has a report or an
// error. Every refusal has a code.
func FuzzParsePartial(f *testing.F) {
	seed, err := os.ReadFile(filepath.Join("testdata", "partial.json"))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(seed)
	f.Add([]byte(`{}`))
	f.Add([]byte(`[`))
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := impact.ParsePartial(data)
		if err != nil {
			if _, ok := errors.AsType[*value.Error](err); !ok {
				t.Fatalf("%v has no code", err)
			}
			return
		}
		written, err := p.MarshalJSON()
		if err != nil {
			t.Fatal(err)
		}
		again, err := impact.ParsePartial(written)
		if err != nil {
			t.Fatalf("%v in\n%s", err, written)
		}
		twice, err := again.MarshalJSON()
		if err != nil || string(twice) != string(written) {
			t.Fatalf("%v\n%s\nbecame\n%s", err, written, twice)
		}
		if _, err := p.Reports(); err != nil {
			if _, ok := errors.AsType[*value.Error](err); !ok {
				t.Fatalf("%v has no code", err)
			}
		}
	})
}
