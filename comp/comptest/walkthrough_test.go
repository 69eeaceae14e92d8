package comptest

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/coselling/coselling/comp"
)

// The README quotes what examples/policychange prints after one more number of the next
// policy is edited.
func TestREADMEQuotesAFailingPolicyChange(t *testing.T) {
	const folder = "../../examples/policychange/"
	next, err := os.ReadFile(folder + "policy-2027q1.json")
	if err != nil {
		t.Fatal(err)
	}
	edited := filepath.Join(t.TempDir(), "policy-2027q1.json")
	next = bytes.Replace(next, []byte(`"true_co_sell": "50%"`), []byte(`"true_co_sell": "45%"`), 1)
	if err := os.WriteFile(edited, next, 0o600); err != nil {
		t.Fatal(err)
	}
	fails(t, "walkthrough", func(t testing.TB) {
		before := Load(t, folder+"policy-2026q4.json")
		bookings := LoadBookings(t, folder+"deals-2026.csv", folder+"deals-map.json")
		after := Load(t, edited)
		Change(t, before, after, bookings, TotalWithin("2%"), NoPayeeLosesMoreThan("500.00 USD"),
			OnlyContribution(comp.TechnicalValidation))
	})
}
