// Package comp pays a deal that two companies sold together: from a compensation
// policy and a booking to a statement of who gets which quota credit and which
// commission, and why.
//
// A [Policy] is data. [Compile] checks all of it and gives a [Plan];
// [Plan.Statement] prices one [Booking]; each [Line] says which rule, percentage
// and rate made it.
//
//	acme, us := model.PartnerOrg("acme"), model.VendorOrg("us")
//	plan, err := comp.Compile(comp.DefaultPolicy())
//	if err != nil {
//		return err
//	}
//	statement, err := plan.Statement(comp.Booking{
//		ID: "D-17", Value: value.MustMoney("120000.00 USD"), Closed: value.MustDate("2026-11-20"), Source: model.FromPartner,
//		Payees: []comp.Payee{
//			{Rep: "ana", Party: acme, Role: comp.Primary, Rate: value.MustPercent("8%")},
//			{Rep: "bo", Party: us, Role: comp.Supporting, Contribution: comp.TechnicalValidation, Rate: value.MustPercent("5%")},
//		},
//	})
//	if err != nil {
//		return err
//	}
//	for _, line := range statement.Lines {
//		fmt.Println(line.Payee, line.QuotaCredit, line.Commission, line.Why())
//	}
//
// There are three models (SPEC 5.1): origination pays whoever brought the deal,
// split pays both sides in full (elsewhere it is called double credit; the parts
// of 100 % that reps of one side share are shares here, never a split), role-based
// pays the primary side in full and each supporting rep by contribution.
//
// A payee names a flat rate or a [RateTable] of the policy (SPEC 5.3). A table that
// counts over a period needs to know what came before: a [Run] prices bookings by
// closing date and keeps each payee's period.
//
//	run := plan.Run()
//	for _, booking := range bookings {
//		statement, err := run.Statement(booking)
//		// ...
//	}
//	closing, err := run.Close("2026-Q4", value.MustDate("2026-12-31")) // what floors lack
//
// A [Payout] follows one deal as it is paid in instalments and taken back, in full or
// in part.
//
// A statement prints itself: [Statement.Text], [Statement.Markdown], [Statement.CSV].
//
// Quota credit is a claim on quota, commission is money, influenced credit is
// reported apart from both. Amounts are exact and rounded once (SPEC 5.2); a
// statement does not depend on the order in which payees are given.
package comp
