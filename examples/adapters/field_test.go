package main

import (
	"math/big"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/coselling/coselling/value"
)

// readAmount reads a JSON value as an amount of a currency.
func readAmount(t *testing.T, text, currency string) (value.Money, error) {
	t.Helper()
	n, err := parse([]byte(text))
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	var d draft
	return d.amount(n, value.MustCurrency(currency)), d.problems.Err()
}

// An amount is read exactly, as a number or as text, with or without an exponent;
// it is not rounded as a float would be.
func TestAmounts(t *testing.T) {
	for text, want := range map[string]string{
		`0.1`: "0.10 USD", `"0.1"`: "0.10 USD", `123.0`: "123.00 USD", `1.275E5`: "127500.00 USD", `"1.275e+5"`: "127500.00 USD",
		`-12.5`: "-12.50 USD", `99999999999999.99`: "99999999999999.99 USD", `9007199254740.93`: "9007199254740.93 USD",
		`12500e-2`: "125.00 USD", `10000.000000`: "10000.00 USD", `0`: "0.00 USD", `" 7 "`: "7.00 USD",
		`10000.005`: "", `1e14`: "", `1e400`: "", `1e-3`: "", `1e2147483648`: "", `"1,000"`: "", `"1_000"`: "", `"NaN"`: "", `"0x10"`: "", `"Infinity"`: "", `"+5"`: "", `".5"`: "", `"007"`: "", `"1."`: "", `"5 USD"`: "",
		`"` + strings.Repeat("1", 65) + `"`: "", `true`: "", `{"amount": 1}`: "", `""`: "",
	} {
		got, err := readAmount(t, text, "USD")
		if got.String() != want || (err == nil) != (want != "") {
			t.Errorf("%s is %s, %v, want %s", text, got, err, want)
		}
	}
	if got, err := readAmount(t, "1500.0", "JPY"); err != nil || got.Minor() != 1500 {
		t.Errorf("yen: %s, %v", got, err)
	}
	if got, err := readAmount(t, "1.2345", "KWD"); err == nil {
		t.Errorf("dinar: %s", got)
	}
}

// The oracle is a rational number of the standard library.
func TestAmountsAgreeWithRationals(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 16))
	for range 5000 {
		text := strconv.Itoa(random.IntN(1_000_000)) + "." + strconv.Itoa(random.IntN(1000)) + "E" + strconv.Itoa(random.IntN(12)-4)
		exact, _ := new(big.Rat).SetString(text)
		cents := exact.Mul(exact, big.NewRat(100, 1))
		got, err := readAmount(t, text, "USD")
		if fits := cents.IsInt() && cents.Num().CmpAbs(big.NewInt(1e16)) < 0; fits != (err == nil) || fits && got.Minor() != cents.Num().Int64() {
			t.Fatalf("%s is %s, %v, want %s cents", text, got, err, cents)
		}
	}
}

// Instants have a zone, or get that of the host, which is said; a date is the beginning
// of its day there.
func TestInstants(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct {
		text, want string
		assumed    bool
	}{
		{"2026-09-28T14:02:11Z", "2026-09-28T14:02:11Z", false},
		{"2026-09-28T14:02:11.123+02:00", "2026-09-28T12:02:11.123Z", false},
		{"2026-09-28T14:02:11.000+0000", "2026-09-28T14:02:11Z", false},
		{"2026-09-28T14:02:11-0530", "2026-09-28T19:32:11Z", false},
		{"2019-02-23T02:05:23.2931817Z", "2019-02-23T02:05:23.2931817Z", false},
		{"2026-09-28T14:02:11", "2026-09-28T12:02:11Z", true},
		{"2026-09-28", "2026-09-27T22:00:00Z", true},
		{" 2026-12-01 ", "2026-11-30T23:00:00Z", true},
		{"2026-02-30", "", false}, {"28/09/2026", "", false}, {"1759068131000", "", false}, {"0001-01-01T00:00:00Z", "", false},
		{"9999-01-01", "", false}, {"2026-09-28 14:02:11", "", false}, {"now", "", false},
	} {
		d := draft{terms: terms{Zone: berlin}}
		at := d.instant(&node{path: "at", kind: '"', text: row.text})
		got := ""
		if !at.IsZero() {
			got = at.Format(time.RFC3339Nano)
		}
		if got != row.want || (len(d.problems) == 0) != (row.want != "") || (len(d.assumed) > 0) != row.assumed {
			t.Errorf("%s is %s, want %s; %v, %v", row.text, got, row.want, d.problems, d.assumed)
		}
	}
	d := draft{}
	if at := d.instant(&node{kind: '"', text: "2026-09-28"}); at.Format(time.RFC3339) != "2026-09-28T00:00:00Z" || !strings.Contains(d.assumed[0].Text, "UTC") {
		t.Errorf("%s, %v", at, d.assumed)
	}
}

// The opening day is that of the host's zone.
func TestOpeningDayIsInTheZone(t *testing.T) {
	tm := sampleTerms(t, systemNamed(t, "aws"))
	got := first(t, "aws", tm, readFile(t, "testdata/ace.json"))
	if got.Deal.Opening.Day != value.MustDate("2026-08-31") {
		t.Errorf("UTC: %s", got.Deal.Opening.Day)
	}
	tm.Zone, _ = time.LoadLocation("Europe/Berlin")
	if got = first(t, "aws", tm, readFile(t, "testdata/ace.json")); got.Deal.Opening.Day != value.MustDate("2026-09-01") {
		t.Errorf("Berlin: %s", got.Deal.Opening.Day)
	}
}
