package wire

import (
	"bytes"

	"github.com/go-json-experiment/json/jsontext"
)

const (
	width = 180 // bytes of a line without its indentation, above which it is broken
	fill  = 100 // bytes of a line after which a list of texts goes on in the next line
)

// Format indents compact JSON by two spaces and ends it with a line break. An object or list that fits into a
// line stands on one line, so that a task or a tier looks like a row. Text that is not JSON is an error.
func Format(compact []byte) ([]byte, error) {
	d := jsontext.NewDecoder(bytes.NewReader(compact))
	text, err := d.ReadValue()
	if err != nil {
		return nil, err
	}
	out, err := appendLaidOut(nil, text.Clone(), 0)
	return append(out, '\n'), err
}

// appendLaidOut appends a value on one line, or broken where it is too long.
func appendLaidOut(out []byte, text jsontext.Value, depth int) ([]byte, error) {
	kind := text.Kind()
	broken := kind == '{' || kind == '['
	if broken && len(text) > width { // with its spaces it is longer still
		return appendBroken(out, text, depth)
	}
	row := text.Clone()
	spaces := []jsontext.Options{
		jsontext.PreserveRawStrings(true), jsontext.SpaceAfterColon(true), jsontext.SpaceAfterComma(true),
	}
	if err := row.Format(spaces...); err != nil {
		return nil, err
	}
	if broken && len(row) > width {
		return appendBroken(out, text, depth)
	}
	return append(out, row...), nil
}

// appendBroken appends an object or a list with one member or element on each line.
func appendBroken(out []byte, text jsontext.Value, depth int) ([]byte, error) {
	d := jsontext.NewDecoder(bytes.NewReader(text))
	open, err := d.ReadToken()
	if err != nil {
		return nil, err
	}
	out = append(out, text[0])
	begin := len(out)
	for separator := ""; d.PeekKind() != '}' && d.PeekKind() != ']'; separator = "," {
		out = append(out, separator...)
		inLine := len(out) > begin && len(out)-bytes.LastIndexByte(out, '\n') < fill
		if inLine && open.Kind() == '[' && d.PeekKind() == '"' {
			out = append(out, ' ')
		} else {
			out = appendBreak(out, depth+1)
		}
		if open.Kind() == '{' {
			name, err := d.ReadValue()
			if err != nil {
				return nil, err
			}
			out = append(append(out, name...), ": "...)
		}
		member, err := d.ReadValue()
		if err != nil {
			return nil, err
		}
		if out, err = appendLaidOut(out, member.Clone(), depth+1); err != nil {
			return nil, err
		}
	}
	return append(appendBreak(out, depth), text[len(text)-1]), nil
}

func appendBreak(out []byte, depth int) []byte {
	out = append(out, '\n')
	for range depth {
		out = append(out, "  "...)
	}
	return out
}
