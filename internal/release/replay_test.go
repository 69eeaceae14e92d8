package release

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/coselling/coselling"
	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/comp/life"
	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/domains"
	"github.com/coselling/coselling/registration/matching"
	"github.com/coselling/coselling/render"
	"github.com/coselling/coselling/value"
)

// same compares an answer with the recorded one. An answer may differ where Policy data names its file; then, and the
// first time, COSELLING_UPDATE=1 records it.
func same(t *testing.T, file, got string) {
	t.Helper()
	want, err := os.ReadFile(last + file)
	if err == nil && got == string(want) {
		return
	}
	meant := err != nil || strings.Contains(policyData(t), "`"+file+"`")
	if meant && os.Getenv("COSELLING_UPDATE") == "1" {
		if err := os.WriteFile(last+file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if !meant || err != nil {
		t.Errorf("%s: this release answers differently from the last one. A change that is meant stands in CHANGELOG.md "+
			"under Policy data, with `%s`.\n%s", file, file, firstDifference(string(want), got))
	}
}

func firstDifference(want, got string) string {
	old, now := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range max(len(old), len(now)) {
		var a, b string
		if i < len(old) {
			a = old[i]
		}
		if i < len(now) {
			b = now[i]
		}
		if a != b {
			return fmt.Sprintf("line %d\n- %s\n+ %s", i+1, a, b)
		}
	}
	return ""
}

func read(t *testing.T, file string) []byte {
	t.Helper()
	data, err := os.ReadFile(last + file)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func must[T any](t *testing.T) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// Each recorded deal, with its record, its events and its claims, under the book of its release, is read again and
// reported to each side in the same bytes.
func TestRecordedDealsAreReportedInTheSameBytes(t *testing.T) {
	book := must[coselling.Book](t)(coselling.ParseBook(read(t, "default_book.json")))
	roster := must[escalation.Roster](t)(escalation.ParseRoster(read(t, "roster.json")))
	files := must[[]string](t)(filepath.Glob(last + "deals/*.json"))
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".json")
		t.Run(name, func(t *testing.T) {
			var s struct {
				AsOf      time.Time             `json:"as_of"`
				Deal      coselling.Deal        `json:"deal"`
				Record    coselling.Record      `json:"record"`
				Customers []matching.Identifier `json:"customers"`
			}
			if err := json.Unmarshal(read(t, "deals/"+name+".json"), &s); err != nil {
				t.Fatal(err)
			}
			host := coselling.Host{Zone: time.LoadLocation, Rosters: []escalation.Roster{roster}, Registrable: domains.Registrable}
			for _, id := range s.Customers {
				account := matching.Account{IDs: []matching.Identifier{id}}
				host.Customers = append(host.Customers, registration.Customer{Account: account})
			}
			engine := must[*coselling.Engine](t)(coselling.New(book, host))
			a := must[coselling.Assessment](t)(engine.Assess(s.Deal, s.Record, s.AsOf))
			same(t, "deals/"+name+".vendor.txt", render.Report(a.For(model.VendorOrg(s.Deal.Vendor))).Text())
			same(t, "deals/"+name+".partner.txt", render.Report(a.For(model.PartnerOrg(s.Deal.Partner))).Text())
		})
	}
	if len(files) < 14 {
		t.Errorf("%d deals are recorded", len(files))
	}
}

// A recorded ledger is read, written again and paid in the same bytes.
func TestRecordedLedgerIsPaidInTheSameBytes(t *testing.T) {
	policy := must[comp.Policy](t)(comp.ParsePolicy(read(t, "pay/policy.json")))
	plan := must[*comp.Plan](t)(comp.Compile(policy))
	data := read(t, "pay/ledger.json")
	plans := func(value.Date) (*comp.Plan, error) { return plan, nil }
	ledger := must[*comp.Ledger](t)(comp.ReadLedger(plans, bytes.NewReader(data)))
	var again bytes.Buffer
	must[int64](t)(ledger.WriteTo(&again))
	same(t, "pay/ledger.json", again.String())
	var pay strings.Builder
	for _, s := range ledger.Statements() {
		pay.WriteString(s.Text() + "\n")
	}
	same(t, "pay/statements.txt", pay.String())
}

// A recorded record of lines and disputes is read, written again and answered in the same bytes.
func TestRecordedDisputesAreAnsweredInTheSameBytes(t *testing.T) {
	record := must[*life.Record](t)(life.Parse(read(t, "pay/disputes.json"), nil))
	same(t, "pay/disputes.json", string(must[[]byte](t)(record.MarshalJSON()))+"\n")
	var open strings.Builder
	for day := 23; day <= 30; day++ {
		at := time.Date(2026, time.November, day, 12, 0, 0, 0, time.UTC)
		fmt.Fprintln(&open, at.Format(time.DateOnly))
		for _, d := range record.At(at).Open() {
			fmt.Fprintln(&open, d.Line.ID.Booking, d.Line.ID.Payee, d.Doubt, d.Turn, d.Until.Format(time.RFC3339))
		}
	}
	same(t, "pay/disputes.txt", open.String())
}

// Recorded claims are read and written again in the same bytes, and stand as they stood.
func TestRecordedClaimsStandAsTheyStood(t *testing.T) {
	book := must[coselling.Book](t)(coselling.ParseBook(read(t, "default_book.json")))
	rules := must[*registration.Rules](t)(registration.Compile(book.Registration, domains.Registrable))
	var claims []registration.Claim
	if err := json.Unmarshal(read(t, "claims/claims.json"), &claims); err != nil {
		t.Fatal(err)
	}
	same(t, "claims/claims.json", string(must[[]byte](t)(json.MarshalIndent(claims, "", " ")))+"\n")
	for i, c := range claims {
		claims[i] = must[registration.Claim](t)(rules.Import(c, time.Date(2027, time.June, 1, 0, 0, 0, 0, time.UTC)))
	}
	var stand strings.Builder
	for week := range 30 {
		at := time.Date(2026, time.November, 2, 12, 0, 0, 0, time.UTC).AddDate(0, 0, 7*week)
		fmt.Fprintln(&stand, at.Format(time.DateOnly))
		for _, s := range rules.Standings(claims, at) {
			fmt.Fprintln(&stand, " ", s.Claim.ID, s.Claim.Claimant, s.Status, s.Until.Format(time.RFC3339))
		}
	}
	same(t, "claims/standings.txt", stand.String())
}
