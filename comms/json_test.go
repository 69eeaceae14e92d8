package comms_test

import (
	"strings"
	"testing"
	"time"

	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// wantForm proves the JSON form of a value.
func wantForm(t *testing.T, v interface{ MarshalJSON() ([]byte, error) }, want string) {
	t.Helper()
	if got, err := v.MarshalJSON(); err != nil || string(got) != want {
		t.Errorf("got  %s, %v\nwant %s", got, err, want)
	}
}

// Every field of an activity and a person is written and read.
func TestFactsAreReadBackFromJSON(t *testing.T) {
	berlin := time.FixedZone("", 3600)
	wantForm(t, comms.Activity{
		ID: "q-1", Kind: comms.Quote, At: at("Mon 09:00").In(berlin), End: at("Mon 10:00"), Side: model.Vendor,
		From: bo, To: []string{dana, ana}, Subject: "s", Refs: []string{"m-2", "m-1"}, About: []string{"m-3"},
		Purpose: comms.DebriefCall, Covers: []comms.Part{comms.Learned, comms.Agenda}, Shared: true,
		Offer: comms.Offer{Item: "seat", Quantity: 2, Months: 12, Price: value.MustMoney("9.00 USD")},
	}, `{"id":"q-1","kind":"quote","at":"2026-11-02T09:00:00Z","end":"2026-11-02T10:00:00Z","side":"vendor","from":"bo@us.example","to":["dana@calder.example","ana@acme.example"],"subject":"s",`+
		`"refs":["m-2","m-1"],"about":["m-3"],"purpose":"debrief","covers":["learned","agenda"],"shared":true,"offer":{"item":"seat","quantity":2,"months":12,"price":{"amount":"9.00","currency":"USD"}}}`)
	wantForm(t, comms.Activity{ID: "n", Kind: comms.Note, At: at("Mon 09:00"), Side: model.Partner},
		`{"id":"n","kind":"note","at":"2026-11-02T09:00:00Z","side":"partner"}`)
	wantForm(t, comms.Correspondent{Name: "ana", Party: model.PartnerOrg("acme"), Lead: true,
		Addresses: []string{"b@x.example", "a@x.example"}, From: at("Mon 09:00"), Until: at("Mon 10:00")},
		`{"name":"ana","party":{"side":"partner","org":"acme"},"lead":true,"addresses":["b@x.example","a@x.example"],"from":"2026-11-02T09:00:00Z","until":"2026-11-02T10:00:00Z"}`)
	wantForm(t, comms.Correspondent{Name: "bo", Party: model.VendorOrg("")},
		`{"name":"bo","party":{"side":"vendor","org":""}}`)
	wantForm(t, comms.Correspondent{Prospect: true, Addresses: []string{"@calder.example"}},
		`{"prospect":true,"addresses":["@calder.example"]}`)
}

func TestJSONOfFactsIsReadStrictly(t *testing.T) {
	const good = `"id":"m","kind":"mail","at":"2026-11-02T09:00:00Z","side":"partner"`
	for _, c := range []struct {
		into interface{ UnmarshalJSON([]byte) error }
		data string
		want string
	}{
		{new(comms.Activity), `{}`, "id: nothing stands here; the member is needed\nkind: nothing stands here; the member is needed\nat: nothing stands here; the member is needed\nside: nothing stands here; the member is needed"},
		{new(comms.Activity), `{"id":"m","kind":"email","at":"2026-11-02","end":"x","side":"","purpose":"Prep","covers":["agenda","x"]}`,
			"kind: \"email\" is not known; allowed are mail, meeting, call, note, question, answer, quote, notification, cancellation\nat: \"2026-11-02\" is no instant; write it like 2026-11-22T09:30:00Z\n" +
				"end: \"x\" is no instant; write it like 2026-11-22T09:30:00Z\nside: nothing is given; allowed are partner, vendor\npurpose: \"Prep\" is not known; allowed are sync, prep, debrief\n" +
				"covers[1]: \"x\" is not known; allowed are agenda, section_leads, key_messages, follow_ups, learned, next_steps, plan_updated, issues_flagged"},
		{new(comms.Activity), `{` + good + `,"cc":[]}`, "cc: the member is not known; allowed are about, at, …"},
		{new(comms.Activity), `{` + good + `,"to":"ana"}`, "to: a JSON string stands where a list belongs"},
		{new(comms.Activity), `{` + good + `,"offer":{"Item":"x"}}`,
			"offer.Item: the member is not known; allowed are item, months, price, quantity"},
		{new(comms.Activity), `{` + good + `,"offer":{"quantity":1e30}}`,
			"offer.quantity: a JSON number stands where a whole number of 64 bits belongs"},
		{new(comms.Activity), `{` + good + `,"to":[` + strings.TrimSuffix(strings.Repeat(`"a",`, 1001), ",") + `]}`,
			"to: more than 1000 elements are too many for this list"},
		{new(comms.Correspondent), `{"party":{"side":"prospect"},"from":"x","until":"y"}`,
			"party.side: \"prospect\" is not known; allowed are partner, vendor\nparty.org: nothing stands here; the member is needed\nfrom: \"x\" is no instant; write it like 2026-11-22T09:30:00Z\nuntil: \"y\" is no instant; write it like 2026-11-22T09:30:00Z"},
		{new(comms.Correspondent), `{"name":"ana","side":"partner"}`,
			"side: the member is not known; allowed are addresses, from, lead, name, party, prospect, until"},
	} {
		start, more := strings.CutSuffix(c.want, "…") // a new member changes no case
		if err := c.into.UnmarshalJSON([]byte(c.data)); err == nil || err.Error() != c.want &&
			!(more && strings.HasPrefix(err.Error(), start)) {
			t.Errorf("%.80s: got\n%v\nwant\n%s", c.data, err, c.want)
		}
	}
}

func TestReportIsWrittenAsJSON(t *testing.T) {
	rules := compiled(t)
	report, err := rules.Judge(plainDeal(), []comms.Activity{
		{ID: "m-1", Kind: comms.Mail, At: at("Mon 09:00"), Side: model.Partner, From: ana, To: []string{dana},
			Subject: "Hello"},
		{ID: "q-1", Kind: comms.Question, At: at("Tue 09:00"), Side: model.Vendor, From: bo, Subject: "When?"},
	}, at("Tue 10:00"))
	if err != nil {
		t.Fatal(err)
	}
	if len(report.Findings) == 0 || len(report.Due) == 0 {
		t.Fatalf("%+v", report)
	}
	var missing comms.Finding
	for _, f := range report.Findings {
		if f.Reason.Code() == comms.SingleThread {
			missing = f
		}
	}
	missing.Until = at("Tue 09:30")
	missing.Reason = value.NewReason(comms.SingleThread, "r").At("m-1")
	report.Findings, report.Due = []comms.Finding{missing}, report.Due[len(report.Due)-1:]
	wantForm(t, report, `{"findings":[{"reason":{"code":"comm.single_thread","text":"r","paths":["m-1"]},"side":"partner","since":"2026-11-02T09:00:00Z","until":"2026-11-03T09:30:00Z","evidence":["m-1"],"missing":["bo"]}],`+
		`"due":[{"reason":{"code":"comm.response","text":"the partner answers the vendor's question \"When?\" by 2026-11-04T09:00:00Z","paths":["q-1"],"operands":[{"name":"due","value":"2026-11-04T09:00:00Z"},`+
		`{"name":"side","value":"vendor"},{"name":"other","value":"partner"},{"name":"subject","value":"\"When?\""}]},"side":"partner","at":"2026-11-04T09:00:00Z","evidence":["q-1"]}]}`)
	wantForm(t, comms.Report{}, `{}`)
}
