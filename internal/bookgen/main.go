// Command bookgen writes the files that stand beside the root package: the default book
// as a document. Run it with go generate in the root.
package main

import (
	"fmt"
	"os"

	"github.com/coselling/coselling"
)

func main() {
	if err := write(); err != nil {
		fmt.Fprintln(os.Stderr, "bookgen:", err)
		os.Exit(1)
	}
}

func write() error {
	book, err := coselling.DefaultBook().Document()
	if err != nil {
		return err
	}
	return os.WriteFile("default_book.json", book, 0o644)
}
