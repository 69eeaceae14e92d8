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
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// esc.detect: while a deal is on hold, or not open yet, its prospect does not go dark; a
// hold keeps what was left of the ten days.
func TestAProspectDoesNotGoDarkDuringAHold(t *testing.T) {
	mail := func(at time.Time) []comms.Activity {
		return []comms.Activity{{ID: "x", Kind: comms.Mail, At: at, Side: model.Partner, From: "ana@acme.example",
			To: []string{"cat@calder.example", "bo@us.example"}, Subject: "Hi"}}
	}
	hold := []stage.Event{
		{Verb: stage.VerbHold, Move: stage.Move{By: ana, At: november(8, 9), Reason: "no budget"}},
		{Verb: stage.VerbResume, Move: stage.Move{By: ana, At: november(27, 9)}},
	}
	for _, c := range []struct {
		name               string
		events             []stage.Event
		sent, asOf, raised time.Time
	}{
		{"on hold when the term ended", hold, november(5, 14), november(35, 12), november(34, 14)},
		{"before the deal opened", nil, november(-20, 9), november(2, 12), november(2, 0)},
		{"awake", nil, november(3, 9), november(14, 9), november(13, 9)},
	} {
		d, r := small()
		r.Activities, r.Events = mail(c.sent), c.events
		v := everything(t, d, r, c.asOf)
		if len(v.Blockers) != 1 || v.Blockers[0].Kind != escalation.ProspectDark ||
			!v.Blockers[0].State.Opened.Equal(c.raised) {
			t.Errorf("esc.detect: %s: %v", c.name, v.Blockers)
		}
	}
}

// esc.detect: the term of a dark prospect runs from the first mail to them that has no
// answer; a reply, a call or a meeting answers all before it.
func TestTheOldestMailWithoutAnswerGoesDark(t *testing.T) {
	mail := func(id, from, to string, at time.Time) comms.Activity {
		side := model.Partner
		if from == "bo@us.example" {
			side = model.Vendor
		}
		return comms.Activity{ID: id, Kind: comms.Mail, At: at, Side: side, From: from,
			To: []string{to, "bo@us.example"}, Subject: "Hi"}
	}
	const ana, cat = "ana@acme.example", "cat@calder.example"
	first, second := mail("m-1", ana, cat, november(3, 9)), mail("m-2", ana, cat, november(4, 9))
	reply, again := mail("m-3", cat, ana, november(5, 9)), mail("m-4", ana, cat, november(6, 9))
	call := comms.Activity{ID: "c-1", Kind: comms.Call, At: november(5, 9), Side: model.Partner, From: ana,
		To: []string{cat}}
	for _, c := range []struct {
		name       string
		activities []comms.Activity
		raised     time.Time
	}{
		{"two mails", []comms.Activity{second, first}, november(13, 9)},
		{"a reply", []comms.Activity{first, second, reply}, time.Time{}},
		{"a mail after the reply", []comms.Activity{first, reply, again}, november(16, 9)},
		{"a mail after a call", []comms.Activity{first, call, again}, november(16, 9)},
		{"a call", []comms.Activity{call}, time.Time{}},
	} {
		d, r := small()
		r.Activities, r.Events = c.activities, nil
		var raised time.Time
		for _, b := range everything(t, d, r, november(17, 9)).Blockers {
			if b.Kind == escalation.ProspectDark {
				raised = b.State.Opened
			}
		}
		if !raised.Equal(c.raised) {
			t.Errorf("esc.detect: %s: raised at %v, want %v", c.name, raised, c.raised)
		}
	}
}

// esc.timeout: on hold the clocks of a case stand, and nobody is called.
func TestTheClocksOfACaseStandOnHold(t *testing.T) {
	d, r := small()
	d.Opening.Size = model.Standard
	hold := func(verb stage.Verb, at time.Time) stage.Event {
		return stage.Event{Verb: verb, Move: stage.Move{By: ana, At: at, Reason: "no budget"}}
	}
	r.Blockers = []deal.Blocker{{ID: "B-1", Kind: escalation.InternalCoordination, Raised: november(6, 9), By: ana,
		Acknowledged: []escalation.Event{{By: bo, At: november(6, 10)}}}}
	r.Events = []stage.Event{hold(stage.VerbHold, november(9, 9)), hold(stage.VerbResume, november(50, 9))}
	for _, c := range []struct {
		name  string
		asOf  time.Time
		level escalation.Level
		calls bool
	}{
		{"on hold for six weeks", november(50, 8), escalation.ManagerLevel, false},
		{"resumed", november(50, 9), escalation.ManagerLevel, true},
		{"at the end of what was left", november(56, 0).Add(-1), escalation.ManagerLevel, true},
		{"after it", november(56, 0), escalation.ExecutiveLevel, true}, // 21 to 25 December
	} {
		v := everything(t, d, r, c.asOf)
		calls := slices.ContainsFunc(v.Next, func(a assess.Action) bool { return a.Urgency == assess.OpenCase })
		if len(v.Blockers) != 1 || v.Blockers[0].State.Route.Level != c.level || calls != c.calls {
			t.Errorf("esc.timeout: %s: %v; %v", c.name, v.Blockers, v.Next)
		}
	}
}

