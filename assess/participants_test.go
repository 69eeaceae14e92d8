package assess_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/coselling/coselling/assess"
	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

var integra = model.PartnerOrg("integra")

// joined is the deal of evaluated with an integrator that takes part from 1 December to 20 December.
func joined() (deal.Deal, deal.Record) {
	d, r := evaluated()
	d.Participants = []deal.Participant{{Party: integra, Function: model.Integration,
		From: value.MustDate("2026-12-01"), Until: value.MustDate("2026-12-20")}}
	d.Team.Reps = append(d.Team.Reps, model.Rep{ID: "ida", Party: integra})
	return d, r
}

// party.function: what the integrator takes is its rep's, in the duties and in the tasks, while it takes part.
func TestAParticipantTakesOverWhileItTakesPart(t *testing.T) {
	d, r := joined()
	for day, owner := range map[int]string{30: "ana", 31: "ida", 50: "ida", 51: "ana"} {
		v := everything(t, d, r, november(day, 9))
		i := slices.IndexFunc(v.Roles.Duties, func(d model.Duty) bool { return d.Responsibility == model.ServicesObjections })
		j := slices.IndexFunc(v.Schedule.Items, func(i stage.Item) bool { return i.Task.ID == stage.ServicesObjections })
		if got := v.Roles.Duties[i].Owner; got != owner || v.Schedule.Items[j].PartnerRep != owner {
			t.Errorf("on day %d services objections are answered by %s and %s, want %s", day, got, v.Schedule.Items[j].PartnerRep, owner)
		}
	}
	v := everything(t, d, r, november(31, 9))
	for _, m := range v.Missing {
		if m.Part == assess.SectionRoles || m.Part == assess.SectionPlaybook {
			t.Errorf("missing: %v", m.Problems)
		}
	}
}

var idaActs = model.Person{Name: "ida", Party: integra}

// party.lead, stage.consent: a change of lead waits for who led, who will lead and the vendor; where one has vanished,
// managers of both others consent in its place. Then the other partner moves the deal, and what was done stays.
func TestAChangeOfLeadWaitsForAllThree(t *testing.T) {
	d, r := joined()
	d.Participants[0].Until = value.Date{}
	r.Events = append(r.Events, tick(stage.CoordinateStakeholders, anaActs, november(38, 10)))
	change := deal.Change{Event: stage.Event{Verb: stage.VerbSetLead, Lead: integra, Move: stage.Move{By: boActs, At: november(39, 9), Reason: "acme is silent"}}}
	outcome, err := engine(t).Try(d, r, change)
	if err != nil || !outcome.Accepted || !slices.Equal(outcome.Pending, []model.Party{acme, integra}) {
		t.Fatalf("next.try: %+v, %v", outcome, err)
	}
	const asks = "consent to making integra the partner that leads, or say no: bo asked on 9 December, by 2026-12-16"
	v := everything(t, d, outcome.Record, november(40, 9))
	if got := actionsOf(v, "stage.consent"); !slices.Equal(got, []string{"ana: " + asks, "ida: " + asks}) {
		t.Errorf("%q", got)
	}
	d, r = outcome.Deal, outcome.Record
	answer := func(by model.Person, day int) deal.Change {
		return deal.Change{Event: stage.Event{Verb: stage.VerbConsent, Of: stage.VerbSetLead, Asked: november(39, 9),
			Move: stage.Move{By: by, At: november(day, 9), Reason: "no answer"}}}
	}
	for _, c := range []struct {
		by   model.Person
		day  int
		left []string
	}{
		{idaActs, 40, []string{"ana: " + asks,
			"ida: have a manager consent to making integra the partner that leads in place of the partner, which has not answered bo since 9 December, by 2026-12-18",
			"bo: have a manager consent to making integra the partner that leads in place of the partner, which has not answered bo since 9 December, by 2026-12-18"}},
		{olgaActs, 47, []string{"ana: " + asks,
			"ida: have a manager consent to making integra the partner that leads in place of the partner, which has not answered bo since 9 December, by 2026-12-18"}},
		{idaActs, 48, nil},
	} {
		outcome, err := engine(t).Try(d, r, answer(c.by, c.day))
		if err != nil || !outcome.Accepted {
			t.Fatalf("stage.consent: %+v, %v", outcome, err)
		}
		d, r = outcome.Deal, outcome.Record
		v = everything(t, d, r, november(48, 10))
		if got := actionsOf(v, "stage.consent"); !slices.Equal(got, c.left) {
			t.Errorf("after %s: %q\nwant %q", c.by.Name, got, c.left)
		}
	}
	for _, m := range v.Missing {
		if m.Part == assess.SectionPlaybook || m.Part == assess.SectionRoles {
			t.Errorf("missing: %v", m.Problems)
		}
	}
	for _, item := range v.Schedule.Items {
		if item.Task.ID == stage.CoordinateStakeholders && item.By != "ana" || item.Task.ID == stage.CommercialProposal && item.PartnerRep != "ida" {
			t.Errorf("party.lead: %s by %s, %s", item.Task.ID, item.By, item.PartnerRep)
		}
	}
	for _, party := range []model.Party{acme, integra, us} {
		if v := ask1(t, d, r, november(48, 10)).For(party); v.Deal != d.ID {
			t.Errorf("view.side: %s, which led or leads, sees %q", party, v.Deal)
		}
	}
	if v.Registration.Registrant != model.ByPartner {
		t.Errorf("the claim of who led registers the deal no more: %v", v.Registration.Reasons)
	}
	if got := v.Roles.Duties[0].Accountable; got != integra {
		t.Errorf("party.lead: %v owns the relationship", got)
	}
	for by, want := range map[model.Person]bool{anaActs: false, idaActs: true} {
		lost := deal.Change{Event: stage.Event{Verb: stage.VerbHold, Move: stage.Move{By: by, At: november(49, 9)}}}
		if outcome, err := engine(t).Try(d, r, lost); err != nil || outcome.Accepted != want {
			t.Errorf("stage.authority: %s holds the deal: %+v, %v", by.Name, outcome, err)
		}
	}
}

