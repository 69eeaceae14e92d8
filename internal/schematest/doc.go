// Package schematest checks the JSON Schema of books against the decoder with a schema
// library: what the schema refuses, the decoder refuses; what only the decoder refuses
// has a code of the published list. It is a module of its own, so that nobody who
// imports coselling gets the library.
package schematest
