package wire

import (
	"bytes"
	"cmp"
	"errors"
	"io"
	"strconv"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/coselling/coselling/value"
)

// fail ends the reading with an error of syntax, with its place.
func (r *reader) fail(err error) bool {
	problem, ok := errors.AsType[*jsontext.SyntacticError](err)
	switch {
	case ok:
		got, want := "the text at "+r.place(problem.ByteOffset), "is not JSON: "+problem.Err.Error()
		if problem.Err == io.ErrUnexpectedEOF {
			want = endsEarly
		}
		r.syntax = value.Below(r.path(problem.JSONPointer), value.NewError(Syntax, got, want))
	case len(bytes.TrimSpace(r.data)) == 0:
		r.syntax = value.NewError(Syntax, "nothing", "is no JSON document")
	case err == io.EOF || err == io.ErrUnexpectedEOF:
		r.syntax = value.NewError(Syntax, "the text at "+r.place(int64(len(r.data))), endsEarly)
	default:
		r.syntax = value.NewError(Syntax, value.Quote(err.Error()), "stopped the reading of the document")
	}
	return false
}

const endsEarly = "is not JSON: it ends too early; a quote, a bracket or a brace is open"

// place returns a byte's line and column, in characters, both from 1.
func (r *reader) place(offset int64) string {
	before := r.data[:min(max(0, int(offset)), len(r.data))]
	line := bytes.LastIndexByte(before, '\n') + 1
	column := utf8.RuneCount(before[line:]) + 1
	return "line " + strconv.Itoa(bytes.Count(before, []byte("\n"))+1) + ", column " + strconv.Itoa(column)
}

// maxLevels bounds how much of a path is shown: an unknown member may be nested deeply.
const maxLevels = 16

// path returns a JSON pointer as a path; the decoder knows which tokens are indices.
func (r *reader) path(pointer jsontext.Pointer) string {
	path, level := "", 0
	for token := range pointer.Tokens() {
		if level++; level > maxLevels {
			return path + "…"
		}
		if level <= r.dec.StackDepth() {
			if container, _ := r.dec.StackIndex(level); container == '[' {
				path += "[" + token + "]"
				continue
			}
		}
		path = value.JoinPath(path, Member(token))
	}
	return path
}

func jsonName(k jsontext.Kind) string {
	names := map[jsontext.Kind]string{
		'"': "string", '0': "number", 't': "boolean", 'f': "boolean", '{': "object", '[': "array", 'n': "null",
	}
	return cmp.Or(names[k], "value")
}
