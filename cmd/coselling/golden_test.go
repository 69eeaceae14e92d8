package main

import (
	"path/filepath"
	"testing"

	"github.com/coselling/coselling/internal/goldentest"
)

// TestGolden compares the whole output with files; COSELLING_UPDATE=1 rewrites them.
func TestGolden(t *testing.T) {
	_, claims, _ := ran("", "claims")
	goldentest.Compare(t, filepath.Join("testdata", "claims.golden"), claims)
	for name, args := range map[string][]string{
		"sample":   nil,
		"D-1003":   {"-deal", "D-1003"},
		"D-1003-R": {"-deal", "D-1003-R"},
		"quarters": {"-quarters"},
	} {
		goldentest.Compare(t, filepath.Join("testdata", name+".golden"), output(t, args...))
	}
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

// The sample shows every kind of output of the program.
func TestSampleShowsEverything(t *testing.T) {
	has(t, output(t),
		"partner-led", "vendor-led", "true-co-sell", "open*", "reversal", "registered: by the vendor for both sides",
		"EUR  EARNED", "JPY  EARNED", "USD  EARNED", "EUR  PROJECTED", "USD  THE SAME DEALS UNDER EACH MODEL",
		"» role-based",
		"D-1011: engagement: partner_led or vendor_led is not decided", "takes back D-1003",
		"lost: nobody is credited", "no amount is stated", "currency.no_minor_unit", "money.scale.excess")
}
