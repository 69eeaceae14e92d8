package comms_test

import (
	"fmt"
	"time"

	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

func ExampleRules_Judge_aMailWithoutTheVendor() {
	monday := time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)
	rules, err := comms.Compile(comms.DefaultPolicy())
	if err != nil {
		panic(err)
	}
	report, err := rules.Judge(comms.Facts{
		Opened: monday, Size: model.Standard,
		People: []comms.Correspondent{
			{Name: "ana", Party: model.PartnerOrg("acme"), Addresses: []string{"ana@acme.example"}},
			{Name: "bo", Party: model.VendorOrg("us"), Addresses: []string{"bo@us.example"}},
			{Prospect: true, Addresses: []string{"@calder.example"}},
		},
	}, []comms.Activity{
		{ID: "m1", Kind: comms.Mail, At: monday, Side: model.Partner, Subject: "Offer",
			From: "Ana+crm@ACME.example", To: []string{"dana@calder.example"}},
	}, monday.Add(2*time.Hour))
	if err != nil {
		panic(err)
	}
	for _, finding := range report.Findings {
		fmt.Println(finding.Reason.Code(), finding.Reason.Paths(), finding.Missing())
		fmt.Println("   ", finding.Reason)
	}
	// Output:
	// comm.separate_stream [m1] []
	//     the partner writes to the prospect in a thread of its own, "Offer": 1 of 1 mails leave the vendor out
	// comm.single_thread [m1] [bo]
	//     the partner's mail "Offer" to the prospect went without the vendor's lead rep "bo" on it
	// comm.notify [m1] []
	//     the partner did not tell the vendor of its mail with the prospect by 2026-11-02T10:00:00Z
}

func ExampleTracker() {
	monday := time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)
	rules, err := comms.Compile(comms.DefaultPolicy())
	if err != nil {
		panic(err)
	}
	deal := comms.Facts{Opened: monday, ModelSet: monday, Size: model.Standard}
	tracker, err := rules.Track(deal)
	if err != nil {
		panic(err)
	}
	err = tracker.Add(comms.Activity{ID: "q1", Kind: comms.Question, Side: model.Partner, At: monday,
		Subject: "SSO with Okta?"})
	if err != nil {
		panic(err)
	}
	for _, due := range tracker.Report(monday.Add(time.Hour)).Due {
		fmt.Println(due.At.Format("Mon 15:04"), due.Side, due.Reason.Code())
	}
	err = tracker.Add(comms.Activity{ID: "a1", Kind: comms.Answer, Side: model.Vendor, At: monday.Add(30 * time.Hour),
		About: []string{"q1"}})
	if err != nil {
		panic(err)
	}
	for _, finding := range tracker.Report(monday.Add(48 * time.Hour)).Findings {
		fmt.Println(finding.Reason)
	}
	// Output:
	// Tue 09:00 vendor comm.response
	// Tue 00:00  comm.weekly_sync
	// the vendor did not answer the partner's question "SSO with Okta?" by 2026-11-03T09:00:00Z, only on 2026-11-03T15:00:00Z
}

func ExampleParsePolicy() {
	text, err := comms.DefaultPolicy().MarshalJSON()
	if err != nil {
		panic(err)
	}
	fmt.Println(string(text))
	_, err = comms.ParsePolicy([]byte(`{"sync_days":"7d","sync_at_most":"15m","notes_within":"24 hours",
		"notify_within":"1 hour","answer_within":"0 hours","prep_length":"30m","debrief_length":"15m","debrief_days":1}`))
	fmt.Println(err)
	// Output:
	// {"sync_days":7,"sync_at_most":"15m","notes_within":"24 hours","notify_within":"1 hour","answer_within":"24 hours","prep_length":"30m","debrief_length":"15m","debrief_days":1}
	// comms.sync_days: a JSON string stands where a whole number of 64 bits belongs
	// comms.answer_within: "0 hours" is out of range; a term has a count of 1 to 10000
}

// The Friday is a holiday in New York, so the debrief of Thursday's meeting has until
// the end of Monday there.
func ExampleRules_In() {
	weekdays := []time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday}
	calendar, err := value.NewCalendar(weekdays, []value.Date{value.MustDate("2026-11-27")})
	if err != nil {
		panic(err)
	}
	rules, err := comms.Compile(comms.DefaultPolicy())
	if err != nil {
		panic(err)
	}
	rules = rules.In(value.Workplace{Zone: time.FixedZone("EST", -5*60*60), Calendar: &calendar})
	thursday := time.Date(2026, 11, 26, 15, 0, 0, 0, time.UTC)
	report, err := rules.Judge(comms.Facts{
		Opened: thursday, Size: model.Standard,
		People: []comms.Correspondent{
			{Name: "ana", Party: model.PartnerOrg("acme"), Addresses: []string{"ana@acme.example"}},
			{Prospect: true, Addresses: []string{"@calder.example"}},
		},
	}, []comms.Activity{
		{ID: "m1", Kind: comms.Meeting, At: thursday, End: thursday.Add(time.Hour), Side: model.Partner,
			Subject: "Demo",
			From:    "ana@acme.example", To: []string{"dana@calder.example"}},
	}, thursday.Add(2*time.Hour))
	if err != nil {
		panic(err)
	}
	for _, due := range report.Due {
		if due.Reason.Code() == comms.Debrief {
			fmt.Println(due.At)
		}
	}
	// Output:
	// 2026-12-01 05:00:00 +0000 UTC
}
