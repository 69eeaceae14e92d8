package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage/mapping"
	"github.com/coselling/coselling/value"
)

// source is one form in which a system gives its deals: a table of fields.
type source struct {
	title  string         // the system and the form, for people
	from   string         // the system, as a deal that enters says it
	stages mapping.System // whose stage names it uses
	list   string         // the member of a document that holds many; empty: none
	side   model.Side     // whose record it is; unset: that of terms.CRM
	needs  []string       // a payload with none of these fields is something else
	rows   []row
}

// row says what becomes of some fields of a payload.
type row struct {
	at    string   // where the fields stand: a path, in which [] is every element of a list; empty: the top
	of    []string // the fields, in the order in which read takes them
	to    string   // the fact of the deal or the record; empty: it is left where it is, and loses says why
	says  string   // how, where it is not as it stands
	loses string   // what does not come along; empty: nothing
	read  reading
}

// reading carries fields of a payload into a deal; nil are those that say nothing. What
// it takes it marks as read.
type reading func(d *draft, f []*node)

const maxElements = 1000 // of a list that a row reads

// left is a field that has no place in a deal, with the reason.
func left(at, of, why string) row { return row{at: at, of: strings.Fields(of), loses: why} }

// Reasons for which several sources leave fields.
const (
	asAddress = "a person is known by mail address"
	asReach   = "says how to reach the record, not what it is"
	asCompany = "tells which company it is: for the registration of the deal"
	asHope    = "is a hope; the playbook has its own dates"
	asTitle   = "is what the deal is called; a deal names its account"
	asUndated = "is not dated"
	asChanged = "is when the record was changed, not what happened"
	asNumber  = "is no money without a currency; say it with -currency"
	asOpen    = "is why it was lost, which it is not"
)

// meaning is a text of the other system with what it stands for.
type meaning[T fmt.Stringer] struct {
	text string
	is   T
}

// choice is a field of which some texts stand for one of ours. Other texts say nothing,
// and are listed as unmapped.
func choice[T fmt.Stringer](at, of, to string, meanings []meaning[T], set func(*draft, T)) row {
	var says []string
	for _, m := range meanings {
		says = append(says, m.text+": "+m.is.String())
	}
	return row{at: at, of: []string{of}, to: to, says: strings.Join(says, "; "), read: func(d *draft, f []*node) {
		i := slices.IndexFunc(meanings, func(m meaning[T]) bool { return f[0].kind == '"' && m.text == strings.TrimSpace(f[0].text) })
		if i >= 0 {
			f[0].read = true
			set(d, meanings[i].is)
		}
	}}
}

// imported is what became of one payload.
type imported struct {
	draft
	path     string // where it stands in its document; empty: it is the document
	unmapped []note // every value that nobody read, with why where that is known
	err      error  // why it was refused: everything that is wrong with it; the rest is empty then
}

// document is what became of all payloads of a document.
type document struct {
	deals    []imported
	unmapped []note // what stands around them
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
		if list := root.member(s.list); s.list != "" && list != nil {
			form, payloads = s, list.below
		}
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
	return value.In(payload.path, value.NewError(payloadShape, "a JSON "+kindName(payload.kind), "is no deal of "+s.title+": it has no "+strings.Join(s.needs, ", no ")))
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

// path is where the i-th field of the row stands.
func (r *row) path(i int) string {
	if i >= len(r.of) {
		return r.at
	}
	return value.JoinPath(r.at, r.of[i])
}

// why returns why a field is left, where the table says it.
func (s *source) why(path string) string {
	path = strings.TrimPrefix(anyIndex.ReplaceAllString(path, "[]"), ".")
	for i := range s.rows {
		r := &s.rows[i]
		for f := range max(1, len(r.of)) {
			if at := r.path(f); r.to == "" && (path == at || strings.HasPrefix(path, at+".") || strings.HasPrefix(path, at+"[")) {
				return r.loses
			}
		}
	}
	return ""
}
