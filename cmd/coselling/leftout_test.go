package main

import (
	"regexp"
	"strings"
	"testing"
)

// wrapping matches a break of a long line.
var wrapping = regexp.MustCompile(`\n {8}`)

func TestRowsThatAreLeftOut(t *testing.T) {
	won := row(t, "D-1001")
	for _, c := range []struct {
		name, rows string
		says       []string
	}{
		{"ambiguous", row(t, "D-1011"), []string{"line 2: D-1011: engagement: partner_led or vendor_led is not " +
			"decided; the two sides choose one", "(partner_relationship, vendor_customer)", "1  model.ambiguous  " +
			"see below"}},
		{"undetermined", row(t, "D-1011", ",Y,,,C-9001,", ",,,,,"),
			[]string{"line 2: D-1011: engagement: nothing speaks for any model; find out: model.partner_sourced",
				"1  model.undetermined  see below"}},
		{"shares below 100 %", row(t, "D-1024", "66.666667%", "66.666666%"),
			[]string{"line 2: D-1024: booking.payees[1].share: a total of 99.999999% is 0.000001% below 100%",
				"1  booking.share.total  see below"}},
		{"a missing share", row(t, "D-1024", "66.666667%", ""),
			[]string{"line 2: D-1024: booking.payees[1].share: 1 of 2 reps", "booking.share.missing"}},
		{"no contribution", row(t, "D-1001", "technical_validation", ""),
			[]string{"line 2: D-1001: booking.payees[1].contribution: nothing says what this supporting rep " +
				"contributes"}},
		{"an unknown contribution", row(t, "D-1001", "technical_validation", "lunch"),
			[]string{`line 2: D-1001: booking.payees[1].contribution: "lunch" is not known; allowed are introduction`}},
		{"two partners", row(t, "D-1003", "ana.diaz", "chloe.martin"),
			[]string{"line 2: D-1003: booking", "acme-consulting", "borealis"}},
		{"a rep twice", row(t, "D-1003", "ana.diaz", "ben.okoro"), []string{`line 2: D-1003: booking`, `"ben.okoro"`}},
		{"a repeated id", won + won, []string{`line 3: Deal ID: "D-1001" is the id of line 2 too`,
			"2 read, 1 priced, 1 left out"}},
		{"too many decimals", row(t, "D-1048"),
			[]string{`line 2: Amount: "1234.567" has more decimals than USD has (2)`}},
		{"gold", row(t, "D-1049"), []string{`line 2: Currency: "XAU" has no minor unit`}},
		{"10^14", row(t, "D-1001", "38,750.25", "100,000,000,000,000"),
			[]string{`line 2: Amount: "100,000,000,000,000" is out of range`, "money.range"}},
		{"not CSV", won + "D-1,\"open\n" + row(t, "D-1003"),
			[]string{`line 3: the row is no CSV`, "3 read, 2 priced, 1 left out", "D-1003"}},
		{"two problems", row(t, "D-1048", "USD", "USX", "1/1/2026", "2026-01-01"),
			[]string{`line 2: Closed: "2026-01-01" is no day written MM/DD/YYYY; Currency: "USX" is not a currency`,
				"1  row.date  see below"}},
		{"no amount, and then more", row(t, "D-1050", "bo.lind", "nobody"),
			[]string{`line 2: Amount: nothing is stated; a deal without an amount is not priced; Our rep: "nobody" is not in the roster`, "1  row.value.missing  "}},
		{"no amount, and more", row(t, "D-1050", "Discovery", "Hope"),
			[]string{`line 2: Stage: "Hope" is not translated by the mapping, which knows "Cancelled", "Closed Lost"`,
				"Amount: nothing is stated"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := onDeals(t, c.rows)
			has(t, wrapping.ReplaceAllString(text, " "), c.says...)
			checkSums(t, text)
			if strings.Contains(text, "EARNED") != strings.Contains(c.rows, won) {
				t.Errorf("what is earned:\n%.2000s", text)
			}
		})
	}
}

// Rows without an amount and lost deals are counted, not listed.
func TestExpectedRowsAreCounted(t *testing.T) {
	text := onDeals(t, row(t, "D-1050")+row(t, "D-1017")+row(t, "D-1001", "38,750.25", "0")+row(t, "D-1001",
		"38,750.25", "-5"))
	has(t, text, "ROWS  4 read, 0 priced, 4 left out", "2  row.value.not_positive  the amount is zero or negative",
		"1  dealbook.lost  ", "1  row.value.missing  ")
	if strings.Contains(text, "TO LOOK AT") {
		t.Error("an expected row is listed")
	}
}

