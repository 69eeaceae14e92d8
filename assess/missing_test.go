package assess_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/coselling/coselling/assess"
	"github.com/coselling/coselling/book"
	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// A part that needs or rejects a fact names it, and the other parts are complete.
func TestMissingAndRejectedFactsAreNamed(t *testing.T) {
	at := day1.Add(9 * time.Hour)
	mail := comms.Activity{ID: "m-1", Kind: comms.Mail, At: at, Side: model.Partner, From: "ana@acme.example",
		To: []string{"cat@calder-rail.com"}, Subject: "Hello"}
	ana := comms.Correspondent{Name: "ana", Party: model.PartnerOrg("acme"), Addresses: []string{"ana@acme.example"}}
	prospect := comms.Correspondent{Prospect: true, Addresses: []string{"@calder-rail.com"}}
	for _, c := range []struct {
		name string
		do   func(*deal.Deal, *deal.Record)
		part assess.Section
		path string
		code value.Code
	}{
		{"no activities", func(*deal.Deal, *deal.Record) {}, assess.SectionComms, "record.activities", assess.FactMissing},
		{"no people", func(d *deal.Deal, r *deal.Record) { r.Activities = []comms.Activity{mail} }, assess.SectionComms,
			"deal.people", assess.FactMissing},
		{"somebody without an address", func(d *deal.Deal, r *deal.Record) {
			d.People, r.Activities = []comms.Correspondent{ana, prospect, {Name: "eve", Party: model.VendorOrg("us")}},
				[]comms.Activity{mail}
		}, assess.SectionComms, `deal.people["eve"]`, value.Code("comms.person.address")},
		{"two with one address", func(d *deal.Deal, r *deal.Record) {
			d.People, r.Activities = []comms.Correspondent{ana,
				{Name: "eve", Party: model.VendorOrg("us"), Addresses: ana.Addresses}}, []comms.Activity{mail}
		}, assess.SectionComms, "deal.people", value.Code("comms.person.twice")},
		{"no amount", func(d *deal.Deal, r *deal.Record) { d.Amount = value.Money{} }, assess.SectionCredit, "deal.amount",
			assess.FactMissing},
		{"no payees", func(*deal.Deal, *deal.Record) {}, assess.SectionCredit, "deal.payees", assess.FactMissing},
		{"no rate of exchange", func(d *deal.Deal, r *deal.Record) { d.Amount = value.MustMoney("1.00 EUR") },
			assess.SectionPlaybook, "deal.exchange", value.MoneyCurrency},
		{"a currency that is not the policy's",
			func(d *deal.Deal, r *deal.Record) { d.Amount = value.MustMoney("1.00 EUR") }, assess.SectionEscalation,
			"deal.exchange", value.MoneyCurrency},
		{"a payee of another partner", func(d *deal.Deal, r *deal.Record) {
			d.Payees = []comp.Payee{{Rep: "eve", Party: model.PartnerOrg("globex"), Role: comp.Primary}}
		}, assess.SectionCredit, `deal.payees["eve"]`, model.TwoOrgs},
		{"a rep of another vendor", func(d *deal.Deal, r *deal.Record) {
			d.Team.Reps = []model.Rep{{ID: "eve", Party: model.VendorOrg("them")}}
		}, assess.SectionRoles, `deal.team.reps["eve"]`, model.TwoOrgs},
		{"a participant with an unknown function", func(d *deal.Deal, r *deal.Record) {
			d.Participants = []deal.Participant{{Party: model.PartnerOrg("integra"), Function: "courier"}}
		}, assess.SectionRoles, `deal.participants["integra"].function`, "party.function"},
		{"a partner with an unknown function", func(d *deal.Deal, r *deal.Record) { d.PartnerFunction = "courier" },
			assess.SectionRoles, "deal.partner_function", "party.function"},
		{"no registration", func(*deal.Deal, *deal.Record) {}, assess.SectionRegistration, "deal.registrations",
			assess.FactMissing},
		{"a claim that is not in the record", func(d *deal.Deal, r *deal.Record) { d.Registrations = []string{"C-1"} },
			assess.SectionRegistration, `record.claims["C-1"]`, assess.FactMissing},
		{"another vendor than the book's", func(d *deal.Deal, r *deal.Record) { d.Vendor = "them" },
			assess.SectionRegistration, "deal.vendor", value.Code("assess.vendor")},
		{"a zone that nobody resolves", func(d *deal.Deal, r *deal.Record) {
			d.Zone, d.People, r.Activities = "Mars/Base", []comms.Correspondent{ana, prospect}, []comms.Activity{mail}
		}, assess.SectionComms, "deal.zone", book.ZoneUnresolved},
		{"signals that decide nothing", func(d *deal.Deal, r *deal.Record) { d.Opening.Engagement = 0 }, assess.SectionModel,
			"deal.signals", model.UndeterminedModel},
		{"a stage that the playbook of the amount does not have", func(d *deal.Deal, r *deal.Record) {
			d.Amount = value.MustMoney("1000.00 USD")
			d.Opening.Stage, d.Opening.At, d.Opening.From = stage.Presentation, at, "crm"
		}, assess.SectionPlaybook, "deal.opening.stage", stage.StageUnknown},
		{"a move that the rules refuse", func(d *deal.Deal, r *deal.Record) {
			r.Events = []stage.Event{{Verb: stage.VerbAdvance,
				Move: stage.Move{To: stage.Discovery, By: model.Person{Name: "ana", Party: acme}, At: at}}}
		}, assess.SectionPlaybook, "record.events[2026-11-02T09:00:00Z advance discovery partner]", stage.GateRegistered},
	} {
		d := deal.Deal{ID: "D-1", Partner: "acme", Vendor: "us", Amount: value.MustMoney("120000.00 USD"),
			Opening: stage.Opening{Day: value.MustDate("2026-11-02"), Engagement: model.PartnerLed}}
		var r deal.Record
		c.do(&d, &r)
		a, err := engine(t).Assess(d, r, at.AddDate(0, 0, 1))
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		v := a.Everything()
		if !hasMissing(&v, c.part, c.path, c.code) {
			t.Errorf("%s: %s of %s is not reported: %v", c.name, c.code, c.path, v.Missing)
		}
		if len(v.Schedule.Items) == 0 && c.part != assess.SectionModel || v.Progress.Status == 0 {
			t.Errorf("%s: the rest does not stand", c.name)
		}
	}
}

