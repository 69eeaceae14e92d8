package wire

import (
	"bytes"
	"encoding"
	"io"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/coselling/coselling/value"
)

// Unmarshal reads a document of at most limit bytes. Where it returns an error, into
// stays as it is.
func Unmarshal[T any](data []byte, limit int, into *T) error {
	read, err := Read[T](data, limit)
	if err == nil {
		*into = read
	}
	return err
}

// Document is [Unmarshal] of a document that has rules beside its form. They are asked
// where every value could be read, so that problems of both are reported at once; what
// both report, because the rules are the Check of a part, is listed once.
func Document[T any](data []byte, limit int, into *T, rules func(T) error) error {
	read, r := walk[T](data, limit)
	err := r.end()
	if !r.unread && r.syntax == nil {
		err = Limit(together(err, rules(read)))
	}
	if err == nil {
		*into = read
	}
	return err
}

// together returns the problems of the form, and those of the rules that are others.
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

// Read is [Unmarshal] that returns what could be read beside the problems, for a
// document whose parts are checked one by one.
func Read[T any](data []byte, limit int) (T, error) {
	read, r := walk[T](data, limit)
	return read, r.end()
}

func walk[T any](data []byte, limit int) (T, *reader) {
	var into T
	r := &reader{data: data}
	plan, err := of(reflect.TypeFor[T]())
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

// reader walks over the tokens of one document. Its methods return false where an error
// of syntax ends the reading.
type reader struct {
	problems
	dec    *jsontext.Decoder
	data   []byte
	syntax error           // what ended the reading
	unread bool            // whether some value could not be read
	texts  strings.Builder // holds short texts of the document, many to an allocation
	plain  []byte          // the last text that had escapes, without them
}

// end returns what is wrong with the document.
func (r *reader) end() error {
	if r.syntax != nil {
		return r.syntax
	}
	return r.err()
}

func (r *reader) document(plan *Plan, into reflect.Value) {
	if !r.value(plan, &plain, into, true) {
		return
	}
	if _, err := r.dec.ReadToken(); err != io.EOF {
		r.syntax = value.NewError(Syntax, "data", "follows the end of the document")
	}
}

// value reads one value and checks its bounds. Empty text is an absent value unless
// needed says that it must say something.
func (r *reader) value(plan *Plan, rule *Rule, into reflect.Value, needed bool) bool {
	mark, more := len(r.list), r.more
	var ok bool
	switch plan.Kind {
	case OfObject:
		return r.object(plan, into)
	case OfOptional:
		if r.dec.PeekKind() == 'n' {
			return r.skip()
		}
		into.Set(reflect.New(plan.Type.Elem()))
		return r.value(plan.Elem, rule, into.Elem(), needed)
	case OfList:
		ok = r.elements(plan, rule, into)
	case OfTable:
		ok = r.table(plan, rule, into, needed)
	case OfSelf:
		ok = r.self(into)
	default:
		ok = r.leaf(plan, rule, into, needed)
	}
	if ok && len(r.list) == mark && r.more == more && (needed || !plan.absent(into)) {
		r.bounds(plan, rule, into)
	}
	return ok
}

// object reads the members of a struct; null has none.
func (r *reader) object(plan *Plan, into reflect.Value) bool {
	switch r.dec.PeekKind() {
	case 'n':
		r.missing(plan, 0)
		return r.skip()
	case '{':
	default:
		return r.misplaced("an object with members")
	}
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

// member finds a member by its quoted name; next is where it most likely stands.
func (r *reader) member(plan *Plan, quoted []byte, next int) (int, bool) {
	name := r.unquote(quoted)
	if next < len(plan.Fields) && plan.Fields[next].Name == string(name) {
		return next, true
	}
	i, ok := plan.index[string(name)]
	return i, ok
}

// strange refuses a member that is not known, or that stands twice, and skips it.
func (r *reader) strange(plan *Plan, quoted []byte, known bool) bool {
	if !r.full() {
		name := printable(string(r.unquote(quoted)))
		err := &value.Error{Code: Repeated, Path: name, Got: "the member", Want: "stands twice"}
		if !known {
			err.Code, err.Want = Unknown, "is not known; allowed are "+strings.Join(plan.members(), ", ")
		}
		r.refuse(err)
	}
	return r.skip()
}

func (p *Plan) members() []string {
	names := make([]string, len(p.Fields))
	for i, f := range p.Fields {
		names[i] = f.Name
	}
	slices.Sort(names)
	return names
}

// missing refuses an object without members that it needs.
func (r *reader) missing(plan *Plan, present uint64) {
	if plan.needed&^present == 0 {
		return
	}
	r.unread = true
	for i, f := range plan.Fields {
		if (plan.needed&^present)>>i&1 == 1 && !r.full() {
			r.refuse(&value.Error{Code: Missing, Path: f.Name, Got: "nothing", Want: "stands here; the member is needed"})
		}
	}
}

// elements reads a list; nil where it is empty. A list past its bound is skipped, and
// nothing of it is kept.
func (r *reader) elements(plan *Plan, rule *Rule, into reflect.Value) bool {
	if k := r.dec.PeekKind(); k == 'n' {
		return r.skip()
	} else if k != '[' {
		return r.misplaced("a list")
	}
	before := r.problems
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
			r.problems, r.unread = before, true
			r.out("more than "+strconv.Itoa(limit)+" elements", "are too many for this list", rule.code(Excess))
			return r.rest(']')
		}
		mark := len(r.list)
		if !r.value(plan.Elem, rule.each(), r.room(plan, into, total), true) {
			return false
		}
		if len(r.list) > mark {
			r.below(mark, value.Index("", n))
		}
	}
	return r.token()
}

