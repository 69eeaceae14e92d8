package main

import (
	"strings"
	"testing"
)

// The registrations of a file decide instead of the export's column (reg.deal): one
// settles what the signals left open, one has ended before the deal was won, and one is
// another partner's and was not approved.
func TestRegistrationsFromAFile(t *testing.T) {
	const file = "sample/registrations.json"
	for _, c := range []struct{ deal, without, with string }{
		{"D-1001", "why: registered: by the partner\n", "not registered: the claim is not active: it is expired\n"},
		{"D-1003", "why: partner_sourced, partner_relationship (strong)\n", "not registered: the claimant is no party of the deal\n"},
		{"D-1003", "won", "not registered: the claim is not active: it is submitted\n"},
	} {
		without, with := output(t, "-deal", c.deal), output(t, "-deal", c.deal, "-registrations", file)
		if !strings.Contains(without, c.without) || !strings.Contains(with, c.with) || strings.Contains(without, "not registered") {
			t.Errorf("reg.deal %s without\n%s\nwith\n%s", c.deal, without, with)
		}
	}
	if got := output(t, "-deal", "D-1011", "-registrations", file); !strings.Contains(got, "registered: by the partner") || !strings.Contains(got, "partner-led") {
		t.Errorf("reg.deal D-1011:\n%s", got)
	}
}

func TestBadRegistrationsAreNamed(t *testing.T) {
	good := sampleFile(t, "registrations.json")
	for _, c := range []struct{ from, to, says string }{
		{`"deals"`, `"Claim of"`, `unknown field "Claim of"`},
		{`"R-3"`, `"R-9"`, `"D-1011" names the claim "R-9", which is not among the claims`},
		{`"protection": 90`, `"protection": 0`, "protection: 0 days"},
		{`"zone": "UTC"`, `"zone": "Mars/Base"`, "Mars/Base"},
		{`"submitted": "2025-07-01T08:00:00Z"`, `"submitted": "2027-07-01T08:00:00Z"`, "claims[0].submitted"},
		{`"2025-07-02T10:00:00Z"`, `"2025-06-02T10:00:00Z"`, "claims[0].events[0].at"},
		{`"aster.com"`, `"localhost"`, "claims[0].account.domains[0]"},
		{`"partner"`, `"both"`, "claimant.side"},
	} {
		file := filed(t, "registrations.json", strings.Replace(good, c.from, c.to, 1))
		if out, err := tryOutput("-registrations", file); err == nil || !strings.Contains(err.Error(), c.says) || !strings.Contains(err.Error(), "the registrations have problems") || out != "" {
			t.Errorf("%s for %s: %v", c.to, c.from, err)
		}
	}
	for _, text := range []string{"", "{", good + "{}"} {
		if _, err := tryOutput("-registrations", filed(t, "registrations.json", text)); err == nil {
			t.Errorf("%.20q is taken", text)
		}
	}
}
