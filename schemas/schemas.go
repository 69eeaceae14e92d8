// Package schemas holds the JSON Schemas, draft 2020-12, of the documents of this module, for
// editors, forms and checks in other languages.
//
//	package main
//
//	import (
//		"log"
//		"os"
//
//		"github.com/coselling/coselling/schemas"
//	)
//
//	func main() {
//		if err := os.CopyFS("schemas", schemas.Files()); err != nil {
//			log.Fatal(err)
//		}
//	}
//
// It writes one file for each kind of document into the folder schemas, such as deal.schema.json.
//
// A schema is necessary and not sufficient: a parser refuses every document that its schema refuses. It also
// checks how members fit together, and reports all problems with their paths. The documents that are read are
// the book, the policy (of compensation), its history, the test (of a change of it), the roster, the mapping (of a
// CRM's CSV), the deal, the record, the change (of either), the partial (comparison of two policies) and the life (of
// the lines of statements); view and statement are only written.
// Runs, payouts and ledgers of comp are states of a program, for that program alone, and have no schema.
package schemas

import "embed"

//go:embed *.schema.json
var files embed.FS

// Files returns the schemas, one file for each kind of document, such as deal.schema.json.
func Files() embed.FS { return files }
