package main

import (
	"strings"
	"testing"
)

// Events after the day of -as-of do not count: deals that are won later are open, and a later
// reversal takes nothing back.
func TestAsOf(t *testing.T) {
	rows := row(t, "D-1003") + reversal(t, "D-1003") // won on 2026-01-15, taken back on 2026-11-09
	header, _, _ := strings.Cut(sampleFile(t, "deals.csv"), "\n")
	args := []string{filed(t, "deals.csv", header+"\n"+rows), "-map",
		filed(t, "map.json", sampleFile(t, "map.json"))}
	for _, c := range []struct {
		asOf string
		says []string
	}{
		{"2026-01-14", []string{"D-1003    open*", "USD  PROJECTED  1 open deal*",
			"1  dealbook.later  taken back later than the day asked about"}},
		{"2026-01-15", []string{"USD  EARNED  1 deal won, 0 reversals", "1  dealbook.later"}},
		{"2026-11-08", []string{"USD  EARNED  1 deal won, 0 reversals", "1  dealbook.later"}},
		{"2026-11-09", []string{"USD  EARNED  1 deal won, 1 reversal\n", "2 read, 2 priced"}},
	} {
		text := output(t, append(args, "-as-of", c.asOf)...)
		checkSums(t, text)
		has(t, strings.ReplaceAll(text, "D-1003  open*", "D-1003    open*"), append(c.says, "as of     "+c.asOf)...)
	}
	if _, err := tryOutput("-as-of", "1/15/2026"); err == nil {
		t.Errorf("%v", err)
	}
}
