package main

import (
	"math/rand/v2"
	"strconv"
	"strings"
)

// edit changes value n, which is member or element i of parent; the whole document has
// no parent.
type edit func(m mutation, parent *Node, i int, n *Node)

// task is one edit of the values of one shape that are of one type. All tasks of a kind
// together try every edge at every member.
type task struct {
	shape int
	kind  byte
	edit  edit
}

// types are the types of values by kindOf.
var types = []byte{'{', '[', '"', '0', 't', 'n'}

// list returns what is to be tried, in an order that begins everywhere at once.
func (s *Source) list() []task {
	var list []task
	edits := map[byte][]edit{}
	for _, kind := range types {
		edits[kind] = editsOf(kind)
	}
	if len(s.shapes) > 0 { // the first shape is that of whole documents
		for _, e := range sizeEdits() {
			list = append(list, task{0, kindOf(s.at(s.shapes[0][0])), e})
		}
	}
	for shape, places := range s.shapes {
		kinds := map[byte]bool{}
		for _, p := range places[:min(len(places), 200)] {
			kinds[kindOf(s.at(p))] = true
		}
		for _, kind := range types {
			if kinds[kind] {
				for _, e := range edits[kind] {
					list = append(list, task{shape, kind, e})
				}
			}
		}
	}
	return list
}

// kindOf returns the type of a value by its first letter, 0 for numbers and t for booleans.
func kindOf(n *Node) byte {
	switch {
	case isNumber(n):
		return '0'
	case n.Text == "false":
		return 't'
	default:
		return n.Text[0]
	}
}

// do makes the document of a task.
func (s *Source) do(r *rand.Rand, t task) []byte {
	places := s.shapes[t.shape]
	p := places[r.IntN(len(places))]
	for tries := 0; kindOf(s.at(p)) != t.kind && tries < 100; tries++ {
		p = places[r.IntN(len(places))]
	}
	m := mutation{Rand: r, source: s, tree: s.samples[p.sample].tree.Clone()}
	parent, n, last := (*Node)(nil), m.tree, 0
	for _, i := range p.path {
		parent, n, last = n, n.Kids[i], i
	}
	t.edit(m, parent, last, n)
	return m.tree.Append(nil)
}

// editsOf returns the edits of values of one type.
func editsOf(kind byte) []edit {
	list := append(memberEdits(), oddEdits()...)
	switch kind {
	case '"':
		list = append(list, textEdits()...)
	case '0':
		for _, number := range numbers {
			list = append(list, func(_ mutation, _ *Node, _ int, n *Node) { *n = Node{Text: number} })
		}
		for _, by := range []int64{-1, 1} {
			list = append(list, func(_ mutation, _ *Node, _ int, n *Node) { n.Text = plus(n.Text, by) })
		}
	case 't':
		list = append(list, func(m mutation, _ *Node, _ int, n *Node) {
			n.Text = map[string]string{"true": "false", "false": "true"}[n.Text]
		})
	case '[':
		list = append(list, listEdits()...)
	case '{':
		for range 4 {
			list = append(list, func(m mutation, _ *Node, _ int, n *Node) { m.insert(n) })
		}
		list = append(list, func(m mutation, _ *Node, _ int, n *Node) { m.shuffle(n) })
		for _, count := range counts {
			for more := range 2 {
				list = append(list, func(m mutation, _ *Node, _ int, n *Node) { m.fillMap(n, count+more) })
			}
		}
	}
	return list
}

func plus(text string, by int64) string {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return text
	}
	return strconv.FormatInt(n+by, 10)
}

