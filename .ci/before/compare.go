package main

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
)

// Difference is a document of which the two sides make something else.
type Difference struct {
	Kind        string
	Number      int
	Document    []byte
	Before, Now Answer
}

// Tally counts what became of the documents of one kind.
type Tally struct {
	Kind                                     string
	Documents, Accepted, Refused, OtherWords int
	Expected                                 map[string]int // by id
	Differences                              []Difference   // the first of them
	Disagreements                            int
	Words                                    map[string]*Wording // by what was and what is said
}

// Wording is another code, or another path, of a refusal.
type Wording struct {
	Count   int
	Example int // the number of a document
}

// comparison asks both sides about the documents of one kind.
type comparison struct {
	tally       *Tally
	before, now *Side
	changes     []Expected
	keep        int // how many differences are kept
}

func newComparison(kind, before, now string, keep int) *comparison {
	c := &comparison{keep: keep, before: &Side{program: before, kind: kind}, now: &Side{program: now, kind: kind}}
	c.tally = &Tally{Kind: kind, Expected: map[string]int{}, Words: map[string]*Wording{}}
	for _, change := range expected {
		if change.Kinds.MatchString(kind) {
			c.changes = append(c.changes, change)
		}
	}
	return c
}

func (c *comparison) stop() {
	c.before.Stop()
	c.now.Stop()
}

const (
	batchCount = 256
	batchBytes = 1 << 20
)

// changeable is how many samples are changed, at most: of those that take long, fewer.
func changeable(kind string) int {
	if shares[kind] > 0 {
		return 200
	}
	return 1000
}

// learn asks the program as it was which samples it accepts.
func (c *comparison) learn(source *Source) error {
	var documents []Document
	for _, one := range source.samples[:min(len(source.samples), changeable(c.tally.Kind))] {
		documents = append(documents, Document{one.text, false})
	}
	answers, err := c.before.Ask(documents)
	if err != nil {
		return err
	}
	accepted := make([]bool, len(answers))
	for i, a := range answers {
		accepted[i] = !a.Refused()
	}
	source.learn(accepted)
	return nil
}

// run compares the documents with the numbers of some spans, each without its end.
func (c *comparison) run(source *Source, spans [][2]int) error {
	defer c.stop()
	if err := c.learn(source); err != nil {
		return err
	}
	for _, span := range spans {
		if err := c.compare(source, span[0], span[1]); err != nil {
			return err
		}
	}
	c.shrinkAll()
	return nil
}

func (c *comparison) compare(source *Source, first, last int) error {
	for number := first; number < last; {
		var batch []Document
		for size := 0; number+len(batch) < last && len(batch) < batchCount && size < batchBytes; {
			text := source.Document(number + len(batch))
			batch = append(batch, Document{text, (number+len(batch))%8 == 0})
			size += len(text)
		}
		before, now, err := c.ask(batch)
		if err != nil {
			return err
		}
		for i, d := range batch {
			c.judge(Difference{c.tally.Kind, number + i, d.Text, before[i], now[i]})
		}
		number += len(batch)
	}
	return nil
}

// ask asks both sides at once; the program as it is gets translated documents.
func (c *comparison) ask(batch []Document) (before, now []Answer, err error) {
	translated := batch
	if len(c.changes) > 0 {
		translated = nil
		for _, d := range batch {
			translated = append(translated, Document{c.input(d.Text), d.Thorough})
		}
	}
	done := make(chan error)
	go func() {
		var err error
		before, err = c.before.Ask(batch)
		done <- err
	}()
	now, err = c.now.Ask(translated)
	if failed := <-done; failed != nil {
		err = failed
	}
	return before, now, err
}

// input translates a document to the new form. Space in it moves to its end, so that its
// size stays what it was as far as that is possible.
func (c *comparison) input(document []byte) []byte {
	tree := parseTree(document)
	if tree == nil {
		return document
	}
	old := string(tree.Append(nil))
	for _, change := range c.changes {
		if change.Input != nil {
			change.Input(tree)
		}
	}
	text := tree.Append(nil)
	if string(text) == old {
		return document
	}
	if len(document) > len(old) {
		text = append(text, bytes.Repeat([]byte(" "), max(len(document)-len(text), 0))...)
	}
	return text
}

