package coselling

import _ "embed" // the two files

//go:generate go run ./internal/bookfiles

//go:embed default_book.json
var defaultDocument string

// DefaultDocument returns the file default_book.json: what [Book.Document] prints of
// [DefaultBook], for people to read, copy and change.
func DefaultDocument() string { return defaultDocument }

//go:embed book.schema.json
var bookSchema string

// Schema returns the file book.schema.json: the JSON Schema of books, draft 2020-12. It
// is necessary and not sufficient: what it refuses [ParseBook] refuses; what only
// ParseBook refuses has a code of [CrossFieldRules].
func Schema() string { return bookSchema }
