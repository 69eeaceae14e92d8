// Command bookfiles writes the files that stand beside the root package: the default book
// as a document, and the JSON Schema of books, read off the Go source. Run it with go
// generate in the root; it needs nothing but the tree.
package main

import (
	"fmt"
	"os"

	"github.com/coselling/coselling"
)

func main() {
	if err := write(); err != nil {
		fmt.Fprintln(os.Stderr, "bookfiles:", err)
		os.Exit(1)
	}
}

func write() error {
	book, err := coselling.DefaultBook().Document()
	if err != nil {
		return err
	}
	schema, err := bookSchema(".", coselling.CrossFieldRules())
	if err != nil {
		return err
	}
	if err := os.WriteFile("default_book.json", book, 0o644); err != nil {
		return err
	}
	return os.WriteFile("book.schema.json", schema, 0o644)
}
