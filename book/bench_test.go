package book_test

import (
	"testing"

	"github.com/coselling/coselling"
	"github.com/coselling/coselling/book"
)

// BenchmarkBook measures the start of a host: making the default book, or reading one.
func BenchmarkBook(b *testing.B) {
	document := []byte(book.DefaultDocument())
	agreed := book.Default()
	other := book.Default()
	other.Stage.ReplanDays++
	for name, run := range map[string]func() error{
		"DefaultBook": func() error { book.Default(); return nil },
		"ParseBook":   func() error { _, err := book.Parse(document); return err },
		"MarshalJSON": func() error { _, err := agreed.MarshalJSON(); return err },
		"Document":    func() error { _, err := agreed.Document(); return err },
		"Check":       func() error { return agreed.Check() },
		"Diff":        func() error { _, err := book.Diff(agreed, other); return err },
		"New":         func() error { _, err := coselling.New(agreed, coselling.Host{}); return err },
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := run(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
