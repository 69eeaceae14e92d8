package stage_test

import (
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage"
)

// tryNext tries to leave the stage with evidence, and returns the shut gates but
// gate.tasks, each as "code side".
func (d *deal) tryNext(evidence ...stage.Fact) []string {
	d.tb.Helper()
	m := d.move()
	for i := range evidence {
		if evidence[i].At.IsZero() {
			evidence[i].At = d.now
		}
	}
	m.Evidence = evidence
	steps := d.playbook().Steps
	at := slices.IndexFunc(steps, func(s stage.Step) bool { return s.Stage == d.p.Stage() })
	verb := stage.VerbWin
	if at+1 < len(steps) {
		verb, m.To = stage.VerbAdvance, steps[at+1].Stage
	}
	shut, err := d.rules.Judge(d.p, verb, m)
	if err != nil {
		d.tb.Fatal(err)
	}
	codes := []string{}
	for _, s := range shut {
		if s.Code != stage.GateTasks {
			codes = append(codes, string(s.Code)+" "+s.Owner.String())
		}
	}
	return codes
}

func (d *deal) want(rule string, evidence []stage.Fact, want ...string) {
	d.tb.Helper()
	if got := d.tryNext(evidence...); !slices.Equal(got, want) {
		d.tb.Errorf("%s: shut are %q, want %q", rule, got, want)
	}
}

func fact(kind stage.FactKind, side model.Side) stage.Fact { return stage.Fact{Kind: kind, Side: side} }

func sent(id string, revision int) stage.Fact {
	return stage.Fact{Kind: stage.ProposalSent, Proposal: id, Revision: revision}
}

func approved(side model.Side, id string, revision int) stage.Fact {
	return stage.Fact{Kind: stage.PricingApproved, Side: side, Proposal: id, Revision: revision}
}

// gate.support_confirmed: the supporting side confirms, under true co-sell both sides.
func TestLeavingIdentificationNeedsConfirmedSupport(t *testing.T) {
	const gate = "gate.support_confirmed "
	registered := fact(stage.Registered, model.Partner)
	both := []stage.Fact{registered, fact(stage.SupportConfirmed, model.Partner), fact(stage.SupportConfirmed, model.Vendor)}
	for e, shut := range map[model.Engagement][]string{
		model.PartnerLed: {gate + "vendor"}, model.VendorLed: {gate + "partner"}, model.TrueCoSell: {gate + "partner", gate + "vendor"},
	} {
		d := newDeal(t, e, model.Standard)
		d.want(gate+e.String(), []stage.Fact{registered}, shut...)
		d.want(gate+e.String(), both)
	}
	newDeal(t, model.PartnerLed, model.Standard).want(gate, both[:2], gate+"vendor")
	newDeal(t, model.TrueCoSell, model.Standard).want(gate, both[:2], gate+"vendor")
	newDeal(t, model.TrueCoSell, model.Standard).want(gate, []stage.Fact{both[0], both[2]}, gate+"partner")
	newDeal(t, model.PartnerLed, model.Simplified).want("stage.simplified: support is only a task", []stage.Fact{registered})
}

// gate.registered: a registration is active when the deal leaves identification and when it
// is won; at its very end it counts for winning alone.
func TestLeavingIdentificationAndWinningNeedARegistration(t *testing.T) {
	d := newDeal(t, model.PartnerLed, model.Simplified)
	d.want("gate.registered", nil, "gate.registered partner")
	until := func(end time.Time) []stage.Fact {
		return []stage.Fact{{Kind: stage.Registered, Side: model.Vendor, At: d.now.Add(-time.Hour), Until: end}}
	}
	d.want("gate.registered", until(d.now.Add(-time.Nanosecond)), "gate.registered partner")
	d.want("gate.registered: an end at the very instant", until(d.now), "gate.registered partner")
	d.want("gate.registered: an end just after", until(d.now.Add(time.Nanosecond)))
	d.want("gate.registered: the latest counts", append(until(time.Time{}), stage.Fact{Kind: stage.Registered, Side: model.Vendor, At: d.now.Add(-time.Minute), Until: d.now.Add(-time.Second)}), "gate.registered partner")
	d.walkTo(stage.Close)
	d.finishStage()
	end := d.now.Add(time.Hour)
	d.record(stage.Fact{Kind: stage.Registered, Side: model.Vendor, Until: end})
	d.want("gate.registered at won", nil)
	d.now = end
	d.want("gate.registered: an end at the very instant of won", nil)
	d.now = d.now.Add(time.Hour)
	d.want("gate.registered at won", nil, "gate.registered partner")
	if got := d.findings(); !slices.Contains(got, "reg.lapsed") {
		t.Errorf("reg.lapsed is not a finding: %q", got)
	}
	d.record(fact(stage.Registered, model.Partner))
	d.want("gate.registered at won", nil)
	if got := d.findings(); !slices.Contains(got, "reg.lapsed") {
		t.Errorf("reg.lapsed: an end in between stays a finding when a new registration follows: %q", got)
	}
	d.next()
	if got := d.findings(); d.p.Status() != stage.ClosedWon || !slices.Contains(got, "reg.lapsed") {
		t.Errorf("reg.lapsed of a won deal: %q", got)
	}
}

