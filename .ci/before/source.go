package main

import (
	"encoding/binary"
	"hash/fnv"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Source makes the documents of one kind: the samples first, then changed ones. A
// document is a function of the seed and of its number.
type Source struct {
	seed    uint64
	samples []sample
	shapes  [][]place // the places of each shape of path, over all samples
}

// sample is a document; its tree is nil where it is not JSON.
type sample struct {
	text []byte
	tree *Node
}

// place is a value of a sample: the indices that lead to it.
type place struct {
	sample int
	path   []int
}

// maxShapes bounds how many names below one shape of path count as different: an object
// with more is a map.
const maxShapes = 40

// newSource reads the samples of a kind.
func newSource(folder, kind string, seed uint64) (*Source, error) {
	text, err := os.ReadFile(filepath.Join(folder, kind))
	if err != nil {
		return nil, err
	}
	h := fnv.New64a()
	h.Write([]byte(kind))
	s := &Source{seed: seed ^ h.Sum64()}
	for len(text) >= 4 {
		n := int(binary.LittleEndian.Uint32(text))
		s.samples = append(s.samples, sample{text[4 : 4+n], parseTree(text[4 : 4+n])})
		text = text[4+n:]
	}
	s.index()
	return s, nil
}

// index finds the shapes of all paths, so that a rare member is changed as often as one
// that stands everywhere.
func (s *Source) index() {
	names := map[string]map[string]bool{}
	for _, one := range s.samples {
		if one.tree != nil {
			countNames(one.tree, "", names)
		}
	}
	shapes := map[string]int{}
	for i, one := range s.samples {
		if one.tree == nil {
			continue
		}
		walk(one.tree, "", nil, names, func(shape string, path []int) {
			if _, ok := shapes[shape]; !ok {
				shapes[shape] = len(s.shapes)
				s.shapes = append(s.shapes, nil)
			}
			s.shapes[shapes[shape]] = append(s.shapes[shapes[shape]], place{i, slices.Clone(path)})
		})
	}
}

func countNames(n *Node, shape string, names map[string]map[string]bool) {
	for i, kid := range n.Kids {
		if !n.IsObject() {
			countNames(kid, shape+"[]", names)
			continue
		}
		if names[shape] == nil {
			names[shape] = map[string]bool{}
		}
		names[shape][n.Names[i]] = true
		countNames(kid, shape+"."+n.Names[i], names)
	}
}

func walk(n *Node, shape string, path []int, names map[string]map[string]bool, do func(string, []int)) {
	do(shape, path)
	for i, kid := range n.Kids {
		below := shape + "[]"
		if n.IsObject() {
			below = shape + "." + n.Names[i]
			if len(names[shape]) > maxShapes {
				below = shape + ".*"
			}
		}
		walk(kid, below, append(path, i), names, do)
	}
}

// Document makes the document with a number.
func (s *Source) Document(number int) []byte {
	if number < len(s.samples) {
		return s.samples[number].text
	}
	r := rand.New(rand.NewPCG(s.seed, uint64(number)))
	if len(s.shapes) == 0 || r.IntN(12) == 0 {
		text := s.samples[r.IntN(len(s.samples))].text
		if s.samples[0].tree == nil {
			text = []byte(unquote(otherText(r, quote(string(text)))))
		}
		return spoil(r, text)
	}
	first := s.pick(r)
	m := mutation{Rand: r, source: s, tree: s.samples[first.sample].tree.Clone()}
	m.change(first.path)
	for r.IntN(5) < 2 {
		m.change(m.anyPath())
	}
	text := m.tree.Append(nil)
	if r.IntN(25) == 0 {
		text = spoil(r, text)
	}
	if r.IntN(25) == 0 {
		text = spread(r, text)
	}
	return text
}

// pick chooses a shape first, then a place.
func (s *Source) pick(r *rand.Rand) place {
	places := s.shapes[r.IntN(len(s.shapes))]
	return places[r.IntN(len(places))]
}

// anyText returns a string that some sample has, in quotes.
func (s *Source) anyText(r *rand.Rand) string {
	for range 20 {
		if n := s.at(s.pick(r)); n.IsString() {
			return n.Text
		}
	}
	return `"x"`
}

func (s *Source) at(p place) *Node {
	n := s.samples[p.sample].tree
	for _, i := range p.path {
		n = n.Kids[i]
	}
	return n
}

// spread writes space where JSON allows it.
func spread(r *rand.Rand, text []byte) []byte {
	space := []string{" ", "\n", "\t", "\r\n", "  \n\t"}[r.IntN(5)]
	var b strings.Builder
	inside, escaped := false, false
	for _, c := range text {
		b.WriteByte(c)
		switch {
		case escaped:
			escaped = false
		case c == '\\':
			escaped = inside
		case c == '"':
			inside = !inside
		}
		if !inside && strings.IndexByte(`{}[],:`, c) >= 0 {
			b.WriteString(space)
		}
	}
	return []byte(b.String())
}
