package main

import (
	"slices"
	"strconv"
	"strings"

	"github.com/coselling/coselling/stage/mapping"
	"github.com/coselling/coselling/value"
)

const maxElements = 1000 // of a list that a row reads

// imported is the result of one payload.
type imported struct {
	draft
	path     string // where it stands in its document; empty: it is the document
	unmapped []note // every value that nobody read, with why where that is known
	err      error  // why it was refused: everything that is wrong with it; the rest is empty then
}

// document is the result of all payloads of a document.
type document struct {
	deals    []imported
	unmapped []note // what stands around them
}

// refused returns how many payloads were refused.
func (all *document) refused() int {
	n := 0
	for i := range all.deals {
		if all.deals[i].err != nil {
			n++
		}
	}
	return n
}

// importAll makes a deal and a record of every payload of a document: one, or a list of
// them. Only a document that is no JSON, or too large, is an error.
func importAll(forms []*source, t terms, data []byte) (document, error) {
	root, err := parse(data)
	if err != nil {
		return document{}, err
	}
	form, payloads := forms[0], []*node{root}
	if root.kind == '[' {
		payloads = root.below
	}
	for _, s := range forms {
		if i := slices.IndexFunc(root.below, func(n *node) bool { return n.name == s.list && n.kind == '[' }); i >= 0 && s.list != "" {
			form, payloads = s, root.below[i].below
		}
	}
	if t.Stages == nil {
		names, err := mapping.Shipped(form.stages)
		if err != nil {
			return document{}, err
		}
		t.Stages = &names
	}
	var all document
	for _, payload := range payloads {
		all.deals = append(all.deals, form.imported(t, payload))
		payload.read = true
	}
	root.unread(func(n *node) { all.unmapped = append(all.unmapped, note{n.path, ""}) })
	return all, nil
}

// imported makes a deal and a record of one payload, or says everything that is wrong
// with it.
func (s *source) imported(t terms, payload *node) imported {
	d := draft{source: s, terms: t}
	if err := s.check(payload); err != nil {
		return imported{path: payload.path, err: err}
	}
	for i := range s.rows {
		s.rows[i].apply(&d, payload)
	}
	d.finish(payload)
	if err := d.problems.Err(); err != nil {
		return imported{path: payload.path, err: err}
	}
	result := imported{draft: d, path: payload.path}
	payload.unread(func(n *node) {
		result.unmapped = append(result.unmapped, note{n.path, s.why(strings.TrimPrefix(n.path, payload.path))})
	})
	return result
}

// check refuses what is no deal of the source.
func (s *source) check(payload *node) error {
	for _, path := range s.needs {
		if len(payload.find(path, nil)) > 0 {
			return nil
		}
	}
	return value.Below(payload.path, value.NewError(payloadShape, "a JSON "+kindName(payload.kind), "is no deal of "+s.title+": it has no "+strings.Join(s.needs, ", no ")))
}

// apply reads the fields of a row, of every element where it stands in a list.
func (r *row) apply(d *draft, payload *node) {
	if r.read == nil {
		return
	}
	at := []*node{payload}
	if r.at != "" {
		at = payload.find(r.at, &d.problems)
	}
	if len(at) > maxElements {
		at[maxElements].refuse(&d.problems, value.NewError(fieldSize, strconv.Itoa(len(at))+" elements", "are more than the 1000 that are read"))
		return
	}
	for _, n := range at {
		f, some := r.find(d, n)
		if !some {
			continue
		}
		r.read(d, f)
		if r.loses != "" && slices.ContainsFunc(f, func(n *node) bool { return n != nil && n.read }) {
			d.lose(value.JoinPath(payload.path, r.path(0)), r.loses)
		}
	}
}

func (r *row) find(d *draft, n *node) (f []*node, some bool) {
	for _, name := range r.of {
		var field *node
		if found := n.find(name, &d.problems); len(found) > 0 {
			field, some = found[0], true
		}
		f = append(f, field)
	}
	return f, some
}