// output translates the texts of an answer to the new form, and returns which changes
// had to do something.
func (c *comparison) output(a Answer) (Answer, []string) {
	var ids []string
	a.Texts = slices.Clone(a.Texts)
	for i, t := range a.Texts {
		tree := (*Node)(nil)
		for _, change := range c.changes {
			if change.Output == nil {
				continue
			}
			if tree == nil {
				if tree = parseTree([]byte(t.Text)); tree == nil {
					break
				}
			}
			change.Output(t.Name, tree)
			if text := string(tree.Append(nil)); text != a.Texts[i].Text {
				a.Texts[i].Text = text
				ids = append(ids, change.ID)
			}
		}
	}
	slices.Sort(ids)
	return a, slices.Compact(ids)
}

// judge counts one document.
func (c *comparison) judge(d Difference) {
	t := c.tally
	t.Documents++
	if d.Before.Refused() {
		t.Refused++
	} else {
		t.Accepted++
	}
	if !c.differs(&d) {
		if !slices.Equal(d.Before.Problems, d.Now.Problems) {
			t.OtherWords++
			t.reword(d)
		}
		return
	}
	if id := c.expects(d); id != "" {
		t.Expected[id]++
		return
	}
	t.Disagreements++
	if len(t.Differences) < c.keep {
		t.Differences = append(t.Differences, d)
	}
}

// differs reports whether the two sides make something else of a document, after what
// was is translated to the new form.
func (c *comparison) differs(d *Difference) bool {
	if d.Before.Panicked() != "" || d.Now.Panicked() != "" {
		return true
	}
	if slices.Equal(d.Before.Texts, d.Now.Texts) {
		return false
	}
	translated, ids := c.output(d.Before)
	if !slices.Equal(translated.Texts, d.Now.Texts) {
		d.Before = translated
		return true
	}
	for _, id := range ids {
		c.tally.Expected[id]++
	}
	return false
}

func (c *comparison) expects(d Difference) string {
	for _, change := range c.changes {
		if change.Differs != nil && change.Differs(d) {
			return change.ID
		}
	}
	return ""
}

// reword counts which codes became others.
func (t *Tally) reword(d Difference) {
	before, now := without(d.Before.Problems, d.Now.Problems), without(d.Now.Problems, d.Before.Problems)
	for _, same := range []func(a, b Problem) bool{
		func(a, b Problem) bool { return a.Path == b.Path },
		func(a, b Problem) bool { return a.Code == b.Code },
	} {
		for i := 0; i < len(before); i++ {
			j := slices.IndexFunc(now, func(p Problem) bool { return same(before[i], p) })
			if j < 0 {
				continue
			}
			if before[i].Code == now[j].Code {
				t.word(d, before[i].Code+" at another path")
			} else {
				t.word(d, before[i].Code+" → "+now[j].Code)
			}
			before, now = slices.Delete(before, i, i+1), slices.Delete(now, j, j+1)
			i--
		}
	}
	for _, p := range before {
		t.word(d, p.Code+" → nothing")
	}
	for _, p := range now {
		t.word(d, "nothing → "+p.Code)
	}
}

func (t *Tally) word(d Difference, change string) {
	if t.Words[change] == nil {
		t.Words[change] = &Wording{Example: d.Number}
	}
	t.Words[change].Count++
}

// without returns what is in list and not in other.
func without(list, other []Problem) []Problem {
	return slices.DeleteFunc(slices.Clone(list), func(p Problem) bool { return slices.Contains(other, p) })
}

func compareProblems(a, b Problem) int {
	if c := strings.Compare(a.Path, b.Path); c != 0 {
		return c
	}
	return strings.Compare(a.Code, b.Code)
}

// sort says in what way the sides disagree, so that a smaller document can be seen to
// disagree in the same way.
func (d Difference) sort() string {
	if d.Before.Panicked() != "" || d.Now.Panicked() != "" {
		return fmt.Sprint("panics ", d.Before.Panicked() != "", d.Now.Panicked() != "")
	}
	name := ""
	for i := range max(len(d.Before.Texts), len(d.Now.Texts)) {
		if i >= len(d.Before.Texts) {
			name = d.Now.Texts[i].Name
		} else if i >= len(d.Now.Texts) || d.Before.Texts[i] != d.Now.Texts[i] {
			name = d.Before.Texts[i].Name
		} else {
			continue
		}
		break
	}
	return fmt.Sprint(name, " differs ", d.Before.Refused(), d.Now.Refused())
}
