package main

import (
	"strings"
	"testing"
)

// reversal is a row of the sample that takes a deal back.
func reversal(t testing.TB, of string, changes ...string) string {
	return row(t, "D-1003-R", append([]string{",D-1003,", "," + of + ",", `"-187,500.75"`, ""}, changes...)...)
}

func TestReversal(t *testing.T) {
	won, open, lost := row(t, "D-1003"), row(t, "D-1021"), row(t, "D-1017")
	for _, c := range []struct {
		name, rows string
		says       []string
	}{
		{"whole", won + reversal(t, "D-1003"),
			[]string{"takes back D-1003", "EARNED  1 deal won, 1 reversal\n", "2 read, 2 priced"}},
		{"before its deal", reversal(t, "D-1003") + won, []string{"takes back D-1003", "2 read, 2 priced"}},
		{"stating the whole", won + row(t, "D-1003-R"), []string{"takes back D-1003"}},
		{"on the day of closing", won + reversal(t, "D-1003", "11/9/2026", "1/15/2026"), []string{"takes back D-1003"}},
		{"of an unknown deal", won + reversal(t, "D-1004"),
			[]string{`line 3: D-1003-R: "D-1004" is no deal of this file, or one of its bad rows`,
				"2 read, 1 priced, 1 left out"}},
		{"of a lost deal", lost + reversal(t, "D-1017"),
			[]string{`line 3: D-1003-R: "D-1017" was not priced, see line 2`, "2 read, 0 priced"}},
		{"of an open deal", open + reversal(t, "D-1021"),
			[]string{`line 3: D-1003-R: reversal: "D-1021" is not won; only a won deal can be reversed`}},
		{"of a bad row", strings.Replace(won, "USD", "XAU", 1) + reversal(t, "D-1003"),
			[]string{`line 3: D-1003-R: "D-1003" is no deal of this file, or one of its bad rows`}},
		{"of a reversal", won + reversal(t, "D-1003") + reversal(t, "D-1003-R", "D-1003-R,C", "D-X,C"),
			[]string{`line 4: D-X: "D-1003-R" is no deal of this file`}},
		{"twice", won + reversal(t, "D-1003") + reversal(t, "D-1003", "D-1003-R,C", "D-X,C"),
			[]string{`line 4: D-X: "D-1003" is taken back by line 3 already`, "3 read, 2 priced"}},
		{"of a part", won + row(t, "D-1003-R", "-187,500.75", "-7,500.75"),
			[]string{`line 3: D-1003-R: -7500.75 USD is not -187500.75 USD, which takes back the whole of "D-1003"`}},
		{"without its sign", won + row(t, "D-1003-R", "-187,500.75", "187,500.75"),
			[]string{`187500.75 USD is not -187500.75 USD`}},
		{"in another currency", won + row(t, "D-1003-R", "USD", "EUR"),
			[]string{`-187500.75 EUR is not -187500.75 USD`}},
		{"before the closing", won + reversal(t, "D-1003", "11/9/2026", "1/14/2026"),
			[]string{`line 3: D-1003-R: reversal.on: "2026-01-14" is no day on or after the closing, 2026-01-15`}},
		{"not won", won + reversal(t, "D-1003", "Cancelled", "Proposal"),
			[]string{`line 3: D-1003-R: reversal.on: nothing is no day on or after the closing`}},
		{"without a day", won + reversal(t, "D-1003", "11/9/2026", ""),
			[]string{"line 3: Closed: nothing stands here; closed is needed"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := onDeals(t, c.rows)
			has(t, text, c.says...)
			checkSums(t, text)
		})
	}
}

// A reversal takes back what the deal gave, under every model.
func TestReversalNetsToNothing(t *testing.T) {
	text := onDeals(t, row(t, "D-1003")+row(t, "D-1006")+reversal(t, "D-1003")+reversal(t, "D-1006", "D-1003-R,C",
		"D-1006-R,C"))
	for _, s := range sections(text) {
		if !strings.HasPrefix(s.heading, "USD") {
			continue
		}
		figures := 0
		for _, row := range s.rows[1:] {
			if len(row) < 4 {
				continue // the inflation
			}
			for _, figure := range row[len(row)-3:] {
				if figures++; figure != "0.00" && figure != "–" {
					t.Errorf("%s: %q is not nothing", s.heading, row)
				}
			}
		}
		if figures < 3*6 {
			t.Errorf("%s: %d figures", s.heading, figures)
		}
	}
	has(t, text, "quota inflation –: 0.00 of quota credit on a quota value of 0.00")
}
