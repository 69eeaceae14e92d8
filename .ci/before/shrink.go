package main

// maxTries bounds how many smaller documents are tried for one difference.
const maxTries = 400

// shrinkAll makes the documents of the kept differences smaller.
func (c *comparison) shrinkAll() {
	for i := range c.tally.Differences {
		c.shrink(&c.tally.Differences[i])
	}
}

// shrink takes members and elements out of a document for as long as the sides disagree
// about it in the same way.
func (c *comparison) shrink(d *Difference) {
	if d.Before.Crash != "" || d.Now.Crash != "" {
		return
	}
	sort, tries := d.sort(), 0
	for smaller := true; smaller && tries < maxTries; {
		smaller = false
		tree := parseTree(d.Document)
		if tree == nil {
			return
		}
		for position := 0; tries < maxTries; position++ {
			cut := tree.Clone()
			if !removeAt(cut, position) {
				break
			}
			tries++
			if next, ok := c.again(*d, cut.Append(nil)); ok && next.sort() == sort {
				*d, tree, smaller = next, cut, true
				position--
			}
		}
	}
}

// again asks about another document.
func (c *comparison) again(d Difference, document []byte) (Difference, bool) {
	before, now, err := c.ask([]Document{{document, d.Number%8 == 0}})
	if err != nil {
		return d, false
	}
	next := Difference{d.Kind, d.Number, document, before[0], now[0]}
	return next, c.differs(&next) && c.expects(next) == ""
}

// removeAt takes out one member or element, counted over the whole tree, those of the
// outer ones first.
func removeAt(n *Node, position int) bool {
	queue := []*Node{n}
	for len(queue) > 0 {
		n, queue = queue[0], queue[1:]
		if position < len(n.Kids) {
			n.Remove(position)
			return true
		}
		position -= len(n.Kids)
		queue = append(queue, n.Kids...)
	}
	return false
}
