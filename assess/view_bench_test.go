package assess_test

import (
	"testing"
	"time"

	"github.com/go-json-experiment/json"

	"github.com/coselling/coselling/assess"
	"github.com/coselling/coselling/book"
	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/registration/domains"
)

// sampleView is the whole view of examples/assess.
func sampleView(b *testing.B) assess.View {
	roster, err := escalation.ParseRoster(example(b, "roster.json"))
	if err != nil {
		b.Fatal(err)
	}
	e, err := assess.Compile(book.Default(),
		assess.Host{Rosters: []escalation.Roster{roster}, Registrable: domains.Registrable})
	if err != nil {
		b.Fatal(err)
	}
	d, r := typical(b, 60)
	a, err := e.Assess(d, r, time.Date(2026, 11, 2, 12, 0, 0, 0, time.UTC))
	if err != nil {
		b.Fatal(err)
	}
	return a.Everything()
}

// Writing a view into a buffer that is used again, and through the JSON library, which
// reads what it was given once more.
func BenchmarkViewJSON(b *testing.B) {
	v := sampleView(b)
	text, err := v.MarshalJSON()
	if err != nil {
		b.Fatal(err)
	}
	b.Run("direct", func(b *testing.B) {
		b.SetBytes(int64(len(text)))
		b.ReportAllocs()
		for b.Loop() {
			if text, err = v.AppendJSON(text[:0]); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("json.Marshal", func(b *testing.B) {
		b.SetBytes(int64(len(text)))
		b.ReportAllocs()
		for b.Loop() {
			if _, err := json.Marshal(&v); err != nil {
				b.Fatal(err)
			}
		}
	})
}
