package matching

import (
	"slices"
	"strconv"
	"strings"

	"github.com/coselling/coselling/value"
)

const (
	maxName        = 1024 // bytes
	maxDomains     = 32
	maxIdentifiers = 32
)

// Account holds the known facts of a company. It needs a name, a domain or an identifier; empty fields are unknown.
type Account struct {
	Name    string       `json:"name,omitzero"`    // the legal name, as it is written; at most 1,024 bytes
	Country string       `json:"country,omitzero"` // in which it is registered: ISO 3166-1 alpha-2, upper case
	Domains []string     `json:"domains,omitzero"` // hosts of its web sites or mail addresses, at most 32
	IDs     []Identifier `json:"ids,omitzero"`     // at most 32; those of one scheme are of one company
}

// Key holds the facts of an account that are compared, in canonical form. Make it with [Rules.Key]; zero is the key
// of no company. It may be stored, and its slices must not be changed.
type Key struct {
	// in canonical form, without the part of a site where a scheme has one, sorted
	IDs     []Identifier `json:"ids,omitzero"`
	Domains []string     `json:"domains,omitzero"` // registrable, without shared ones, sorted
	Name    string       `json:"name,omitzero"`    // in lower case, without legal form, spaces and accents
	Words   string       `json:"words,omitzero"`   // of a name with more than one: the same, with spaces
	Country string       `json:"country,omitzero"` // in which it is registered: ISO 3166-1 alpha-2, upper case
}

// Decides reports whether the key has an identifier or a domain; a name decides nothing.
func (k Key) Decides() bool { return len(k.IDs) > 0 || len(k.Domains) > 0 }

// Terms returns the terms under which an index files the key; the keys of one account share one. Nil without any.
func (k Key) Terms() []string {
	if !k.Decides() {
		return nil
	}
	terms := make([]string, 0, len(k.IDs)+len(k.Domains))
	for _, id := range k.IDs {
		terms = append(terms, "id:"+string(id.Scheme)+":"+id.Value)
	}
	for _, d := range k.Domains {
		terms = append(terms, "domain:"+d)
	}
	return terms
}

// HasTerm reports whether a term is one of [Key.Terms]. It allocates nothing.
func (k Key) HasTerm(term string) bool {
	if domain, ok := strings.CutPrefix(term, "domain:"); ok {
		return slices.Contains(k.Domains, domain)
	}
	text, ok := strings.CutPrefix(term, "id:")
	return ok && slices.ContainsFunc(k.IDs, func(id Identifier) bool {
		number, ok := strings.CutPrefix(text, string(id.Scheme))
		return ok && strings.HasPrefix(number, ":") && number[1:] == id.Value
	})
}

// Key checks an account and returns its key, or every problem at once. Errors: account.empty, account.name,
// account.country, account.excess, identifier.scheme, [IdentifierValue], and those of the function for domains.
func (r *Rules) Key(a Account) (Key, error) {
	var problems value.Errors
	k := Key{Country: a.Country}
	if a.Name == "" && len(a.Domains) == 0 && len(a.IDs) == 0 {
		return Key{}, value.NewError(accountEmpty, "nothing",
			"says which company it is; give a name, a domain or an identifier")
	}
	var err error
	k.Name, k.Words, err = r.name(a.Name, a.Country)
	problems.Add("name", err)
	problems.Add("country", checkCountry(a.Country))
	k.Domains, err = r.domains(a.Domains)
	problems.Add("", err)
	k.IDs, err = canonicalIDs(a.IDs)
	problems.Add("", err)
	if err := problems.Err(); err != nil {
		return Key{}, err
	}
	return k, nil
}

func checkCountry(c string) error {
	if c == "" || len(c) == 2 && upper(c[0]) && upper(c[1]) {
		return nil
	}
	return value.NewError(accountCountry, value.Quote(c),
		"is not a country; write two upper-case letters of ISO 3166-1, such as DE")
}

func excess(field string, n, limit int) error {
	return value.Below(field, value.NewError(accountExcess, strconv.Itoa(n)+" entries",
		"are above the limit of "+strconv.Itoa(limit)))
}

func upper(b byte) bool { return 'A' <= b && b <= 'Z' }
func digit(b byte) bool { return '0' <= b && b <= '9' }
