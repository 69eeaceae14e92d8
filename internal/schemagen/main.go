// Command schemagen writes the default book and the JSON Schemas, made from the plans of internal/wire and the
// comments in the source. Run it with go generate in the root.
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"

	"github.com/coselling/coselling/assess"
	"github.com/coselling/coselling/book"
	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/comp/comptest"
	"github.com/coselling/coselling/comp/impact"
	"github.com/coselling/coselling/comp/life"
	"github.com/coselling/coselling/comp/timeline"
	"github.com/coselling/coselling/crmcsv"
	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/escalation"
)

// document is a kind of document that has a schema.
type document struct {
	name    string
	kind    reflect.Type
	written bool // and never read
}

var documents = []document{
	{name: "book", kind: reflect.TypeFor[book.Book]()},
	{name: "policy", kind: reflect.TypeFor[comp.Policy]()},
	{name: "history", kind: reflect.TypeFor[timeline.History]()},
	{name: "life", kind: reflect.TypeFor[life.Record]()},
	{name: "partial", kind: reflect.TypeFor[impact.Partial]()},
	{name: "mapping", kind: reflect.TypeFor[crmcsv.Mapping]()},
	{name: "test", kind: reflect.TypeFor[comptest.Test]()},
	{name: "roster", kind: reflect.TypeFor[escalation.Roster]()},
	{name: "deal", kind: reflect.TypeFor[deal.Deal]()},
	{name: "record", kind: reflect.TypeFor[deal.Record]()},
	{name: "change", kind: reflect.TypeFor[deal.Change]()},
	{name: "view", kind: reflect.TypeFor[assess.View](), written: true},
	{name: "statement", kind: reflect.TypeFor[comp.Statement](), written: true},
}

func main() {
	if err := write("."); err != nil {
		fmt.Fprintln(os.Stderr, "schemagen:", err)
		os.Exit(1)
	}
}

func write(root string) error {
	book, err := book.Default().Document()
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(root, "book", "default_book.json"), book, 0o644); err != nil {
		return err
	}
	for _, d := range documents {
		text, err := generate(root, d)
		if err != nil {
			return fmt.Errorf("%s: %w", d.name, err)
		}
		if err := os.WriteFile(filepath.Join(root, "schemas", d.name+".schema.json"), text, 0o644); err != nil {
			return err
		}
	}
	return nil
}
