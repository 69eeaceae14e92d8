package wire

import (
	"bytes"
	"encoding"
	"reflect"
	"strconv"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/coselling/coselling/value"
)

// leaf reads a text, a number or a boolean.
func (r *reader) leaf(plan *Plan, rule *Rule, into reflect.Value, needed bool) bool {
	raw, err := r.dec.ReadValue()
	if err != nil {
		return r.fail(err)
	}
	switch plan.Kind {
	case OfFlag:
		into.SetBool(raw[0] == 't')
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

// worded reads a value that stands as text.
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

// named reads a name of a closed enumeration.
func (r *reader) named(plan *Plan, text []byte, into reflect.Value) {
	for n, name := range plan.Names {
		if name == string(text) && name != "" {
			into.SetUint(uint64(n))
			return
		}
	}
	r.takes(value.Known(plan.unknown, string(text), plan.known()))
}

// takes adds the error of a value that could not be read; nil adds nothing.
func (r *reader) takes(err error) {
	if err != nil {
		r.unread = true
		r.Add("", err)
	}
}

// unquote returns the text of a JSON string, and an empty text for null. The text is valid until the next call.
func (r *reader) unquote(raw []byte) []byte {
	if raw[0] != '"' {
		return nil
	}
	if bytes.IndexByte(raw, '\\') < 0 {
		return raw[1 : len(raw)-1]
	}
	r.plain, _ = jsontext.AppendUnquote(r.plain[:0], raw) // the decoder has validated raw
	return r.plain
}

const (
	block     = 4096 // bytes of memory that several texts of a document share
	shareable = 256  // bytes of the longest text that shares its memory
)

// keep returns a text as a string. Short texts of one document share their memory.
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

// shape returns the JSON kind of a value of this kind, 't' for both booleans, and its name in an error.
func (k Kind) shape() (jsontext.Kind, string) {
	switch k {
	case OfFlag:
		return 't', "true or false"
	case OfNumber:
		return '0', "a whole number of 64 bits"
	case OfList:
		return '[', "a list"
	case OfObject, OfTable:
		return '{', "an object with members"
	default:
		return '"', "a text in quotes"
	}
}
