package main

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/coselling/coselling/value"
)

// merge puts fields of ours into theirs, by what was last seen. A list is one field.
type merge struct {
	*decision
	review  review
	first   bool // nothing was seen yet, so nobody knows who changed a field
	written int  // fields of ours that are in the payload and not there
}

// field returns what is to stand at a path; nil: nothing. A field that ours does not have stays as it is there.
func (m *merge) field(path string, ours, seen, theirs *node) *node {
	if !theirs.says() {
		theirs = nil
	}
	switch {
	case ours == nil:
		return theirs
	case ours.kind == '{' && (theirs == nil || theirs.kind == '{'):
		return m.object(path, ours, seen, theirs)
	}
	want, then, now := ours.canonical(), seen.canonical(), theirs.canonical()
	switch {
	case want == now:
	case m.first && now != "":
		m.Because = append(m.Because, note{path, "ours is " + shown(want) + ", there is " + shown(now) + ", and neither was seen before"})
	case now != then && want != then:
		m.Because = append(m.Because, note{path, "ours is " + shown(want) + ", there is " + shown(now) + ", and both were " + shown(then)})
	case now != then:
		m.Take = append(m.Take, note{path, shown(now)})
	case !m.review.may(path):
		m.Held = append(m.Held, note{path, m.review.says()})
	default:
		m.written++
		return ours
	}
	return theirs
}

func (m *merge) object(path string, ours, seen, theirs *node) *node {
	whole := &node{kind: '{', name: ours.name}
	then, rest := seen.members(), theirs.members()
	for _, n := range ours.below {
		if n := m.field(path+"."+n.name, n, then[n.name], rest[n.name]); n != nil {
			whole.below = append(whole.below, n)
		}
		delete(rest, n.name)
	}
	for _, n := range rest {
		whole.below = append(whole.below, n)
	}
	return whole
}

// members returns those of an object by name.
func (n *node) members() map[string]*node {
	all := map[string]*node{}
	if n != nil && n.kind == '{' {
		for _, c := range n.below {
			all[c.name] = c
		}
	}
	return all
}

// shown is a field in a note.
func shown(canonical string) string {
	const most = 200 // bytes
	switch {
	case canonical == "":
		return "empty"
	case len(canonical) > most:
		return strings.ToValidUTF8(canonical[:most], "") + "…"
	}
	return canonical
}

// named returns a member, also one that is null; nil where there is none.
func (n *node) named(name string) *node {
	if n == nil {
		return nil
	}
	if i := slices.IndexFunc(n.below, func(c *node) bool { return c.name == name }); i >= 0 && n.kind == '{' {
		return n.below[i]
	}
	return nil
}

// string returns the text of a member; "" where there is none.
func (n *node) string(name string) string {
	if c := n.named(name); c != nil && c.kind == '"' {
		return strings.TrimSpace(c.text)
	}
	return ""
}

func textNode(name, text string) *node { return &node{name: name, kind: '"', text: text} }

// canonical writes a value as JSON, the members in the order of their names, without those that say nothing: AWS does
// not tell them from null. It is empty where the value says nothing.
func (n *node) canonical() string {
	if !n.says() {
		return ""
	}
	var parts []string
	switch n.kind {
	case '{':
		for _, c := range slices.SortedFunc(slices.Values(n.below), func(a, b *node) int { return cmp.Compare(a.name, b.name) }) {
			if text := c.canonical(); text != "" {
				parts = append(parts, quoted(c.name)+":"+text)
			}
		}
	case '[':
		for _, c := range n.below {
			parts = append(parts, cmp.Or(c.canonical(), "null"))
		}
	case '"':
		return quoted(n.text)
	default:
		return n.text
	}
	if len(parts) == 0 {
		return ""
	}
	brackets := map[jsontext.Kind][2]string{'{': {"{", "}"}, '[': {"[", "]"}}[n.kind]
	return brackets[0] + strings.Join(parts, ",") + brackets[1]
}

func quoted(s string) string {
	text, _ := jsontext.AppendQuote(nil, s) // a payload is UTF-8
	return string(text)
}

// instantOf reads when an opportunity was last changed; the zero time where there is none.
func instantOf(n *node) (time.Time, error) {
	if n == nil {
		return time.Time{}, nil
	}
	at, err := parseInstant(n.string("LastModifiedDate"))
	return at, value.Below(value.JoinPath(n.path, "LastModifiedDate"), err)
}
