package web_test

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

var accountHeads = regexp.MustCompile(`<th scope="row"[^>]*>(?:<a[^>]*>)?([^<]*[^< ])`)

// accounts returns the accounts of a list, from top to bottom.
func accounts(page string) []string {
	var list []string
	for _, found := range accountHeads.FindAllStringSubmatch(page, -1) {
		list = append(list, found[1])
	}
	return list
}

// A list is searched, sorted both ways and turned; a party finds its own deals alone.
func TestDealsAreSearchedSortedAndTurned(t *testing.T) {
	p := newPortal(t)
	ana, bea := p.as("ana@acme.example"), p.as("bea@bolt.example")
	var names []string
	for i := range 28 {
		names = append(names, fmt.Sprintf("Company %02d", (i*11)%28))
		ana.registers(http.StatusOK, names[i], fmt.Sprintf("company%02d.com", i))
		p.now = p.now.Add(time.Minute)
	}
	bea.registers(http.StatusOK, "100% Café", "cafe.com")

	first, second := ana.get(http.StatusOK, "/deals"), ana.get(http.StatusOK, "/deals?page=2")
	newest := slices.Clone(names)
	slices.Reverse(newest)
	if got := append(accounts(first), accounts(second)...); !slices.Equal(got, newest) {
		t.Errorf("the newest first: %q, want %q", got, newest)
	}
	ana.expect("a new deal", first, "Page 1 of 2", "1 of 30", "Partner-led is advised", "Opportunity identification",
		"name a rep of the vendor")
	slices.Sort(names)
	if got := accounts(ana.get(http.StatusOK, "/deals?sort=account")); !slices.Equal(got, names[:25]) {
		t.Errorf("by account: %q", got)
	}
	down := ana.get(http.StatusOK, "/deals?sort=account&down=1&page=2")
	if got := accounts(down); !slices.Equal(got, []string{"Company 02", "Company 01", "Company 00"}) {
		t.Errorf("by account, down, second page: %q", got)
	}
	ana.expect("the second page", down, `aria-sort="descending"`, `href="/deals?down=1&amp;sort=account"`)
	for path, want := range map[string]int{"/deals?search=PANY+0": 10, "/deals?search=%25": 0, "/deals?search=zzz": 0,
		"/deals?search=" + strings.Repeat("a", 51_000): 0,
		"/deals?page=99": 3, "/deals?page=-1": 25, "/deals?page=x&sort=hash": 25} {
		if got := accounts(ana.get(http.StatusOK, path)); len(got) != want {
			t.Errorf("%s: %q, want %d", path, got, want)
		}
	}
	if got := accounts(bea.get(http.StatusOK, "/deals?search=100%25+caf")); !slices.Equal(got, []string{"100% Café"}) {
		t.Errorf("Bolt finds %q", got)
	}
	if page := bea.get(http.StatusOK, "/deals?search=Company"); strings.Contains(page, "Company 0") {
		t.Error("Bolt finds deals of Acme")
	}
}

// The vendor sees the approved registrations whose protection ends within 30 days, from the first instant to the last.
func TestVendorSeesRegistrationsThatEndSoon(t *testing.T) {
	p := newPortal(t)
	p.as("ana@acme.example").registers(http.StatusOK, "Hooli Inc.", "hooli.com")
	noor := p.as("noor@lumen.example")
	inbox := noor.get(http.StatusOK, "/inbox")
	noor.post(http.StatusOK, regexp.MustCompile(`/inbox/[^"?]+`).FindString(inbox), "do", "approve")
	end := time.Date(2027, time.March, 31, 0, 0, 0, 0, time.UTC) // 120 days, to the end of the last one
	for _, when := range []struct {
		at   time.Time
		says string
	}{
		{end.AddDate(0, 0, -30), "None ends within 30 days."},
		{end.AddDate(0, 0, -30).Add(time.Microsecond), ">29</td>"},
		{end.Add(-time.Microsecond), ">0</td>"},
		{end, "None ends within 30 days."},
	} {
		p.now = when.at
		bo := p.as("bo@lumen.example") // sessions of months ago have ended
		bo.expect(when.at.String(), bo.get(http.StatusOK, "/ending"), when.says)
	}
	p.as("bea@bolt.example").get(http.StatusNotFound, "/ending")
	p.as("bo@lumen.example").get(http.StatusNotFound, "/inbox") // no channel owner
}
