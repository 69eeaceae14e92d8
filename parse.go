package coselling

import (
	"github.com/coselling/coselling/book"
	"github.com/coselling/coselling/deal"
)

//go:generate go run ./internal/schemagen

// DefaultBook returns the defaults of every rule as a book that the caller may change:
// [book.Default].
func DefaultBook() Book { return book.Default() }

// ParseBook reads the JSON form of a book, at most 8 MiB, and reports every problem at
// once, each with its path: [book.Parse].
func ParseBook(data []byte) (Book, error) { return book.Parse(data) }

// ParseDeal reads the JSON form of a deal, at most 8 MiB, and reports every problem at
// once, each with its path: [deal.Parse].
func ParseDeal(data []byte) (Deal, error) { return deal.Parse(data) }

// ParseRecord reads the JSON form of a record, at most 64 MiB, and reports every problem
// at once, each with its path: [deal.ParseRecord].
func ParseRecord(data []byte) (Record, error) { return deal.ParseRecord(data) }