// A case that is asked as of before and after the change of lead gives what the single question gives.
func TestTheLeadIsThatOfTheInstant(t *testing.T) {
	d, r := joined()
	d.Participants[0].Until = value.Date{}
	r.Events = append(r.Events, stage.Event{Verb: stage.VerbSetLead, Lead: integra, Move: stage.Move{By: boActs, At: november(39, 9), Reason: "agreed",
		Consents: []model.Consent{{By: anaActs, At: november(39, 8)}, {By: idaActs, At: november(39, 8)}}}})
	c, err := engine(t).Case(d, r)
	if err != nil {
		t.Fatal(err)
	}
	for _, day := range []int{40, 38, 40} {
		got := c.At(november(day, 9)).Everything()
		want := everything(t, d, r, november(day, 9))
		lead := map[int]model.Party{38: acme, 40: integra}[day]
		if written(got) != written(want) || got.Roles.Duties[0].Accountable != lead {
			t.Errorf("party.lead on day %d: %v", day, got.Roles.Duties[0].Accountable)
		}
	}
}

// party.lead, esc.detect: a mail to the prospect that has no answer counts for the company that leads, and for no other.
func TestAPartnerThatLeadsNowIsLeftWithoutAnAnswer(t *testing.T) {
	for _, leads := range []bool{false, true} {
		e, d, r := withFour(t)
		d.People = append(d.People, comms.Correspondent{Name: "ida", Party: integra, Addresses: []string{"ida@integra.example"}})
		r.Activities = []comms.Activity{{ID: "ida-1", Kind: comms.Mail, At: november(40, 9), Side: model.Partner,
			From: "ida@integra.example", To: []string{"cat@calder.example", "bo@us.example"}, Subject: "Integration"}}
		if leads {
			r.Events = []stage.Event{{Verb: stage.VerbSetLead, Lead: integra, Move: stage.Move{By: boActs, At: november(39, 9),
				Reason: "agreed", Consents: []model.Consent{{By: anaActs, At: november(39, 8)}, {By: idaActs, At: november(39, 8)}}}}}
		}
		a, err := e.Assess(d, r, november(55, 9))
		if err != nil {
			t.Fatal(err)
		}
		dark := func(b assess.Escalation) bool { return b.Kind == escalation.ProspectDark }
		if got := slices.ContainsFunc(a.Everything().Blockers, dark); got != leads {
			t.Errorf("integra leads: %v; the prospect is dark: %v", leads, got)
		}
	}
}

// gate.support_confirmed, gate.pricing_approved, next.remedy: a gate that waits for a participant is an action of its
// own people, which its view can store.
func TestAGateAsksTheParticipant(t *testing.T) {
	d, r := small()
	d.Amount, d.Opening.Size, r.Events = value.MustMoney("96000.00 USD"), model.Standard, nil
	d.Participants = []deal.Participant{{Party: integra, Function: model.Integration}}
	d.Team.Reps = append(d.Team.Reps, model.Rep{ID: "ida", Party: integra})
	r.Facts = []stage.Fact{{Kind: stage.SupportConfirmed, Side: model.Vendor, At: november(3, 9)}}
	find := func(v assess.View) (found []assess.Action) {
		for _, a := range v.Next {
			if a.Code == stage.GateSupportConfirmed {
				found = append(found, a)
			}
		}
		return found
	}
	a := ask1(t, d, r, november(4, 9))
	for party, acts := range map[model.Party]bool{{}: true, acme: false, us: false, integra: true} {
		got := find(view(a, party))
		if len(got) != 1 || !slices.Equal(got[0].Who, []string{"ida"}) || got[0].Text() != "confirm capacity, fit and timing to support the deal" ||
			acts != (got[0].Do != nil) {
			t.Fatalf("%v: %+v", party, got)
		}
	}
	do := find(a.For(integra))[0].Do
	outcome, err := engine(t).Try(d, r, *do)
	if err != nil || !outcome.Accepted || do.Facts[0].Org != "integra" || len(find(everything(t, d, outcome.Record, november(4, 10)))) > 0 {
		t.Errorf("%+v, %+v, %v", do, outcome.Reasons, err)
	}
}

