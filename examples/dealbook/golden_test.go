package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestGolden compares the whole output with files; COSELLING_UPDATE=1 rewrites them.
func TestGolden(t *testing.T) {
	for name, args := range map[string][]string{
		"sample":   nil,
		"D-1003":   {"-deal", "D-1003"},
		"D-1003-R": {"-deal", "D-1003-R"},
	} {
		got := output(t, args...)
		file := filepath.Join("testdata", name+".golden")
		if os.Getenv("COSELLING_UPDATE") == "1" {
			if err := os.MkdirAll("testdata", 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if got == string(want) {
			continue
		}
		gotLines, wantLines := strings.Split(got, "\n"), strings.Split(string(want), "\n")
		for i := range max(len(gotLines), len(wantLines)) {
			if i >= len(gotLines) || i >= len(wantLines) || gotLines[i] != wantLines[i] {
				t.Errorf("%s differs from line %d on; COSELLING_UPDATE=1 rewrites it. Got\n%s\nwant\n%s", file, i+1, at(gotLines, i), at(wantLines, i))
				break
			}
		}
	}
}

// at returns three lines, fewer at the end.
func at(lines []string, i int) string {
	i = min(i, len(lines))
	return strings.Join(lines[i:min(i+3, len(lines))], "\n")
}

// The same input gives the same bytes.
func TestOutputIsDeterministic(t *testing.T) {
	first := output(t)
	for range 10 {
		if output(t) != first {
			t.Fatal("two runs differ")
		}
	}
}

// The sample shows everything that the program can say.
func TestSampleShowsEverything(t *testing.T) {
	has(t, output(t),
		"partner-led", "vendor-led", "true-co-sell", "open*", "reversal", "registered: by the vendor for both sides",
		"EUR  EARNED", "JPY  EARNED", "USD  EARNED", "EUR  PROJECTED", "USD  THE SAME DEALS UNDER EACH MODEL", "» role-based",
		"D-1011: engagement: partner_led or vendor_led is not decided", "takes back D-1003",
		"lost: nobody is credited", "no amount is stated", "currency.no_minor_unit", "money.scale.excess")
}
