// Package comptest tests a compensation policy with go test: a golden file of its statements, properties that
// every policy should have, deals at every threshold, and limits on a change of the policy.
//
//	package plans_test
//
//	import (
//		"testing"
//
//		"github.com/coselling/coselling/comp"
//		"github.com/coselling/coselling/comp/comptest"
//	)
//
//	func TestPlan2027Q1(t *testing.T) {
//		before, after := comptest.Load(t, "policy-2026q4.json"), comptest.Load(t, "policy-2027q1.json")
//		bookings := comptest.LoadBookings(t, "deals-2026.csv", "deals-map.json")
//
//		comptest.Properties(t, after)
//		comptest.Golden(t, after, bookings, "testdata/2027q1.golden")
//		comptest.Change(t, before, after, bookings,
//			comptest.TotalWithin("2%"),
//			comptest.NoPayeeLosesMoreThan("500.00 USD"),
//			comptest.OnlyContribution(comp.TechnicalValidation),
//		)
//	}
//
// The same can be written without Go, as a [Test], a document that [RunTest] and the command coselling run:
//
//	{"before": "policy-2026q4.json", "after": "policy-2027q1.json", "deals": "deals-2026.csv", "mapping": "deals-map.json",
//	  "expect": {"total_within": "2%", "only_contributions": ["technical_validation"]}}
//
// A failure is written for the person who owns the policy: the payees, the deals, the
// amounts before and after, and the field of the policy that caused the difference. The
// folder examples/policychange can be copied.
//
// [Bookings] come from a CRM's export or from code. They are priced by day with a [comp.Run], so that rate
// tables see the history of the period. A period with a floor is closed when it ends, and pays the floor to
// the payees who had a deal of the table in it. Amounts are in one currency.
//
// [Boundaries] makes deals at each threshold of a policy. [EveryNumberCounts] finds the
// numbers of a policy on which none of the bookings depends.
//
// Every other function takes a [testing.TB] and reports failures to it. The package registers no flag.
package comptest