// reg.lapsed: only an end after the deal left identification and before won counts, and only
// where no other registration follows without a gap.
func TestARegistrationThatEndsBeforeWonIsAFinding(t *testing.T) {
	for _, c := range []struct {
		name  string
		claim func(left time.Time) []stage.Fact
		want  bool
	}{
		{"without end", func(left time.Time) []stage.Fact { return nil }, false},
		{"ended before leaving identification", func(left time.Time) []stage.Fact {
			return []stage.Fact{{At: left.Add(-50 * time.Minute), Until: left.Add(-40 * time.Minute)}}
		}, false},
		{"renewed without a gap", func(left time.Time) []stage.Fact {
			return []stage.Fact{{At: left, Until: left.Add(time.Hour)}, {At: left.Add(time.Hour)}}
		}, false},
		{"renewed with a gap", func(left time.Time) []stage.Fact {
			return []stage.Fact{{At: left, Until: left.Add(time.Hour)}, {At: left.Add(time.Hour + 1)}}
		}, true},
		{"ended", func(left time.Time) []stage.Fact { return []stage.Fact{{At: left, Until: left.Add(time.Hour)}} }, true},
	} {
		d := newDeal(t, model.PartnerLed, model.Simplified)
		d.now = d.now.Add(time.Hour)
		d.walkTo(stage.Discovery)
		left := d.now
		d.now = d.now.Add(3 * time.Hour)
		facts := c.claim(left)
		for i := range facts {
			facts[i].Kind, facts[i].Side = stage.Registered, model.Partner
		}
		d.record(facts...)
		if got := slices.Contains(d.findings(), "reg.lapsed"); got != c.want {
			t.Errorf("reg.lapsed, %s: %v", c.name, got)
		}
	}
}

// findings returns the codes of the findings now.
func (d *deal) findings() []string {
	d.tb.Helper()
	schedule, err := d.rules.Schedule(d.p, stage.Query{AsOf: d.now})
	if err != nil {
		d.tb.Fatal(err)
	}
	var codes []string
	for _, f := range schedule.Findings {
		codes = append(codes, string(f.Code()))
	}
	return codes
}

// gate.partner_engaged: taking part before discovery does not count, taking part first
// after it is a finding, and without it the deal cannot enter proposal.
func TestEnteringProposalNeedsThePartner(t *testing.T) {
	for size, last := range map[model.PlaybookSize]stage.Stage{model.Standard: stage.Evaluation, model.Simplified: stage.Discovery} {
		d := newDeal(t, model.VendorLed, size)
		d.record(stage.Fact{Kind: stage.PartnerEngaged}) // in identification: too early
		d.walkWithoutPartner(last)
		d.want("gate.partner_engaged "+size.String(), nil, "gate.partner_engaged partner")
		d.want("gate.partner_engaged "+size.String(), []stage.Fact{{Kind: stage.PartnerEngaged}})
		late := slices.Contains(d.findings(), "gate.partner_engaged")
		if late != (size == model.Standard) {
			t.Errorf("gate.partner_engaged %v: late %v", size, late)
		}
	}
	for to, late := range map[stage.Stage]bool{stage.Discovery: false, stage.Presentation: true} {
		d := newDeal(t, model.VendorLed, model.Standard)
		d.walkWithoutPartner(to)
		d.record(stage.Fact{Kind: stage.PartnerEngaged})
		d.walkWithoutPartner(stage.Evaluation)
		if got := slices.Contains(d.findings(), "gate.partner_engaged"); got != late {
			t.Errorf("gate.partner_engaged first in %s: late %v, want %v", to, got, late)
		}
	}
	d := newDeal(t, model.VendorLed, model.Standard)
	d.walkWithoutPartner(stage.Evaluation)
	m := d.move()
	m.By = ana
	d.must(d.rules.Done(d.p, stage.ValidateIntegration, m))
	d.want("gate.partner_engaged: a partner's task", nil)
}

