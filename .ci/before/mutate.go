package main

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
)

// mutation changes one tree.
type mutation struct {
	*rand.Rand
	source *Source
	tree   *Node
}

// anyPath chooses a value of the tree.
func (m mutation) anyPath() []int {
	var path []int
	n := m.tree
	for len(n.Kids) > 0 && m.IntN(6) > 0 {
		i := m.IntN(len(n.Kids))
		path, n = append(path, i), n.Kids[i]
	}
	return path
}

// change changes the value at a path, or its member, or its list.
func (m mutation) change(path []int) {
	parent, n, last := (*Node)(nil), m.tree, 0
	for _, i := range path {
		if i >= len(n.Kids) {
			break
		}
		parent, n, last = n, n.Kids[i], i
	}
	switch {
	case parent != nil && m.IntN(5) < 2:
		m.changeIn(parent, last)
	case m.IntN(5) == 0 && n.IsObject():
		m.insert(n)
	case m.IntN(3) == 0 && n.IsList():
		m.changeList(n)
	default:
		m.changeValue(n)
	}
}

// changeIn changes a member, or an element's place.
func (m mutation) changeIn(parent *Node, i int) {
	if parent.IsList() {
		m.changeList(parent)
		return
	}
	switch m.IntN(8) {
	case 0, 1:
		parent.Remove(i)
	case 2:
		m.add(parent, m.IntN(len(parent.Kids)+1), parent.Names[i], parent.Kids[i].Clone())
	case 3:
		m.add(parent, m.IntN(len(parent.Kids)+1), parent.Names[i], m.odd())
	case 4:
		parent.Names[i] = rename(parent.Names[i], m.IntN(ways))
	case 5:
		j := m.IntN(len(parent.Kids))
		parent.Names[i], parent.Names[j] = parent.Names[j], parent.Names[i]
	case 6:
		m.shuffle(parent)
	default:
		m.insert(parent)
	}
}

// shuffle changes the order of members, which says nothing.
func (m mutation) shuffle(n *Node) {
	m.Shuffle(len(n.Kids), func(i, j int) {
		n.Kids[i], n.Kids[j] = n.Kids[j], n.Kids[i]
		n.Names[i], n.Names[j] = n.Names[j], n.Names[i]
	})
}

// insert adds a member that does not belong there, or one that perhaps does.
func (m mutation) insert(n *Node) {
	name := quote([]string{"x", "", "$schema", "id", "ID", "note", "a.b", "a[0]", "é", "0", "at", "by", "name", "org", strings.Repeat("n", 70)}[m.IntN(15)])
	value := m.odd()
	if m.IntN(2) == 0 {
		if p := m.source.pick(m.Rand); len(p.path) > 0 {
			above := m.source.at(place{p.sample, p.path[:len(p.path)-1]})
			if above.IsObject() {
				name = above.Names[p.path[len(p.path)-1]]
			}
			value = m.source.at(p).Clone()
		}
	}
	m.add(n, m.IntN(len(n.Kids)+1), name, value)
}

func (m mutation) add(n *Node, i int, name string, value *Node) {
	n.Kids = slices.Insert(n.Kids, i, value)
	if n.IsObject() {
		n.Names = slices.Insert(n.Names, i, name)
	}
}

// ways is the number of ways in which rename writes a name.
const ways = 9

// rename writes a member's name in another way: most are wrong, one says the same.
func rename(quoted string, way int) string {
	s := unquote(quoted)
	switch way {
	case 0:
		return quote(strings.ToUpper(s))
	case 1:
		return quote(strings.ToUpper(s[:min(1, len(s))]) + s[min(1, len(s)):])
	case 2:
		return quote(s + " ")
	case 3:
		return quote(strings.ReplaceAll(s, "_", ""))
	case 4:
		return quote(strings.ReplaceAll(s, "_", "-"))
	case 5:
		return quote(s + "s")
	case 6:
		return `"` + escapeAll(s) + `"` // says the same
	case 7:
		return quote(strings.Replace(s, "k", "\u212a", 1)) // which folds to k
	default:
		return `""`
	}
}

func escapeAll(s string) string {
	var b strings.Builder
	for _, r := range s {
		if r > 0xffff {
			b.WriteRune(r)
			continue
		}
		hex := strconv.FormatInt(int64(r), 16)
		b.WriteString(`\u` + strings.Repeat("0", 4-len(hex)) + hex)
	}
	return b.String()
}

