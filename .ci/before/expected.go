package main

import "regexp"

// Expected is one change that is meant. It says what changed either by translations,
// which make what was into what is, or by a rule that recognises what differs.
type Expected struct {
	ID    string         // short and permanent
	Says  string         // what changed, in a sentence
	Kinds *regexp.Regexp // the kinds of documents that it concerns

	// Input makes a document of the old form into one of the new form, before it is given
	// to the program as it is now. It changes the tree where it has to.
	Input func(document *Node)
	// Output does the same for a text that the program as it was made of the document;
	// name is the text's name. It is asked about texts that are JSON.
	Output func(name string, text *Node)
	// Differs reports whether a difference is this change. It is asked about differences
	// that the translations leave.
	Differs func(d Difference) bool
}

// expected lists every change that is meant. CHANGELOG.md lists them for people.
var expected = []Expected{}
