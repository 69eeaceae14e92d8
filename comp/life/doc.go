// Package life follows the lines of statements after they were computed: drafted by a run, approved by people of the
// payer, paid, and disputed by a payee who doubts one. It keeps dated events, decides which may happen, and says as of
// any instant what is open, whose turn it is and until when.
//
//	package main
//
//	import (
//		"fmt"
//		"log"
//		"time"
//
//		"github.com/coselling/coselling/comp"
//		"github.com/coselling/coselling/comp/life"
//		"github.com/coselling/coselling/model"
//		"github.com/coselling/coselling/value"
//	)
//
//	func main() {
//		acme := model.PartnerOrg("acme")
//		at := time.Date(2026, time.November, 23, 9, 0, 0, 0, time.UTC)
//		staff := life.Staff{Party: acme, Approvers: []string{"mia", "lee"}, Policy: life.DefaultPolicy()}
//		line := life.Line{ // life.Lines makes those of a statement
//			ID:    comp.LineID{Booking: "D-17", Payee: "ana", Part: comp.AsPrimary, Cause: "D-17"},
//			Party: acme, Payer: acme, Won: value.MustDate("2026-11-20"),
//			Amounts: comp.Amounts{Commission: value.MustMoney("8600.00 USD")},
//		}
//		record := life.New(nil) // every party counts Monday to Friday in UTC
//		for _, event := range []life.Event{
//			{Do: life.Named, At: at, Staff: &staff},
//			{Do: life.Drafted, At: at, Drafts: []life.Line{line}},
//			{
//				Do: life.Disputed, At: at, By: model.Person{Name: "ana", Party: acme}, Line: line.ID,
//				Doubt: life.Amount, Expects: value.MustMoney("9600.00 USD"), Note: "the rate is 8%",
//			},
//		} {
//			decision, err := record.Add(event)
//			if err != nil {
//				log.Fatal(err) // bad input: every problem, each with its path
//			}
//			fmt.Println(event.Do, decision.Accepted, decision.Reasons)
//		}
//		for _, d := range record.At(at).Open() {
//			fmt.Println(d.Doubt, d.Turn, d.Until)
//		}
//	}
//
// It prints
//
//	named true []
//	drafted true []
//	disputed true []
//	amount [{mia partner acme} {lee partner acme}] 2026-12-01 00:00:00 +0000 UTC
//
// A line is [Drafted], [Approved] by one of the payer's approvers, and [Paid]; a line of a payer that is one person
// approves itself, and says so. A paid line never changes: a line that names it in Corrects pays the difference. An
// approved line changes only by an accepted dispute or a correction of the policy, and is then approved anew
// (comp.life).
//
// A dispute is answered by a day, else it counts as declined. A declined one, and a correction, can be appealed once,
// to an approver who has not taken part (comp.dispute). Nobody decides about their own line, or twice about one dispute
// (comp.separate). A dispute holds its own unpaid line, and no other.
//
// The package knows approvers and managers as data of an event, [Staff], so that a replay of the events gives the same
// bytes: [Record.MarshalJSON] writes them and [Parse] replays them. [Snapshot.For] is what one party may see.
package life
