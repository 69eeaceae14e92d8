// Package escalation finds the people to call when something stops a deal: the level of
// the blocker, the people on duty there on both sides, the time by which they respond, and
// the next level if they do not. It also detects blockers from the facts of a deal.
//
//	package main
//
//	import (
//		"fmt"
//		"log"
//		"time"
//
//		"github.com/coselling/coselling/escalation"
//		"github.com/coselling/coselling/model"
//	)
//
//	func main() {
//		acme, us := model.PartnerOrg("acme"), model.VendorOrg("us")
//		all := []escalation.Function{escalation.Manager, escalation.Executive, escalation.DealDesk, escalation.Legal}
//		roster := escalation.Roster{People: []escalation.Member{
//			{Name: "mia", Party: acme, Functions: all},
//			{Name: "noor", Party: us, Functions: all},
//		}}
//		routes, err := escalation.Compile(escalation.DefaultPolicy(), roster)
//		if err != nil {
//			log.Fatal(err) // all problems of both, each with its path
//		}
//		at := time.Date(2026, time.November, 23, 9, 0, 0, 0, time.UTC)
//		route, err := routes.Route(escalation.Blocker{Kind: escalation.ProspectDark, Raised: at}, at)
//		if err != nil {
//			log.Fatal(err)
//		}
//		fmt.Println(route.Level, route.RespondBy, route.Reason)
//		for _, contact := range route.People() {
//			fmt.Println(contact.Person.Name, contact.Function)
//		}
//	}
//
// It prints
//
//	manager 2026-11-25 00:00:00 +0000 UTC prospect_dark is for the sales managers of both companies, who respond within 1 business day
//	mia manager
//	noor manager
//
// A [Policy] and a [Roster] are data. [Compile] checks them together, so that a gap in the roster is found
// before a deal runs into it, and returns [Rules]. A roster is for one partnership of a partner and a vendor.
// Level 1 is for the lead reps of a deal, who are among its facts.
//
// A [Case] is the history of one blocker. [Rules.Raise] opens, joins or reopens it; [Rules.Acknowledge] and
// [Rules.Resolve] record the acts of people. No job has to record the steps that time takes: [Rules.State]
// computes them for any instant. [Rules.Detect] finds deals that are stalled, dark, silent or large:
//
//	found, err := routes.Detect(deal, cases, now) // raise each of them
//	state, err := routes.State(c, deal, now) // the people to call, and a late response
//
// Business days are Monday to Friday in UTC; [Rules.In] gives the same routes for another [value.Workplace].
package escalation
