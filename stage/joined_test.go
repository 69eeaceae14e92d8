package stage_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/internal/naive/stagetest"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// refusals lists the shut gates of a move as "code company", the side where no participant is meant.
func refusals(shut []stage.Shut) (list []string) {
	for _, s := range shut {
		who := s.Party.Org
		if who == "" {
			who = s.Owner.String()
		}
		list = append(list, strings.TrimPrefix(string(s.Code), "gate.")+" "+who)
	}
	return list
}

func further(kind stage.FactKind, org string, at time.Time) stage.Fact {
	f := stage.Fact{Kind: kind, Side: model.Partner, Org: org, At: at}
	if kind == stage.PricingApproved {
		f.Proposal, f.Revision = "P-1", 1
	}
	return f
}

// leave returns what is shut on the way out of the stage, beside its tasks.
func (d *deal) leave(by model.Person, to stage.Stage) []string {
	d.tb.Helper()
	shut, err := d.rules.Judge(d.p, stage.VerbAdvance, stage.Move{To: to, By: by, At: d.now})
	if err != nil {
		d.tb.Fatal(err)
	}
	return slices.DeleteFunc(refusals(shut), func(s string) bool { return strings.HasPrefix(s, "tasks") })
}

// gate.support_confirmed: each participant with a part confirms its support before discovery. One that joins later
// gates nothing, but owes its confirmation; joining after discovery is party.late.
func TestEachPartyWithAPartConfirms(t *testing.T) {
	d := several(t)
	d.record(stage.Fact{Kind: stage.Registered, Side: model.Partner})
	if got := d.leave(ana, stage.Discovery); !slices.Equal(got, []string{"support_confirmed vendor", "support_confirmed integra"}) {
		t.Errorf("gate.support_confirmed: %v", got)
	}
	d.record(stage.Fact{Kind: stage.SupportConfirmed, Side: model.Partner}, stage.Fact{Kind: stage.SupportConfirmed, Side: model.Vendor})
	if got := d.leave(ana, stage.Discovery); !slices.Equal(got, []string{"support_confirmed integra"}) {
		t.Errorf("the lead confirms for nobody else: %v", got)
	}
	d.must(d.rules.Record(d.p, stage.Move{By: people["integra"], At: d.now, Evidence: []stage.Fact{further(stage.SupportConfirmed, "integra", d.now)}}))
	if got := d.leave(ana, stage.Discovery); len(got) > 0 {
		t.Errorf("gate.support_confirmed: %v", got)
	}
	for _, task := range d.playbook().Steps[0].Tasks {
		if decision, err := d.rules.Waive(d.p, task.ID, stage.Move{By: ana, At: d.now, Reason: "known"}); err == nil {
			d.p = decision.Progress
		}
	}
	d.now = joins.Start(nil).Add(-48 * time.Hour)
	d.must(d.rules.Advance(d.p, stage.Move{To: stage.Discovery, By: ana, At: d.now}))
	for at, want := range map[time.Time]string{
		joins.Start(nil).Add(-1): "",
		joins.Start(nil):         "resell joined on 2026-11-12 and has not confirmed capacity, fit and timing",
	} {
		s, err := d.rules.Schedule(d.p, stage.Query{AsOf: at})
		if err != nil {
			t.Fatal(err)
		}
		var got strings.Builder
		for _, r := range s.Owed {
			got.WriteString(r.String())
			if until, _ := r.Operands()[2].Value().(value.End); time.Time(until) != time.Date(2026, time.November, 20, 0, 0, 0, 0, time.UTC) {
				t.Errorf("due %v", r.Operands())
			}
		}
		if got.String() != want {
			t.Errorf("party.late at %v: %s", at, got.String())
		}
	}
	d.now = joins.Start(nil)
	d.record(further(stage.SupportConfirmed, "resell", d.now))
	if s, _ := d.rules.Schedule(d.p, stage.Query{AsOf: d.now}); s.Owed != nil {
		t.Errorf("it has confirmed: %v", s.Owed)
	}
}

