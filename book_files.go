package coselling

import _ "embed" // the default book

//go:generate go run ./internal/schemagen

//go:embed default_book.json
var defaultDocument string

// DefaultDocument returns the file default_book.json: what [Book.Document] prints of
// [DefaultBook], for people to read, copy and change.
func DefaultDocument() string { return defaultDocument }
