package main

import stdjson "encoding/json"

// parts splits a document into its members, each of which another function reads. A
// member that stands twice counts once; what is no object has no members.
func parts(document []byte) map[string]stdjson.RawMessage {
	var members map[string]stdjson.RawMessage
	if stdjson.Unmarshal(document, &members) != nil {
		return nil
	}
	return members
}

// elements splits a list.
func elements(list []byte) []stdjson.RawMessage {
	var elements []stdjson.RawMessage
	if stdjson.Unmarshal(list, &elements) != nil {
		return nil
	}
	return elements
}

// plainText reads a text that is a member; "" is none.
func plainText(member []byte) string {
	var s string
	if stdjson.Unmarshal(member, &s) != nil {
		return ""
	}
	return s
}
