package main

import (
	"fmt"
	"strings"
	"testing"
)

const claimHead = "claim,vendor,side,org,both_with,account,domain,by,filed,approved,approved_by,confirmed,ended,how,deals\n"

// onClaims runs the program on one row of the sample and claims.
func onClaims(t *testing.T, deal, claims string, args ...string) string {
	t.Helper()
	header, _, _ := strings.Cut(sampleFile(t, "deals.csv"), "\n")
	return output(t, append([]string{
		filed(t, "deals.csv", header+"\n"+deal), "-map", filed(t, "map.json", sampleFile(t, "map.json")),
		"-registrations", filed(t, "registrations.csv", claimHead+claims),
	}, args...)...)
}

// reg.first_wins and model.registration_decides: the first to register the account decides
// the engagement model, until the claim ends.
func TestRegistrationsDecide(t *testing.T) {
	// no registrant in the CRM
	open, won := row(t, "D-1021", "Partner,Partner,Y", ",,", "ana.diaz,,", "ana.diaz,introduction,"),
		row(t, "D-1012", "ben.okoro,,", "ben.okoro,introduction,")
	first := "R-1,halden,partner,acme-consulting,,Umbra,umbra.com,ana,2026-01-05,2026-01-06,noor,,,,D-1021\n"
	for _, c := range []struct {
		name, deal, claims, asOf string
		says                     []string
	}{
		{"active", open, first, "2026-05-06",
			[]string{"partner-led", "why: registered: by the partner, R-1 of acme-consulting through 2026-05-06",
				"0 collisions"}},
		{"over", open, first, "2026-05-07", []string{"model.undetermined", "R-1 partner acme-consulting Umbra",
			"expired"}},
		{"not filed yet", open, first, "2026-01-04", []string{"model.undetermined", "not filed yet"}},
		{"not approved yet", open, first, "2026-01-05", []string{"model.undetermined", "submitted"}},
		{"of another party", open, strings.Replace(first, "acme-consulting", "borealis", 1), "2026-02-01",
			[]string{"model.undetermined"}},
		{"by the vendor", open, strings.Replace(first, "partner,acme-consulting", "vendor,halden", 1), "2026-02-01",
			[]string{"vendor-led", "registered: by the vendor, R-1 of halden"}},
		{"for both", open, strings.Replace(first, "acme-consulting,,", "acme-consulting,halden,", 1), "2026-02-01",
			[]string{"registered: by the partner for both sides, R-1 of acme-consulting"}},
		{"came second", open, first + "R-0,halden,vendor,halden,,Umbra,www.umbra.com,bo,2026-01-04,2026-01-07,noor,,,,D-1021\n", "2026-02-01",
			[]string{"vendor-led", "registered: by the vendor, R-0 of halden",
				"collision: R-1 of partner acme-consulting came after R-0 of vendor halden: rejected (reg.first_wins)"}},
		{"waits for an earlier one", open, first +
			"R-0,halden,vendor,halden,,Umbra,www.umbra.com,bo,2026-01-04,,,,,,\n", "2026-02-01",
			[]string{"registered: by the partner, R-1"}}, // approved too; reg.order refuses that where it is checked
		{"as of won", won, "R-1,halden,vendor,halden,,Lind,lind.se,bo,2026-03-01,2026-03-02,noor,,2026-03-24,won,D-1012 D-9\n", "2026-12-31", []string{"vendor-led", "registered: by the vendor, R-1 of halden through 2026-06-30"}},
		{"ended before won", won, "R-1,halden,vendor,halden,,Lind,lind.se,bo,2026-03-01,2026-03-02,noor,,2026-03-22,withdrawn,D-1012\n", "2026-12-31",
			[]string{"partner-led", "why: partner_sourced, partner_relationship, partner_trusted (strong); not " +
				"registered: R-1: the claim", "not active: it is withdrawn"}},
		{"the CRM says otherwise", row(t, "D-1001", "D-1001", "D-1012", "ana.diaz,,", "ana.diaz,introduction,"),
			"R-1,halden,vendor,halden,,A,a.com,bo,2025-12-01,2025-12-02,noor,,,,D-1012\n", "2026-12-31",
			[]string{"R-1 of halden through 2026-04-01; the CRM says by the partner"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := onClaims(t, c.deal, c.claims, "-as-of", c.asOf)
			has(t, strings.Join(strings.Fields(text), " "), c.says...)
			checkSums(t, text)
		})
	}
}

