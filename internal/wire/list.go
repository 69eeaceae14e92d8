package wire

import (
	"bytes"
	"io"
	"reflect"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/coselling/coselling/value"
)

// elements reads a list; nil where it is empty. Of a list past its bound no element is kept.
func (r *reader) elements(plan *Plan, rule *Rule, into reflect.Value) bool {
	before := r.List
	if !r.token() {
		return false
	}
	limit, total := rule.limit(maxList), 0
	for n := 0; r.dec.PeekKind() != ']'; n++ {
		if n == countFrom {
			total = n + r.count()
		}
		if max(n+1, total) > limit {
			into.SetZero()
			r.List, r.unread = before, true
			r.out("more than "+strconv.Itoa(limit)+" elements", "are too many for this list", rule.code(Excess))
			return r.rest(']')
		}
		mark := len(r.list)
		if !r.value(plan.Elem, rule.Each, r.room(plan, into, total), true) {
			return false
		}
		if len(r.list) > mark {
			r.below(mark, value.Index("", n))
		}
	}
	return r.token()
}

const (
	countFrom = 1024     // elements that are read before the rest is counted, to refuse a list of millions early
	atOnce    = 16 << 20 // bytes that are allocated for the rest before it is read
)

// room returns the next element of a list of total elements (0: unknown). With too many problems none is kept.
func (r *reader) room(plan *Plan, list reflect.Value, total int) reflect.Value {
	n := list.Len()
	if r.more > 0 && n > 0 {
		r.unread = true
		list.Index(n - 1).SetZero()
		return list.Index(n - 1)
	}
	if n == list.Cap() {
		if total == 0 {
			list.Grow(1)
		} else {
			most := min(total, max(2*n, atOnce/max(1, int(plan.Elem.Type.Size()))))
			longer := reflect.MakeSlice(plan.Type, n, max(n+1, most))
			reflect.Copy(longer, list)
			list.Set(longer)
		}
	}
	list.SetLen(n + 1)
	return list.Index(n)
}

// count returns the number of elements of the present list that are not read yet, up to an error of syntax.
func (r *reader) count() int {
	rest := io.MultiReader(strings.NewReader("[0"), bytes.NewReader(r.data[r.dec.InputOffset():]))
	ahead := jsontext.NewDecoder(rest, jsontext.AllowDuplicateNames(true))
	if _, err := ahead.ReadToken(); err != nil {
		return 0
	}
	n := -1
	for ; ahead.PeekKind() != ']' && ahead.SkipValue() == nil; n++ {
	}
	return max(n, 1)
}

// rest skips the rest of a list or a table.
func (r *reader) rest(end jsontext.Kind) bool {
	for r.dec.PeekKind() != end {
		if !r.skip() {
			return false
		}
	}
	return r.token()
}

// table reads a map. One past its bound is skipped, and none of its elements is kept.
func (r *reader) table(plan *Plan, rule *Rule, into reflect.Value, needed bool) bool {
	before := r.List
	if !r.token() {
		return false
	}
	into.Set(reflect.MakeMap(plan.Type))
	for r.dec.PeekKind() != '}' {
		quoted, err := r.dec.ReadValue()
		if err != nil {
			return r.fail(err)
		}
		if limit := rule.limit(maxList); into.Len() == limit {
			into.SetZero()
			r.List, r.unread = before, true
			r.out("more than "+strconv.Itoa(limit)+" members", "are too many for this table", rule.code(Excess))
			return r.rest('}')
		}
		if !r.entry(plan, rule, string(r.unquote(quoted)), into) {
			return false
		}
	}
	plan.dropHollow(into)
	if into.Len() == 0 && !needed {
		into.SetZero()
	}
	return r.token()
}

// dropHollow removes the keys of empty lists from a table, after they were counted and checked for repetition.
func (p *Plan) dropHollow(table reflect.Value) {
	if p.Elem.Kind != OfList {
		return
	}
	for key, element := range table.Seq2() {
		if p.hollow(element) {
			table.SetMapIndex(key, reflect.Value{})
		}
	}
}

// entry reads the value of one key of a table.
func (r *reader) entry(plan *Plan, rule *Rule, name string, into reflect.Value) bool {
	key := reflect.ValueOf(name).Convert(plan.Type.Key())
	mark, ok := len(r.list), false
	if into.MapIndex(key).IsValid() {
		r.out("the member", "stands twice", Repeated)
		ok = r.skip()
	} else if plan.Elem.Kind == OfList && r.dec.PeekKind() == 'n' {
		r.unread = true
		r.out("nothing", "stands here; a list is needed", Missing)
		ok = r.skip()
	} else {
		r.text(name, rule.Keys)
		element := reflect.New(plan.Elem.Type).Elem()
		ok = r.value(plan.Elem, rule.Each, element, true)
		into.SetMapIndex(key, element)
	}
	if len(r.list) > mark {
		r.below(mark, Member(name))
	}
	return ok
}

// hollow reports whether an element of a table is an empty list, which is not written.
func (p *Plan) hollow(element reflect.Value) bool { return p.Elem.Kind == OfList && element.Len() == 0 }
