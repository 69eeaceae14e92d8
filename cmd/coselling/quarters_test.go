package main

import (
	"math/big"
	"regexp"
	"strings"
	"testing"

	"github.com/coselling/coselling/value"
)

func TestQuartersOfTheCalendar(t *testing.T) {
	for day, want := range map[string]string{
		"2026-01-01": "2026 Q1", "2026-03-31": "2026 Q1", "2026-04-01": "2026 Q2", "2026-06-30": "2026 Q2",
		"2026-07-01": "2026 Q3", "2026-09-30": "2026 Q3", "2026-10-01": "2026 Q4", "2026-12-31": "2026 Q4",
	} {
		if got := quarterOf(value.MustDate(day)).String(); got != want {
			t.Errorf("%s is in %s, want %s", day, got, want)
		}
	}
}

// The costs of the quarters add up to those of the whole book, under every model.
func TestQuartersAddUp(t *testing.T) {
	text, sums := output(t, "-quarters"), map[string]*big.Rat{}
	for _, line := range regexp.MustCompile(`(?m)^([A-Z]{3})  (?:» )?([a-z-]+) +(\S+) +\S+%`).FindAllStringSubmatch(text, -1) {
		key := line[1] + strings.ReplaceAll(line[2], "-", "_")
		if sums[key] == nil {
			sums[key] = new(big.Rat)
		}
		sums[key].Add(sums[key], number(t, strings.ReplaceAll(line[3], ",", "")))
	}
	checked := 0
	for _, row := range csvRows(t, tryFormat(t, "csv")) {
		if row["scope"] == "total" && row["stage"] == "compared" {
			sum := sums[row["currency"]+row["model"]]
			if sum == nil || sum.Cmp(number(t, row["commission"])) != 0 {
				t.Errorf("%s %s: %v, the quarters have %v", row["currency"], row["model"], row["commission"], sum)
			}
			checked++
		}
	}
	if checked != 9 || strings.Count(text, "█") < 50 {
		t.Errorf("%d totals checked\n%s", checked, text)
	}
	has(t, text, "look at D-1003-R, -187,500.75 USD: takes back D-1003")
}

// Those who gain come first, those who lose last, at most five of each, and the others are counted.
func TestQuartersListWhoGainsAndWhoLoses(t *testing.T) {
	reps, rows := "", ""
	for rep := range strings.FieldsSeq("a b c d e f g") {
		reps += `"` + rep + `": {"side": "vendor", "org": "halden", "rate": "8%"},`
		rows += row(t, "D-1001", "D-1001", "D-"+rep, "bo.lind,technical_validation", rep+",technical_validation", "1/1/2026", "5/4/2026")
	}
	header, _, _ := strings.Cut(sampleFile(t, "deals.csv"), "\n")
	mapping := strings.Replace(sampleFile(t, "map.json"), `"roster": {`, `"roster": {`+reps, 1)
	text := output(t, filed(t, "deals.csv", header+"\n"+rows), "-map", filed(t, "map.json", mapping), "-quarters")
	has(t, text, "2026 Q2  commission", "under origination", "… and 2 reps with smaller changes", "+")
	under := text[strings.Index(text, "under split"):]
	under, _, _ = strings.Cut(under, "\n\n")
	if n := strings.Count(under, "vendor halden"); n != 5 {
		t.Errorf("%d reps gain\n%s", n, under)
	}
}
