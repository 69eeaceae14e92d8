package comptest

import (
	"testing"

	"github.com/coselling/coselling/comp"
)

// The README quotes what examples/policychange prints after one more number of the next
// policy is edited.
func TestREADMEQuotesAFailingPolicyChange(t *testing.T) {
	const folder = "../../examples/policychange/"
	fails(t, "walkthrough", func(t testing.TB) {
		before, after := Load(t, folder+"policy-2026q4.json"), Load(t, folder+"policy-2027q1.json")
		bookings := LoadBookings(t, folder+"deals-2026.csv", folder+"deals-map.json")
		after.RoleBased.Contributions[comp.CoSelling] = pct("45%")
		Change(t, before, after, bookings, TotalWithin("2%"), NoPayeeLosesMoreThan("500.00 USD"),
			OnlyContribution(comp.TechnicalValidation))
	})
}