// esc.detect: won and lost end every case, and what is done about one later is no problem.
func TestTheEndOfADealEndsItsCases(t *testing.T) {
	d, r := small()
	r.Events = []stage.Event{{Verb: stage.VerbLose, Move: stage.Move{By: ana, At: november(10, 9), Reason: "no budget"}}}
	r.Blockers = []deal.Blocker{{ID: "B-1", Kind: escalation.Scheduling, Raised: november(9, 9), By: ana,
		Resolved: escalation.Event{By: bo, At: november(12, 9)}}}
	for asOf, open := range map[time.Time]bool{november(10, 8): true, november(10, 9): false, november(13, 9): false} {
		v := everything(t, d, r, asOf)
		if len(v.Blockers) != 1 || v.Blockers[0].State.IsOpen() != open ||
			!open && !v.Blockers[0].State.Resolved.Equal(november(10, 9)) {
			t.Errorf("esc.detect: as of %v %v", asOf, v.Blockers)
		}
		for _, m := range v.Missing {
			if m.Part == assess.SectionEscalation {
				t.Errorf("esc.detect: as of %v %v", asOf, m)
			}
		}
	}
}

// A blocker that is in the record twice with equal content counts once.
func TestABlockerCountsOnce(t *testing.T) {
	d, r := small()
	b := deal.Blocker{ID: "B-1", Kind: escalation.Scheduling, Raised: november(5, 13), By: ana,
		Acknowledged: []escalation.Event{{By: bo, At: november(5, 14)}}}
	r.Blockers = []deal.Blocker{b}
	once := everything(t, d, r, november(6, 9))
	r.Blockers = []deal.Blocker{b, b}
	if twice := everything(t, d, r, november(6, 9)); written(once) != written(twice) {
		t.Errorf("esc.total: twice it is %v, once %v", twice.Blockers[0], once.Blockers[0])
	}
}

// An act on a blocker before it was raised or after it was resolved is reported.
func TestActsOutOfOrderAreReported(t *testing.T) {
	for name, c := range map[string]struct {
		acknowledged, resolved int // hours
		code                   value.Code
	}{
		"resolved before it was raised":     {14, 12, escalation.CaseOrder},
		"acknowledged before it was raised": {12, 15, escalation.CaseOrder},
		"acknowledged after the end":        {16, 15, escalation.CaseClosed},
	} {
		d, r := small()
		r.Blockers = []deal.Blocker{{ID: "B-1", Kind: escalation.Scheduling, Raised: november(5, 13), By: ana,
			Acknowledged: []escalation.Event{{By: bo, At: november(5, c.acknowledged)}},
			Resolved:     escalation.Event{By: bo, At: november(5, c.resolved)}}}
		if v := everything(t, d, r, november(6, 9)); !hasMissing(&v, assess.SectionEscalation, `record.blockers["B-1"]`,
			c.code) {
			t.Errorf("esc.total: %s: %v", name, v.Missing)
		}
	}
}

// esc.respond: a case that was answered late tells from when until when nobody did,
// be it over since, and be it that its end was the first answer.
func TestALateResponseHasItsTimes(t *testing.T) {
	for name, c := range map[string]struct {
		b     deal.Blocker
		until time.Time
	}{
		"not answered": {deal.Blocker{}, time.Time{}},
		"answered": {deal.Blocker{Acknowledged: []escalation.Event{{By: bo, At: november(8, 9)}}},
			november(8, 9)},
		"answered and over": {deal.Blocker{Acknowledged: []escalation.Event{{By: bo, At: november(8, 9)}},
			Resolved: escalation.Event{By: bo, At: november(8, 12)}}, november(8, 9)},
		"over without any response": {deal.Blocker{Resolved: escalation.Event{By: bo, At: november(8, 12)}},
			november(8, 12)},
	} {
		d, r := small()
		c.b.ID, c.b.Kind, c.b.Raised, c.b.By = "B-1", escalation.Scheduling, november(5, 13), ana
		r.Blockers = []deal.Blocker{c.b}
		v := everything(t, d, r, november(9, 9))
		i := slices.IndexFunc(v.Findings,
			func(f assess.Finding) bool { return f.Reason.Code() == escalation.RespondRule })
		if i < 0 || !v.Findings[i].Since.Equal(november(6, 13)) || !v.Findings[i].Until.Equal(c.until) {
			t.Errorf("esc.respond: %s: %d of %v, want from the 6th to %s", name, i, v.Findings, c.until)
		}
	}
}

