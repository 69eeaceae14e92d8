package matching

import (
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
	case equal > 0 && unequal > 0:
		return Near
	case equal > 0:
		return Same
	case unequal > 0:
		return Different
	case commonDomain(a.Domains, b.Domains) != "":
		return Same
	case r.similar(a, b):
		return Near
	default:
		return Different
	}
}

// Match compares two keys and returns the relation with its evidence.
func (r *Rules) Match(a, b Key) Match {
	m := Match{Relation: r.Relation(a, b)}
	decided := false
	for _, id := range a.IDs {
		other, ok := find(b.IDs, id.Scheme)
		if !ok {
			continue
		}
		decided = true
		template := "both have {scheme} {value}"
		if other.Value != id.Value {
			template = "{scheme} differs: {value} and {other}"
		}
		m.Evidence = append(m.Evidence, value.NewReason(SameAccount, template,
			value.Op("scheme", string(id.Scheme)), value.Op("value", id.Value), value.Op("other", other.Value)))
	}
	if d := commonDomain(a.Domains, b.Domains); d != "" {
		template := "both have the domain {domain}"
		if decided {
			template += ", which decides nothing beside identifiers"
		}
		m.Evidence = append(m.Evidence, value.NewReason(SameAccount, template, value.Op("domain", d)))
	}
	if r.similar(a, b) {
		m.Evidence = append(m.Evidence, nameEvidence(a, b))
	}
	return m
}

func nameEvidence(a, b Key) value.Reason {
	template := "the names are similar: {name} and {other}"
	if a.Name == b.Name {
		template = "the names are equal without legal form: {name}"
	}
	if a.Country == "" || b.Country == "" {
		template += "; the country of one is unknown"
	}
	return value.NewReason(SameAccount, template, value.Op("name", a.Name), value.Op("other", b.Name))
}

func compareIDs(a, b []Identifier) (equal, unequal int) {
	for _, id := range a {
		other, ok := find(b, id.Scheme)
		switch {
		case !ok:
		case other.Value == id.Value:
			equal++
		default:
			unequal++
		}
	}
	return equal, unequal
}

func find(ids []Identifier, s Scheme) (Identifier, bool) {
	if i := slices.IndexFunc(ids, func(id Identifier) bool { return id.Scheme == s }); i >= 0 {
		return ids[i], true
	}
	return Identifier{}, false
}

// commonDomain returns the first domain that both have, or "".
func commonDomain(a, b []string) string {
	if i := slices.IndexFunc(a, func(d string) bool { return slices.Contains(b, d) }); i >= 0 {
		return a[i]
	}
	return ""
}
