// Package timeline keeps the versions of a compensation policy: which one applies
// to a deal, when the next one may begin, and that closed deals never move
// (SPEC 5.4).
//
// A [History] is an immutable value, and compiled: every [Version] and every
// [Correction] holds a policy that was checked and is ready to price. [New] makes
// one in code, [Parse] reads its document.
//
//	history, err := timeline.New(timeline.DefaultTerms(),
//		timeline.Version{ID: "2026", From: value.MustDate("2026-01-01"), Policy: comp.DefaultPolicy()})
//	if err != nil {
//		return err
//	}
//	closed := value.MustDate("2026-11-20") // every day up to it is closed
//	decision, err := history.Add(timeline.Version{ID: "2027", From: value.MustDate("2026-12-01"), Policy: next}, closed)
//	if err != nil {
//		return err
//	}
//	for _, reason := range decision.Refused {
//		fmt.Println(reason.Code(), reason, decision.NextLegal)
//	}
//	inForce, err := decision.History.For(timeline.Deal{Closed: booking.Closed})
//	if err != nil {
//		return err
//	}
//	statement, err := inForce.Plan.Statement(booking)
//	if err != nil {
//		return err
//	}
//	fmt.Println(statement.Lines, inForce.Reason())
//
// A version after the first begins on the first day of a fiscal quarter; on any
// other day it is refused, with the next legal date (comp.quarter_lock). On every
// day one policy is in force (comp.consistent): a version lasts until the next one
// begins. A version that would change what was in force on a closed day is refused
// too (comp.closed_fixed).
//
// A [Correction] is the one exception. It puts right an error in a version, from
// any day of it, has a reason and an approver, and shows in every result that it
// touches.
package timeline
