// Package schemas holds the JSON Schemas, draft 2020-12, of the documents of this module,
// for editors, forms and checks in other languages:
//
//	deal, err := schemas.Files().ReadFile("deal.schema.json")
//
// A schema is necessary and not sufficient: what it refuses, the parser of the document
// refuses; the parser checks besides how members fit together, and reports every problem
// with its path. The documents that are read are the book, the policy (of compensation),
// its history, the roster, the mapping (of a CRM's CSV), the deal, the record and the
// partial (comparison of two policies); view and statement are written only.
package schemas

import "embed"

//go:embed *.schema.json
var files embed.FS

// Files returns the schemas, one file for each kind of document, such as
// deal.schema.json.
func Files() embed.FS { return files }
