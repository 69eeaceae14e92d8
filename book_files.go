package coselling

import _ "embed" // the two files

//go:generate go run ./internal/bookgen

//go:embed default_book.json
var defaultDocument string

// DefaultDocument returns the file default_book.json: what [Book.Document] prints of
// [DefaultBook], for people to read, copy and change.
func DefaultDocument() string { return defaultDocument }