// walkWithoutPartner goes on with the people of the vendor alone.
func (d *deal) walkWithoutPartner(to stage.Stage) {
	d.tb.Helper()
	for d.p.Stage() != to {
		facts := slices.DeleteFunc(d.facts(), func(f stage.Fact) bool { return f.Kind == stage.PartnerEngaged })
		if d.p.Stage() == stage.Identification {
			d.record(facts...)
		} else {
			d.record(slices.DeleteFunc(facts, func(f stage.Fact) bool { return f.Side == model.Partner })...)
		}
		for _, step := range d.playbook().Steps {
			for _, task := range step.Tasks {
				if m := d.move(); step.Stage == d.p.Stage() && task.Kind == stage.Required {
					m.By = bo
					if decision, err := d.rules.Waive(d.p, task.ID, m); err == nil && len(decision.Shut) == 0 {
						d.must(decision, err)
					}
				}
			}
		}
		d.next()
	}
}

// gate.qualified: the latest decision counts.
func TestTheLatestDebriefDecides(t *testing.T) {
	d := newDeal(t, model.PartnerLed, model.Standard)
	d.walkTo(stage.Discovery)
	d.want("gate.qualified", nil, "gate.qualified ")
	d.record(stage.Fact{Kind: stage.Qualified})
	d.want("gate.qualified", nil)
	d.record(stage.Fact{Kind: stage.Qualified, Negative: true})
	d.want("gate.qualified", nil, "gate.qualified ")
	if !slices.Contains(d.findings(), "gate.qualified") {
		t.Error("gate.qualified: not qualified is no finding")
	}
	d.record(stage.Fact{Kind: stage.Qualified})
	d.want("gate.qualified", nil)

	d = newDeal(t, model.PartnerLed, model.Simplified)
	d.walkTo(stage.Discovery)
	d.want("stage.simplified: qualified is no gate", []stage.Fact{{Kind: stage.PartnerEngaged}})
	if slices.Contains(d.findings(), "gate.qualified") {
		t.Error("stage.simplified: no debrief is a finding")
	}
	d.record(stage.Fact{Kind: stage.Qualified, Negative: true})
	if !slices.Contains(d.findings(), "gate.qualified") {
		t.Error("stage.simplified: not qualified is no finding")
	}
}

// gate.single_proposal: the live proposals are the latest revisions that are not withdrawn, and none after a send-back.
func TestLiveProposalsAreNamed(t *testing.T) {
	d := newDeal(t, model.PartnerLed, model.Standard)
	want := func(ids ...string) {
		t.Helper()
		var got []string
		for _, f := range d.p.Proposals() {
			got = append(got, f.Proposal+" "+strconv.Itoa(f.Revision))
		}
		if !slices.Equal(got, ids) {
			t.Errorf("gate.single_proposal: live are %q, want %q", got, ids)
		}
	}
	want()
	d.walkTo(stage.Proposal)
	d.record(sent("P-1", 1), sent("P-2", 1))
	want("P-1 1", "P-2 1")
	d.record(sent("P-1", 2), stage.Fact{Kind: stage.ProposalWithdrawn, Proposal: "P-2"})
	want("P-1 2")
	m := d.move()
	m.To = stage.Discovery
	d.must(d.rules.SendBack(d.p, m))
	want()
	if live := (stage.Progress{}).Proposals(); live != nil {
		t.Errorf("the zero progress has %v", live)
	}
}

