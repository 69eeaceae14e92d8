// Package assess applies all rules of a book to a deal: the engagement model and the roles, the dated playbook and
// its gates, the registration, the communication of the two sides, the blockers with the people to call, the
// credit of each rep, the findings and the next actions.
//
//	package main
//
//	import (
//		"fmt"
//		"log"
//		"time"
//
//		"github.com/coselling/coselling/assess"
//		"github.com/coselling/coselling/book"
//		"github.com/coselling/coselling/deal"
//		"github.com/coselling/coselling/model"
//		"github.com/coselling/coselling/stage"
//		"github.com/coselling/coselling/value"
//	)
//
//	func main() {
//		rules, err := assess.Compile(book.Default(), assess.Host{})
//		if err != nil {
//			log.Fatal(err) // every problem of the book, each with its path
//		}
//		d := deal.Deal{
//			ID: "D-17", Partner: "acme", Vendor: "vendor", Amount: value.MustMoney("18000.00 USD"),
//			Opening: stage.Opening{Day: value.MustDate("2026-11-02"), Engagement: model.PartnerLed},
//		}
//		asOf := time.Date(2026, time.November, 4, 9, 0, 0, 0, time.UTC)
//		assessment, err := rules.Assess(d, deal.Record{}, asOf)
//		if err != nil {
//			log.Fatal(err)
//		}
//		for _, action := range assessment.For(model.VendorOrg("vendor")).Next[:3] {
//			fmt.Println(action.Owner, action.Text(), action.Code)
//		}
//	}
//
// It prints
//
//	partner register_and_qualify is not done: register the deal and qualify it gate.tasks
//	vendor confirm_support is not done: confirm that the deal gets support gate.tasks
//	partner no active registration is recorded gate.registered
//
// An [Assessment] is for the host. [Assessment.For] returns the [View] of a party, in which facts that the party
// may not know change nothing. Findings holds the broken rules, Next the actions, the most urgent first, and
// Missing the facts that a part needs or rejects.
//
// A program that asks about one deal again and again keeps a [Case] of it.
// [Rules.Try] answers what a change would do before it is stored.
package assess
