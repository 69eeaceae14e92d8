package matching_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/registration/domains"
	"github.com/coselling/coselling/registration/matching"
	"github.com/coselling/coselling/value"
)

func TestIdentifiersAndDomainsDecideTheSameAccount(t *testing.T) {
	r := compile(t)
	for _, c := range []struct{ name, a, b, want string }{
		{"one registrable domain", "www.acme.co.uk", "sales.acme.co.uk", "same"},
		{"another domain", "acme.co.uk", "acme.com", "different"},
		{"one of several domains", "acme.co.uk acme.com", "acme.de acme.com", "same"},
		{"a shared domain", "Acme gmail.com", "Bolt gmail.com", "different"},
		{"a shared domain, one name", "Acme gmail.com", "Acme gmail.com", "near"},
		{"tenants of a host", "acme.github.io", "bolt.github.io", "different"},
		{"one identifier", "duns:150483782 acme.com", "duns:15-048-3782 bolt.com", "same"},
		{"identifiers decide alone", "us_ein:911144442 acme.com", "us_ein:911144443 acme.com", "different"},
		{"identifiers decide over names", "Acme us_ein:911144442", "Acme us_ein:911144443", "different"},
		{"schemes disagree", "duns:150483782 us_ein:911144442", "duns:150483782 us_ein:911144443", "near"},
		{"schemes disagree beside a domain", "acme.com duns:150483782 us_ein:911144442",
			"acme.com duns:150483782 us_ein:911144443", "near"},
		{"no common scheme", "duns:150483782 acme.com", "us_ein:911144442 acme.com", "same"},
		{"no common scheme, nothing else", "duns:150483782", "us_ein:911144442", "different"},
		{"equal names in one country", "Acme GmbH DE", "ACME AG DE", "near"},
		{"equal names in two countries", "Acme GmbH DE", "ACME AG CH", "different"},
		{"equal names, a country unknown", "Acme GmbH DE", "ACME", "near"},
		{"one letter more", "Acmee DE", "Acmeee DE", "near"},
		{"one letter other", "Hooli", "Hoole", "near"},
		{"two neighbours swapped", "Hooil", "Hooli", "near"},
		{"two letters other", "Hooli", "Haoly", "different"},
		{"short names", "Bolt", "Bold", "different"},
		{"a short and a long one", "Bolt", "Bolts", "different"},
		{"no names", "acme.com", "bolt.com", "different"},
	} {
		a, b := key(t, r, account(c.a)), key(t, r, account(c.b))
		for range 2 {
			m := r.Match(a, b)
			if got := m.Relation.String(); got != c.want {
				t.Errorf("reg.same_account %s: %s, want %s", c.name, got, c.want)
			}
			if m.Relation != matching.Different && len(m.Evidence) == 0 {
				t.Errorf("reg.same_account %s: %s without evidence", c.name, m.Relation)
			}
			a, b = b, a
		}
	}
}

func TestEvidenceSaysWhy(t *testing.T) {
	r := compile(t)
	m := r.Match(key(t, r, account("Acme acme.com duns:150483782 us_ein:911144442")),
		key(t, r, account("Acme DE www.acme.com duns:150483782 us_ein:911144443")))
	want := []string{
		"both have duns 150483782",
		"us_ein differs: 911144442 and 911144443",
		"both have the domain acme.com, which decides nothing beside identifiers",
		"the names are equal without legal form: acme; the country of one is unknown",
	}
	var got []string
	for _, e := range m.Evidence {
		got = append(got, e.String())
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s", strings.Join(got, "\n"))
	}
}

