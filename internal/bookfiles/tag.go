package main

import (
	"fmt"
	"strconv"
	"strings"
)

// tag is what a struct tag says of a member.
type tag struct {
	from, to                  string
	format, names, keys, each string
	object, list              string
	enum, required            []string
	unique                    bool
}

func parseTag(text string) (tag, error) {
	var t tag
	for word := range strings.FieldsSeq(text) {
		name, rest, _ := strings.Cut(word, "=")
		from, to, isRange := strings.Cut(word, "..")
		switch {
		case name == "names":
			t.names = rest
		case name == "keys":
			t.keys = rest
		case name == "each":
			t.each = rest
		case name == "object":
			t.object = rest
		case name == "list":
			t.list = rest
		case name == "enum":
			t.enum = strings.Split(rest, "|")
		case name == "required":
			t.required = strings.Split(rest, "|")
		case name == "unique":
			t.unique = true
		case isRange:
			t.from, t.to = from, to
		case formats[name].pattern != "":
			t.format = name
		default:
			return tag{}, fmt.Errorf("the tag says %q, which means nothing", word)
		}
	}
	return t, nil
}

func (t tag) bounds(n *node, least, most string) {
	if t.to == "" {
		return
	}
	from, _ := strconv.Atoi(t.from)
	to, _ := strconv.Atoi(t.to)
	if from > 0 || least == "minimum" {
		n.set(least, from)
	}
	n.set(most, to)
}
