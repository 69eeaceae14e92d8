package main

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"
)

// claimed runs the command on claims in a format, and returns its output.
func claimed(t *testing.T, rows, format string, args ...string) string {
	t.Helper()
	status, out, said := ran(claimHead+rows, append([]string{"claims", "-", "-format", format}, args...)...)
	if status != 0 || said != "" {
		t.Fatalf("status %d, said %q", status, said)
	}
	return out
}

// reg.first_wins, reg.life: each claim says what it waits for, until when, behind whom, and how long it protects.
func TestClaims(t *testing.T) {
	const account = "Umbra,umbra.com"
	first := "R-1,halden,partner,acme,," + account + ",ana,2026-01-05,2026-01-06,noor,,,,D-1 D-2\n"
	for _, c := range []struct{ name, rows, claim, asOf, want string }{
		{"submitted", strings.Replace(first, "2026-01-06,noor", ",", 1), "R-1", "2026-01-05", "submitted|||decision|2026-01-07|"},
		{"late", strings.Replace(first, "2026-01-06,noor", ",", 1), "R-1", "2026-02-05", "submitted|||decision|2026-01-07|"},
		{"active", first, "R-1", "2026-01-06", "approved|2026-05-06|120|||"},
		{"on its last day", first, "R-1", "2026-05-06", "approved|2026-05-06|0|||"},
		{"over", first, "R-1", "2026-05-07", "expired|2026-05-06||||"},
		{"not filed yet", first, "R-1", "2026-01-04", "not filed yet|||||"},
		{"queued", strings.Replace(first, "2026-01-06,noor", ",", 1) + "R-2,halden,partner,borealis,," + account + ",bo,2026-01-05T12:00:00Z,,,,,,\n",
			"R-2", "2026-01-05", "queued|||earlier claims||R-1"},
		{"beaten", first + "R-2,halden,partner,borealis,," + account + ",bo,2026-01-05T12:00:00Z,,,,,,\n",
			"R-2", "2026-01-06", "rejected|||||R-1"},
		{"not confirmed", strings.Replace(first, "acme,,", "acme,halden,", 1), "R-1", "2026-01-06", "approved|2026-05-06|120|||"},
		{"of the vendor, not confirmed", strings.Replace(first, "partner,acme,,", "vendor,halden,acme,", 1),
			"R-1", "2026-01-06", "approved|2026-01-20||confirmation|2026-01-20|"},
		{"withdrawn", strings.Replace(first, "noor,,,,", "noor,,2026-02-01,withdrawn,", 1), "R-1", "2026-02-02", "withdrawn|2026-05-06||||"},
	} {
		found := false
		for _, row := range csvRows(t, claimed(t, c.rows, "csv", "-as-of", c.asOf)) {
			if row["claim"] != c.claim {
				continue
			}
			found = true
			got := strings.Join([]string{row["status"], row["protected_through"], row["days_left"], row["waits_for"], row["due"], row["behind"]}, "|")
			if got != c.want {
				t.Errorf("%s: %s, want %s", c.name, got, c.want)
			}
		}
		if !found {
			t.Errorf("%s: %s is missing", c.name, c.claim)
		}
	}
}

// What ends first and what is due first come first, and days are counted to the last one.
func TestClaimsInOrderOfTheirDays(t *testing.T) {
	var rows strings.Builder
	for i, approved := range []string{"2026-02-03", "2026-01-10", "2026-03-01", "2026-01-20"} {
		fmt.Fprintf(&rows, "R-%d,halden,partner,acme,,A%d,a%d.com,ana,2026-01-05,%s,noor,,,,\n", i, i, i, approved)
	}
	for i, filed := range []string{"2026-05-18", "2026-05-15"} {
		fmt.Fprintf(&rows, "S-%d,halden,partner,acme,,B%d,b%d.com,ana,%s,,,,,,\n", i, i, i, filed)
	}
	text := claimed(t, rows.String(), "text", "-as-of", "2026-05-19", "-within", "15")
	checkLines(t, text)
	_, ends, _ := strings.Cut(text, "ENDS SOON  2 claims within 15 days of 2026-05-19\n")
	flat := strings.Join(strings.Fields(ends), " ")
	has(t, flat, "R-3 partner acme A3 2026-05-20 1 R-0 partner acme A0 2026-06-03 15",
		"WAITS 2 claims", "S-1 partner acme B1 decision 2026-05-19 S-0 partner acme B0 decision 2026-05-20")
	if strings.Contains(text, "late") {
		t.Errorf("what is due today is not late\n%s", text)
	}
	has(t, claimed(t, rows.String(), "text", "-as-of", "2026-05-20", "-list", "1"), "2026-05-19, late", "… and 1 more", "… and 5 more")
}

// Every format has the same claims; text of a file is escaped.
func TestClaimsInEveryFormat(t *testing.T) {
	rows := "=1+1,halden,partner,acme,,<b>|A,a.com,ana,2026-01-05,2026-01-06,noor,,,,\n"
	var document struct {
		AsOf   string `json:"as_of"`
		Claims []struct{ Claim, Account, Status string }
	}
	if err := json.Unmarshal([]byte(claimed(t, rows, "json", "-as-of", "2026-02-01")), &document); err != nil ||
		fmt.Sprint(document) != "{2026-02-01 [{=1+1 <b>|A approved}]}" {
		t.Errorf("%v %v", document, err)
	}
	has(t, claimed(t, rows, "csv", "-as-of", "2026-02-01"), "\n'=1+1,partner,acme,<b>|A,2026-01-05,approved,2026-05-06,94,")
	has(t, claimed(t, rows, "markdown", "-as-of", "2026-02-01"), `| =1+1 | partner acme | &lt;b&gt;\|A |`)
	has(t, claimed(t, rows, "html", "-as-of", "2026-02-01"), `<td>&lt;b&gt;|A</td>`)
	has(t, claimed(t, "", "text"), "WAITS  0 claims")
	has(t, claimed(t, "", "json"), `"claims": []`)
	status, out, said := ran(claimHead+"R-1,halden,both,acme,,A,a.com,ana,5 Jan,,,,,,\n", "claims", "-")
	if status != 2 || out != "" || !strings.Contains(said, "line 2: side: ") || !strings.Contains(said, "filed: ") {
		t.Errorf("status %d, said %q", status, said)
	}
	if status, _, said := ran("", "claims", "-within", "-1"); status != 2 || !strings.Contains(said, "-within -1") {
		t.Errorf("status %d, said %q", status, said)
	}
}

// Without -as-of the day is today.
func TestClaimsOfToday(t *testing.T) {
	today := time.Now().UTC().Format(time.DateOnly)
	rows := "R-1,halden,partner,acme,,A,a.com,ana,2020-01-05,2020-01-06,noor,,,,\n"
	if text := claimed(t, rows, "json"); !strings.Contains(text, today) && time.Now().UTC().Format(time.DateOnly) == today {
		t.Error(text)
	}
}
