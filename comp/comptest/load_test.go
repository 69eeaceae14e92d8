package comptest

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

const dealsCSV = `id,amount,currency,stage,closed,cancels,source,led,trusted,rep,part,helper,helps
D-1,120000.00,USD,won,2026-01-20,,partner,,yes,ana,,bo,technical_validation
D-2,5000.00,USD,won,2026-02-20,,,true_co_sell,,ana,,bo,true_co_sell
D-3,700.00,USD,lost,2026-02-21,,partner,,,ana,,,
D-4,800.00,USD,open,,,partner,,,ana,,,
D-5,900.00,EUR,won,2026-03-01,,,,,ana,,,
R-1,-20000.00,USD,won,2026-04-01,D-1,,,,,,,
R-2,,EUR,won,2026-04-01,D-5,,,,,,,
`

const dealsMap = `{
  "export": "a test",
  "fields": {
    "id": {"column": "id"}, "value": {"column": "amount"}, "currency": {"column": "currency"}, "stage": {"column": "stage"},
    "closed": {"column": "closed"}, "reverses": {"column": "cancels"}, "source": {"column": "source"},
    "engagement": {"column": "led"}, "partner_trusted": {"column": "trusted"}
  },
  "payees": [
    {"rep": {"column": "rep"}, "contribution": {"column": "part"}},
    {"rep": {"column": "helper"}, "contribution": {"column": "helps"}}
  ],
  "roster": {
    "ana": {"side": "partner", "org": "acme", "rate": "8%"},
    "bo": {"side": "vendor", "org": "us", "rate": "5%"}
  }
}`

// inFile writes a text to a new file and returns its path.
func inFile(t *testing.T, name, text string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	write(t, file, text)
	return file
}

func TestLoadReadsAPolicy(t *testing.T) {
	file := inFile(t, "policy.json", policyText(t, comp.DefaultPolicy()))
	passes(t, func(t testing.TB) {
		if edits := comp.Diff(comp.DefaultPolicy(), Load(t, file)); len(edits) > 0 {
			t.Error(edits)
		}
	})
	bad := inFile(t, "policy.json", strings.NewReplacer("25%", "125%", "role_based\"",
		"role\"").Replace(policyText(t, comp.DefaultPolicy())))
	failsAt(t, "load/bad policy", bad, func(t testing.TB) { Load(t, bad) })
	if r := record(t, func(t testing.TB) { Load(t, file+"x") }); !r.stopped {
		t.Error("a missing file does not fail")
	}
}

func policyText(t *testing.T, policy comp.Policy) string {
	t.Helper()
	text, err := canonical(policy)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// Won deals and reversals are loaded. Roles come from the engagement model of the CRM, or
// from the one that the signals recommend.
func TestLoadBookings(t *testing.T) {
	csv, mapping := inFile(t, "deals.csv", dealsCSV), inFile(t, "map.json", dealsMap)
	r := passes(t, func(t testing.TB) {
		b := LoadBookings(t, csv, mapping)
		if len(b.Deals) != 3 || len(b.Movements) != 2 {
			t.Errorf("%+v", b)
		}
		if want := map[string]model.Engagement{"D-1": model.PartnerLed,
			"D-2": model.TrueCoSell}; len(b.Engagements) != 2 || b.Engagements["D-1"] != want["D-1"] ||
			b.Engagements["D-2"] != want["D-2"] {
			t.Errorf("%v", b.Engagements)
		}
		dollars := b.InCurrency("USD")
		if len(dollars.Deals) != 2 || len(dollars.Movements) != 1 || dollars.Movements[0].Amount != usd("20000.00") ||
			len(b.Deals) != 3 {
			t.Errorf("%+v", dollars)
		}
		euros := b.InCurrency("EUR")
		if len(euros.Deals) != 1 || len(euros.Movements) != 1 || !euros.Movements[0].Amount.IsZero() {
			t.Errorf("%+v", euros)
		}
		b.Deals = append(b.Deals, comp.Booking{ID: "D-6"})
		if none := b.InCurrency(""); len(none.Deals)+len(none.Movements) != 0 {
			t.Errorf("%+v", none)
		}
		l, err := price(comp.DefaultPolicy(), dollars)
		if err != nil {
			t.Fatal(err)
		}
		// D-2 has no origin, so that nobody can say who is primary under true co-sell.
		if l.entries[0].err != nil || l.entries[0].statement.Lines[1].QuotaCredit != usd("36000.00") ||
			!errors.Is(l.entries[1].err, value.Code("booking.origin.unknown")) {
			t.Errorf("%+v", l.entries)
		}
	})
	if want := csv + ": 3 deals, 2 reversals; 2 left out, open or lost\n"; r.text() != want {
		t.Errorf("it logs %q, want %q", r.text(), want)
	}
}

func TestLoadBookingsReportsEveryBadRow(t *testing.T) {
	csv, mapping := inFile(t, "deals.csv", dealsCSV), inFile(t, "map.json", dealsMap)
	bad := inFile(t, "deals.csv", strings.NewReplacer("120000.00", "120,000.00", ",ana,,,\nD-4", ",zoe,,,\nD-4",
		"USD,open", "USD,closing").Replace(dealsCSV))
	failsAt(t, "load/bad rows", bad, func(t testing.TB) { LoadBookings(t, bad, mapping) })
	badMap := inFile(t, "map.json", strings.Replace(dealsMap, `"8%"`, `"800%"`, 1))
	failsAt(t, "load/bad mapping", badMap, func(t testing.TB) { LoadBookings(t, csv, badMap) })
	otherMap := inFile(t, "map.json", strings.Replace(dealsMap, `"column": "helps"`, `"column": "assists"`, 1))
	r := record(t, func(t testing.TB) { LoadBookings(t, csv, otherMap) })
	pinned(t, "load/other file", strings.NewReplacer(csv, "CSV", otherMap, "MAP").Replace(r.text()))
	for _, files := range [][2]string{{csv + "x", mapping}, {csv, mapping + "x"}, {filepath.Dir(csv), mapping}} {
		if r := record(t, func(t testing.TB) { LoadBookings(t, files[0], files[1]) }); !r.stopped {
			t.Errorf("%v does not fail", files)
		}
	}
	if _, err := os.Stat(csv); err != nil {
		t.Error(err)
	}
}