// model.registration_mismatch: the model set in the CRM is compared with the file's.
func TestRegistrationIsComparedWithTheModelThatIsSet(t *testing.T) {
	header, _, _ := strings.Cut(sampleFile(t, "deals.csv"), "\n")
	mapping := strings.Replace(sampleFile(t, "map.json"), `"account":`,
		`"engagement": {"constant": "vendor_led"}, "account":`, 1)
	text := output(t, filed(t, "deals.csv",
		header+"\n"+row(t, "D-1012", "ben.okoro,,", "ben.okoro,introduction,")), "-map", filed(t, "map.json", mapping),
		"-registrations", filed(t, "registrations.csv", sampleFile(t, "registrations.csv")), "-as-of", "2026-11-30")
	has(t, wrapping.ReplaceAllString(text, " "),
		"why: set in the CRM; the model set is vendor_led, the active registration (partner) decides")
}

func TestGateOfADealIsShown(t *testing.T) {
	has(t, output(t, "-deal", "D-1012"),
		"registration: gate.registered is open: R-1 of acme-consulting through 2026-06-03")
	claims := "R-1,halden,partner,acme-consulting,,Lind,lind.se,bo,2026-03-01,,,,,,D-1012\n"
	has(t, onClaims(t, row(t, "D-1012"), claims, "-deal", "D-1012", "-as-of", "2026-12-31"),
		"registration: gate.registered is shut: R-1: the claim is not active: it is submitted")
}

func TestBadRegistrationsAreRefused(t *testing.T) {
	sound := "R-1,halden,partner,acme,,A,a.com,ana,2026-01-05,2026-01-06,noor,,,,D-1\n"
	for _, c := range []struct{ name, text, says string }{
		{"empty", "", "the header: EOF"},
		{"a column missing", strings.Replace(claimHead, "domain,", "", 1), "the column domain is missing"},
		{"no CSV", claimHead + "R-1,\"\n", "extraneous or missing"},
		{"two problems", claimHead + strings.Replace(sound, "partner", "both", 1) +
			strings.Replace(sound, "2026-01-05", "5 Jan", 1), "line 2: side: "},
		{"and the second", claimHead + strings.Replace(sound, "partner", "both", 1) +
			strings.Replace(sound, "2026-01-05", "5 Jan", 1), `line 3: filed: "5 Jan"`},
		{"an end of no kind", claimHead + strings.Replace(sound, ",,,,D", ",,2026-02-02,gone,D", 1), `how: "gone"`},
		{"an account without a domain", claimHead + strings.Replace(sound, "a.com", "localhost", 1), `line 2: account.domains[0]: "localhost"`},
		{"all of them, each by its line", claimHead + "R-0,halden,partner,acme,,B,b.com,ana,2026-03-05,,,,,,\n" +
			strings.Replace(sound, "a.com", "gmail.com", 1) + strings.Replace(sound, ",ana,", ",,", 1), "line 4: "},
		{"too many claims on one account", claimHead + many(501), `the account "A" has 501 claims, more than 500`},
		{"another vendor", claimHead + sound + "R-2,other,vendor,other,,A,a.com,bo,2026-01-05,,,,,,\n",
			"is not the vendor"},
		{"one id for two", claimHead + sound + strings.Replace(sound, "acme", "bolt", 1), "an id belongs to one claim"},
	} {
		t.Run(c.name, func(t *testing.T) {
			out, err := tryOutput("-registrations", filed(t, "registrations.csv", c.text), "-as-of", "2026-12-31")
			if err == nil || out != "" || !strings.Contains(err.Error(), "the registrations have problems:\n") ||
				!strings.Contains(err.Error(), c.says) {
				t.Errorf("%v, output %.200q, want %q", err, out, c.says)
			}
		})
	}
	if _, err := tryOutput("-registrations",
		filed(t, "r.csv", claimHead+strings.Replace(sound, "acme,,", ",,", 1))); err == nil {
		t.Error("a claim of nobody is taken")
	}
}

// many returns so many claims on one account.
func many(n int) string {
	var rows strings.Builder
	for i := range n {
		fmt.Fprintf(&rows, "R-%d,halden,partner,acme%d,,A,a.com,ana,2026-01-05,,,,,,\n", i, i)
	}
	return rows.String()
}

// Text of a file of claims is escaped.
func TestHostileRegistrations(t *testing.T) {
	for name, text := range hostile {
		if len(text) > 1000 || strings.ContainsAny(text, "\x1b\u009b\r\n\u202e\u200b") {
			continue // names of a claim must be printable
		}
		out, err := tryOutput("-registrations",
			filed(t, "registrations.csv", claimHead+"R-1,halden,partner,acme-consulting,,"+quoted(text)+",a.com,ana,2026-01-05,2026-01-06,noor,,,,D-1012\n"), "-as-of", "2026-02-01")
		if err != nil {
			t.Logf("%s: %v", name, err)
			continue
		}
		checkLines(t, out)
	}
}