const (
	// countFrom is how many elements of a list are read before the rest is counted: a
	// list of millions is refused then, and a long one takes no more memory than it needs.
	countFrom = 1024
	// atOnce is the memory in bytes that the rest may take before it is read. Beyond it
	// a list grows with what is read.
	atOnce = 16 << 20
)

// room returns the next element of a list, which has total elements where that is known.
// A document with more problems than are listed is refused: nothing more of it is kept.
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

// count returns how many elements of the present list are not read yet, as far as they
// are well formed.
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

// rest skips what is left of a list or a table.
func (r *reader) rest(end jsontext.Kind) bool {
	for r.dec.PeekKind() != end {
		if !r.skip() {
			return false
		}
	}
	return r.token()
}

// table reads a map; one past its bound is skipped, and nothing of it is kept.
func (r *reader) table(plan *Plan, rule *Rule, into reflect.Value, needed bool) bool {
	if k := r.dec.PeekKind(); k == 'n' {
		return r.skip()
	} else if k != '{' {
		return r.misplaced("an object with members")
	}
	before := r.problems
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
			r.problems, r.unread = before, true
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

// dropHollow takes the keys out of a table that say nothing: they have counted, and
// stand once.
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
	} else {
		r.text(name, rule.keys())
		element := reflect.New(plan.Elem.Type).Elem()
		ok = r.value(plan.Elem, rule.each(), element, true)
		into.SetMapIndex(key, element)
	}
	if len(r.list) > mark {
		r.below(mark, printable(name))
	}
	return ok
}

// hollow reports whether an element of a table is an empty list, which says nothing.
func (p *Plan) hollow(element reflect.Value) bool { return p.Elem.Kind == OfList && element.Len() == 0 }

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

// leaf reads a text, a number or a boolean.
func (r *reader) leaf(plan *Plan, rule *Rule, into reflect.Value, needed bool) bool {
	kind := r.dec.PeekKind()
	switch {
	case kind == 'n' && plan.Kind <= OfNumber:
		return r.skip()
	case kind == 'n':
	case kind != plan.Kind.token() && !(kind == 'f' && plan.Kind == OfFlag):
		return r.misplaced(plan.Kind.String())
	}
	raw, err := r.dec.ReadValue()
	if err != nil {
		return r.fail(err)
	}
	switch plan.Kind {
	case OfFlag:
		into.SetBool(kind == 't')
	case OfNumber:
		r.whole(raw, into)
	default:
		r.worded(plan, rule, raw, into, needed)
	}
	return true
}

