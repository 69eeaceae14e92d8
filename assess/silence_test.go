package assess_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/coselling/coselling/assess"
	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/stage"
)

// silentCase returns the case of a silent side; zero where there is none.
func silentCase(v *assess.View) assess.Escalation {
	i := slices.IndexFunc(v.Blockers, func(b assess.Escalation) bool { return b.Kind == escalation.SideSilent })
	if i < 0 {
		return assess.Escalation{}
	}
	return v.Blockers[i]
}

// unconfirmed is a deal of both sides, whose joint claim the partner has not confirmed, though it was approved.
func unconfirmed() (deal.Deal, deal.Record) {
	d, r := small()
	d.Opening.Engagement, d.Opening.Size = model.TrueCoSell, model.Standard
	r.Claims[0].Claimant, r.Claims[0].Filing.With, r.Claims[0].Filing.By = us, acme, "bo"
	r.Activities, r.Events = nil, nil
	r.Facts = []stage.Fact{{Kind: stage.SupportConfirmed, Side: model.Vendor, At: november(4, 9)},
		{Kind: stage.SupportConfirmed, Side: model.Partner, At: november(4, 9)}}
	return d, r
}

// esc.detect: of a joint claim that the partner leaves unconfirmed, the partner is asked to confirm it, and the managers
// of both are called because the partner is silent; the prospect is not dark. The confirmation ends it.
func TestManagersAreCalledBecauseThePartnerIsSilent(t *testing.T) {
	d, r := unconfirmed()
	question := func(id string, day int) comms.Activity {
		return comms.Activity{ID: id, Kind: comms.Question, At: november(day, 9), Side: model.Vendor, Subject: "Who comes?"}
	}
	r.Activities = []comms.Activity{question("q-1", 5), question("q-2", 6),
		{ID: "m-1", Kind: comms.Mail, At: november(4, 9), Side: model.Vendor, From: "bo@us.example",
			To: []string{"ana@acme.example"}, Subject: "Calder"}}
	v := everything(t, d, r, november(13, 9))
	var texts strings.Builder
	for _, a := range v.Next[:2] {
		texts.WriteString(a.Owner.String() + ": " + a.Text() + "\n")
	}
	const want = "partner: confirm the joint registration: it protects nothing until then, and ends on 17 November\n" +
		": call acme manager and us manager: the partner has left 2 questions open and late since 7 November\n"
	if texts.String() != want {
		t.Errorf("next.order: got\n%swant\n%s%v", texts.String(), want, v.Next)
	}
	for _, b := range v.Blockers {
		if b.Kind == escalation.ProspectDark {
			t.Errorf("esc.detect: the prospect is dark: %v", b)
		}
	}
	answer := comms.Activity{ID: "a-1", Kind: comms.Answer, At: november(12, 9), Side: model.Partner,
		About: []string{"q-1", "q-2"}}
	r.Activities = append(r.Activities, answer)
	v = everything(t, d, r, november(13, 9))
	if b := silentCase(&v); !strings.HasPrefix(b.Evidence.String(), "the partner has owed its confirmation of the joint") ||
		!b.State.Opened.Equal(november(7, 9)) {
		t.Errorf("esc.detect: the claim is another sign: %v", b)
	}
	r.Claims[0].Events = append(r.Claims[0].Events, registration.Event{Do: registration.Confirm,
		By: model.Person{Name: "ana", Party: acme}, At: november(13, 8)})
	v = everything(t, d, r, november(13, 9))
	if b := silentCase(&v); b.Kind != "" {
		t.Errorf("esc.detect: after the confirmation: %v", b)
	}
}