// party.late: a participant that joins after the deal left discovery is a finding; it owes its confirmation, gates
// nothing that was passed, and an import asks nothing of the past.
func TestJoiningAfterDiscoveryIsAFinding(t *testing.T) {
	for join, want := range map[string]bool{"2026-11-05": false, "2026-11-20": true} {
		d := several(t)
		all := slices.Clone(d.p.Opening().Partners.All)
		all[2].From = value.MustDate(join)
		d.open(stage.Opening{Day: value.MustDate("2026-11-02"), Engagement: model.PartnerLed, Size: model.Standard, Stage: stage.Discovery,
			At: time.Date(2026, time.November, 3, 9, 0, 0, 0, time.UTC), From: "crm", Partners: &model.Partners{All: all, Functions: model.DefaultFunctions()}})
		d.now = time.Date(2026, time.November, 10, 9, 0, 0, 0, time.UTC)
		d.record(stage.Fact{Kind: stage.Qualified}, stage.Fact{Kind: stage.PartnerEngaged})
		for _, task := range d.playbook().Steps[1].Tasks {
			if decision, err := d.rules.Waive(d.p, task.ID, stage.Move{By: ana, At: d.now, Reason: "known"}); err == nil {
				d.p = decision.Progress
			}
		}
		d.must(d.rules.Advance(d.p, stage.Move{To: stage.Presentation, By: ana, At: d.now}))
		s, err := d.rules.Schedule(d.p, stage.Query{AsOf: d.now.Add(20 * 24 * time.Hour)})
		if err != nil {
			t.Fatal(err)
		}
		late := slices.ContainsFunc(s.Findings, func(r value.Reason) bool { return r.Code() == "party.late" })
		if late != want || len(s.Owed) != 1 {
			t.Errorf("party.late, joined on %s: %v, %v", join, s.Findings, s.Owed)
		}
	}
}

// gate.pricing_approved: every party with a price in the live revision approves its own part: the reseller, which
// supports the proposal, unless the revision says that it has none, it was sent before the reseller joined, or the
// reseller has left.
func TestEachPartyWithAPriceApproves(t *testing.T) {
	sent := time.Date(2026, time.November, 20, 9, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		from, until string
		fact        stage.Fact
		lead        bool // resell leads when the deal moves on
		want        []string
	}{
		"not approved":         {fact: stage.Fact{Kind: stage.PartnerEngaged}, want: []string{"pricing_approved resell"}},
		"approved by the lead": {fact: stage.Fact{Kind: stage.PricingApproved, Side: model.Partner, Proposal: "P-1", Revision: 1}, want: []string{"pricing_approved resell"}},
		"approved":             {fact: further(stage.PricingApproved, "resell", time.Time{})},
		"no price":             {fact: stage.Fact{Kind: stage.ProposalSent, Proposal: "P-1", Revision: 1, Without: model.Partner, Org: "resell"}},
		"joined later":         {from: "2026-11-21", fact: stage.Fact{Kind: stage.PartnerEngaged}},
		"left":                 {until: "2026-11-20", fact: stage.Fact{Kind: stage.PartnerEngaged}},
		"approved, and leads":  {fact: further(stage.PricingApproved, "resell", time.Time{}), lead: true},
	} {
		d := several(t)
		all := slices.Clone(d.p.Opening().Partners.All)
		all[2].From = value.Date{}
		if c.from != "" {
			all[2].From = value.MustDate(c.from)
		}
		if c.until != "" {
			all[2].Until = value.MustDate(c.until)
		}
		d.open(stage.Opening{Day: value.MustDate("2026-11-02"), Engagement: model.PartnerLed, Size: model.Standard, Stage: stage.Proposal, At: sent,
			From: "crm", Partners: &model.Partners{All: all, Functions: model.DefaultFunctions()}})
		proposal := stage.Fact{Kind: stage.ProposalSent, Proposal: "P-1", Revision: 1}
		if c.fact.Kind == stage.ProposalSent {
			proposal = c.fact
		}
		d.record(proposal, stage.Fact{Kind: stage.PricingApproved, Side: model.Vendor, Proposal: "P-1", Revision: 1},
			stage.Fact{Kind: stage.PricingApproved, Side: model.Partner, Proposal: "P-1", Revision: 1})
		if c.fact.Kind != stage.ProposalSent {
			d.record(c.fact)
		}
		d.now = sent.Add(48 * time.Hour)
		by := ana
		if c.lead {
			d.must(d.rules.Apply(d.p, lead("us", "resell", d.now, "acme", "resell")))
			by = people["resell"]
		}
		if got := d.leave(by, stage.Close); !slices.Equal(got, c.want) {
			t.Errorf("gate.pricing_approved %s: %v, want %v", name, got, c.want)
		}
	}
}

// What a participant does, confirms or updates is not the lead's.
func TestFactsOfParticipantsAreTheirOwn(t *testing.T) {
	d := several(t)
	for name, c := range map[string]struct {
		by   model.Person
		fact stage.Fact
		want string
	}{
		"of a stranger":      {bo, further(stage.SupportConfirmed, "globex", d.now), `evidence[0].org: "globex" is no participant of the deal`},
		"of another company": {people["integra"], further(stage.SupportConfirmed, "resell", d.now), `evidence[0].org: "resell" is not partner integra, which records what it has done itself`},
		"of the lead":        {people["integra"], stage.Fact{Kind: stage.CRMUpdated, Side: model.Partner, At: d.now}, `evidence[0].org: nothing is not partner integra, which records what it has done itself`},
		"of the vendor":      {bo, stage.Fact{Kind: stage.SupportConfirmed, Side: model.Vendor, Org: "integra", At: d.now}, `evidence[0].org: the value is not that of a partner, which a fact "support_confirmed" needs`},
		"not taken":          {bo, stage.Fact{Kind: stage.CRMUpdated, Side: model.Partner, Org: "integra", At: d.now}, `evidence[0].org: a value is not taken by a fact "crm_updated"`},
	} {
		_, err := d.rules.Record(d.p, stage.Move{By: c.by, At: d.now, Evidence: []stage.Fact{c.fact}})
		if err == nil || err.Error() != c.want || !errors.Is(err, value.Code("fact.field")) {
			t.Errorf("%s: %v\nwant %s", name, err, c.want)
		}
	}
}

