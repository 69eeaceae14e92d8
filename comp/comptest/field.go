package comptest

import (
	"bytes"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/value"
)

// canonical returns a policy's canonical text, a member a line.
func canonical(policy comp.Policy) (string, error) {
	text, err := json.Marshal(policy, json.Deterministic(true), jsontext.WithIndent("  "))
	return string(text), err
}

// edit is a field of a policy that differs between two policies, in the policy's own
// words. A field that one of them lacks is "none" there.
type edit struct {
	path          string // as comp's errors write it: role_based.contributions.technical_validation
	before, after string
}

func (e edit) String() string { return e.path + " " + e.before + " -> " + e.after }

// editsOf returns the fields that differ, in the order of their paths.
func editsOf(before, after comp.Policy) ([]edit, error) {
	one, err := fields(before)
	if err != nil {
		return nil, err
	}
	two, err := fields(after)
	if err != nil {
		return nil, err
	}
	paths := maps.Clone(one)
	maps.Copy(paths, two)
	var edits []edit
	for _, path := range slices.SortedFunc(maps.Keys(paths), comparePaths) {
		if one[path] != two[path] {
			edits = append(edits, edit{path, orNone(one[path]), orNone(two[path])})
		}
	}
	return edits, nil
}

func orNone(text string) string {
	if text == "" {
		return "none"
	}
	return text
}

// comparePaths orders tiers[2] before tiers[10].
func comparePaths(a, b string) int {
	pad := func(s string) string {
		var out strings.Builder
		for i := 0; i < len(s); i++ {
			if s[i] == '[' {
				width := strings.IndexByte(s[i:], ']') - 1
				out.WriteString("[" + strings.Repeat("0", max(0, 4-width)))
				continue
			}
			out.WriteByte(s[i])
		}
		return out.String()
	}
	return strings.Compare(pad(a), pad(b))
}

// fields returns every number, name and flag of a policy by its path.
func fields(policy comp.Policy) (map[string]string, error) {
	text, err := json.Marshal(policy)
	if err != nil {
		return nil, err
	}
	found := map[string]string{}
	return found, flatten(found, "", jsontext.NewDecoder(bytes.NewReader(text)))
}

// flatten reads one JSON value into found.
func flatten(found map[string]string, path string, d *jsontext.Decoder) error {
	token, err := d.ReadToken()
	if err != nil {
		return err
	}
	switch token.Kind() {
	case '{':
		for d.PeekKind() != '}' {
			name, err := d.ReadToken()
			if err != nil {
				return err
			}
			if strings.HasSuffix(path, "]") && name.String() == "to" {
				if err := d.SkipValue(); err != nil { // a tier ends where the next one begins
					return err
				}
				continue
			}
			if err := flatten(found, value.JoinPath(path, memberPath(path, name.String())), d); err != nil {
				return err
			}
		}
		_, err = d.ReadToken()
	case '[':
		for i := 0; d.PeekKind() != ']'; i++ {
			if err := flatten(found, value.JoinPath(path, value.Index("", i)), d); err != nil {
				return err
			}
		}
		_, err = d.ReadToken()
	default:
		found[path] = shown(token.String())
	}
	return err
}

// memberPath writes a member of a policy as part of a path, as comp does: the ids of
// reps, which may be any text, are quoted.
func memberPath(path, name string) string {
	if path == "rates.quotas" {
		return strconv.Quote(name)
	}
	return name
}

// within reports whether a path is the field, or lies below it.
func within(path, field string) bool {
	rest, ok := strings.CutPrefix(path, field)
	return ok && (rest == "" || rest[0] == '.' || rest[0] == '[')
}
