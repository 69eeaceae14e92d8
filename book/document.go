package book

import _ "embed" // the default book

//go:embed default_book.json
var defaultDocument string

// DefaultDocument returns the file default_book.json: the [Book.Document] of [Default], for
// people to read, copy and change.
func DefaultDocument() string { return defaultDocument }