// gate.single_proposal and gate.pricing_approved: one proposal is live, and each side has
// approved its price in it.
func TestLeavingProposalNeedsOneLiveApprovedProposal(t *testing.T) {
	const single, partner, vendor = "gate.single_proposal partner", "gate.pricing_approved partner", "gate.pricing_approved vendor"
	p1, p2, r2 := sent("P-1", 1), sent("P-2", 1), sent("P-1", 2)
	withdrawn := stage.Fact{Kind: stage.ProposalWithdrawn, Proposal: "P-2"}
	approvals := []stage.Fact{approved(model.Partner, "P-1", 1), approved(model.Vendor, "P-1", 1)}
	noVendorPrice := p1
	noVendorPrice.Without = model.Vendor
	for _, c := range []struct {
		rule  string
		facts []stage.Fact
		want  []string
	}{
		{"none", nil, []string{single, partner, vendor}},
		{"one, not approved", []stage.Fact{p1}, []string{partner, vendor}},
		{"one, approved", append([]stage.Fact{p1}, approvals...), nil},
		{"approved by the vendor alone", []stage.Fact{p1, approvals[1]}, []string{partner}},
		{"sent twice counts once", append([]stage.Fact{p1, p1}, approvals...), nil},
		{"two live", append([]stage.Fact{p1, p2}, approvals...), []string{single, partner, vendor}},
		{"the other withdrawn", append([]stage.Fact{p1, p2, withdrawn}, approvals...), nil},
		{"a new revision needs new approvals", append([]stage.Fact{p1, r2}, approvals...), []string{partner, vendor}},
		{"the new revision approved", []stage.Fact{p1, r2, approved(model.Partner, "P-1", 2), approved(model.Vendor, "P-1", 2)}, nil},
		{"approvals of another proposal", []stage.Fact{p1, approved(model.Partner, "P-2", 1), approved(model.Vendor, "P-2", 1)}, []string{partner, vendor}},
		{"a side without a price needs no approval", []stage.Fact{noVendorPrice, approvals[0]}, nil},
	} {
		d := newDeal(t, model.PartnerLed, model.Standard)
		d.walkTo(stage.Proposal)
		d.want(c.rule, c.facts, c.want...)
		slices.Reverse(c.facts)
		d.want(c.rule+", reversed", c.facts, c.want...)
		d.record(c.facts...)
		d.want(c.rule+", recorded", nil, c.want...)
		if two := slices.Contains(d.findings(), "gate.single_proposal"); two != (c.rule == "two live") {
			t.Errorf("gate.single_proposal %s: finding %v", c.rule, two)
		}
	}
	d := newDeal(t, model.TrueCoSell, model.Standard)
	d.walkTo(stage.Close)
	d.finishStage()
	d.want("both hold again at won", []stage.Fact{sent("P-1", 2)}, partner, vendor)
}

// gate.contracts_executed and gate.crm_updated: both must hold before the deal is won.
func TestWinningNeedsContractsAndUpdatedCRMs(t *testing.T) {
	d := newDeal(t, model.VendorLed, model.Standard)
	d.walkTo(stage.Close)
	d.want("before won", nil, "gate.contracts_executed vendor", "gate.crm_updated partner", "gate.crm_updated vendor")
	d.want("before won", []stage.Fact{{Kind: stage.ContractsExecuted}, fact(stage.CRMUpdated, model.Vendor)}, "gate.crm_updated partner")
	d.want("before won", d.facts())
}

// gate.tasks: recording a fact ticks its task; ticking or waiving the task never makes the
// fact. A task that each side does is done when both parts are.
func TestAFactTicksItsTaskButATickMakesNoFact(t *testing.T) {
	d := newDeal(t, model.PartnerLed, model.Standard)
	m := d.move()
	m.By, m.Consents = bo, nil
	d.must(d.rules.Done(d.p, stage.ConfirmSupport, m))
	d.want("ticking makes no fact", []stage.Fact{fact(stage.Registered, model.Partner)}, "gate.support_confirmed vendor")
	d = newDeal(t, model.TrueCoSell, model.Standard)
	state := func() stage.ItemState { return d.item(stage.ConfirmSupport).State }
	d.record(fact(stage.SupportConfirmed, model.Partner))
	if state() != stage.Open {
		t.Errorf("gate.tasks: one part of two: %v", state())
	}
	d.record(fact(stage.SupportConfirmed, model.Vendor))
	if state() != stage.Done {
		t.Errorf("gate.tasks: both parts: %v", state())
	}
	d.must(d.rules.Waive(d.p, stage.RegisterDeal, d.move()))
	if item := d.item(stage.RegisterDeal); item.State != stage.Waived || item.Reason != "as agreed" || item.By != "ana" {
		t.Errorf("gate.tasks: a waiver with reason and name: %+v", item)
	}
	d.want("waiving makes no fact", nil, "gate.registered ")
}

func (d *deal) item(id stage.TaskID) stage.Item {
	d.tb.Helper()
	schedule, err := d.rules.Schedule(d.p, stage.Query{AsOf: d.now})
	if err != nil {
		d.tb.Fatal(err)
	}
	for _, item := range schedule.Items {
		if item.Task.ID == id {
			return item
		}
	}
	d.tb.Fatalf("no task %s", id)
	return stage.Item{}
}
