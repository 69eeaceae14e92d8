package wire

import (
	"encoding"
	"reflect"
	"strconv"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/coselling/coselling/value"
)

// Marshal returns the canonical form of the value at v, without spaces. Only text that is not UTF-8 is an error.
func Marshal[T any](v *T) ([]byte, error) { return Append(make([]byte, 0, 1024), v) }

// Append appends the form of [Marshal] to b.
func Append[T any](b []byte, v *T) ([]byte, error) {
	plan, err := PlanOf(reflect.TypeFor[T]())
	if err != nil {
		return nil, err
	}
	return plan.append(b, reflect.ValueOf(v).Elem())
}

func (p *Plan) append(b []byte, v reflect.Value) ([]byte, error) {
	switch p.Kind {
	case OfObject:
		return p.appendObject(b, v)
	case OfList:
		return p.appendList(b, v)
	case OfTable:
		return p.appendTable(b, v)
	case OfOptional:
		if v.IsNil() {
			return append(b, "null"...), nil
		}
		return p.Elem.append(b, v.Elem())
	case OfText:
		return jsontext.AppendQuote(b, v.String())
	case OfFlag:
		return strconv.AppendBool(b, v.Bool()), nil
	case OfNumber:
		return strconv.AppendInt(b, v.Int(), 10), nil
	case OfSelf:
		return appendSelf(b, v.Addr().Interface())
	default:
		return p.appendWord(b, v)
	}
}

// appendObject writes the members that are not left out.
func (p *Plan) appendObject(b []byte, v reflect.Value) ([]byte, error) {
	b = append(b, '{')
	open := len(b)
	for i := range p.Fields {
		f := &p.Fields[i]
		member := f.in(v)
		if f.Omit && f.absent(member) {
			continue
		}
		if len(b) > open {
			b = append(b, ',')
		}
		b = append(b, f.label...)
		var err error
		if b, err = f.append(b, member); err != nil {
			return nil, value.Below(f.Name, err)
		}
	}
	return append(b, '}'), nil
}

func (p *Plan) appendList(b []byte, v reflect.Value) ([]byte, error) {
	b = append(b, '[')
	for i := range v.Len() {
		if i > 0 {
			b = append(b, ',')
		}
		var err error
		if b, err = p.Elem.append(b, v.Index(i)); err != nil {
			return nil, value.Below(value.Index("", i), err)
		}
	}
	return append(b, ']'), nil
}

// appendTable writes a map in the order of its keys.
func (p *Plan) appendTable(b []byte, v reflect.Value) ([]byte, error) {
	b = append(b, '{')
	open := len(b)
	element := reflect.New(p.Elem.Type).Elem()
	for _, key := range sortedKeys(v) {
		if element.Set(v.MapIndex(key)); p.hollow(element) {
			continue
		}
		if len(b) > open {
			b = append(b, ',')
		}
		name := key.String()
		var err error
		if b, err = jsontext.AppendQuote(b, name); err != nil {
			return nil, value.NewError(Text, value.Quote(name), "is no text of UTF-8")
		}
		if b, err = p.Elem.append(append(b, ':'), element); err != nil {
			return nil, value.Below(Member(name), err)
		}
	}
	return append(b, '}'), nil
}

// appendWord writes a value that stands as text.
func (p *Plan) appendWord(b []byte, v reflect.Value) ([]byte, error) {
	b = append(b, '"')
	switch p.Kind {
	case OfEnum:
		if n := v.Uint(); n < uint64(len(p.Names)) {
			b = append(b, p.Names[n]...)
		}
	case OfInstant:
		if t, _ := reflect.TypeAssert[time.Time](v); !t.IsZero() {
			b = t.UTC().AppendFormat(b, time.RFC3339Nano)
		}
	case OfDuration:
		b = appendDuration(b, time.Duration(v.Int()))
	default:
		if writes, ok := v.Addr().Interface().(encoding.TextAppender); ok {
			var err error
			if b, err = writes.AppendText(b); err != nil {
				return nil, err
			}
		}
	}
	return append(b, '"'), nil
}

// appendSelf lets a type write its own JSON.
func appendSelf(b []byte, v any) ([]byte, error) {
	switch v := v.(type) {
	case appender:
		return v.AppendJSON(b)
	case json.Marshaler:
		text, err := v.MarshalJSON()
		return append(b, text...), err
	default:
		return append(b, "null"...), nil
	}
}
