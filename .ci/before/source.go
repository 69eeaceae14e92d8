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
	tasks   []task    // in a random order
}

// sample is a document; its tree is nil where it is not JSON.
type sample struct {
	text    []byte
	tree    *Node
	changed bool // whether documents are made by changing it
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
		s.samples = append(s.samples, sample{text: text[4 : 4+n], tree: parseTree(text[4 : 4+n])})
		text = text[4+n:]
	}
	return s, nil
}

// learn sees which samples are accepted: those are changed. What tests refuse, and what
// is much larger than the others, is asked about as it is.
func (s *Source) learn(accepted []bool) {
	sizes := make([]int, len(s.samples))
	for i, one := range s.samples {
		sizes[i] = len(one.text)
	}
	slices.Sort(sizes)
	limit := 4*sizes[len(sizes)/2] + 4<<10
	for i := range accepted {
		s.samples[i].changed = s.samples[i].tree != nil && accepted[i] && len(s.samples[i].text) <= limit
	}
	s.index()
	s.tasks = s.list()
	rand.New(rand.NewPCG(s.seed, 0)).Shuffle(len(s.tasks), func(i, j int) { s.tasks[i], s.tasks[j] = s.tasks[j], s.tasks[i] })
}

// index finds the shapes of all paths, so that a rare member is changed as often as one
// that stands everywhere.
func (s *Source) index() {
	names := map[string]map[string]bool{}
	for _, one := range s.samples {
		if one.changed {
			countNames(one.tree, "", names)
		}
	}
	shapes := map[string]int{}
	for i, one := range s.samples {
		if !one.changed {
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

// Document makes the document with a number: the samples, then by turns one of what is to
// be tried everywhere and one with random changes.
func (s *Source) Document(number int) []byte {
	if number < len(s.samples) {
		return s.samples[number].text
	}
	r := rand.New(rand.NewPCG(s.seed, uint64(number)))
	number -= len(s.samples)
	if number%2 == 0 && number/2 < len(s.tasks) {
		return s.do(r, s.tasks[number/2])
	}
	return s.random(r)
}

// random changes a sample somewhere, once or more often.
func (s *Source) random(r *rand.Rand) []byte {
	if len(s.shapes) == 0 || r.IntN(12) == 0 {
		text := s.samples[r.IntN(len(s.samples))].text
		if s.samples[0].tree == nil && r.IntN(3) > 0 {
			return []byte(unquote(otherText(r, quote(string(text)))))
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