// hasMissing reports whether a problem is among the missing facts. Some problems have a path below
// the fact.
func hasMissing(v *assess.View, part assess.Section, path string, code value.Code) bool {
	for _, m := range v.Missing {
		for _, p := range m.Problems {
			if m.Part == part && strings.HasPrefix(p.Path, path) && p.Code == code {
				return true
			}
		}
	}
	return false
}

// Bad input is an error that names the field, and nothing is answered.
func TestMalformedInputIsAnError(t *testing.T) {
	good := deal.Deal{ID: "D-1", Partner: "acme", Vendor: "us",
		Opening: stage.Opening{Day: value.MustDate("2026-11-02")}}
	for _, c := range []struct {
		asOf time.Time
		do   func(*deal.Deal)
		code value.Code
	}{
		{time.Time{}, func(*deal.Deal) {}, assess.AsOfMissing},
		{time.Date(9001, 1, 1, 0, 0, 0, 0, time.UTC), func(*deal.Deal) {}, assess.AsOfMissing},
		{time.Date(0, 12, 31, 0, 0, 0, 0, time.UTC), func(*deal.Deal) {}, assess.AsOfMissing},
		{day1, func(d *deal.Deal) { d.ID = "" }, value.Code("deal.id")},
		{day1, func(d *deal.Deal) { d.Opening.Day = value.Date{} }, value.Code("deal.day")},
		{day1, func(d *deal.Deal) { d.Opening.Engagement = 9 }, value.Code("engagement.unknown")},
	} {
		d := good
		c.do(&d)
		a, err := engine(t).Assess(d, deal.Record{}, c.asOf)
		if !errors.Is(err, c.code) || a.Everything().Deal != "" {
			t.Errorf("%s: %v", c.code, err)
		}
	}
}

// The order of malformed people, strangers and unknown claims does not matter to their
// problems.
func TestTheOrderOfFactsDoesNotChangeTheirProblems(t *testing.T) {
	d, r := small()
	d.People = append(d.People, comms.Correspondent{Name: "q", Party: model.PartnerOrg("acme")},
		comms.Correspondent{Name: "r", Party: model.PartnerOrg("acme"), Addresses: []string{"nope"}})
	d.Team.Reps = append(d.Team.Reps, model.Rep{ID: "eve", Party: other},
		model.Rep{ID: "eda", Party: model.PartnerOrg("a third")})
	d.Registrations = append(d.Registrations, "C-8", "C-9", "C-9")
	before := everything(t, d, r, november(6, 9))
	slices.Reverse(d.People)
	slices.Reverse(d.Team.Reps)
	slices.Reverse(d.Registrations)
	if after := everything(t, d, r, november(6, 9)); written(before) != written(after) {
		t.Errorf("assess.missing: %v, in another order %v", before.Missing, after.Missing)
	}
	for _, m := range before.Missing {
		if m.Part == assess.SectionRegistration && len(m.Problems) != 2 {
			t.Errorf("assess.missing: of C-8 and C-9, each once: %v", m.Problems)
		}
	}
}

// The order of people who contradict each other does not matter either.
func TestTheOrderOfContradictingPeopleDoesNotMatter(t *testing.T) {
	d, r := small()
	for _, name := range []string{"eve", "zed"} {
		d.People = append(d.People, comms.Correspondent{Name: name, Party: model.VendorOrg("us"), Lead: name == "eve",
			Addresses: []string{"ana@acme.example", "bo@us.example"}})
	}
	before := everything(t, d, r, november(6, 9))
	slices.Reverse(d.People)
	if after := everything(t, d, r, november(6, 9)); written(before) != written(after) ||
		!hasMissing(&before, assess.SectionComms, "deal.people", "comms.person.twice") {
		t.Errorf("comms.person.twice: %v, in another order %v", before.Missing, after.Missing)
	}
}

// A rep who is on the team twice is reported by id, not by position.
func TestARepListedTwiceIsReportedByID(t *testing.T) {
	d, r := small()
	d.Team.Reps = append(d.Team.Reps, model.Rep{ID: "eve", Party: other}, model.Rep{ID: "ana", Party: us})
	before := everything(t, d, r, november(6, 9))
	slices.Reverse(d.Team.Reps)
	if after := everything(t, d, r, november(6, 9)); written(before) != written(after) ||
		!hasMissing(&before, assess.SectionRoles, `deal.team.reps["ana"].id`, "team.rep_id") {
		t.Errorf("team.rep_id: %v, in another order %v", before.Missing, after.Missing)
	}
}

// A rep without an id is found on the team by that.
func TestARepWithoutAnIDIsReported(t *testing.T) {
	d, r := small()
	d.Team.Reps = append(d.Team.Reps, model.Rep{Party: acme})
	v := everything(t, d, r, november(6, 9))
	if !hasMissing(&v, assess.SectionRoles, `deal.team.reps[""].id`, "team.rep_id") {
		t.Errorf("team.rep_id: %v", v.Missing)
	}
}