func TestRelationOfDecidedPairsAllocatesNothing(t *testing.T) {
	r := compile(t)
	a, b := key(t, r, account("Acme acme.com duns:150483782")), key(t, r, account("Acme acme.com"))
	if n := testing.AllocsPerRun(100, func() { r.Relation(a, b) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

// Two keys that are the same or near have a term in common.
func TestTermsFindEverySameOrNearAccount(t *testing.T) {
	r := compile(t)
	rapid.Check(t, func(t *rapid.T) {
		a, b := anyAccount().Draw(t, "a"), anyAccount().Draw(t, "b")
		x, errA := r.Key(a)
		y, errB := r.Key(b)
		if errA != nil || errB != nil {
			t.Fatal(errA, errB)
		}
		relation := r.Relation(x, y)
		if back := r.Relation(y, x); back != relation {
			t.Fatalf("%s, and back %s", relation, back)
		}
		meets := func(a, b []string) bool {
			return slices.ContainsFunc(a, func(term string) bool { return slices.Contains(b, term) })
		}
		if relation == matching.Same && !meets(x.Terms(), y.Terms()) {
			t.Fatalf("%+v and %+v are the same and have no term in common", x, y)
		}
		if relation == matching.Near && !meets(x.Terms(), y.Terms()) && !meets(x.NameProbes(), y.NameTerms()) {
			t.Fatalf("%+v and %+v are near and do not meet", x, y)
		}
	})
}

// anyAccount draws from so few values that many accounts are the same or near.
func anyAccount() *rapid.Generator[matching.Account] {
	return rapid.Custom(func(t *rapid.T) matching.Account {
		a := matching.Account{
			Name:    rapid.StringMatching(`a[ab é社]{3,7}`).Draw(t, "name"),
			Country: rapid.SampledFrom([]string{"", "DE", "FR"}).Draw(t, "country"),
		}
		for _, d := range []string{"acme.com", "acme.de", "bolt.com", "gmail.com"} {
			if rapid.IntRange(0, 3).Draw(t, d) == 0 {
				a.Domains = append(a.Domains, "www."+d)
			}
		}
		for _, s := range []string{"crm", "erp"} {
			if n := rapid.IntRange(0, 4).Draw(t, s); n > 1 {
				a.IDs = append(a.IDs, matching.Identifier{Scheme: matching.Scheme(s), Value: fmt.Sprint(n)})
			}
		}
		return a
	})
}

func TestBadAccountsAreRefused(t *testing.T) {
	r := compile(t)
	many := make([]string, 33)
	for _, c := range []struct {
		name string
		give matching.Account
		want []value.Code
	}{
		{"nothing", matching.Account{Country: "DE"}, []value.Code{"account.empty"}},
		{"punctuation", matching.Account{Name: "!?… — «»"}, []value.Code{"account.name"}},
		{"only invisible", matching.Account{Name: "\u200b\u202e\u00ad"}, []value.Code{"account.name"}},
		{"10 kB", matching.Account{Name: strings.Repeat("Acme ", 2000)}, []value.Code{"account.name"}},
		{"not UTF-8", matching.Account{Name: "Acme\xff"}, []value.Code{"account.name"}},
		{"country", matching.Account{Name: "Acme", Country: "de"}, []value.Code{"account.country"}},
		{"localhost, an address, a suffix", matching.Account{Domains: []string{"localhost", "10.0.0.1", "co.uk"}},
			[]value.Code{"domain.local", "domain.address", "domain.suffix"}},
		{"many domains", matching.Account{Domains: many}, []value.Code{"account.excess"}},
		{"many ids", matching.Account{IDs: make([]matching.Identifier, 33)}, []value.Code{"account.excess"}},
		{"a scheme twice", matching.Account{IDs: []matching.Identifier{id("crm:1"), id("crm:2")}},
			[]value.Code{"identifier.scheme"}},
		{"a company, and a site of another", matching.Account{IDs: []matching.Identifier{id("fr_siren:732829320"),
			id("fr_siret:35600000000048")}}, []value.Code{"identifier.scheme"}},
		{"everything", matching.Account{Name: "?", Country: "x", Domains: []string{"localhost"},
			IDs: []matching.Identifier{id("duns:1")}},
			[]value.Code{"account.name", "account.country", "domain.local", matching.IdentifierValue}},
	} {
		if k, err := r.Key(c.give); !slices.Equal(codes(err), c.want) || k.Decides() {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

// What a message shows of bad input is quoted: no escape code and no direction mark reaches a terminal (R5).
func TestMessagesQuoteBadInput(t *testing.T) {
	r := compile(t)
	const hostile = "\x1b[31m\u202e\n\u2066"
	_, err := r.Key(matching.Account{Name: hostile + "\xff", Country: hostile, Domains: []string{hostile},
		IDs: []matching.Identifier{{Scheme: hostile, Value: "1"}, {Scheme: matching.EIN, Value: hostile}}})
	if len(codes(err)) != 5 {
		t.Error(err)
	}
	for line := range strings.Lines(err.Error()) {
		if strings.ContainsAny(strings.TrimSuffix(line, "\n"), "\x1b\u202e\n\u2066") {
			t.Errorf("%q", line)
		}
	}
}

func TestBadPoliciesAreRefused(t *testing.T) {
	if _, err := matching.Compile(matching.DefaultPolicy(), nil); !errors.Is(err, value.Code("matching.registrable.missing")) {
		t.Error(err)
	}
	p := matching.Policy{AlsoShared: []string{"www.acme.com", "localhost", "Acme.com", "*.acme.com", "*.*.acme.com"},
		NotShared: []string{"gmail.com", "acme.com"}, SharedList: "2026-11-30"}
	_, err := matching.Compile(p, domains.Registrable)
	want := []value.Code{"matching.similar_from", "matching.shared_domain", "matching.shared_domain",
		"matching.shared_domain", "matching.shared_domain"}
	if !slices.Equal(codes(err), want) {
		t.Error(err)
	}
	p = matching.DefaultPolicy()
	p.SharedList = "2026-11-29"
	_, err = matching.Compile(p, domains.Registrable)
	if got := fmt.Sprint(err); !strings.Contains(got, `shared_list: "2026-11-29" is not a list`) || !strings.HasSuffix(got, "2026-11-30") {
		t.Error(got)
	}
	long := matching.Policy{AlsoShared: make([]string, 10_001), SimilarFrom: 1}
	if _, err := matching.Compile(long, domains.Registrable); !errors.Is(err, value.Code("matching.shared_domain")) {
		t.Error(err)
	}
}

func FuzzName(f *testing.F) {
	r := compile(f)
	for _, line := range sameNames {
		for name := range strings.SplitSeq(line, "|") {
			f.Add(name, "DE")
		}
	}
	f.Fuzz(func(t *testing.T, name, country string) {
		k, err := r.Key(matching.Account{Name: name, Country: country})
		if err != nil {
			return
		}
		if name != "" && (k.Name == "" || strings.ContainsAny(k.Name, " .,\u200b")) {
			t.Fatalf("%q is %q", name, k.Name)
		}
		if r.Relation(k, k) == matching.Different && k.Name != "" {
			t.Fatalf("%+v differs from itself", k)
		}
	})
}
