// Package deal holds the facts that a CRM knows of a deal: a [Deal] for the deal as a whole, and a [Record] for
// its dated facts. Both have exported fields and one JSON form, and neither has to be complete: an answer names
// the facts that a rule needs and does not find.
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
//			ID: "q-1", Kind: comms.Question, Side: model.Partner, Subject: "Hosted?",
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
//	{"activities":[{"id":"q-1","kind":"question","at":"2026-11-04T09:00:00Z","side":"partner","subject":"Hosted?"}]}
//	record.activities["q-1"]
//
// [Parse] and [ParseRecord] read the JSON forms. The order of facts in a record does not matter; [Compare] and
// [Sorted] give the order in which a record is written. [NameOf] returns the name by which findings call a fact.
//
// A [Change] is one thing that happened to a deal: a document as well, by which programs tell one another what to
// store. [Change.Apply] returns the facts with it.
//
// Package assess answers questions about a deal and its record.
package deal
