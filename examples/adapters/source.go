package main

import (
	"fmt"
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

// row is the treatment of some fields of a payload.
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

// left is a field that has no place in a deal, with the reason.
func left(at, of, why string) row { return row{at: at, of: strings.Fields(of), loses: why} }

// Reasons for which several sources leave fields.
const (
	asAddress = "a person is known by mail address"
	asReach   = "is an address of the record, not a fact of the deal"
	asCompany = "identifies the company: for the registration of the deal"
	asHope    = "is a hope; the playbook has its own dates"
	asTitle   = "is the name of the deal; a deal names its account"
	asUndated = "is not dated"
	asChanged = "is when the record was changed, not what happened"
	asNumber  = "is no money without a currency; say it with -currency"
	asOpen    = "is why it was lost, which it is not"
)

// meaning is a text of the other system with what it stands for.
type meaning[T any] struct {
	text string
	is   T
}

// report reports fields beside the deal, as they stand and in the order of the row, where the payload has the first.
func report(at, of, what string) row {
	names := strings.Fields(of)
	if len(names) == 0 {
		names = []string{""}
	}
	return row{at: at, of: names, to: "reported", says: what, read: func(d *draft, f []*node) {
		if f[0].says() {
			d.report(f[0], what+": "+d.joined(f, " "))
		}
	}}
}

// sameWord compares words of a system as its own pages write them: In review, In Review and In-Review are one.
func sameWord(a, b string) bool {
	plain := func(s string) string { return strings.ReplaceAll(strings.TrimSpace(s), "-", " ") }
	return strings.EqualFold(plain(a), plain(b))
}

// meant returns what a text stands for, and whether the list has it.
func meant[T any](meanings []meaning[T], n *node) (is T, known bool) {
	for _, m := range meanings {
		if n.kind == '"' && sameWord(m.text, n.text) {
			return m.is, true
		}
	}
	return is, false
}

// choice is a field of which some texts stand for one of ours. Other texts say nothing,
// and are listed as unmapped.
func choice[T fmt.Stringer](at, of, to string, meanings []meaning[T], set func(*draft, T)) row {
	var says []string
	for _, m := range meanings {
		says = append(says, m.text+": "+m.is.String())
	}
	return row{at: at, of: []string{of}, to: to, says: strings.Join(says, "; "), read: func(d *draft, f []*node) {
		if is, known := meant(meanings, f[0]); known {
			f[0].read = true
			set(d, is)
		}
	}}
}

// path returns the path of the i-th field of the row.
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
