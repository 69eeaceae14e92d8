package crmcsv_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/value"
)

func compile(t testing.TB, p comp.Policy) *comp.Plan {
	t.Helper()
	plan, err := comp.Compile(p)
	if err != nil {
		t.Fatal(err)
	}
	return plan
}

// Shares are read one cell at a time; the plan refuses a wrong total, and the caller knows the
// line.
func TestSharesOfARowReachComp(t *testing.T) {
	plan := compile(t, comp.DefaultPolicy().Under(comp.Split))
	for _, c := range []struct {
		a, b string
		code value.Code
		says string
	}{
		{"66.666666%", "33.333333%", comp.ShareTotal, "99.999999% is 0.000001% below 100%"},
		{"66.666667%", "33.333334%", comp.ShareTotal, "100.000001% is 0.000001% above 100%"},
		{"100%", "100%", comp.ShareTotal, "200% is 100% above 100%"},
		{"66.666667%", "", value.Code("booking.share.missing"), "1 of 2 reps"},
		{"", "", value.Code("booking.share.missing"), "2 of 2 reps"},
		{"66.666667%", "33.333333%", "", ""},
	} {
		deal := readOne(t, plainMapping, file(line(change{"a side", "vendor"}, change{"a org", "us"}, change{"a share", c.a}, change{"b share", c.b})))
		if deal.Line != 2 {
			t.Errorf("line %d", deal.Line)
		}
		_, err := plan.Statement(deal.Booking)
		switch {
		case c.code == "" && err != nil:
			t.Errorf("%s and %s: %v", c.a, c.b, err)
		case c.code != "" && (!errors.Is(err, c.code) || !strings.Contains(err.Error(), c.says)):
			t.Errorf("%s and %s: %v, want %s", c.a, c.b, err, c.says)
		}
	}
}
