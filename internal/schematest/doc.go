// Package schematest checks the JSON Schemas of the documents against their parsers with a schema library:
// the parser refuses every document that the schema refuses, and every written document and every sample is
// valid. It is a separate module, so that programs which import coselling do not link the library.
package schematest