// party.late, next.remedy: who joined after discovery is a finding, and it is asked for its confirmation within five business
// days; afterwards the finding asks nothing.
func TestWhoJoinsLateConfirms(t *testing.T) {
	d, r := evaluated()
	d.Opening.Stage, d.Opening.At, r.Events = stage.Discovery, november(3, 9), nil
	d.Opening.Size = model.Standard
	d.Participants = []deal.Participant{{Party: integra, Function: model.Integration, From: value.MustDate("2026-12-10")}}
	d.Team.Reps = append(d.Team.Reps, model.Rep{ID: "ida", Party: integra})
	r.Facts = []stage.Fact{{Kind: stage.Qualified, At: november(4, 9)}, {Kind: stage.PartnerEngaged, At: november(4, 9)}}
	for _, task := range []stage.TaskID{stage.DiscoveryCall, stage.ValueProposition, stage.MapStakeholders, stage.ProductQuestions, stage.DocumentRequirements} {
		r.Events = append(r.Events, tick(task, anaActs, november(5, 9)))
	}
	r.Events = append(r.Events, stage.Event{Verb: stage.VerbAdvance, Move: stage.Move{To: stage.Presentation, By: anaActs, At: november(6, 9)}})
	const says = "ida: confirm capacity, fit and timing to support the deal, which your company joined on 10 December, by 2026-12-17"
	for day, want := range map[int][]string{39: nil, 40: {says}, 50: {says}} {
		v := everything(t, d, r, november(day, 9))
		if got := actionsOf(v, "gate.support_confirmed"); !slices.Equal(got, want) {
			t.Errorf("on day %d: %q, %v, %v", day, got, v.Progress.Stage, v.Missing)
		}
	}
	r.Facts = append(r.Facts, stage.Fact{Kind: stage.SupportConfirmed, Side: model.Partner, Org: "integra", At: november(41, 9)})
	v := everything(t, d, r, november(50, 9))
	told := slices.ContainsFunc(v.Findings, func(f assess.Finding) bool { return f.Reason.Code() == "party.late" })
	if got := actionsOf(v, "gate.support_confirmed"); got != nil || !told {
		t.Errorf("after its confirmation: %q, %v", got, v.Findings)
	}
}

// party.lead, party.front: the rules of talk are about the partner that leads at the instant of each activity. Whoever
// leads may write to the prospect; who led before and is not in front may no more.
func TestTalkIsOfWhoeverLeads(t *testing.T) {
	d, r := joined()
	d.Participants[0].Until = value.Date{}
	d.People = []comms.Correspondent{
		{Name: "ana", Party: acme, Addresses: []string{"ana@acme.example"}},
		{Name: "ida", Party: integra, Addresses: []string{"ida@integra.example"}},
		{Name: "bo", Party: us, Addresses: []string{"bo@us.example"}},
		{Prospect: true, Addresses: []string{"@calder-rail.com"}},
	}
	mail := func(id, from string, day int) comms.Activity {
		return comms.Activity{ID: id, Kind: comms.Mail, At: november(day, 9), Side: model.Partner, From: from, Subject: "Offer " + id,
			To: []string{"cat@calder-rail.com", "bo@us.example"}}
	}
	r.Activities = []comms.Activity{mail("a1", "ana@acme.example", 38), mail("i1", "ida@integra.example", 38),
		mail("a2", "ana@acme.example", 41), mail("i2", "ida@integra.example", 41)}
	r.Events = append(r.Events, stage.Event{Verb: stage.VerbSetLead, Lead: integra, Move: stage.Move{By: boActs, At: november(40, 9), Reason: "agreed",
		Consents: []model.Consent{{By: anaActs, At: november(39, 8)}, {By: idaActs, At: november(39, 8)}}}})
	c, err := engine(t).Case(d, r)
	if err != nil {
		t.Fatal(err)
	}
	for _, ask := range []struct {
		day  int
		want []string
	}{{39, []string{"i1"}}, {42, []string{"i1", "a2"}}, {39, []string{"i1"}}} {
		v := c.At(november(ask.day, 12)).Everything()
		if single := everything(t, d, r, november(ask.day, 12)); written(v) != written(single) {
			t.Errorf("the case differs on day %d", ask.day)
		}
		var outside []string
		for _, f := range v.Findings {
			switch code := f.Reason.Code(); {
			case code == "party.outside":
				outside = append(outside, f.Reason.Paths()...)
			case code == comms.SingleThread:
				t.Errorf("day %d: %v", ask.day, f.Reason)
			}
		}
		slices.SortFunc(outside, func(a, b string) int { return strings.Compare(b, a) })
		if !slices.Equal(outside, ask.want) {
			t.Errorf("party.outside on day %d: %v, want %v", ask.day, outside, ask.want)
		}
	}
}
