package wire

import (
	"bytes"

	"github.com/go-json-experiment/json/jsontext"
)

// width is how long a line of a document gets, in bytes without its indentation, where
// it could be broken.
const width = 180

// fill is behind how many bytes of a line a list of texts begins the next one.
const fill = 100

// Format indents compact JSON by two spaces and ends it with a line break. An object or
// list that fits a line stands on one, so that a task or a tier reads as a row. The
// error is that of text which is not JSON.
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
	if err := row.Format(jsontext.PreserveRawStrings(true), jsontext.SpaceAfterColon(true), jsontext.SpaceAfterComma(true)); err != nil {
		return nil, err
	}
	if broken && len(row) > width {
		return appendBroken(out, text, depth)
	}
	return append(out, row...), nil
}

// appendBroken appends an object or a list, one member or element a line.
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
		if open.Kind() == '[' && d.PeekKind() == '"' && len(out) > begin && len(out)-bytes.LastIndexByte(out, '\n') < fill {
			out = append(out, ' ') // texts fill a line
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
