package wire

import (
	"bytes"
	"io"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/coselling/coselling/value"
)

// Unmarshal reads a document of at most limit bytes. It changes into only where it returns nil.
func Unmarshal[T any](data []byte, limit int, into *T) error {
	read, err := Read[T](data, limit)
	return Store(into, read, err)
}

// Store puts what was read where it belongs, unless it could not be read.
func Store[T any](into *T, read T, err error) error {
	switch {
	case err != nil:
		return err
	case into == nil:
		return value.NewError(value.Unexpected, "a nil pointer", "has no room for what was read")
	}
	*into = read
	return nil
}

// Document is [Unmarshal] for a document with rules beside its form. The rules are checked where every value could
// be read, so that the problems of both are reported at once. A problem that both report is listed once.
func Document[T any](data []byte, limit int, into *T, rules func(T) error) error {
	read, r := walk[T](data, limit)
	err := r.end()
	if !r.unread && r.syntax == nil {
		err = Limit(together(err, rules(read)))
	}
	return Store(into, read, err)
}

// together returns the problems of the form, and those of the rules that the form does not have.
func together(form, rules error) error {
	var list, more value.Errors
	list.Add("", form)
	more.Add("", rules)
	of := len(list)
	for _, e := range more {
		if !slices.ContainsFunc(list[:of], func(known *value.Error) bool { return *known == *e }) {
			list = append(list, e)
		}
	}
	return list.Err()
}

// Read is [Unmarshal] that returns the values that it could read beside the problems.
func Read[T any](data []byte, limit int) (T, error) {
	read, r := walk[T](data, limit)
	return read, r.end()
}

func walk[T any](data []byte, limit int) (T, *reader) {
	var into T
	r := &reader{data: data}
	plan, err := PlanOf(reflect.TypeFor[T]())
	switch {
	case len(data) > limit:
		r.syntax = value.NewError(Size, strconv.Itoa(len(data))+" bytes", "are above the limit of "+strconv.Itoa(limit))
	case err != nil:
		r.syntax = err
	default:
		r.dec = jsontext.NewDecoder(bytes.NewBuffer(data), jsontext.AllowDuplicateNames(true))
		r.document(plan, reflect.ValueOf(&into).Elem())
	}
	return into, r
}

// reader walks over the tokens of one document; its methods return false where an error of syntax ends it.
type reader struct {
	List
	dec    *jsontext.Decoder
	data   []byte
	syntax error           // the error that ended the reading
	unread bool            // whether a value could not be read
	texts  strings.Builder // holds many short texts of the document in one allocation
	plain  []byte          // the last text that had escapes, without them
}

// end returns the problems of the document.
func (r *reader) end() error {
	if r.syntax != nil {
		return r.syntax
	}
	return r.Err()
}

func (r *reader) document(plan *Plan, into reflect.Value) {
	if !r.value(plan, unruled().complete(plan), into, true) {
		return
	}
	if _, err := r.dec.ReadToken(); err != io.EOF {
		r.syntax = value.NewError(Syntax, "data", "follows the end of the document")
	}
}

// value reads one value and checks its bounds. Empty text is an absent value unless needed is true.
func (r *reader) value(plan *Plan, rule *Rule, into reflect.Value, needed bool) bool {
	mark, more := len(r.list), r.more
	shape, name := plan.Kind.shape()
	var ok bool
	switch kind := r.dec.PeekKind(); {
	case plan.Kind == OfSelf:
		ok = r.self(into)
	case kind == 'n' && plan.Kind == OfOptional:
		return r.skip()
	case kind == 'n' && plan.Kind == OfObject:
		r.missing(plan, 0)
		return r.skip()
	case kind == 'n' && plan.Kind <= OfTable:
		ok = r.skip()
	case plan.Kind == OfOptional:
		into.Set(reflect.New(plan.Type.Elem()))
		return r.value(plan.Elem, rule, into.Elem(), needed)
	case kind != 'n' && kind != shape && (kind != 'f' || plan.Kind != OfFlag):
		return r.misplaced(name)
	case plan.Kind == OfObject:
		return r.object(plan, into)
	case plan.Kind == OfList:
		ok = r.elements(plan, rule, into)
	case plan.Kind == OfTable:
		ok = r.table(plan, rule, into, needed)
	default:
		ok = r.leaf(plan, rule, into, needed)
	}
	if ok && len(r.list) == mark && r.more == more && (needed || !plan.absent(into)) {
		r.bounds(plan, rule, into)
	}
	return ok
}

// object reads the members of a struct.
func (r *reader) object(plan *Plan, into reflect.Value) bool {
	if !r.token() {
		return false
	}
	var seen, present uint64
	for next := 0; r.dec.PeekKind() != '}'; next++ {
		name, err := r.dec.ReadValue()
		if err != nil {
			return r.fail(err)
		}
		i, known := r.member(plan, name, next)
		if !known || seen>>i&1 == 1 {
			if !r.strange(plan, name, known) {
				return false
			}
			continue
		}
		seen |= 1 << i
		next = i
		if r.dec.PeekKind() == 'n' {
			if !r.skip() {
				return false
			}
			continue
		}
		present |= 1 << i
		f, mark := &plan.Fields[i], len(r.list)
		if !r.value(f.Plan, &f.Rule, f.in(into), f.Rule.Needed || f.Rule.Filled) {
			return false
		}
		r.below(mark, f.Name)
	}
	r.missing(plan, present)
	return r.token()
}

// member finds a member by its quoted name; next is its most likely number.
func (r *reader) member(plan *Plan, quoted []byte, next int) (int, bool) {
	name := r.unquote(quoted)
	if next < len(plan.Fields) && plan.Fields[next].Name == string(name) {
		return next, true
	}
	i, ok := plan.index[string(name)]
	return i, ok
}

// strange refuses and skips a member that is unknown or stands twice.
func (r *reader) strange(plan *Plan, quoted []byte, known bool) bool {
	if r.Full() {
		return r.skip()
	}
	name := Member(string(r.unquote(quoted)))
	if known {
		r.Refuse(name, Repeated, "the member", "stands twice")
	} else {
		allowed := strings.Join(slices.Sorted(maps.Keys(plan.index)), ", ")
		r.Refuse(name, Unknown, "the member", "is not known; allowed are "+allowed)
	}
	return r.skip()
}

// missing refuses an object in which needed members are missing.
func (r *reader) missing(plan *Plan, present uint64) {
	if plan.needed&^present == 0 {
		return
	}
	r.unread = true
	for i, f := range plan.Fields {
		if (plan.needed&^present)>>i&1 == 1 {
			r.Refuse(f.Name, Missing, "nothing", "stands here; the member is needed")
		}
	}
}

// self lets a type read its own JSON.
func (r *reader) self(into reflect.Value) bool {
	raw, err := r.dec.ReadValue()
	if err != nil {
		return r.fail(err)
	}
	if reads, ok := into.Addr().Interface().(json.Unmarshaler); ok {
		r.takes(reads.UnmarshalJSON(raw))
	}
	return true
}

func (r *reader) token() bool {
	_, err := r.dec.ReadToken()
	return err == nil || r.fail(err)
}

func (r *reader) skip() bool {
	err := r.dec.SkipValue()
	return err == nil || r.fail(err)
}

// misplaced refuses and skips a value of another type.
func (r *reader) misplaced(belongs string) bool {
	r.unread = true
	if !r.Full() {
		r.out("a JSON "+jsonName(r.dec.PeekKind()), "stands where "+belongs+" belongs", Type)
	}
	return r.skip()
}
