// Package deal has what a CRM knows of a deal: the [Deal], what holds for it as a whole,
// and the [Record], the dated facts of what happened on it. Both are plain facts with
// exported fields and one JSON form, and neither has to be complete: what a rule needs
// and does not find is named in the answer.
//
//	package main
//
//	import (
//		"fmt"
//		"log"
//		"time"
//
//		"github.com/coselling/coselling/comms"
//		"github.com/coselling/coselling/deal"
//		"github.com/coselling/coselling/model"
//		"github.com/coselling/coselling/stage"
//		"github.com/coselling/coselling/value"
//	)
//
//	func main() {
//		d := deal.Deal{
//			ID: "D-17", Partner: "acme", Vendor: "us", Amount: value.MustMoney("18000.00 USD"),
//			Opening: stage.Opening{Day: value.MustDate("2026-11-02"), Engagement: model.PartnerLed},
//		}
//		r := deal.Record{Activities: []comms.Activity{{
//			ID: "q-1", Kind: comms.Question, Side: model.Partner, Subject: "Does it run on premises?",
//			At: time.Date(2026, time.November, 4, 9, 0, 0, 0, time.UTC),
//		}}}
//		if err := d.Check(); err != nil {
//			log.Fatal(err) // every problem, each with its path
//		}
//		text, err := r.MarshalJSON()
//		if err != nil {
//			log.Fatal(err)
//		}
//		fmt.Println(string(text))
//		fmt.Println(deal.NameOf(r.Activities[0]))
//	}
//
// It prints
//
//	{"activities":[{"id":"q-1","kind":"question","at":"2026-11-04T09:00:00Z","side":"partner","subject":"Does it run on premises?"}]}
//	record.activities["q-1"]
//
// [Parse] and [ParseRecord] read the JSON forms. The order of the facts does not matter:
// [Compare] and [Sorted] give the one in which a record is written. [NameOf] gives the
// name by which findings speak of a fact.
//
// Package assess says what follows from the two.
package deal