// For any participants, facts and days the gates wait for whoever has a part or a price, takes part and has not
// answered, as this naive reading says (gate.support_confirmed, gate.pricing_approved).
func TestGatesAgreeWithANaiveReading(t *testing.T) {
	rules, err := stage.DefaultRules()
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		began := time.Date(2026, time.November, 20, 9, 0, 0, 0, time.UTC)
		days := []value.Date{{}, value.MustDate("2026-11-20"), value.MustDate("2026-11-21"), value.MustDate("2026-11-22")}
		functions := []model.Function{model.Resale, model.Integration, model.Referral, ""}
		partners := &model.Partners{Functions: model.DefaultFunctions(), All: []model.Participant{{Party: ana.Party,
			Function: rapid.SampledFrom(functions).Draw(t, "function of the lead")}}}
		facts := []stage.Fact{{Kind: stage.Registered, Side: model.Partner, At: began}}
		both := func(f stage.Fact) {
			for _, f.Side = range stagetest.Sides {
				f.At = began
				facts = append(facts, f)
			}
		}
		at := rapid.SampledFrom([]stage.Stage{stage.Identification, stage.Proposal}).Draw(t, "stage")
		both(stage.Fact{Kind: stage.SupportConfirmed})
		sent := began.Add(24 * time.Hour)
		proposal := stage.Fact{Kind: stage.ProposalSent, Proposal: "P-1", Revision: 1, At: sent}
		if rapid.Bool().Draw(t, "somebody has no price") {
			proposal.Without, proposal.Org = model.Partner, "p0"
		}
		var want []string
		asked := sent.Add(time.Duration(rapid.IntRange(0, 2).Draw(t, "days later")) * 24 * time.Hour)
		today, _ := value.DateOf(asked, nil)
		for i := range rapid.IntRange(1, 4).Draw(t, "participants") {
			p := model.Participant{Party: model.PartnerOrg(fmt.Sprint("p", i)), Function: rapid.SampledFrom(functions[:3]).Draw(t, "function"),
				From: rapid.SampledFrom(days).Draw(t, "from"), Until: rapid.SampledFrom(days).Draw(t, "until")}
			if p.Until.Before(p.From) {
				p.Until = value.Date{}
			}
			partners.All = append(partners.All, p)
			confirmed, approved := rapid.Bool().Draw(t, "confirmed"), rapid.Bool().Draw(t, "approved")
			if confirmed {
				facts = append(facts, further(stage.SupportConfirmed, p.Party.Org, sent))
			}
			if approved {
				facts = append(facts, further(stage.PricingApproved, p.Party.Org, sent))
			}
			here := !today.Before(p.From) && (p.Until.IsZero() || !today.After(p.Until))
			works := (p.Function == model.Resale || p.Function == model.Integration) && p.Function != partners.All[0].Function
			prices := works && p.Function == model.Resale && !p.From.After(value.MustDate("2026-11-21")) && p.Party.Org != proposal.Org
			if at == stage.Identification && here && works && !confirmed {
				want = append(want, "support_confirmed "+p.Party.Org)
			}
			if at == stage.Proposal && here && prices && !approved {
				want = append(want, "pricing_approved "+p.Party.Org)
			}
		}
		if known := func(p model.Participant) bool { return p.Party.Org == proposal.Org }; proposal.Org != "" && !slices.ContainsFunc(partners.All, known) {
			t.Fatal("p0 is always there")
		}
		facts = append(facts, proposal)
		both(stage.Fact{Kind: stage.PricingApproved, Proposal: "P-1", Revision: 1})
		d := &deal{tb: t, rules: rules}
		d.open(stage.Opening{Day: value.MustDate("2026-11-02"), Engagement: model.PartnerLed, Size: model.Standard, Stage: at, At: began, From: "crm", Partners: partners})
		d.now = sent
		d.record(facts...)
		d.now = asked
		to := map[stage.Stage]stage.Stage{stage.Identification: stage.Discovery, stage.Proposal: stage.Close}[at]
		if got := d.leave(ana, to); !slices.Equal(got, want) {
			t.Fatalf("at %v: %v, want %v, of %+v", today, got, want, partners.All)
		}
	})
}
