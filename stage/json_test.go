package stage_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// wantForm checks the JSON form of a value.
func wantForm(t *testing.T, v any, want string) {
	t.Helper()
	if got, err := json.Marshal(v); err != nil || string(got) != want {
		t.Errorf("got  %s, %v\nwant %s", got, err, want)
	}
}

// Facts, events and openings are written with every member in its place.
func TestFactsAreWrittenWithEveryMember(t *testing.T) {
	ana, bo := model.Person{Name: "ana", Party: model.PartnerOrg("acme")}, model.Person{Name: "bo", Party: model.VendorOrg("us")}
	at := time.Date(2026, 11, 2, 9, 0, 0, 500, time.FixedZone("", 3600))
	fact := stage.Fact{Kind: stage.ProposalSent, At: at, By: "ana", Side: model.Partner, Until: at.Add(time.Hour), Negative: true, Proposal: "P-1", Revision: 2, Without: model.Vendor}
	wantForm(t, fact, `{"kind":"proposal_sent","at":"2026-11-02T08:00:00.0000005Z","by":"ana","side":"partner","until":"2026-11-02T09:00:00.0000005Z","negative":true,"proposal":"P-1","revision":2,"without":"vendor"}`)
	wantForm(t, stage.Event{
		Verb: stage.VerbSendBack, Task: stage.DemoProduct, Engagement: model.VendorLed, Size: model.Simplified,
		Move: stage.Move{
			To: stage.Discovery, By: ana, At: at, Reason: "r", Consents: []model.Consent{{By: bo, At: at}}, Evidence: []stage.Fact{{Kind: stage.Qualified, At: at}},
			Overrides: []stage.Override{{Gate: stage.GateTasks, By: bo, At: at, Reason: "r"}},
		},
	}, `{"verb":"send_back","at":"2026-11-02T08:00:00.0000005Z","by":{"name":"ana","party":{"side":"partner","org":"acme"}},"to":"discovery","task":"demo_product","engagement":"vendor_led","size":"simplified","reason":"r",`+
		`"consents":[{"by":{"name":"bo","party":{"side":"vendor","org":"us"}},"at":"2026-11-02T08:00:00.0000005Z"}],"evidence":[{"kind":"qualified","at":"2026-11-02T08:00:00.0000005Z"}],`+
		`"overrides":[{"gate":"gate.tasks","by":{"name":"bo","party":{"side":"vendor","org":"us"}},"at":"2026-11-02T08:00:00.0000005Z","reason":"r"}]}`)
	wantForm(t, stage.Opening{Day: value.MustDate("2026-11-02"), Engagement: model.PartnerLed, Size: model.Standard, Stage: stage.Proposal, At: at, From: "HubSpot"},
		`{"day":"2026-11-02","engagement":"partner_led","size":"standard","stage":"proposal","at":"2026-11-02T08:00:00.0000005Z","from":"HubSpot"}`)
}

// A history that is written and read back replays to the same stage.
func TestAHistoryIsReadBackFromJSON(t *testing.T) {
	d := newDeal(t, model.PartnerLed, model.Standard)
	d.walkTo(stage.Evaluation)
	var again []stage.Event
	for _, e := range d.p.History() {
		text, err := e.MarshalJSON()
		if err != nil {
			t.Fatal(err)
		}
		var read stage.Event
		if err := read.UnmarshalJSON(text); err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		again = append(again, read)
	}
	var opening stage.Opening
	text, err := d.p.Opening().MarshalJSON()
	if err == nil {
		err = opening.UnmarshalJSON(text)
	}
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	p, err := d.rules.Replay(opening, again)
	if err != nil || p.Stage() != stage.Evaluation || len(again) < 10 {
		t.Errorf("%d events lead to %s, %v", len(again), p.Stage(), err)
	}
}

