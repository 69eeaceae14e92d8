package book

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/value"
)

// Diff returns every field that differs between two books, in the words and the order of their documents; nil
// only if both have the same canonical form. The path of an element of a list has its name, not its position:
//
//	stage.playbooks[partner_led.standard].stages[discovery].tasks[discovery_call].owner partner -> vendor
//	registration.channel_owners[vic] none -> listed
//
// A list that differs only in its order is one difference, with all its names; "none" stands for a field that a book
// does not have, "empty" for a list or object without elements. The differences of comp are those of [comp.Diff], with
// comp. in front. Errors are those of [Book.MarshalJSON] of one book, below "before" or "after"; the books need not
// pass [Book.Check].
func Diff(before, after Book) ([]comp.PolicyChange, error) {
	one, err := before.tree()
	if err != nil {
		return nil, value.Below("before", err)
	}
	two, err := after.tree()
	if err != nil {
		return nil, value.Below("after", err)
	}
	var d differ
	for i := range one.members {
		name := one.members[i].name
		if name != "comp" {
			d.compare(name, one.members[i].node, two.members[i].node)
			continue
		}
		for _, c := range comp.Diff(before.Comp, after.Comp) {
			d.add(value.JoinPath(name, c.Path), c.Before, c.After)
		}
	}
	return d.changes, nil
}

const (
	absent = "none"   // a field that a book does not have
	listed = "listed" // a text that a list has
	empty  = "empty"  // a list or an object without elements
)

// differ collects the fields that differ. A nil node is absent from its book.
type differ struct{ changes []comp.PolicyChange }

func (d *differ) add(path, before, after string) {
	d.changes = append(d.changes, comp.PolicyChange{Path: path, Before: before, After: after})
}

func (d *differ) compare(path string, before, after *node) {
	some := cmp.Or(before, after)                            // a field has one kind in all books
	if len(before.names()) == 0 && len(after.names()) == 0 { // a leaf has none
		if one, two := before.words(), after.words(); one != two {
			d.add(path, one, two)
		}
		return
	}
	one, two := before.byName(), after.byName()
	for _, name := range merge(before.names(), after.names()) {
		below := path + "[" + name + "]"
		if some.kind == object {
			below = value.JoinPath(path, name)
		}
		d.compare(below, one[name], two[name])
	}
	if one, two := before.common(after), after.common(before); some.kind == list && !slices.Equal(one, two) {
		d.add(path, strings.Join(one, ", "), strings.Join(two, ", "))
	}
}

// merge returns the names of both lists, each once, and a new name of the second before its next common name.
func merge(one, two []string) []string {
	known := setOf(one)
	var all []string
	at := 0
	take := func() {
		for ; at < len(two) && !known[two[at]]; at++ {
			all = append(all, two[at])
		}
	}
	for _, name := range one {
		take()
		all = append(all, name)
		if at < len(two) && two[at] == name {
			at++
		}
	}
	for ; at < len(two); at++ {
		if !known[two[at]] {
			all = append(all, two[at])
		}
	}
	return all
}

// quoted returns a name or text of a path, quoted unless it is a plain word.
func quoted(name string) string {
	if strings.Trim(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-%") == "" && name != "" {
		return name
	}
	return strconv.Quote(name)
}
