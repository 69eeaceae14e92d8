// Package accounts decides whether two accounts are the same, by the words of the rule, and compares what package
// matching says of random ones.
package accounts

import (
	"fmt"
	"math/rand/v2"
	"slices"

	"github.com/coselling/coselling/registration/matching"
)

// own numbers companies, as every scheme of a host does; a D-U-N-S numbers sites.
const own = matching.Scheme("own_crm")

// Same compares two random accounts (reg.same_account). It returns what differs; empty: nothing does.
func Same(r *rand.Rand, rules *matching.Rules) (problem string) {
	a, b := anyAccount(r), anyAccount(r)
	one, err := rules.Key(a)
	other, errOther := rules.Key(b)
	if err != nil || errOther != nil {
		return fmt.Sprintf("reg.same_account: %+v: %v; %+v: %v", a, err, b, errOther)
	}
	want := relation(&a, &b)
	if got, back := rules.Relation(one, other), rules.Relation(other, one); got != want || back != want {
		return fmt.Sprintf("reg.same_account: %+v and %+v are %s, the other way around %s, want %s", a, b, got, back,
			want)
	}
	if m := rules.Match(one, other); m.Relation != want || len(m.Evidence) == 0 && want != matching.Different {
		return fmt.Sprintf("reg.same_account: %+v and %+v are %s by %v, want %s", a, b, m.Relation, m.Evidence, want)
	}
	return ""
}

// anyAccount draws an account whose names are equal to those of another one, or far from them.
func anyAccount(r *rand.Rand) matching.Account {
	a := matching.Account{Name: [...]string{"Calder Rail", "Hooli", "Initech Works"}[r.IntN(3)]}
	if r.IntN(2) == 0 {
		a.Country = [...]string{"DE", "FR"}[r.IntN(2)]
	}
	for _, host := range [...]string{"calder.com", "hooli.com", "initech.com"} {
		if r.IntN(3) == 0 {
			a.Domains = append(a.Domains, host)
		}
	}
	for _, number := range [...]struct {
		scheme matching.Scheme
		values []string
	}{{own, []string{"A1", "B2", "C3"}}, {matching.LEI, []string{"529900T8BM49AURSDO55", "7LTWFZYICNSX8D621K86"}},
		{matching.KVK, []string{"27312140", "33031431"}}} {
		if r.IntN(2) == 0 {
			value := number.values[r.IntN(len(number.values))]
			a.IDs = append(a.IDs, matching.Identifier{Scheme: number.scheme, Value: value})
		}
	}
	for _, site := range [...]string{"150483782", "804735132", "001368083"} {
		if r.IntN(4) == 0 {
			a.IDs = append(a.IDs, matching.Identifier{Scheme: matching.DUNS, Value: site})
		}
	}
	return a
}

// relation is the rule: identifiers, else domains, else names.
func relation(a, b *matching.Account) matching.Relation {
	same, different := false, false
	for _, x := range a.IDs {
		for _, y := range b.IDs {
			switch {
			case x == y:
				same = true
			case x.Scheme == y.Scheme && x.Scheme != matching.DUNS:
				different = true
			}
		}
	}
	near := a.Name == b.Name && (a.Country == b.Country || a.Country == "" || b.Country == "")
	switch {
	case same && different:
		return matching.Near
	case same:
		return matching.Same
	case different:
		return matching.Different
	case slices.ContainsFunc(a.Domains, func(d string) bool { return slices.Contains(b.Domains, d) }):
		return matching.Same
	case near:
		return matching.Near
	}
	return matching.Different
}