// changeList changes the order or the number of a list's elements.
func (m mutation) changeList(n *Node) {
	if len(n.Kids) == 0 {
		n.Kids = append(n.Kids, m.odd())
		return
	}
	i, j := m.IntN(len(n.Kids)), m.IntN(len(n.Kids))
	switch m.IntN(10) {
	case 0:
		n.Remove(i)
	case 1, 2:
		m.add(n, j, "", n.Kids[i].Clone())
	case 3:
		n.Kids[i], n.Kids[j] = n.Kids[j], n.Kids[i]
	case 4:
		slices.Reverse(n.Kids)
	case 5:
		n.Kids = nil
	case 6:
		n.Kids = n.Kids[:i+1]
	case 7:
		m.add(n, j, "", m.odd())
	case 8:
		m.fill(n, i)
	default:
		m.Shuffle(len(n.Kids), func(i, j int) { n.Kids[i], n.Kids[j] = n.Kids[j], n.Kids[i] })
	}
}

// fill makes a list as long as a bound allows, or by one longer. Its elements are the
// same but for a number behind their ids and names.
func (m mutation) fill(n *Node, i int) {
	count := counts[m.IntN(5)]
	if m.IntN(30) == 0 {
		count = counts[m.IntN(len(counts))]
	}
	fillTo(n, i, count+m.IntN(2))
}

// mostFilled bounds how large a list is made, in bytes.
const mostFilled = 8 << 20

// fillMap makes as many members as a bound allows, or one more.
func (m mutation) fillMap(n *Node, count int) {
	if len(n.Kids) == 0 {
		return
	}
	i := m.IntN(len(n.Kids))
	name, value := unquote(n.Names[i]), n.Kids[i]
	for k := len(n.Kids); k < count && len(value.Append(nil))*count < mostFilled; k++ {
		m.add(n, k, quote(name+strconv.Itoa(k)), value.Clone())
	}
}

func fillTo(n *Node, i, count int) {
	sample := n.Kids[i]
	if len(sample.Append(nil))*count > mostFilled {
		return
	}
	for k := len(n.Kids); k < count; k++ {
		kid := sample.Clone()
		number(kid, strconv.Itoa(k))
		n.Kids = append(n.Kids, kid)
	}
}

func number(n *Node, suffix string) {
	if n.IsString() && len(n.Text) < 40 {
		n.Text = quote(n.String() + suffix)
	}
	for i := range n.Names {
		switch unquote(n.Names[i]) {
		case "id", "name", "rep", "key", "value", "responsibility":
			number(n.Kids[i], suffix)
		}
	}
}

// changeValue replaces a value.
func (m mutation) changeValue(n *Node) {
	roll := m.IntN(10)
	switch {
	case roll < 3:
		m.transplant(n)
	case n.IsString() && roll < 9:
		n.Text = otherText(m.Rand, n.Text)
		if m.IntN(6) == 0 {
			n.Text = m.source.anyText(m.Rand)
		}
	case isNumber(n) && roll < 8:
		*n = Node{Text: m.number(n.Text)}
	case (n.Text == "true" || n.Text == "false") && roll < 7:
		*n = Node{Text: map[string]string{"true": "false", "false": "true"}[n.Text]}
	case n.IsObject() && roll < 5 && len(n.Kids) > 0:
		m.changeIn(n, m.IntN(len(n.Kids)))
	case n.IsObject() && roll < 6 && len(n.Kids) > 0:
		i := m.IntN(len(n.Kids))
		n.Names[i] = otherText(m.Rand, n.Names[i])
	default:
		*n = *m.odd()
	}
}

// transplant puts a value in the place of n that stands at such a place elsewhere, or at
// any place.
func (m mutation) transplant(n *Node) {
	p := m.source.pick(m.Rand)
	if m.IntN(4) > 0 {
		for range 30 {
			if other := m.source.at(p); other.Text[0] == n.Text[0] && other.Text != n.Text {
				break
			}
			p = m.source.pick(m.Rand)
		}
	}
	*n = *m.source.at(p).Clone()
}

func isNumber(n *Node) bool { return n.Text[0] == '-' || n.Text[0] >= '0' && n.Text[0] <= '9' }

func (m mutation) number(text string) string {
	if n, err := strconv.ParseInt(text, 10, 64); err == nil && m.IntN(2) == 0 {
		return strconv.FormatInt(n+int64(m.IntN(7)-3), 10)
	}
	return numbers[m.IntN(len(numbers))]
}

// odd is a value that probably does not belong where it is put.
func (m mutation) odd() *Node {
	if m.IntN(40) == 0 {
		return &Node{Text: `"` + strings.Repeat("x", lengths[m.IntN(len(lengths))]) + `"`}
	}
	return parseTree([]byte(odds[m.IntN(len(odds))]))
}
