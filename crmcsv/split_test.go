package crmcsv

import (
	"encoding/csv"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/internal/reachtest"
)

// sameAsStandard compares split with encoding/csv on one line; it reports whether split
// took it.
func sameAsStandard(t rapid.TB, line string, delimiter byte) bool {
	got, ok := split(nil, line, delimiter)
	if !ok || line == "" {
		return false // encoding/csv takes an empty line for no record, and so does the caller
	}
	reader := csv.NewReader(strings.NewReader(line + "\n"))
	reader.Comma, reader.FieldsPerRecord = rune(delimiter), -1
	want, err := reader.Read()
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("%q by %q: %q, encoding/csv says %q, %v", line, delimiter, got, want, err)
	}
	return true
}

func TestSplitIsAsEncodingCSV(t *testing.T) {
	seen := reachtest.Seen{}
	reachtest.Check(t, seen, func(t *rapid.T) {
		delimiter := rapid.SampledFrom([]byte(",;\t|")).Draw(t, "delimiter")
		cell := rapid.StringMatching(`([a-z ,;"é]{0,4}|"[a-z ,;é]{0,6}"|"")`)
		cells := rapid.SliceOfN(cell, 1, 6).Draw(t, "cells")
		if sameAsStandard(t, strings.Join(cells, string(delimiter)), delimiter) {
			seen["taken"]++
		}
	}, "taken")
}

// What an ordinary export holds is split without help.
func TestSplitTakesOrdinaryLines(t *testing.T) {
	for _, line := range []string{"a", "a,b", ",", ",,", `"a"`, `"a,b",c`, `c,"a,b"`, `"",""`, `"",`, ` "x`, "a b,é"} {
		if _, ok := split(nil, line, ','); ok == strings.HasPrefix(line, " ") {
			t.Errorf("%q: %v", line, ok)
		}
		if !strings.HasPrefix(line, " ") {
			sameAsStandard(t, line, ',')
		}
	}
}

func FuzzSplit(f *testing.F) {
	for _, seed := range []string{"a,b", `"a,b",c`, `"a""b",c`, `a"b`, `"a"b`, `"`, `"",""`, ",,"} {
		f.Add(seed, byte(','))
	}
	f.Fuzz(func(t *testing.T, line string, delimiter byte) {
		if delimiter == 0 || delimiter >= 0x80 || strings.ContainsRune("\"\r\n", rune(delimiter)) || strings.ContainsAny(line, "\r\n") {
			return
		}
		sameAsStandard(t, line, delimiter)
	})
}
