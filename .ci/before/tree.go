package main

import (
	"bytes"
	"io"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// Node is a JSON value that keeps what a document says, to the letter: the order of
// members, repeated members, and the text of strings and numbers.
type Node struct {
	Text  string   // a string, number, boolean or null as the document writes it; "{" and "[" stand for the others
	Names []string // of an object's members, in quotes, as the document writes them
	Kids  []*Node  // the values of an object's members, or the elements of a list
}

// parseTree reads a document; nil is text that is not JSON.
func parseTree(document []byte) *Node {
	d := jsontext.NewDecoder(bytes.NewReader(document), jsontext.AllowDuplicateNames(true))
	n, err := readNode(d)
	if err != nil {
		return nil
	}
	if _, err := d.ReadToken(); err != io.EOF {
		return nil
	}
	return n
}

func readNode(d *jsontext.Decoder) (*Node, error) {
	kind := d.PeekKind()
	if kind != '{' && kind != '[' {
		text, err := d.ReadValue()
		return &Node{Text: string(text)}, err
	}
	n := &Node{Text: string(kind)}
	if _, err := d.ReadToken(); err != nil {
		return nil, err
	}
	for d.PeekKind() != '}' && d.PeekKind() != ']' {
		if kind == '{' {
			name, err := d.ReadValue()
			if err != nil {
				return nil, err
			}
			n.Names = append(n.Names, string(name))
		}
		kid, err := readNode(d)
		if err != nil {
			return nil, err
		}
		n.Kids = append(n.Kids, kid)
	}
	_, err := d.ReadToken()
	return n, err
}

// Append writes the value without needless space.
func (n *Node) Append(b []byte) []byte {
	switch n.Text {
	case "{":
		b = append(b, '{')
		for i, kid := range n.Kids {
			if i > 0 {
				b = append(b, ',')
			}
			b = append(append(b, n.Names[i]...), ':')
			b = kid.Append(b)
		}
		return append(b, '}')
	case "[":
		b = append(b, '[')
		for i, kid := range n.Kids {
			if i > 0 {
				b = append(b, ',')
			}
			b = kid.Append(b)
		}
		return append(b, ']')
	default:
		return append(b, n.Text...)
	}
}

// Clone returns a copy that shares nothing with n.
func (n *Node) Clone() *Node {
	c := &Node{Text: n.Text, Names: append([]string(nil), n.Names...)}
	for _, kid := range n.Kids {
		c.Kids = append(c.Kids, kid.Clone())
	}
	return c
}

// IsObject reports whether n is an object.
func (n *Node) IsObject() bool { return n.Text == "{" }

// IsList reports whether n is a list.
func (n *Node) IsList() bool { return n.Text == "[" }

// IsString reports whether n is a string.
func (n *Node) IsString() bool { return strings.HasPrefix(n.Text, `"`) }

// String returns what the string n says; "" for another value.
func (n *Node) String() string { return unquote(n.Text) }

// Member returns the value of the first member with a name, or nil.
func (n *Node) Member(name string) *Node {
	for i := range n.Names {
		if unquote(n.Names[i]) == name {
			return n.Kids[i]
		}
	}
	return nil
}

// Remove takes out member or element i.
func (n *Node) Remove(i int) {
	n.Kids = append(n.Kids[:i:i], n.Kids[i+1:]...)
	if n.IsObject() {
		n.Names = append(n.Names[:i:i], n.Names[i+1:]...)
	}
}

// Visit calls do with n and all that is below it, parents first. A path is made of the
// members' names joined with dots, with [] for an element of a list: "team.reps[].id".
func (n *Node) Visit(do func(path string, n *Node)) { n.visit("", do) }

func (n *Node) visit(path string, do func(path string, n *Node)) {
	do(path, n)
	for i, kid := range n.Kids {
		below := path + "[]"
		if n.IsObject() {
			below = strings.TrimPrefix(path+"."+unquote(n.Names[i]), ".")
		}
		kid.visit(below, do)
	}
}

func quote(s string) string {
	text, err := jsontext.AppendQuote(nil, s)
	if err != nil {
		return `"\ufffd"`
	}
	return string(text)
}

func unquote(text string) string {
	if !strings.HasPrefix(text, `"`) {
		return ""
	}
	s, err := jsontext.AppendUnquote(nil, text)
	if err != nil {
		return text
	}
	return string(s)
}
