// Package comptest tests a compensation policy in plain go test, as code is tested:
// a golden file of who gets what, properties that every policy should have, deals on
// every threshold, and what a change of the policy may do.
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
// What fails is printed for the person who owns the policy: who, which deals, before,
// after, and the field of the policy that did it. Nothing needs to be known of Go to
// read it. The folder examples/policychange is one to copy.
//
// [Bookings] come from a CRM's export or are made in code. They are priced in the order
// of their days by a [comp.Run], so that rate tables see the history of the period.
// Periods with a floor are closed when they end: the floor is paid to who had a deal of
// the table in the period, as nobody else is known to be owed one. Amounts are in one
// currency.
//
// [Boundaries] makes deals at each threshold of a policy, and [EveryNumberCounts] finds
// the numbers of a policy that none of the bookings would miss.
//
// Every function takes a [testing.TB], fails the test through it and returns nothing to
// be checked. The package registers no flag.
package comptest
