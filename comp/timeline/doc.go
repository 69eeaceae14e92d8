// Package timeline keeps the versions of a compensation policy: the version that applies to a deal, and the
// days on which the next version may begin. Closed deals never change their version.
//
//	package main
//
//	import (
//		"fmt"
//		"log"
//
//		"github.com/coselling/coselling/comp"
//		"github.com/coselling/coselling/comp/timeline"
//		"github.com/coselling/coselling/value"
//	)
//
//	func main() {
//		history, err := timeline.New(timeline.DefaultTerms(), timeline.Version{
//			ID: "2026", From: value.MustDate("2026-01-01"), Policy: comp.DefaultPolicy(),
//		})
//		if err != nil {
//			log.Fatal(err)
//		}
//		next := timeline.Version{
//			ID: "2027", From: value.MustDate("2026-12-01"), Policy: comp.DefaultPolicy().Under(comp.Split),
//		}
//		closed := value.MustDate("2026-11-20") // deals are closed for good up to this day
//		decision, err := history.Add(next, closed)
//		if err != nil {
//			log.Fatal(err)
//		}
//		for _, reason := range decision.Refused {
//			fmt.Println(reason)
//		}
//		next.From = decision.NextLegal
//		if decision, err = history.Add(next, closed); err != nil {
//			log.Fatal(err)
//		}
//		for _, won := range []string{"2026-12-31", "2027-01-01"} {
//			inForce, err := decision.History.For(timeline.Dates{Closed: value.MustDate(won)})
//			if err != nil {
//				log.Fatal(err)
//			}
//			fmt.Println(won, inForce.Version, inForce.Plan.Policy().Model)
//		}
//	}
//
// It prints
//
//	2026-12-01 lies inside the fiscal quarter 2026-10-01 to 2026-12-31; the next legal date is 2027-01-01
//	2026-12-31 2026 role_based
//	2027-01-01 2027 split
//
// A [History] is an immutable value. Every [Version] and every [Correction] of it is
// compiled and ready to price. [New] makes a history in code, [Parse] reads its document.
//
// A version after the first begins on the first day of a fiscal quarter; on any other day
// it is refused, with the next legal date (comp.quarter_lock). A version lasts until the
// next one begins, so that one policy is in force on every day (comp.consistent). A version
// that would change the version of a closed day is refused too (comp.closed_fixed).
//
// A [Correction] is the one exception. It corrects an error in a version, from any day of the version, has a
// reason and an approver, and stands in the [InForce] of every deal that it touches.
package timeline
