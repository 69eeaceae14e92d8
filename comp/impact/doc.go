// Package impact compares two compensation policies over the same bookings. A report has,
// for each rep, each side and in total, quota credit and commission before and after, the
// difference, and every field of the policy that caused it.
//
//	package main
//
//	import (
//		"fmt"
//		"log"
//
//		"github.com/coselling/coselling/comp"
//		"github.com/coselling/coselling/comp/impact"
//		"github.com/coselling/coselling/model"
//		"github.com/coselling/coselling/value"
//	)
//
//	func main() {
//		policy := comp.DefaultPolicy()
//		before, err := comp.Compile(policy)
//		if err != nil {
//			log.Fatal(err)
//		}
//		policy.RoleBased.Contributions[comp.TechnicalValidation] = value.MustPercent("35%")
//		after, err := comp.Compile(policy)
//		if err != nil {
//			log.Fatal(err)
//		}
//		deal := comp.Booking{
//			ID: "D-17", Value: value.MustMoney("120000.00 USD"), Closed: value.MustDate("2026-11-20"),
//			Source: model.FromPartner,
//			Payees: []comp.Payee{
//				{Rep: "ana", Party: model.PartnerOrg("acme"), Role: comp.Primary, Rate: value.MustPercent("8%")},
//				{
//					Rep: "bo", Party: model.VendorOrg("us"), Role: comp.Supporting,
//					Contribution: comp.TechnicalValidation, Rate: value.MustPercent("5%"),
//				},
//			},
//		}
//		report, err := impact.Compare(before, after, []comp.Booking{deal})
//		if err != nil {
//			log.Fatal(err)
//		}
//		for _, payee := range report.Gains() {
//			fmt.Println(payee.Rep, payee.Change.Commission, payee.Causes[0].Path)
//		}
//	}
//
// It prints
//
//	bo 300.00 USD role_based.contributions.technical_validation
//
// [Compare] takes a slice in any order. A [Comparison] takes one booking at a time and keeps only the payees.
// [Rows] gives a [Row] for each booking to a callback; [Movements] gives the movements of
// deals. A [Report] prints itself as text, Markdown, HTML, CSV or JSON.
//
// Several workers can share the work of one reader ([Split]), and several processes can compare parts of the bookings
// or, where a rate counts over a period, of the payees ([OnlyPayees]). [Merge] adds up their [Partial] results, which
// can be written and read.
//
// [Lint] finds doubtful terms of a valid policy. No result depends on it.
//
// A field is a cause if it differs and a line of the payee used it: the model, the rounding, the
// contribution, the tiers that priced the line, a floor or cap that held it, the quota that measured it. If
// the credit of the payee's side was divided and rounded, the other contributions of the side are causes too;
// if a rate counts over a period, so are the causes of earlier differences in that period.
package impact