func TestLeftOutRowsAreListedInOrderUpToABound(t *testing.T) {
	var rows strings.Builder
	rows.WriteString(reversal(t, "D-0"))
	for range 25 {
		rows.WriteString(row(t, "D-1049"))
	}
	text := onDeals(t, rows.String())
	_, listed, _ := strings.Cut(text, "TO LOOK AT")
	if strings.Index(listed, "line 2: ") > strings.Index(listed, "line 3: ") || strings.Count(listed, "line ") != 1+20 {
		t.Errorf("%s", listed)
	}
	has(t, listed, "line 2: ", "line 21: ", "… and 6 more\n")
}

func TestFilesWithoutADeal(t *testing.T) {
	for name, c := range map[string]struct{ rows, says string }{
		"header alone":  {"", "ROWS  0 read, 0 priced, 0 left out"},
		"bad rows only": {row(t, "D-1048") + row(t, "D-1049") + "some,nonsense\n", "ROWS  3 read, 0 priced, 3 left out"},
		"lost only":     {row(t, "D-1017"), "ROWS  1 read, 0 priced, 1 left out"},
	} {
		text := onDeals(t, c.rows)
		has(t, text, c.says, "DEALS AND REVERSALS  0\n")
		if strings.Contains(text, "inflation") {
			t.Errorf("%s: totals of nothing:\n%s", name, text)
		}
	}
}

func TestOpenDealsAlone(t *testing.T) {
	text := onDeals(t, row(t, "D-1021"))
	has(t, text, "open*", "USD  PROJECTED  1 open deal*", "open* is not won yet", "quota inflation 130.0%")
	if strings.Contains(text, "EARNED") || strings.Contains(text, "SAME DEALS") {
		t.Errorf("something is earned:\n%s", text)
	}
	checkSums(t, text)
}

// A deal that another model cannot price is in no column, and is counted by reason.
func TestColumnsHoldTheSameDeals(t *testing.T) {
	noSource := row(t, "D-1012", "D-1012,", "D-X,", ",Partner,,Y,Y", ",,,Y,Y")
	takenBack := reversal(t, "D-X")
	text := onDeals(t, row(t, "D-1001")+row(t, "D-1003")+noSource)
	has(t, text, "USD  EARNED  3 deals won", "EACH MODEL  2 deals won, 0 reversals",
		"1 row is left out of every column: origination credit cannot price it (booking.origin.unknown)")
	text = onDeals(t, noSource+takenBack)
	has(t, text, "USD  EARNED  1 deal won, 1 reversal", "EACH MODEL  0 deals won, 0 reversals",
		"2 rows are left out of every column: origination credit cannot price it")
}

// Every model without its terms is named, in order, with the reason.
func TestEveryReasonWithoutAColumnIsCounted(t *testing.T) {
	header, _, _ := strings.Cut(sampleFile(t, "deals.csv"), "\n")
	rows := row(t, "D-1001", "technical_validation", "") + row(t, "D-1003", "technical_validation", "lunch") +
		row(t, "D-1012", ",Partner,,Y,Y", ",,,Y,Y")
	args := []string{
		filed(t, "deals.csv", header+"\n"+rows), "-map", filed(t, "map.json", sampleFile(t, "map.json")),
		"-policy", filed(t, "policy.json", strings.Replace(sampleFile(t, "policy.json"), `"role_based",`, `"split",`,
			1)),
	}
	for range 10 {
		text := output(t, args...)
		has(t, text, "EACH MODEL  0 deals won", `
1 row is left out of every column: origination credit cannot price it (booking.origin.unknown)
1 row is left out of every column: role-based credit cannot price it (comp.contribution.unknown)
1 row is left out of every column: role-based credit cannot price it (comp.contribution_upfront)
`)
		checkSums(t, strings.Split(text, "USD  THE SAME")[0])
	}
}

func TestModelSetInTheCRM(t *testing.T) {
	mapping := []string{`"account":`, `"engagement": {"constant": "vendor_led"}, "account":`}
	text := onDeals(t, row(t, "D-1001", "ana.diaz,,", "ana.diaz,introduction,"), mapping...)
	has(t, text, "vendor-led", "why: set in the CRM; the model set is vendor_led, the active registration (partner) "+
		"decides")
	text = onDeals(t, row(t, "D-1011", "chloe.martin,,", "chloe.martin,introduction,"), mapping...)
	has(t, text, "why: set in the CRM\n", "1 read, 1 priced")
}

func TestOriginationSaysInfluenced(t *testing.T) {
	policy := strings.Replace(sampleFile(t, "policy.json"), `"role_based",`, `"origination",`, 1)
	text := output(t, "-policy", filed(t, "policy.json", policy))
	has(t, text, "vendor, 25% influenced", "influenced credit is reported apart from quota credit", "partner, 50%")
	if strings.Contains(output(t), "influenced credit is reported") {
		t.Error("the mark is explained where it is not used")
	}
}
