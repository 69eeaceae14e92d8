package policychange

import (
	"testing"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/comp/comptest"
)

// The policy in force pays what it has paid all year.
func TestPlan2026Q4(t *testing.T) {
	policy := comptest.Load(t, "policy-2026q4.json")
	bookings := comptest.LoadBookings(t, "deals-2026.csv", "deals-map.json")

	comptest.Properties(t, policy)
	comptest.Golden(t, policy, bookings, "testdata/2026q4.golden")
	comptest.Golden(t, policy, comptest.Boundaries(t, policy), "testdata/2026q4-thresholds.golden")
}

// The next policy pays two points more for technical validation, and changes nothing else.
func TestPlan2027Q1(t *testing.T) {
	before, after := comptest.Load(t, "policy-2026q4.json"), comptest.Load(t, "policy-2027q1.json")
	bookings := comptest.LoadBookings(t, "deals-2026.csv", "deals-map.json")

	comptest.Properties(t, after)
	comptest.Golden(t, after, bookings, "testdata/2027q1.golden")
	comptest.Change(t, before, after, bookings,
		comptest.TotalWithin("2%"),
		comptest.NoPayeeLosesMoreThan("500.00 USD"),
		comptest.OnlyContribution(comp.TechnicalValidation),
	)
}

// Every number of the policy counts in some statement, except these.
func TestEveryNumberCounts(t *testing.T) {
	policy := comptest.Load(t, "policy-2026q4.json")
	bookings := comptest.LoadBookings(t, "deals-2026.csv", "deals-map.json")

	comptest.EveryNumberCounts(t, policy, bookings,
		"origination.influenced",             // the model in force is role-based
		`rates.quotas."ana.diaz".2026-01-01`, // she stayed below it, and got the floor
	)
}
