package main

import (
	"strings"
	"testing"
)

// stage.simplified: deals below 25,000 dollars at the given rate. Without a rate the book
// says that it needs one.
func TestPlaybookColumn(t *testing.T) {
	head := func(text, id string) string {
		for line := range strings.SplitSeq(text, "\n") {
			if strings.HasPrefix(line, id+" ") {
				return line[strings.LastIndex(line, "  ")+2:]
			}
		}
		return ""
	}
	files := []string{filed(t, "deals.csv", sampleFile(t, "deals.csv")), "-map",
		filed(t, "map.json", sampleFile(t, "map.json"))}
	rated := output(t)
	bare := output(t, files...)
	other := output(t, append(files, "-rates", filed(t, "rates.txt", "\n1 EUR = 3 USD on 2026-01-02\n"))...)
	for _, c := range []struct{ id, rated, bare, other string }{
		{"D-1001", "standard", "standard", "standard"},
		{"D-1002", "simplified", "needs a rate", "standard"},
		{"D-1004", "standard", "needs a rate", "needs a rate"},
	} {
		if r, b, o := head(rated, c.id), head(bare, c.id), head(other, c.id); r != c.rated || b != c.bare ||
			o != c.other {
			t.Errorf("%s: %q %q %q, want %q %q %q", c.id, r, b, o, c.rated, c.bare, c.other)
		}
	}
	has(t, output(t, "-deal", "D-1002"),
		"playbook: simplified, below the threshold of 25,000.00 USD at 1 EUR = 1.08 USD on 2026-01-02")
	has(t, output(t, append(files, "-deal", "D-1004")...), "needs a rate, its amount is in another currency")
	if _, err := tryOutput("-rates", filed(t, "bad.txt",
		"1 EUR = 1.08 USD on 2026-01-02\n1 JPY = 1e9 USD on 2026-01-02")); err == nil ||
		!strings.Contains(err.Error(), "line 2 of the rates: rate:") {
		t.Errorf("a malformed rate: %v", err)
	}
}
