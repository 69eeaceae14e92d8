package matching_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/coselling/coselling/registration/domains"
	"github.com/coselling/coselling/registration/matching"
)

// shared reports whether a host says nothing by the rules of a policy.
func shared(t *testing.T, r *matching.Rules, host string) bool {
	t.Helper()
	return len(key(t, r, matching.Account{Name: "Acme", Domains: []string{host}}).Domains) == 0
}

// A1: two firms that use one mail provider, or one host of tenants, are two.
func TestSharedDomainsSayNothing(t *testing.T) {
	r := compile(t)
	for _, host := range []string{
		"att.net", "yahoo.co.in", "gmail.com", "ana@gmail.com", "mail.gmx.de", "GMAIL.COM", "https://www.web.de/",
		"qq.com", "naver.com", "t-online.de", "comcast.net", "tutanota.com", "onmicrosoft.com", "acme.onmicrosoft.com",
		"acme.zendesk.com", "https://Acme.Zendesk.com/hc", "acme.wordpress.com", "acme.my.site.com", "acme.business.site",
		"acme.my.salesforce.com", "sites.google.com/view/acme", "www.linkedin.com/company/acme", "acme.force.com",
		"acme.atlassian.net", "acme.service-now.com", "linktr.ee/acme", "www.acme.squarespace.com",
	} {
		if !shared(t, r, host) {
			t.Errorf("reg.same_account: %s decides", host)
		}
		a := key(t, r, matching.Account{Name: "Acme", Domains: []string{host}})
		b := key(t, r, matching.Account{Name: "Bolt", Domains: []string{host}})
		if got := r.Relation(a, b); got != matching.Different {
			t.Errorf("reg.same_account: two firms at %s are %s", host, got)
		}
	}
	for _, host := range []string{
		"acme.com", "cox.com", "starbucks.com", "zendesk.com", "www.zendesk.com", "ana@zendesk.com", "google.com",
		"salesforce.com", "www.salesforce.com", "my.salesforce.com", "notgmail.com", "gmail.acme.com", "acme.github.io",
		"slack.com", "xn--80akut.com",
	} {
		if shared(t, r, host) {
			t.Errorf("reg.same_account: %s says nothing", host)
		}
	}
}

func TestPoliciesAddToTheListAndTakeAway(t *testing.T) {
	p := matching.DefaultPolicy()
	p.AlsoShared = []string{"acme.com", "pages.bolt.com", "*.hooli.com"}
	p.NotShared = []string{"gmx.de", "*.zendesk.com"}
	r, err := matching.Compile(p, domains.Registrable)
	if err != nil {
		t.Fatal(err)
	}
	for host, want := range map[string]bool{
		"acme.com": true, "www.acme.com": true, "bolt.com": false, "www.bolt.com": false, "pages.bolt.com": true,
		"x.pages.bolt.com": true, "mypages.bolt.com": false, "hooli.com": false, "www.hooli.com": false,
		"x.hooli.com": true, "gmx.de": false, "gmx.net": true, "acme.zendesk.com": false,
	} {
		if got := shared(t, r, host); got != want {
			t.Errorf("reg.same_account: %s is shared: %v, want %v", host, got, want)
		}
	}
}

// Every line of every list is in the form in which it is looked up, in order, once, and is found.
func TestListsOfSharedDomainsAreWellFormed(t *testing.T) {
	files, err := filepath.Glob("lists/shared-*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal(err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		_, text, _ := strings.Cut(string(data), "\n\n")
		list := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
		if !slices.IsSorted(list) || len(slices.Compact(slices.Clone(list))) != len(list) || len(list) < 1000 {
			t.Errorf("%s: not sorted, or an entry twice, or cut off", file)
		}
		p := matching.DefaultPolicy()
		p.SharedList = strings.TrimSuffix(strings.TrimPrefix(filepath.Base(file), "shared-"), ".txt")
		r, err := matching.Compile(p, domains.Registrable)
		if err != nil {
			t.Fatal(err)
		}
		for _, entry := range list {
			host := strings.Replace(entry, "*.", "acme.", 1)
			if d, err := domains.Registrable(host); err != nil || !strings.HasSuffix(host, d) || !shared(t, r, host) {
				t.Errorf("%s: %s: %v, or it is not found", file, entry, err)
			}
		}
	}
}
