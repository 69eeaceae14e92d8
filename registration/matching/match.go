package matching

import (
	"cmp"
	"slices"

	"github.com/coselling/coselling/internal/enum"
	"github.com/coselling/coselling/value"
)

// Relation is the result of a comparison of two accounts. The zero value is unset.
type Relation uint8

// The relations.
const (
	Different Relation = 1 + iota
	Near               // for a person to review; decides nothing
	Same
)

var relationNames = [...]string{"", "different", "near", "same"}

// String returns different, near or same, or "" if the relation is unset.
func (r Relation) String() string { return enum.Name(r, relationNames[:]) }

// Match is a relation with its evidence.
type Match struct {
	Relation Relation
	Evidence []value.Reason // for and against, each reg.same_account, in a fixed order; nil if there is none
}

// Relation compares two keys (reg.same_account). It is symmetric, but not transitive. It allocates nothing.
func (r *Rules) Relation(a, b Key) Relation {
	equal, unequal := compareIDs(a.IDs, b.IDs)
	switch {
	case equal && unequal:
		return Near
	case equal:
		return Same
	case unequal:
		return Different
	case commonDomain(a.Domains, b.Domains) != "":
		return Same
	case r.nearness(a, b) > 0:
		return Near
	default:
		return Different
	}
}

// Match compares two keys and returns the relation with its evidence.
func (r *Rules) Match(a, b Key) Match {
	m := Match{Relation: r.Relation(a, b)}
	decided := false
	for ids, rest := group(a.IDs); len(ids) > 0; ids, rest = group(rest) {
		evidence, relation := idEvidence(ids, ofScheme(b.IDs, ids[0].Scheme))
		m.Evidence = append(m.Evidence, evidence...)
		decided = decided || relation != 0
	}
	if d := commonDomain(a.Domains, b.Domains); d != "" {
		template := "both have the domain {domain}"
		if decided {
			template += ", which decides nothing beside identifiers"
		}
		m.Evidence = append(m.Evidence, value.NewReason(SameAccount, template, value.Op("domain", d)))
	}
	if n := r.nearness(a, b); n > 0 {
		m.Evidence = append(m.Evidence, r.nameEvidence(n, a, b))
	}
	return m
}

// idEvidence compares the identifiers of one scheme, and returns the relation that they alone decide: 0 if none.
func idEvidence(a, b []Identifier) ([]value.Reason, Relation) {
	if len(b) == 0 {
		return nil, 0
	}
	one, other, relation := compareGroup(a, b)
	template := "{scheme} differs, as it does between sites of one company: {value} and {other}"
	switch relation {
	case Same:
		template = "both have {scheme} {value}"
	case Different:
		template = "{scheme} differs: {value} and {other}"
	}
	return []value.Reason{value.NewReason(SameAccount, template, value.Op("scheme", string(one.Scheme)),
		value.Op("value", one.Value), value.Op("other", other.Value))}, relation
}

func (r *Rules) nameEvidence(n nearness, a, b Key) value.Reason {
	template := "the names are similar: {name} and {other}"
	switch n {
	case equalNames:
		template = "the names are equal without legal form: {name}"
	case otherOrder:
		template = "the names have the same words in another order: {name} and {other}"
	case leading:
		template = "one name begins with the other: {name} and {other}"
	}
	if a.Country == "" || b.Country == "" {
		template += "; the country of one is unknown"
	}
	country := cmp.Or(a.Country, b.Country)
	if country != "" && !r.forms.countries[country] {
		template += "; no legal form of {country} is listed, so those of all countries were left out"
	}
	return value.NewReason(SameAccount, template, value.Op("name", a.words()), value.Op("other", b.words()),
		value.Op("country", country))
}

// compareIDs reports whether a scheme says that two accounts are the same, and whether one says that they differ.
func compareIDs(a, b []Identifier) (equal, unequal bool) {
	for ids, rest := group(a); len(ids) > 0; ids, rest = group(rest) {
		if others := ofScheme(b, ids[0].Scheme); len(others) > 0 {
			_, _, relation := compareGroup(ids, others)
			equal, unequal = equal || relation == Same, unequal || relation == Different
		}
	}
	return equal, unequal
}

// compareGroup compares the identifiers of one scheme, of which each account has some, and returns those that decide:
// an equal number makes them the same, two numbers of companies make them different, and else the relation is 0.
func compareGroup(a, b []Identifier) (one, other Identifier, r Relation) {
	for _, id := range a {
		if slices.Contains(b, id) {
			return id, id, Same
		}
	}
	one, isCompany := company(a, a[0].Scheme)
	other, too := company(b, b[0].Scheme)
	if isCompany && too {
		return one, other, Different
	}
	return a[0], b[0], 0
}

// group returns the first identifiers that have one scheme, and the rest.
func group(ids []Identifier) (first, rest []Identifier) {
	if len(ids) == 0 {
		return nil, nil
	}
	first = ofScheme(ids, ids[0].Scheme)
	return first, ids[len(first):]
}

// ofScheme returns the identifiers of a scheme from a sorted list.
func ofScheme(ids []Identifier, s Scheme) []Identifier {
	start := 0
	for start < len(ids) && ids[start].Scheme < s {
		start++
	}
	end := start
	for end < len(ids) && ids[end].Scheme == s {
		end++
	}
	return ids[start:end]
}

// commonDomain returns the first domain that both have, or "".
func commonDomain(a, b []string) string {
	if i := slices.IndexFunc(a, func(d string) bool { return slices.Contains(b, d) }); i >= 0 {
		return a[i]
	}
	return ""
}
