package coselling

import "github.com/coselling/coselling/book"

//go:generate go run ./internal/schemagen

// Book is the whole agreement of a vendor and its partners as one document; its verbs
// stand at [book.Book].
type Book = book.Book

// DefaultBook returns the defaults of every rule as a book that the caller may change:
// [book.Default].
func DefaultBook() Book { return book.Default() }

// ParseBook reads the JSON form of a book, at most 8 MiB, and reports every problem at
// once, each with its path: [book.Parse].
func ParseBook(data []byte) (Book, error) { return book.Parse(data) }
