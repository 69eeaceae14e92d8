package deal_test

import (
	"fmt"
	"log"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// A deal and its record, made in code.
func Example() {
	d := deal.Deal{
		ID: "D-17", Partner: "acme", Vendor: "us", Amount: value.MustMoney("18000.00 USD"),
		Opening: stage.Opening{Day: value.MustDate("2026-11-02"), Engagement: model.PartnerLed},
	}
	r := deal.Record{Activities: []comms.Activity{{
		ID: "q-1", Kind: comms.Question, Side: model.Partner, Subject: "Hosted?",
		At: time.Date(2026, time.November, 4, 9, 0, 0, 0, time.UTC),
	}}}
	if err := d.Check(); err != nil {
		log.Fatal(err) // every problem, each with its path
	}
	text, err := r.MarshalJSON()
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(string(text))
	fmt.Println(deal.NameOf(r.Activities[0]))
	// Output:
	// {"activities":[{"id":"q-1","kind":"question","at":"2026-11-04T09:00:00Z","side":"partner","subject":"Hosted?"}]}
	// record.activities["q-1"]
}

// A CRM knows only stages and mails, which is enough for a record.
func ExampleParseRecord() {
	record, err := deal.ParseRecord([]byte(`{
		"events": [
			{"verb": "advance", "at": "2026-11-09T10:00:00+01:00", "to": "discovery", "by": {"name": "ana", "party": {"side": "partner", "org": "acme"}}}
		],
		"activities": [
			{"id": "m-2", "kind": "mail", "at": "2026-11-10T08:00:00Z", "side": "partner", "from": "ana@acme.example", "to": ["dana@calder.example"]},
			{"id": "m-1", "kind": "mail", "at": "2026-11-03T08:00:00Z", "side": "vendor", "from": "bo@us.example", "to": ["ana@acme.example"]}
		]
	}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(deal.NameOf(record.Events[0]))
	fmt.Println(deal.NameOf(record.Activities[0]))
	// Output:
	// record.events[2026-11-09T09:00:00Z advance discovery partner]
	// record.activities["m-2"]
}

// All problems are reported at once, each with its path.
func ExampleParseRecord_refused() {
	_, err := deal.ParseRecord([]byte(`{
		"events": [{"verb": "advanced", "at": "2026-11-09T10:00:00", "to": "discovery"}],
		"blockers": [{"id": "B-1", "raised": "2026-11-09T10:00:00Z"}]
	}`))
	fmt.Println(err)
	// Output:
	// record.events[0].verb: "advanced" is not known; allowed are advance, send_back, hold, resume, win, lose, reopen, set_model, resize, record, done, waive, raise, consent, refuse, rebaseline, set_lead
	// record.events[0].at: "2026-11-09T10:00:00" is no instant; write it like 2026-11-22T09:30:00Z
	// record.blockers[0].kind: nothing stands here; the member is needed
}

// The form does not depend on the order and repetitions in which an importer finds facts.
func ExampleRecord_MarshalJSON() {
	first := comms.Activity{ID: "n-1", Kind: comms.Note, At: noon, Side: model.Partner, Subject: "Budget is approved"}
	second := comms.Activity{ID: "n-2", Kind: comms.Note, At: noon.AddDate(0, 0, 1), Side: model.Vendor}
	record := deal.Record{
		Facts:      []stage.Fact{{Kind: stage.SupportConfirmed, At: noon, Side: model.Vendor}},
		Activities: []comms.Activity{second, first, second},
	}
	text, err := record.MarshalJSON()
	if err == nil {
		err = (*jsontext.Value)(&text).Indent(jsontext.WithIndent("  "))
	}
	fmt.Println(string(text), err)
	// Output:
	// {
	//   "facts": [
	//     {
	//       "kind": "support_confirmed",
	//       "at": "2026-11-02T12:00:00Z",
	//       "side": "vendor"
	//     }
	//   ],
	//   "activities": [
	//     {
	//       "id": "n-1",
	//       "kind": "note",
	//       "at": "2026-11-02T12:00:00Z",
	//       "side": "partner",
	//       "subject": "Budget is approved"
	//     },
	//     {
	//       "id": "n-2",
	//       "kind": "note",
	//       "at": "2026-11-03T12:00:00Z",
	//       "side": "vendor"
	//     }
	//   ]
	// } <nil>
}

// A deal needs four members; the others may be added later.
func ExampleParse() {
	known, err := deal.Parse([]byte(`{
		"id": "D-17", "account": "Calder Rail", "partner": "acme", "vendor": "us",
		"amount": {"amount": "180000.00", "currency": "USD"},
		"opening": {"day": "2026-11-02", "engagement": "partner_led"},
		"signals": {"source": "partner", "partner_trusted": "yes"},
		"payees": [{"rep": "ana", "party": {"side": "partner", "org": "acme"}, "role": "primary", "rate": "8%"}]
	}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(known.ID, known.Amount, known.Opening.Engagement, known.Payees[0].Rate)
	// Output: D-17 180000.00 USD partner_led 8%
}

// A host finds the facts of a finding by their names.
func ExampleNameOf() {
	fmt.Println(deal.NameOf(comms.Activity{ID: "q-1"}))
	fmt.Println(deal.NameOf(deal.Blocker{ID: "B-1"}))
	fmt.Println(deal.NameOf(stage.Fact{Kind: stage.Registered, Side: model.Partner, At: noon}))
	// Output:
	// record.activities["q-1"]
	// record.blockers["B-1"]
	// record.facts[2026-11-02T12:00:00Z registered partner]
}

// Two systems know the same mails; joined and sorted, each mail stands once.
func ExampleSorted() {
	late := comms.Activity{ID: "m-2", Kind: comms.Mail, At: noon.AddDate(0, 0, 1)}
	early := comms.Activity{ID: "m-1", Kind: comms.Mail, At: noon}
	for _, a := range deal.Sorted([]comms.Activity{late, early, late}) {
		fmt.Println(a.ID)
	}
	fmt.Println(deal.Compare(early, late))
	// Output:
	// m-1
	// m-2
	// -1
}

// Check reports the same problems of a deal as reading does.
func ExampleDeal_Check() {
	d := deal.Deal{ID: "D-17", Partner: "acme"}
	fmt.Println(d.Check())
	// Output:
	// vendor: nothing stands here; a text of 1 to 256 bytes of UTF-8 is needed
	// opening.day: nothing stands here; the value is needed
}

// A record is checked alone; whether its facts fit a deal is reported with an answer.
func ExampleRecord_Check() {
	r := deal.Record{Blockers: []deal.Blocker{{ID: "B-1", Raised: noon}}}
	fmt.Println(r.Check())
	// Output:
	// blockers[0].kind: nothing stands here; a text of 1 to 256 bytes of UTF-8 is needed
}

// What a portal sends for one button is a change: here the partner lets the vendor's claim stand for both.
func ExampleChange_Apply() {
	d := deal.Deal{ID: "D-17", Partner: "acme", Vendor: "us"}
	record := deal.Record{Claims: []registration.Claim{{
		ID: "CL-4", Claimant: model.VendorOrg("us"), Submitted: time.Date(2026, time.November, 3, 9, 0, 0, 0, time.UTC),
		Filing: registration.Filing{Key: "filed-1", With: model.PartnerOrg("acme"), By: "bo"},
	}}}
	change, err := deal.ParseChange([]byte(`{"claim_event": {"claim": "CL-4", "do": "confirm",
		"by": {"name": "ana", "party": {"side": "partner", "org": "acme"}}, "at": "2026-11-05T09:00:00Z"}}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	d, record, err = change.Apply(d, record)
	fmt.Println(len(record.Claims[0].Events), err)

	change.ClaimEvent.Claim = "CL-5"
	_, _, err = change.Apply(d, record)
	fmt.Println(err)
	// Output:
	// 1 <nil>
	// change.claim_event.claim: "CL-5" is no claim of the record
}

// An edit states the members that change, and names those that become empty.
func ExampleChange_Apply_edit() {
	d := deal.Deal{
		ID: "D-17", Partner: "acme", Vendor: "us", Amount: value.MustMoney("18000.00 USD"),
		Opening: stage.Opening{Day: value.MustDate("2026-11-02"), Engagement: model.PartnerLed},
		Agreed:  time.Date(2026, time.November, 4, 9, 0, 0, 0, time.UTC),
	}
	change := deal.Change{Edit: deal.Edit{
		Deal: deal.Deal{Amount: value.MustMoney("40000.00 USD")}, Clear: []string{"agreed"},
	}}
	d, _, err := change.Apply(d, deal.Record{})
	fmt.Println(d.Amount, d.Agreed.IsZero(), d.Opening.Engagement, err)
	// Output:
	// 40000.00 USD true partner_led <nil>
}
