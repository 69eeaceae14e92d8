package matching

import (
	"cmp"
	"slices"
	"strings"

	"github.com/coselling/coselling/value"
)

const (
	maxIdentifier = 64 // bytes
	decimals      = "0123456789"
	lower         = "abcdefghijklmnopqrstuvwxyz"
)

// Identifier is the number of a company in a register. Both fields are needed.
type Identifier struct {
	Scheme Scheme `json:"scheme" wire:"needed"`
	// as it is written: spaces, dots, dashes, slashes and the case of letters do not count
	Value string `json:"value" wire:"needed"`
}

// canonical checks the identifier by the rule of its scheme and returns it without separators, in upper case. Of a
// number that has places for the company and for a site, only the company's remain.
func (id Identifier) canonical() (Identifier, error) {
	if !id.Scheme.wellFormed() {
		return Identifier{}, value.Below("scheme", value.NewError(identifierScheme, value.Quote(string(id.Scheme)),
			"is not a scheme; write lower-case letters, digits and underscores, a letter first"))
	}
	text := bare(id.Value)
	if text == "" {
		return Identifier{}, value.Below("value", value.NewError(IdentifierValue, value.Quote(id.Value),
			"is not an identifier; write 1 to 64 ASCII letters and digits"))
	}
	i := slices.IndexFunc(registers[:], func(r register) bool { return r.scheme == id.Scheme })
	if i < 0 {
		return Identifier{id.Scheme, text}, nil
	}
	r := registers[i]
	number, ok := r.read(text)
	if !ok {
		return Identifier{}, value.Below("value",
			value.NewError(IdentifierValue, value.Quote(id.Value), "is not "+r.says))
	}
	if r.placeholder(number) {
		return Identifier{}, value.Below("value", value.NewError(IdentifierValue, value.Quote(id.Value),
			"is a placeholder, which is no company's number; leave the identifier out"))
	}
	if r.places > 0 {
		number = number[:r.places]
	}
	return Identifier{cmp.Or(r.owner, r.scheme), number}, nil
}

// bare returns a value in upper case without separators, or "" if it is not an identifier.
func bare(s string) string {
	text := strings.Map(func(r rune) rune {
		if strings.ContainsRune(" .-/", r) {
			return -1
		}
		return r
	}, s)
	if len(s) > maxIdentifier || strings.Trim(text, lower+decimals+strings.ToUpper(lower)) != "" {
		return ""
	}
	return strings.ToUpper(text)
}

// canonicalIDs returns the identifiers in canonical form, sorted, each once.
func canonicalIDs(ids []Identifier) ([]Identifier, error) {
	if len(ids) > maxIdentifiers {
		return nil, excess("ids", len(ids), maxIdentifiers)
	}
	var problems value.Errors
	var found []Identifier
	for i, id := range ids {
		c, err := id.canonical()
		if known, ok := company(found, c.Scheme); err == nil && ok && !c.site() && known != c {
			err = value.Below("value", value.NewError(identifierScheme, value.Quote(id.Value),
				"is another company than "+string(known.Scheme)+" "+known.Value+"; write one number of a scheme"))
		}
		if err != nil {
			problems.Add(value.Index("ids", i), err)
			continue
		}
		found = append(found, c)
	}
	slices.SortFunc(found, func(a, b Identifier) int {
		return cmp.Or(cmp.Compare(a.Scheme, b.Scheme), cmp.Compare(a.Value, b.Value))
	})
	return slices.Compact(found), problems.Err()
}

// company returns the number of a scheme that is not a site's.
func company(ids []Identifier, s Scheme) (Identifier, bool) {
	i := slices.IndexFunc(ids, func(id Identifier) bool { return id.Scheme == s && !id.site() })
	if i < 0 {
		return Identifier{}, false
	}
	return ids[i], true
}