func TestSignsOfASilentSide(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*deal.Deal, *deal.Record)
		asOf   time.Time
		opened time.Time
		says   string
	}{
		{"a joint claim", func(*deal.Deal, *deal.Record) {}, november(10, 0), november(10, 0),
			"the partner has owed its confirmation of the joint registration since 2 November"},
		{"a joint claim, a moment before", func(*deal.Deal, *deal.Record) {}, november(10, 0).Add(-1), time.Time{}, ""},
		{"a joint claim of the partner that nobody decided", func(_ *deal.Deal, r *deal.Record) {
			r.Claims[0].Claimant, r.Claims[0].Filing.With, r.Claims[0].Filing.By = acme, us, "ana"
			r.Claims[0].Events = nil
		}, november(10, 0), november(10, 0), "the vendor has owed its confirmation of the joint registration"},
		{"a joint claim of the partner that the vendor approved", func(_ *deal.Deal, r *deal.Record) {
			r.Claims[0].Claimant, r.Claims[0].Filing.With, r.Claims[0].Filing.By = acme, us, "ana"
		}, november(10, 0), time.Time{}, ""},
		{"a joint claim that was confirmed after it was withdrawn", func(_ *deal.Deal, r *deal.Record) {
			r.Claims[0].Events = []registration.Event{
				{Do: registration.Withdraw, By: model.Person{Name: "bo", Party: us}, At: november(4, 8)},
				{Do: registration.Confirm, By: model.Person{Name: "ana", Party: acme}, At: november(5, 8)}}
		}, november(10, 0), time.Time{}, ""},
		{"support", func(d *deal.Deal, r *deal.Record) { d.Registrations, r.Facts = nil, r.Facts[:1] }, november(10, 0),
			november(10, 0), "the partner has owed its confirmation of support since 2 November"},
		{"support, of a model that was set later", func(d *deal.Deal, r *deal.Record) {
			d.Registrations, r.Facts, d.Opening.Engagement = nil, r.Facts[:1], 0
			r.Events = []stage.Event{{Verb: stage.VerbSetModel, Engagement: model.TrueCoSell,
				Move: stage.Move{By: ana, At: november(5, 9)}}}
		}, november(13, 0), november(13, 0), "the partner has owed its confirmation of support since 5 November"},
		{"support, of a deal that was sent back", func(d *deal.Deal, r *deal.Record) {
			d.Opening.Stage, d.Opening.At, d.Opening.From = stage.Discovery, november(2, 9), "crm"
			d.Registrations = nil
			r.Facts = []stage.Fact{{Kind: stage.SupportConfirmed, Side: model.Vendor, At: november(7, 9)}}
			r.Events = []stage.Event{{Verb: stage.VerbSendBack, Move: stage.Move{To: stage.Identification, By: ana,
				At: november(6, 9), Reason: "no capacity", Consents: []model.Consent{{By: bo, At: november(6, 8)}}}}}
		}, november(14, 0), november(14, 0), "the partner has owed its confirmation of support since 6 November"},
		{"two syncs", func(d *deal.Deal, _ *deal.Record) { d.Registrations = nil }, november(17, 0), november(17, 0),
			"the reps have missed 2 syncs in a row, the last by 16 November"},
		{"one sync", func(d *deal.Deal, _ *deal.Record) { d.Registrations = nil }, november(17, 0).Add(-1), time.Time{}, ""},
		{"no syncs on the simplified playbook", func(d *deal.Deal, _ *deal.Record) {
			d.Registrations, d.Opening.Size = nil, model.Simplified
		}, november(17, 0), time.Time{}, ""},
		{"syncs start anew on resumption", func(d *deal.Deal, r *deal.Record) {
			d.Registrations = nil
			agreed := []model.Consent{{By: bo, At: november(9, 8)}}
			r.Events = []stage.Event{
				{Verb: stage.VerbHold, Move: stage.Move{By: ana, At: november(9, 9), Reason: "budget", Consents: agreed}},
				{Verb: stage.VerbResume, Move: stage.Move{By: ana, At: november(12, 9), Consents: agreed}}}
		}, november(26, 0), time.Time{}, ""},
	} {
		d, r := unconfirmed()
		r.Activities = []comms.Activity{{ID: "n-1", Kind: comms.Notification, At: november(2, 9),
			Side: model.Vendor}}
		c.change(&d, &r)
		v := everything(t, d, r, c.asOf)
		b := silentCase(&v)
		if !b.State.Opened.Equal(c.opened) || !strings.HasPrefix(b.Evidence.String(), c.says) {
			t.Errorf("esc.detect: %s: %v; %v", c.name, b, v.Missing)
		}
	}
}