// memberEdits remove, repeat and rename a member.
func memberEdits() []edit {
	list := []edit{
		func(_ mutation, parent *Node, i int, _ *Node) {
			if parent != nil {
				parent.Remove(i)
			}
		},
		repeat(func(_ mutation, n *Node) *Node { return n.Clone() }),
		repeat(func(m mutation, _ *Node) *Node { return m.odd() }),
		repeat(func(mutation, *Node) *Node { return &Node{Text: "null"} }),
	}
	for way := range ways {
		list = append(list, func(_ mutation, parent *Node, i int, _ *Node) {
			if parent != nil && parent.IsObject() {
				parent.Names[i] = rename(parent.Names[i], way)
			}
		})
	}
	for range 6 {
		list = append(list, func(m mutation, _ *Node, _ int, n *Node) { m.transplant(n) })
	}
	return list
}

// repeat lets a member or an element stand twice.
func repeat(second func(mutation, *Node) *Node) edit {
	return func(m mutation, parent *Node, i int, n *Node) {
		if parent == nil {
			return
		}
		name := ""
		if parent.IsObject() {
			name = parent.Names[i]
		}
		m.add(parent, m.IntN(len(parent.Kids)+1), name, second(m, n))
	}
}

// oddEdits replace a value by one of another type.
func oddEdits() []edit {
	var list []edit
	for _, odd := range odds {
		list = append(list, func(_ mutation, _ *Node, _ int, n *Node) { *n = *parseTree([]byte(odd)) })
	}
	return list
}

// textEdits make a text of each length, and texts of its form at every edge.
func textEdits() []edit {
	var list []edit
	for _, length := range lengths {
		for _, filler := range []string{"a", "é"} {
			list = append(list, func(_ mutation, _ *Node, _ int, n *Node) { n.Text = quote(padTo(n.String(), length, filler)) })
		}
	}
	for range 40 {
		list = append(list, func(m mutation, _ *Node, _ int, n *Node) { n.Text = otherText(m.Rand, n.Text) })
	}
	for way := range otherWays {
		list = append(list, func(m mutation, _ *Node, _ int, n *Node) { n.Text = anyOtherText(m.Rand, n.String(), way) })
	}
	for edge := range 42 { // no list of edges is longer
		list = append(list, func(_ mutation, _ *Node, _ int, n *Node) {
			if edges := edgesOf(n.String()); edge < len(edges) {
				n.Text = quote(edges[edge])
			}
		})
	}
	return list
}

// edgesOf returns the texts of the same form at the edge of what is allowed.
func edgesOf(s string) []string {
	switch {
	case instantForm.MatchString(s):
		return instants
	case dateForm.MatchString(s):
		return dates
	case percentForm.MatchString(s):
		return percents
	case amountForm.MatchString(s) && !strings.Contains(s, " "):
		return amounts
	case currencyForm.MatchString(s):
		return currencies
	case durationForm.MatchString(s):
		return durations
	case termForm.MatchString(s):
		return []string{"0 hours", "1 hour", "1 hours", "10000 hours", "10001 hours", "1 day", "10000 days", "10001 days", "1 business day", "10000 business days", "10001 business days", "02 days"}
	default:
		return nil
	}
}

// listEdits change the order and the number of elements.
func listEdits() []edit {
	var list []edit
	for _, count := range append(manies, counts...) {
		for more := range 2 {
			list = append(list, func(m mutation, _ *Node, _ int, n *Node) {
				if len(n.Kids) > 0 {
					fillTo(n, m.IntN(len(n.Kids)), count+more)
				}
			})
		}
	}
	for range 12 {
		list = append(list, func(m mutation, _ *Node, _ int, n *Node) { m.changeList(n) })
	}
	return list
}

// sizeEdits write space behind a whole document until it is of a size at which a bound
// may be, or by one byte larger.
func sizeEdits() []edit {
	var list []edit
	for _, size := range sizes {
		for more := range 2 {
			list = append(list, func(_ mutation, _ *Node, _ int, n *Node) {
				text := string(n.Append(nil))
				*n = Node{Text: text + strings.Repeat(" ", max(size<<10+more-len(text), 0))}
			})
		}
	}
	return list
}