func (r *reader) whole(raw []byte, into reflect.Value) {
	n, err := strconv.ParseInt(string(raw), 10, into.Type().Bits())
	if err != nil {
		r.unread = true
		r.out("a JSON number", "stands where a whole number of 64 bits belongs", Type)
		return
	}
	into.SetInt(n)
}

// worded reads what a text says.
func (r *reader) worded(plan *Plan, rule *Rule, raw []byte, into reflect.Value, needed bool) {
	text := r.unquote(raw)
	if plan.Kind == OfText {
		into.SetString(r.keep(text))
	}
	if len(text) == 0 && !needed {
		return
	}
	mark, more := len(r.list), r.more
	switch plan.Kind {
	case OfEnum:
		r.named(plan, text, into)
	case OfInstant:
		t, err := parseInstant(text, rule.UTC)
		r.takes(err)
		*into.Addr().Interface().(*time.Time) = t
	case OfDuration:
		d, err := parseDuration(string(text))
		r.takes(err)
		into.SetInt(int64(d))
	case OfForm:
		if reads, ok := into.Addr().Interface().(encoding.TextUnmarshaler); ok {
			r.takes(reads.UnmarshalText(text))
		}
	}
	if len(text) == 0 && rule.Filled && len(r.list) == mark && r.more == more {
		r.takes(value.NewError(rule.code(Missing), "nothing", "stands here; where the member stands it says something"))
	}
}

// named finds a name of a closed enumeration.
func (r *reader) named(plan *Plan, text []byte, into reflect.Value) {
	for n, name := range plan.Names {
		if name == string(text) && name != "" {
			into.SetUint(uint64(n))
			return
		}
	}
	r.takes(value.Known(plan.unknown.Code, string(text), plan.known()))
}

// takes notes why a value could not be read, if it could not.
func (r *reader) takes(err error) {
	if err != nil {
		r.unread = true
		r.add("", err)
	}
}

// unquote returns the text of a JSON string, of null the empty text; it holds until the
// next one.
func (r *reader) unquote(raw []byte) []byte {
	if raw[0] != '"' {
		return nil
	}
	if bytes.IndexByte(raw, '\\') < 0 {
		return raw[1 : len(raw)-1]
	}
	r.plain, _ = jsontext.AppendUnquote(r.plain[:0], raw) // which the decoder has validated
	return r.plain
}

const (
	block     = 4096 // bytes that texts of one document share
	shareable = 256  // bytes of a text that may share them
)

// keep returns a text as a string. Short ones of one document share their memory.
func (r *reader) keep(text []byte) string {
	if len(text) == 0 {
		return ""
	}
	if len(text) > shareable {
		return string(text)
	}
	if r.texts.Cap()-r.texts.Len() < len(text) {
		r.texts.Reset()
		r.texts.Grow(max(len(text), min(block, len(r.data)-int(r.dec.InputOffset()))))
	}
	from := r.texts.Len()
	r.texts.Write(text)
	return r.texts.String()[from:]
}

func (r *reader) token() bool {
	_, err := r.dec.ReadToken()
	return err == nil || r.fail(err)
}

func (r *reader) skip() bool {
	err := r.dec.SkipValue()
	return err == nil || r.fail(err)
}

// misplaced refuses a value of another type, and skips it.
func (r *reader) misplaced(belongs string) bool {
	r.unread = true
	if !r.full() {
		r.refuse(value.NewError(Type, "a JSON "+jsonName(r.dec.PeekKind()), "stands where "+belongs+" belongs"))
	}
	return r.skip()
}

// token is how a value of the kind begins.
func (k Kind) token() jsontext.Kind {
	switch k {
	case OfFlag:
		return 't'
	case OfNumber:
		return '0'
	default:
		return '"'
	}
}

// String returns what belongs where the kind stands, in words.
func (k Kind) String() string {
	switch k {
	case OfFlag:
		return "true or false"
	case OfNumber:
		return "a whole number of 64 bits"
	case OfList:
		return "a list"
	case OfObject, OfTable:
		return "an object with members"
	default:
		return "a text in quotes"
	}
}
