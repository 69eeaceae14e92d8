// Package strictjson reads documents that people write: a repeated, unknown,
// wrongly cased or missing member, trailing data and a document beyond its limits
// are refused, each with its path.
package strictjson

import (
	"bytes"
	"errors"
	"io"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/coselling/coselling/value"
)

// Limits bound a document before it is decoded.
type Limits struct {
	Bytes int // largest size
	Depth int // deepest nesting of objects and arrays
	Items int // most elements of an array, and members of an object; 0 is without a bound of its own
}

// Codes of malformed documents.
const (
	// Size refuses a document above its limit of bytes.
	Size value.Code = "json.size"
	// Depth refuses a document that is nested too deeply.
	Depth value.Code = "json.depth"
	// Items refuses an array or an object with too many elements.
	Items value.Code = "json.items"
	// Syntax refuses what is not one JSON value in UTF-8.
	Syntax value.Code = "json.syntax"
	// Repeated refuses a member that stands twice in one object.
	Repeated value.Code = "json.repeated"
	// Unknown refuses a member that the document does not have, wrongly cased ones included.
	Unknown value.Code = "json.unknown"
	// Type refuses a value of another JSON type than the member has.
	Type value.Code = "json.type"
	// Missing refuses a document that lacks a member.
	Missing value.Code = "json.missing"
)

// Decode reads data into the struct that into points to. A member is needed where
// its field is a pointer, a map or a slice and its tag has no omitempty. Malformed
// text gives its first problem; missing members are reported all at once, the
// first 1,000 of them.
func Decode(data []byte, into any, limits Limits) error {
	if len(data) > limits.Bytes {
		return value.NewError(Size, strconv.Itoa(len(data))+" bytes", "are above the limit of "+strconv.Itoa(limits.Bytes))
	}
	if err := scan(data, limits); err != nil {
		return err
	}
	if err := json.Unmarshal(data, into, json.RejectUnknownMembers(true)); err != nil {
		return semantic(err, data, into)
	}
	return missing(into)
}

// scan reads every token, so that syntax, repeated names, depth and counts are
// refused before anything is built.
func scan(data []byte, limits Limits) error {
	decoder := jsontext.NewDecoder(bytes.NewReader(data))
	for read := 0; ; read++ {
		if _, err := decoder.ReadToken(); err != nil {
			if err == io.EOF && read > 0 {
				return nil
			}
			return syntactic(err, decoder)
		}
		if decoder.StackDepth() > limits.Depth {
			return at(decoder, decoder.StackPointer(), value.NewError(Depth, "nesting", "is deeper than "+strconv.Itoa(limits.Depth)))
		}
		if limits.Items > 0 && crowded(decoder, limits.Items) {
			return at(decoder, decoder.StackPointer().Parent(), excess(limits.Items))
		}
		if decoder.StackDepth() == 0 && len(bytes.TrimSpace(data[decoder.InputOffset():])) > 0 {
			return value.NewError(Syntax, "data", "follows the end of the document")
		}
	}
}

func excess(items int) error {
	return value.NewError(Items, "more than "+strconv.Itoa(items)+" elements", "are too many for this list or object")
}

// crowded reports whether what the decoder stands in has more elements than items.
func crowded(decoder *jsontext.Decoder, items int) bool {
	container, n := decoder.StackIndex(decoder.StackDepth())
	if container == '{' {
		n /= 2 // names and values
	}
	return n > int64(items)
}

func syntactic(err error, decoder *jsontext.Decoder) error {
	if err == io.EOF {
		return value.NewError(Syntax, "nothing", "is no JSON document")
	}
	problem, ok := errors.AsType[*jsontext.SyntacticError](err)
	if !ok {
		return value.NewError(Syntax, value.Quote(err.Error()), "stopped the reading of the document")
	}
	if errors.Is(err, jsontext.ErrDuplicateName) {
		return at(decoder, problem.JSONPointer, value.NewError(Repeated, "the member", "stands twice"))
	}
	where := "the text at byte " + strconv.FormatInt(problem.ByteOffset, 10)
	return at(decoder, problem.JSONPointer, value.NewError(Syntax, where, "is not JSON: "+problem.Err.Error()))
}

func semantic(err error, data []byte, into any) error {
	problem, ok := errors.AsType[*json.SemanticError](err)
	if !ok {
		return value.NewError(Type, value.Quote(err.Error()), "stopped the reading of the document")
	}
	decoder := readTo(data, problem.JSONPointer)
	switch problem.Err.(type) {
	case *value.Error, value.Errors: // a type of ours read the member, and refused it
		return at(decoder, problem.JSONPointer, problem.Err)
	}
	if errors.Is(err, json.ErrUnknownName) {
		return at(decoder, problem.JSONPointer, value.NewError(Unknown, "the member", "is not known; allowed are "+strings.Join(membersAt(into, problem.JSONPointer.Parent()), ", ")))
	}
	return at(decoder, problem.JSONPointer, misplaced(problem.JSONKind, belongs(problem.GoType)))
}

// readTo returns a decoder that has read the member at pointer, or its beginning.
func readTo(data []byte, pointer jsontext.Pointer) *jsontext.Decoder {
	decoder := jsontext.NewDecoder(bytes.NewReader(data))
	for decoder.StackPointer() != pointer {
		if _, err := decoder.ReadToken(); err != nil {
			break
		}
	}
	return decoder
}

func kind(k jsontext.Kind) string {
	switch k {
	case '"':
		return "string"
	case '0':
		return "number"
	case 't', 'f':
		return "boolean"
	case '{':
		return "object"
	case '[':
		return "array"
	case 'n':
		return "null"
	default:
		return "value"
	}
}

// at gives err the path that a JSON pointer names, with indices in brackets. The
// decoder stands there and knows which tokens are indices: a member may be named 0.
func at(decoder *jsontext.Decoder, pointer jsontext.Pointer, err error) error {
	path, level := "", 0
	for token := range pointer.Tokens() {
		level++
		if level <= decoder.StackDepth() {
			if container, _ := decoder.StackIndex(level); container == '[' {
				path += "[" + token + "]"
				continue
			}
		}
		path = value.JoinPath(path, printable(token))
	}
	return value.In(path, err)
}

// printable keeps a member's name readable inside a path: quoted unless it is
// short and plain.
func printable(name string) string {
	if name == "" {
		return `""`
	}
	if quoted := value.Quote(name); quoted != `"`+name+`"` {
		return quoted
	}
	return name
}
