package book

import (
	"bytes"
	"slices"
	"strconv"

	"github.com/go-json-experiment/json/jsontext"
)

// node is a value of a document.
type node struct {
	kind    kind
	text    string // of a leaf, as a difference shows it
	members []member
}

type kind uint8

const (
	leaf kind = iota
	object
	list
)

// member is a member of an object, or an element of a list with its name.
type member struct {
	name string
	node *node
}

// naming lists the members that name an object in a list.
var naming = [...]string{"responsibility", "function", "engagement", "size", "stage", "task"}

func (b Book) tree() (*node, error) {
	text, err := b.MarshalJSON()
	if err != nil {
		return nil, err
	}
	return readNode(jsontext.NewDecoder(bytes.NewReader(text)))
}

func readNode(d *jsontext.Decoder) (*node, error) {
	token, err := d.ReadToken()
	if err != nil {
		return nil, err
	}
	n := &node{kind: leaf, text: token.String()}
	switch token.Kind() {
	case '"':
		n.text = leafText(n.text)
	case '{':
		n.kind = object
	case '[':
		n.kind = list
	}
	if n.kind == leaf {
		return n, nil
	}
	for d.PeekKind() != '}' && d.PeekKind() != ']' {
		var name string
		if n.kind == object {
			token, err := d.ReadToken()
			if err != nil {
				return nil, err
			}
			name = quoted(token.String())
		}
		below, err := readNode(d)
		if err != nil {
			return nil, err
		}
		n.members = append(n.members, member{name, below})
	}
	if _, err := d.ReadToken(); err != nil {
		return nil, err
	}
	return n.settled(), nil
}

// leafText returns a text as a difference shows it: quoted if it could be mistaken, or has invisible characters.
func leafText(s string) string {
	if s == absent || s == empty || s == listed || !visible(s) || s[0] == '"' {
		return strconv.Quote(s)
	}
	return s
}

// settled makes an amount of money a single leaf, and names the elements of a list.
func (n *node) settled() *node {
	if n.kind == object && slices.Equal(n.names(), []string{"amount", "currency"}) && n.members[0].node.kind == leaf &&
		n.members[1].node.kind == leaf {
		return &node{kind: leaf, text: n.members[0].node.text + " " + n.members[1].node.text}
	}
	if n.kind != list {
		return n
	}
	count := make(map[string]int, len(n.members))
	for i := range n.members {
		m := &n.members[i]
		m.name = m.node.ownName()
		if m.node.kind == leaf {
			m.node = &node{kind: leaf, text: listed}
		}
		count[m.name]++
		if k := count[m.name]; k > 1 { // possible in a book that Check refuses
			m.name += "#" + strconv.Itoa(k)
		}
	}
	return n
}

// ownName returns the name of an element of a list; a text is its name.
func (n *node) ownName() string {
	if n.kind == leaf {
		return quoted(n.text)
	}
	var name string
	for _, m := range n.members {
		if slices.Contains(naming[:], m.name) {
			if name != "" {
				name += "."
			}
			name += quoted(m.node.text)
		}
	}
	return name
}

// names returns the names of the members in order; nil if n is nil.
func (n *node) names() []string {
	if n == nil {
		return nil
	}
	names := make([]string, len(n.members))
	for i, m := range n.members {
		names[i] = m.name
	}
	return names
}

// byName returns the members by name; nil if n is nil.
func (n *node) byName() map[string]*node {
	if n == nil {
		return nil
	}
	members := make(map[string]*node, len(n.members))
	for _, m := range n.members {
		members[m.name] = m.node
	}
	return members
}

// common returns the names that n shares with another, in n's order.
func (n *node) common(other *node) []string {
	known := setOf(other.names())
	return slices.DeleteFunc(n.names(), func(name string) bool { return !known[name] })
}

func setOf(names []string) map[string]bool {
	set := make(map[string]bool, len(names))
	for _, name := range names {
		set[name] = true
	}
	return set
}

// words returns a node that is not compared deeper as a difference shows it.
func (n *node) words() string {
	switch {
	case n == nil:
		return absent
	case n.kind == leaf:
		return n.text
	default:
		return empty
	}
}
