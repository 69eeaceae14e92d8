// Package schematest checks the JSON Schemas of the documents against their parsers with
// a schema library: what a schema refuses, the parser refuses; what is written and every
// sample is valid. It is a module of its own, so that nobody who imports coselling gets
// the library.
package schematest
