package matching_test

import (
	"strings"
	"testing"

	"github.com/coselling/coselling/registration/domains"
	"github.com/coselling/coselling/registration/matching"
	"github.com/coselling/coselling/value"
)

func compile(t testing.TB) *matching.Rules {
	t.Helper()
	rules, err := matching.Compile(matching.DefaultPolicy(), domains.Registrable)
	if err != nil {
		t.Fatal(err)
	}
	return rules
}

func key(t testing.TB, r *matching.Rules, a matching.Account) matching.Key {
	t.Helper()
	k, err := r.Key(a)
	if err != nil {
		t.Fatalf("%+v: %v", a, err)
	}
	return k
}

// id returns the identifier of a text such as "duns:150483782".
func id(text string) matching.Identifier {
	scheme, number, _ := strings.Cut(text, ":")
	return matching.Identifier{Scheme: matching.Scheme(scheme), Value: number}
}

// account returns the account of a text: a word with a dot is a domain, one with a colon an
// identifier, two capitals are a country, and the rest is the name.
func account(text string) matching.Account {
	var a matching.Account
	var name []string
	for word := range strings.FieldsSeq(text) {
		switch {
		case strings.Contains(word, ":"):
			a.IDs = append(a.IDs, id(word))
		case strings.Contains(word, ".") && !strings.HasSuffix(word, "."):
			a.Domains = append(a.Domains, word)
		case len(word) == 2 && strings.ToUpper(word) == word:
			a.Country = word
		default:
			name = append(name, word)
		}
	}
	a.Name = strings.Join(name, " ")
	return a
}

func codes(err error) []value.Code {
	var found []value.Code
	switch e := err.(type) {
	case *value.Error:
		found = append(found, e.Code)
	case value.Errors:
		for _, one := range e {
			found = append(found, one.Code)
		}
	}
	return found
}
