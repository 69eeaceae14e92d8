package deal_test

import (
	"fmt"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage"
)

// A CRM that knows stages and mails, and nothing else: what it has is a record already.
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

// Every problem of the values at once, each with its path.
func ExampleParseRecord_refused() {
	_, err := deal.ParseRecord([]byte(`{
		"events": [{"verb": "advanced", "at": "2026-11-09T10:00:00", "to": "discovery"}],
		"blockers": [{"id": "B-1", "raised": "2026-11-09T10:00:00Z"}]
	}`))
	fmt.Println(err)
	// Output:
	// record.events[0].verb: "advanced" is not known; allowed are advance, send_back, hold, resume, win, lose, reopen, set_model, resize, record, done, waive, raise
	// record.events[0].at: "2026-11-09T10:00:00" is no instant; write it like 2026-11-22T09:30:00Z
	// record.blockers[0].kind: nothing stands here; the member is needed
}

// The order in which an importer finds the facts, and how often, does not show.
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

// What makes a deal a deal, and what one may add later.
func ExampleParse() {
	deal, err := deal.Parse([]byte(`{
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
	fmt.Println(deal.ID, deal.Amount, deal.Opening.Engagement, deal.Payees[0].Rate)
	// Output: D-17 180000.00 USD partner_led 8%
}
