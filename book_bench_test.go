package coselling_test

import (
	"testing"

	"github.com/coselling/coselling"
)

// What a host pays at its start: composing the default book, or reading one.
func BenchmarkBook(b *testing.B) {
	document := []byte(coselling.DefaultDocument())
	book := coselling.DefaultBook()
	other := coselling.DefaultBook()
	other.Stage.ReplanDays++
	for name, run := range map[string]func() error{
		"DefaultBook": func() error { coselling.DefaultBook(); return nil },
		"ParseBook":   func() error { _, err := coselling.ParseBook(document); return err },
		"MarshalJSON": func() error { _, err := book.MarshalJSON(); return err },
		"Document":    func() error { _, err := book.Document(); return err },
		"Check":       func() error { return book.Check() },
		"Diff":        func() error { _, err := coselling.Diff(book, other); return err },
		"New":         func() error { _, err := coselling.New(book, coselling.Host{}); return err },
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