func TestMalformedFactDocumentsAreRefused(t *testing.T) {
	for _, c := range []struct {
		into interface{ UnmarshalJSON([]byte) error }
		data string
		want string
	}{
		{new(stage.Event), `{"verb":"jump","at":"now","engagement":"ours","size":"big"}`, "verb: \"jump\" is not known; allowed are advance, send_back, hold, resume, win, lose, reopen, set_model, resize, record, done, waive, raise, consent, refuse, rebaseline, set_lead\n" +
			"at: \"now\" is no instant; write it like 2026-11-22T09:30:00Z\nengagement: \"ours\" is not known; allowed are partner_led, vendor_led, true_co_sell\nsize: \"big\" is not known; allowed are standard, simplified"},
		{new(stage.Event), `{}`, "verb: nothing stands here; the member is needed\nat: nothing stands here; the member is needed"},
		{new(stage.Event), `{"verb":"done","at":"2026-11-02T08:00:00Z","move":{}}`, "move: the member is not known; allowed are asked, at, by, consents, day, engagement, evidence, lead, of, overrides, reason, size, task, to, verb"},
		{new(stage.Event), `{"verb":"done","at":"2026-11-02T08:00:00Z","evidence":[{"kind":"qualified","at":"x"}]}`, "evidence[0].at: \"x\" is no instant; write it like 2026-11-22T09:30:00Z"},
		{new(stage.Fact), `{"kind":"qualified","at":"x","side":"x","until":"x","without":"x"}`, "at: \"x\" is no instant; write it like 2026-11-22T09:30:00Z\nside: \"x\" is not known; allowed are partner, vendor\n" +
			"until: \"x\" is no instant; write it like 2026-11-22T09:30:00Z\nwithout: \"x\" is not known; allowed are partner, vendor"},
		{new(stage.Fact), `{"kind":"qualified","at":"2026-11-02T08:00:00Z","revision":1.5}`, "revision: a JSON number stands where a whole number of 64 bits belongs"},
		{new(stage.Opening), `{"day":"2026-02-30","at":"x"}`, "day: \"2026-02-30\" is not a day of the calendar from 0001-01-01 to 9999-12-31\nat: \"x\" is no instant; write it like 2026-11-22T09:30:00Z"},
		{new(stage.Override), `{"gate":"gate.tasks"}`, "by: nothing stands here; the member is needed\nat: nothing stands here; the member is needed"},
		{new(stage.Override), `{"gate":"gate.tasks","by":{"name":"a","party":{"side":"vendor","org":"us"}},"at":"x"}`,
			"at: \"x\" is no instant; write it like 2026-11-22T09:30:00Z"},
	} {
		if err := c.into.UnmarshalJSON([]byte(c.data)); err == nil || err.Error() != c.want {
			t.Errorf("%s: got\n%v\nwant\n%s", c.data, err, c.want)
		}
	}
}

func TestSchedulesAreWrittenWithEveryMember(t *testing.T) {
	day := value.MustDate("2026-11-02")
	at := time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)
	wantForm(t, stage.Schedule{
		Engagement: model.PartnerLed, Provisional: true,
		Windows: []stage.Window{{Stage: stage.Discovery, Says: "w", First: day, Last: day}},
		Items: []stage.Item{{
			Task:  stage.Task{ID: stage.DemoProduct, Owner: stage.ByVendor, Kind: stage.Required, Says: "show it", Role: model.Demo},
			Stage: stage.Presentation, State: stage.Waived, Start: day, Due: day, PartnerRep: "ana", VendorRep: "bo", By: "bo", At: at, Reason: "r", Overdue: true, Owes: model.Vendor,
		}, {Task: stage.Task{ID: "x"}}},
		Findings: []value.Reason{value.NewReason(stage.StageOverdue, "late")},
	}, `{"engagement":"partner_led","provisional":true,"windows":[{"stage":"discovery","says":"w","first":"2026-11-02","last":"2026-11-02"}],`+
		`"items":[{"task":"demo_product","says":"show it","owner":"vendor","kind":"required","role":"role.demo","stage":"presentation","state":"waived","start":"2026-11-02","due":"2026-11-02","overdue":true,"owes":"vendor",`+
		`"partner_rep":"ana","vendor_rep":"bo","by":"bo","at":"2026-11-02T09:00:00Z","reason":"r"},{"task":"x"}],"findings":[{"code":"stage.overdue","text":"late"}]}`)
	wantForm(t, stage.Schedule{}, `{}`)
	wantForm(t, stage.Way{Verb: stage.VerbAdvance, To: stage.Proposal, Owner: model.Partner, Shut: []stage.Shut{{Code: stage.GateTasks, Owner: model.Vendor, Missing: value.NewReason(stage.GateTasks, "m")}, {Code: stage.GateOrder}}},
		`{"verb":"advance","to":"proposal","owner":"partner","shut":[{"code":"gate.tasks","owner":"vendor","missing":{"code":"gate.tasks","text":"m"}},{"code":"gate.order"}]}`)
	wantForm(t, stage.Way{Verb: stage.VerbHold}, `{"verb":"hold"}`)
}