// esc.detect: a required task that was done is progress from the day on which it was
// done, be it on a playbook that the deal has left since.
func TestWorkOnAnotherPlaybookIsProgress(t *testing.T) {
	done := func(task stage.TaskID) stage.Event {
		return stage.Event{Verb: stage.VerbDone, Task: task, Move: stage.Move{By: ana, At: november(14, 9)}}
	}
	consents := []model.Consent{{By: ana, At: november(15, 8)}, {By: bo, At: november(15, 8)}}
	for name, events := range map[string][]stage.Event{
		"another size": {done(stage.ScheduleKickoff),
			{Verb: stage.VerbResize, Size: model.Simplified, Move: stage.Move{By: ana, At: november(15, 9)}}},
		"another model": {done(stage.BriefOtherTeam), {Verb: stage.VerbSetModel, Engagement: model.TrueCoSell,
			Move: stage.Move{By: ana, At: november(15, 9), Reason: "agreed", Consents: consents}}},
	} {
		d, _ := small()
		d.Opening.Size, d.Registrations = model.Standard, nil
		r := deal.Record{Events: events}
		for day, want := range map[int]int{27: 0, 29: 1} { // it is done on the 14th, so stalled from the 28th on
			v := everything(t, d, r, november(day, 9))
			stalled := slices.DeleteFunc(v.Blockers,
				func(b assess.Escalation) bool { return b.Kind != escalation.DealStalled })
			if len(stalled) != want {
				t.Errorf("esc.detect: %s: on the %dth %v; %v", name, day, v.Blockers, v.Missing)
			}
		}
	}
}

// esc.roster: a roster is of one partner, and nobody of it is called, or shown, for the
// deal of another one.
func TestNobodyOfAnotherPartnerIsCalled(t *testing.T) {
	d, r := small()
	d.Partner, d.Amount, d.Registrations = "beta", value.MustMoney("300000.00 USD"), nil
	a, err := engine(t).Assess(d, deal.Record{Activities: r.Activities}, november(20, 9)) // large, and stalled
	if err != nil {
		t.Fatal(err)
	}
	v := a.For(model.PartnerOrg("beta"))
	if len(v.Blockers) != 0 || !hasMissing(&v, assess.SectionEscalation, "host.rosters", assess.RosterMissing) ||
		strings.Contains(written(v), "acme_") {
		t.Errorf("esc.roster: %v; %v", v.Blockers, v.Missing)
	}
}

// esc.detect: who raises what the facts show already joins the case; its clocks run on.
func TestARaisedBlockerJoinsTheDetectedCase(t *testing.T) {
	d, r := small()
	r.Events, r.Facts = nil, r.Facts[:1] // the vendor has confirmed its support
	r.Activities = []comms.Activity{{ID: "x", Kind: comms.Mail, At: november(3, 9), Side: model.Partner,
		From: "ana@acme.example", To: []string{"cat@calder.example", "bo@us.example"}, Subject: "Hi"}}
	for raised, opened := range map[int]int{14: 13, 5: 5} { // dark from the 13th on
		r.Blockers = []deal.Blocker{{ID: "B-1", Kind: escalation.ProspectDark, Raised: november(raised, 12), By: ana}}
		v := everything(t, d, r, november(15, 9))
		if len(v.Blockers) != 1 || v.Blockers[0].State.Opened.Day() != opened ||
			!slices.Equal(v.Blockers[0].Blockers, []string{"B-1"}) {
			t.Errorf("esc.detect: raised on the %dth, it is %v", raised, v.Blockers)
		}
	}
	r.Blockers[0].Raised, r.Blockers[0].Resolved = november(14, 12),
		escalation.Event{By: bo, At: november(14, 15), Note: "called"}
	if v := everything(t, d, r, november(15, 9)); len(v.Blockers) != 1 || v.Blockers[0].State.IsOpen() {
		t.Errorf("esc.detect: resolved, it is %v", v.Blockers)
	}
}
