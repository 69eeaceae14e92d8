package whatif

import (
	"bytes"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/value"
)

// Field is a term of a policy that the page asks for.
type Field struct {
	Path    string   // its place in the document, as errors write it, such as origination.influenced
	Value   string   // as the document writes it
	Choices []string // what it may be; nil: a percentage or an amount
}

// choices are the terms that are one of a few words.
var choices = map[string][]string{
	"model":         {"origination", "split", "role_based"},
	"joint_origin":  {"equal", "partner", "vendor"},
	"joint_primary": {"filer", "both"},
}

// Fields returns the terms of a policy that a page asks for, in the order of the document: the model, what it is made
// of, and the rates, floors and caps of its tables.
func Fields(p comp.Policy) ([]Field, error) {
	var fields []Field
	_, err := walk(p, func(path, now string, choices []string) string {
		fields = append(fields, Field{path, now, choices})
		return now
	})
	return fields, err
}

// Changed returns the policy with other terms, which are named by the paths of their fields. The errors are those of
// [comp.ParsePolicy], each with the path of its field, and whatif.term for a path of no field.
func Changed(p comp.Policy, terms map[string]string) (comp.Policy, error) {
	terms = maps.Clone(terms)
	text, err := walk(p, func(path, now string, _ []string) string {
		if term, ok := terms[path]; ok {
			delete(terms, path)
			return strings.TrimSpace(term)
		}
		return now
	})
	var problems value.Errors
	problems.Add("", err)
	for _, path := range slices.Sorted(maps.Keys(terms)) {
		problems.Refuse(path, "whatif.term", "this", "is no term of the policy")
	}
	if len(problems) > 0 {
		return comp.Policy{}, problems
	}
	return comp.ParsePolicy(text)
}

// walk copies the document of a policy, and asks for the value of each field.
func walk(p comp.Policy, ask func(path, now string, choices []string) string) ([]byte, error) {
	text, err := p.MarshalJSON()
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	from, to := jsontext.NewDecoder(bytes.NewReader(text)), jsontext.NewEncoder(&out)
	for from.PeekKind() != jsontext.KindInvalid {
		token, err := from.ReadToken()
		if err != nil {
			return nil, err
		}
		if path, ok := fieldAt(from); ok {
			token = asked(token, path, ask)
		}
		if err := to.WriteToken(token.Clone()); err != nil {
			return nil, err
		}
	}
	return out.Bytes(), nil
}

// asked returns the token of a field with the value that is asked for.
func asked(token jsontext.Token, path string, ask func(path, now string, choices []string) string) jsontext.Token {
	switch kind := token.Kind(); kind {
	case jsontext.KindString:
		return jsontext.String(ask(path, token.String(), choices[path]))
	case jsontext.KindTrue, jsontext.KindFalse:
		word := ask(path, strconv.FormatBool(kind == jsontext.KindTrue), []string{"true", "false"})
		if b, err := strconv.ParseBool(word); err == nil {
			return jsontext.Bool(b)
		}
		return jsontext.String(word) // which the parser refuses at this place
	default:
		return token
	}
}

// fieldAt returns the path of the value that was read last; false where it is no field.
func fieldAt(from *jsontext.Decoder) (string, bool) {
	depth := from.StackDepth()
	if kind, n := from.StackIndex(depth); kind == jsontext.KindBeginObject && n%2 == 1 {
		return "", false // the name of a member
	}
	var path, last strings.Builder
	for token := range from.StackPointer().Tokens() {
		last.Reset()
		last.WriteString(token)
		if _, err := strconv.Atoi(token); err == nil {
			path.WriteString("[" + token + "]")
			continue
		}
		if path.Len() > 0 {
			path.WriteByte('.')
		}
		path.WriteString(token)
	}
	at := path.String()
	switch top, _, _ := strings.Cut(at, "."); top {
	case "rates":
		switch last.String() {
		case "rate", "deal_floor", "deal_cap", "period_floor", "period_cap":
			return at, strings.HasPrefix(at, "rates.tables.")
		}
		return "", false
	default:
		return at, top != "rounding"
	}
}
