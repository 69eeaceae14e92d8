package main

import (
	"bytes"
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/coselling/coselling/value"
)

const (
	maxPayload = 4 << 20 // bytes
	maxDepth   = 32
	maxValues  = 100_000

	maxProblems = 1000
)

// node is one value of a payload. It remembers whether somebody read it, so that what
// nobody read can be listed.
type node struct {
	path  string // from the top, like Customer.Contacts[0].Email; empty for the payload itself
	name  string // in its object; empty in a list
	kind  jsontext.Kind
	text  string // of a text, unescaped; of a number, as it is written
	below []*node
	read  bool

	refused bool
}

// parse reads a payload. It is strict where a mistake would go unnoticed: a name that
// stands twice, text that is not UTF-8 and trailing data are refused.
func parse(data []byte) (*node, error) {
	if len(data) > maxPayload {
		return nil, value.NewError(payloadSize, strconv.Itoa(len(data))+" bytes", "are more than the 4 MiB that a payload may have")
	}
	p := parser{decoder: jsontext.NewDecoder(bytes.NewReader(data))}
	root, err := p.value("", "", 1)
	if err != nil {
		return nil, err
	}
	if _, err := p.decoder.ReadToken(); !errors.Is(err, io.EOF) {
		return nil, value.NewError(payloadJSON, "more data", "follows the payload; give one JSON value")
	}
	return root, nil
}

type parser struct {
	decoder *jsontext.Decoder
	values  int
}

func (p *parser) token(path string) (jsontext.Token, error) {
	token, err := p.decoder.ReadToken()
	if err != nil {
		return token, value.Below(path, value.NewError(payloadJSON, "the payload", "is no JSON: "+err.Error()))
	}
	return token, nil
}

func (p *parser) value(path, name string, depth int) (*node, error) {
	if p.values++; p.values > maxValues || depth > maxDepth {
		return nil, value.Below(path, value.NewError(payloadSize, "the payload", "has more than 100000 values, or more than 32 levels"))
	}
	token, err := p.token(path)
	if err != nil {
		return nil, err
	}
	n := &node{path: path, name: name, kind: token.Kind()}
	switch n.kind {
	case '{':
		return n, p.members(n, depth)
	case '[':
		return n, p.elements(n, depth)
	default:
		n.text = token.String()
		return n, nil
	}
}

func (p *parser) members(n *node, depth int) error {
	for p.decoder.PeekKind() != '}' {
		token, err := p.token(n.path)
		if err != nil {
			return err
		}
		name := token.String()
		child, err := p.value(value.JoinPath(n.path, shownName(name)), name, depth+1)
		if err != nil {
			return err
		}
		n.below = append(n.below, child)
	}
	_, err := p.token(n.path)
	return err
}

func (p *parser) elements(n *node, depth int) error {
	for p.decoder.PeekKind() != ']' {
		child, err := p.value(value.Index(n.path, len(n.below)), "", depth+1)
		if err != nil {
			return err
		}
		n.below = append(n.below, child)
	}
	_, err := p.token(n.path)
	return err
}

var plainName = regexp.MustCompile(`^[A-Za-z0-9_$@-]{1,64}$`)

// shownName is a name as a path shows it.
func shownName(name string) string {
	if plainName.MatchString(name) {
		return name
	}
	return value.Quote(name)
}

// says reports whether there is anything: null, blank text and what is empty say
// nothing.
func (n *node) says() bool {
	switch {
	case n == nil || n.kind == 'n':
		return false
	case n.kind == '"':
		return strings.TrimSpace(n.text) != ""
	case n.kind == '{' || n.kind == '[':
		return len(n.below) > 0
	default:
		return true
	}
}

// member returns a member of an object, and nil where it is missing or null.
func (n *node) member(name string) *node {
	for _, child := range n.below {
		if child.name == name && n.kind == '{' && child.says() {
			return child
		}
	}
	return nil
}

// find returns the values at a path below n, such as Customer.Contacts[], where []
// stands for every element; those that say nothing are left out. A value that is no
// object or no list where the path needs one is a problem.
func (n *node) find(path string, problems *value.Errors) []*node {
	found := []*node{n}
	for part := range strings.SplitSeq(path, ".") {
		name, all := strings.CutSuffix(part, "[]")
		var next []*node
		for _, at := range found {
			if name != "" {
				at = at.under('{', "an object", problems).member(name)
			}
			switch {
			case at == nil:
			case all:
				next = append(next, at.under('[', "a list", problems).below...)
			default:
				next = append(next, at)
			}
		}
		found = next
	}
	return found
}

// under returns n where it is of a kind, and otherwise an empty value and a problem.
func (n *node) under(kind jsontext.Kind, want string, problems *value.Errors) *node {
	if n.kind == kind {
		return n
	}
	if n.says() {
		n.refuse(problems, value.NewError(fieldKind, "a JSON "+kindName(n.kind), "stands where "+want+" is documented"))
	}
	return &node{kind: kind}
}

// refuse adds a problem of a value, once, as long as they are not too many to read.
func (n *node) refuse(problems *value.Errors, err error) {
	if problems == nil || n.refused || len(*problems) >= maxProblems {
		return
	}
	n.refused = true
	problems.Add(n.path, err)
}

// unread calls yield with every value that says something and that nobody read, in the
// order of the payload.
func (n *node) unread(yield func(*node)) {
	if n.read || !n.says() {
		return
	}
	if n.kind != '{' && n.kind != '[' {
		yield(n)
		return
	}
	for _, child := range n.below {
		child.unread(yield)
	}
}

// kindName is a kind of JSON value in words.
func kindName(k jsontext.Kind) string {
	switch k {
	case '{':
		return "object"
	case '[':
		return "list"
	case '"':
		return "text"
	case '0':
		return "number"
	case 'n':
		return "null"
	default:
		return "boolean"
	}
}
