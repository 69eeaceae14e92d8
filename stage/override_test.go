package stage_test

import (
	"slices"
	"testing"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

func (d *deal) override(gate value.Code, by model.Person) stage.Override {
	return stage.Override{Gate: gate, By: by, At: d.now, Reason: "the quarter ends"}
}

// A gate is overridden by managers of both companies, or by one of either after a case has been at level 2 for 5
// business days and is open.
func TestManagersOverrideAGate(t *testing.T) {
	d := newDeal(t, model.PartnerLed, model.Standard)
	d.now = time.Date(2026, time.November, 16, 0, 0, 0, 0, time.UTC) // a Monday
	d.record(fact(stage.Registered, model.Partner))
	const gate = stage.GateSupportConfirmed
	ripe := time.Date(2026, time.November, 6, 17, 0, 0, 0, time.UTC) // five business days end on Friday the 13th
	since := func(at time.Time) []stage.Fact { return []stage.Fact{{Kind: stage.Escalated, At: at}} }
	cy := model.Person{Name: "cy", Party: bo.Party}
	for _, c := range []struct {
		name  string
		list  []stage.Override
		cases []stage.Fact
		open  bool
	}{
		{"nobody", nil, since(ripe), false},
		{"one manager", []stage.Override{d.override(gate, bo)}, nil, false},
		{"two of one company", []stage.Override{d.override(gate, bo), d.override(gate, cy)}, nil, false},
		{"one of each company", []stage.Override{d.override(gate, bo), d.override(gate, ana)}, nil, true},
		{"one, the case open long enough", []stage.Override{d.override(gate, bo)}, since(ripe), true},
		{"one of the other side, the case open long enough", []stage.Override{d.override(gate, ana)}, since(ripe), true},
		{"one, the case open not long enough", []stage.Override{d.override(gate, bo)}, since(ripe.AddDate(0, 0, 3)), false},
		{"one, one case long enough and a newer one", []stage.Override{d.override(gate, bo)}, append(since(ripe), since(d.now)...), true},
		{"both, another gate", []stage.Override{d.override(stage.GateTasks, bo), d.override(stage.GateTasks, ana)}, nil, false},
	} {
		m := d.move()
		m.To, m.Overrides, m.Evidence = stage.Discovery, c.list, c.cases
		shut, err := d.rules.Judge(d.p, stage.VerbAdvance, m)
		if err != nil {
			t.Fatal(err)
		}
		open := true
		for _, s := range shut {
			open = open && s.Code != gate
		}
		if open != c.open {
			t.Errorf("gate.support_confirmed overridden by %s: open %v", c.name, open)
		}
	}
}

// An override is recorded one manager at a time, for the stage in which it was given, and
// survives a send-back.
func TestAnOverrideHoldsForTheStageInWhichItWasGiven(t *testing.T) {
	d := newDeal(t, model.PartnerLed, model.Standard)
	d.walkTo(stage.Discovery)
	for _, by := range []model.Person{bo, ana} {
		m := d.move()
		m.By, m.Overrides = by, []stage.Override{d.override(stage.GateQualified, by)}
		d.must(d.rules.Record(d.p, m))
	}
	d.want("gate.qualified overridden", nil)
	m := d.move()
	m.To = stage.Identification
	d.must(d.rules.SendBack(d.p, m))
	d.record(d.facts()...)
	d.next()
	d.want("an override survives a send-back", nil)
	d.walkTo(stage.Presentation)
	m = d.move()
	m.Overrides = []stage.Override{d.override(stage.GateTasks, bo), d.override(stage.GateTasks, ana)}
	m.To = stage.Evaluation
	d.must(d.rules.Advance(d.p, m))
	m = d.move()
	m.To = stage.Proposal
	if codes := d.shut(d.rules.Advance(d.p, m)); len(codes) == 0 {
		t.Error("an override holds for another stage")
	}
	if item := d.item(stage.DemoProduct); item.State != stage.Open {
		t.Errorf("an overridden gate leaves its tasks open: %v", item.State)
	}
}

// gate.qualified: a debrief that the deal is not qualified asks for the loss until managers
// let the deal go on; a later debrief asks for it again.
func TestAnOverriddenDebriefIsNoFinding(t *testing.T) {
	d := newDeal(t, model.PartnerLed, model.Standard)
	d.walkTo(stage.Discovery)
	d.finishStage()
	no := stage.Fact{Kind: stage.Qualified, Negative: true, At: d.now}
	d.record(no)
	asked := func() bool { return slices.Contains(d.findings(), string(stage.GateQualified)) }
	if !asked() {
		t.Error("gate.qualified: the loss is not asked for")
	}
	for _, by := range []model.Person{bo, ana} {
		m := d.move()
		m.By, m.Overrides = by, []stage.Override{d.override(stage.GateQualified, by)}
		d.must(d.rules.Record(d.p, m))
	}
	if !asked() {
		t.Error("gate.qualified: the deal has not gone on yet")
	}
	d.next()
	if asked() {
		t.Error("gate.qualified: the loss is asked for, though the deal went on by an override")
	}
	d.now = d.now.Add(time.Hour)
	no.At = d.now
	d.record(no)
	if !asked() {
		t.Error("gate.qualified: a later decision does not count")
	}
}

// The override of a gate that the policy does not list is bad input, with the gates that it
// lists; so is an override without a name, an instant or a reason.
func TestMalformedOverridesAreRefused(t *testing.T) {
	d := newDeal(t, model.PartnerLed, model.Standard)
	m := d.move()
	m.To = stage.Discovery
	m.Overrides = []stage.Override{{Gate: stage.GateRegistered}, {Gate: stage.GateTasks, By: model.Person{Name: " ", Party: model.PartnerOrg("other")}, At: d.now.Add(1), Reason: "\t"}}
	decision, err := d.rules.Advance(d.p, m)
	wantCodes(t, err,
		"overrides[0].gate override.gate", "overrides[0].by.name agreement.by", "overrides[0].by.party.side side.unknown", "overrides[0].at agreement.at", "overrides[0].reason event.reason",
		"overrides[1].by.name agreement.by", "overrides[1].by.party.org team.two_orgs", "overrides[1].at event.time", "overrides[1].reason event.reason")
	if decision.Progress != d.p {
		t.Error("bad input has changed the progress")
	}
}

// The five business days of an open case end at midnight in the zone of the workplace, and
// its holidays do not count.
func TestTheDaysOfACaseEndInTheWorkplace(t *testing.T) {
	calendar, err := value.NewCalendar([]time.Weekday{1, 2, 3, 4, 5}, []value.Date{value.MustDate("2026-11-09")})
	if err != nil {
		t.Fatal(err)
	}
	const gate = stage.GateSupportConfirmed
	rules := defaultRules(t).In(value.Workplace{Zone: time.FixedZone("EST", -5*60*60), Calendar: &calendar})
	ripe := time.Date(2026, time.November, 17, 5, 0, 0, 0, time.UTC) // the end of Monday the 16th there
	for at, want := range map[time.Time]bool{ripe.Add(-1): false, ripe: true} {
		d := &deal{tb: t, rules: rules}
		d.open(stage.Opening{Day: value.MustDate("2026-11-02"), Engagement: model.PartnerLed, Size: model.Standard})
		d.now = at
		m := d.move()
		m.To, m.Overrides = stage.Discovery, []stage.Override{d.override(gate, bo)}
		m.Evidence = []stage.Fact{{Kind: stage.Escalated, At: time.Date(2026, time.November, 6, 17, 0, 0, 0, time.UTC)}}
		shut, err := rules.Judge(d.p, stage.VerbAdvance, m)
		if err != nil {
			t.Fatal(err)
		}
		open := !slices.ContainsFunc(shut, func(s stage.Shut) bool { return s.Code == gate })
		if open != want {
			t.Errorf("gate.support_confirmed overridden at %v: open %v", at, open)
		}
	}
}

// stage.authority: the side that does not own the relationship moves the deal, reopens it and resumes it, where managers
// of both companies let it, or one of either while a case is at level 2 for five business days, on hold or not.
func TestTheAuthorityYieldsToManagers(t *testing.T) {
	for _, c := range []struct {
		name string
		by   []model.Person
		days int // since when the case is at level 2; 0: none is
		want bool
	}{
		{"nobody", nil, 20, false},
		{"one", []model.Person{bo}, 0, false},
		{"both", []model.Person{bo, ana}, 0, true},
		{"one, four business days", []model.Person{bo}, 6, false},
		{"one, five business days", []model.Person{bo}, 8, true},
		{"one of the owner, five business days", []model.Person{ana}, 8, true},
	} {
		d := newDeal(t, model.PartnerLed, model.Standard)
		d.must(d.rules.Hold(d.p, d.move()))
		began := d.now
		d.now = d.now.AddDate(0, 0, max(c.days, 8))
		m := stage.Move{By: bo, At: d.now}
		if c.days > 0 {
			m.Evidence = []stage.Fact{{Kind: stage.Escalated, At: d.now.AddDate(0, 0, -c.days)}}
		}
		for _, by := range c.by {
			m.Overrides = append(m.Overrides, d.override(stage.StageAuthority, by))
		}
		if m.Evidence != nil && m.Evidence[0].At.Before(began) {
			m.Evidence[0].At = began
		}
		shut, err := d.rules.Judge(d.p, stage.VerbResume, m)
		if err != nil || (len(shut) == 0) != c.want {
			t.Errorf("stage.authority, resumed by the vendor with %s: %v, %v", c.name, shut, err)
		}
	}
}
