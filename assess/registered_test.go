package assess_test

import (
	"strings"
	"testing"
	"time"

	"github.com/coselling/coselling/assess"
	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// reg.deal: a deal that names no claim is registered by the record's own facts: by the
// last one, of two at one instant by the vendor's, until that ends.
func TestRegistrationByFacts(t *testing.T) {
	registered := func(side model.Side, at, until time.Time) stage.Fact {
		return stage.Fact{Kind: stage.Registered, Side: side, At: at, Until: until}
	}
	var never time.Time
	for name, c := range map[string]struct {
		facts []stage.Fact
		want  model.Registrant
	}{
		"none":          {nil, model.NoRegistrant},
		"the partner's": {[]stage.Fact{registered(model.Partner, november(3, 9), never)}, model.ByPartner},
		"the later": {[]stage.Fact{registered(model.Vendor, november(4, 9), never),
			registered(model.Partner, november(5, 9), never)}, model.ByPartner},
		"at one instant": {[]stage.Fact{registered(model.Vendor, november(4, 9), never),
			registered(model.Partner, november(4, 9), never)}, model.ByVendor},
		"ended":     {[]stage.Fact{registered(model.Partner, november(3, 9), november(5, 9))}, model.NoRegistrant},
		"not ended": {[]stage.Fact{registered(model.Partner, november(3, 9), november(7, 9))}, model.ByPartner},
		"ends now":  {[]stage.Fact{registered(model.Partner, november(3, 9), november(6, 9))}, model.NoRegistrant},
		"not yet":   {[]stage.Fact{registered(model.Partner, november(7, 9), never)}, model.NoRegistrant},
		"something else": {[]stage.Fact{{Kind: stage.SupportConfirmed, Side: model.Partner, At: november(3, 9)}},
			model.NoRegistrant},
	} {
		d, _ := small()
		d.Registrations = nil
		a, err := engine(t).Assess(d, deal.Record{Facts: c.facts}, november(6, 9))
		if err != nil {
			t.Fatal(err)
		}
		v := a.Everything()
		missing := hasMissing(&v, assess.SectionRegistration, "deal.registrations", assess.FactMissing)
		if v.Registration.Registrant != c.want || missing != (c.want == model.NoRegistrant) {
			t.Errorf("reg.deal %s: registered %s, missing %v", name, v.Registration.Registrant, missing)
		}
	}
}

// reg.unconfirmed: a vendor's claim for both registers the deal, and opens its gate, when
// it is approved and the partner has confirmed it, whichever comes later; copies of it
// say it together.
func TestAClaimForBothSidesRegistersTheDeal(t *testing.T) {
	for name, c := range map[string]struct {
		approved, confirmed time.Time
		registered          bool
		stage               stage.Stage
	}{
		"confirmed first":                {november(4, 8), november(3, 8), true, stage.Discovery},
		"approved first":                 {november(3, 8), november(4, 8), true, stage.Discovery},
		"confirmed after the move":       {november(3, 8), november(6, 8), true, stage.Identification},
		"approved after the move":        {november(6, 8), november(3, 8), true, stage.Identification},
		"not confirmed":                  {november(3, 8), time.Time{}, false, stage.Identification},
		"confirmed, but not approved":    {time.Time{}, november(3, 8), false, stage.Identification},
		"confirmed at the approval":      {november(4, 8), november(4, 8), true, stage.Discovery},
		"approved at the instant of now": {november(8, 9), november(3, 8), true, stage.Identification},
	} {
		d, r := small()
		r.Events = r.Events[:2] // it is registered by the one task, and moves to discovery
		one := r.Claims[0]
		one.Claimant, one.Filing.With, one.Filing.By, one.Events = us, acme, "bo", nil
		two := one
		if !c.approved.IsZero() {
			one.Events = []registration.Event{{Do: registration.Approve, By: model.Person{Name: "olga", Party: us},
				At: c.approved}}
		}
		if !c.confirmed.IsZero() {
			two.Events = []registration.Event{{Do: registration.Confirm, By: model.Person{Name: "ana", Party: acme},
				At: c.confirmed}}
		}
		r.Claims = []registration.Claim{one, two}
		a, err := engine(t).Assess(d, r, november(8, 9))
		if err != nil {
			t.Fatal(err)
		}
		v := a.Everything()
		if v.Progress.Stage != c.stage || (v.Registration.Registrant == model.ByVendorJoint) != c.registered {
			t.Errorf("reg.unconfirmed %s: %s, registered %q; %v", name, v.Progress.Stage, v.Registration.Registrant,
				v.Missing)
		}
	}
}

// Without a function for registrable domains a claim needs its key, and the answer says so.
func TestClaimsNeedTheirKeys(t *testing.T) {
	e, err := assess.Compile(ourBook(), assess.Host{})
	if err != nil {
		t.Fatal(err)
	}
	d, r := small()
	a, err := e.Assess(d, r, november(8, 9))
	if err != nil {
		t.Fatal(err)
	}
	v := a.Everything()
	if !hasMissing(&v, assess.SectionRegistration, `record.claims["C-1"]`, assess.RegistrableMissing) ||
		v.Registration.Registrant != model.NoRegistrant {
		t.Errorf("registered %q; %v", v.Registration.Registrant, v.Missing)
	}
}

// view.side: nobody is no party of a deal, whether the deal names its partner or not.
func TestAStrangerGetsAnEmptyView(t *testing.T) {
	for _, partner := range []string{"acme", ""} {
		d, r := small()
		d.Partner = partner
		a, err := engine(t).Assess(d, r, november(8, 9))
		if err != nil {
			continue // such a deal is not answered at all
		}
		for _, party := range []model.Party{{}, other, model.VendorOrg("them")} {
			if v := a.For(party); written(v) != written(assess.View{Party: party, AsOf: november(8, 9)}) {
				t.Errorf("view.side: with the partner %q, %q sees %s", partner, party, written(v))
			}
		}
	}
}

// view.side: a finding that may cost a rep credit is shown to its own side and the host.
func TestDoubtsAboutCreditAreShownToTheOwnSide(t *testing.T) {
	d, r := small()
	d.Payees = append(d.Payees, comp.Payee{Rep: "bo", Party: us, Role: comp.Supporting, Rate: value.MustPercent("5%")})
	a, err := engine(t).Assess(d, r, november(8, 9))
	if err != nil {
		t.Fatal(err)
	}
	for who, c := range map[string]struct {
		view assess.View
		want bool
	}{"the host": {a.Everything(), true}, "its side": {a.For(us), true}, "the other side": {a.For(acme), false}} {
		found := false
		for _, f := range c.view.Findings {
			if f.Part == assess.SectionCredit && f.Reason.Code() == comp.ContributionUpfront {
				found = f.Side == model.Vendor && strings.Contains(strings.Join(f.Facts, " "), "bo")
			}
		}
		if found != c.want {
			t.Errorf("comp.contribution_upfront: %s sees it: %v; %v", who, found, c.view.Findings)
		}
	}
}

// view.side: both parties see their deal, and every finding that is for everybody.
func TestPartiesSeeTheirDeal(t *testing.T) {
	d, r := small()
	d.Team.Reps = d.Team.Reps[:1] // the vendor has nobody
	a, err := engine(t).Assess(d, r, november(15, 9))
	if err != nil {
		t.Fatal(err)
	}
	for name, v := range map[string]assess.View{"the host": a.Everything(), "the partner": a.For(acme),
		"the vendor": a.For(us)} {
		orphaned := false
		for _, f := range v.Findings {
			orphaned = orphaned || f.Part == assess.SectionRoles && f.Reason.Code() == model.NoOrphan
		}
		if v.Progress.Stage != stage.Proposal || v.Registration.Registrant != model.ByPartner || !orphaned {
			t.Errorf("view.side: %s sees %s, registered %s, findings %v", name, v.Progress.Stage,
				v.Registration.Registrant, v.Findings)
		}
	}
}

// reg.deal: the reason why a claim does not register the deal is shown to those who may see
// the claim.
func TestWhyAClaimDoesNotRegisterTheDeal(t *testing.T) {
	d, r := small()
	r.Claims[0].Filing.Scope.Products = []string{"crm"} // and the deal is about everything
	a, err := engine(t).Assess(d, r, november(8, 9))
	if err != nil {
		t.Fatal(err)
	}
	for name, v := range map[string]assess.View{"the host": a.Everything(), "the partner": a.For(acme),
		"the vendor": a.For(us)} {
		if reasons := v.Registration.Reasons; v.Registration.Registrant != model.NoRegistrant || len(reasons) != 1 ||
			reasons[0].Code() != registration.DealCovered {
			t.Errorf("reg.deal: %s sees %v", name, reasons)
		}
	}
}

// esc.timeout: a case that nobody has answered in time is a finding that names its
// blockers, and a next step; one that is resolved asks for nothing.
func TestALateResponseStaysAFinding(t *testing.T) {
	for _, resolved := range []bool{false, true} {
		d, r := small()
		b := deal.Blocker{ID: "B-1", Kind: escalation.Scheduling, Raised: november(5, 13),
			By: model.Person{Name: "ana", Party: acme}}
		if resolved {
			b.Resolved = escalation.Event{By: model.Person{Name: "bo", Party: us}, At: november(5, 14), Note: "done"}
		}
		r.Blockers = []deal.Blocker{b}
		a, err := engine(t).Assess(d, r, november(14, 9))
		if err != nil {
			t.Fatal(err)
		}
		v := a.Everything()
		late, next := 0, 0
		for _, f := range v.Findings {
			if f.Part == assess.SectionEscalation && strings.Contains(strings.Join(f.Facts, " "), "B-1") &&
				!f.Since.IsZero() {
				late++
			}
		}
		for _, n := range v.Next {
			if n.Urgency == assess.OpenCase && n.Object == string(escalation.Scheduling) {
				next++
			}
		}
		if want := map[bool]int{false: 1}[resolved]; late != want || next != want {
			t.Errorf("resolved %v: %d late, %d next; %v %v", resolved, late, next, v.Blockers, v.Findings)
		}
	}
}

// reg.deal: the registration of a deal is the active claim that it names. Facts open no
// gate beside it, and shut none, wherever they stand.
func TestOnlyNamedClaimsRegisterADeal(t *testing.T) {
	fact := stage.Fact{Kind: stage.Registered, Side: model.Partner, At: november(4, 8), Until: november(20, 9)}
	places := map[string]struct {
		path string
		put  func(*deal.Record)
	}{
		"a fact": {deal.NameOf(fact), func(r *deal.Record) { r.Facts = append(r.Facts, fact) }},
		"the evidence of a move": {`record.events[2026-11-05T12:00:00Z advance discovery partner].evidence`,
			func(r *deal.Record) { r.Events[1].Evidence = []stage.Fact{fact} }},
		"an event that records it": {`record.events[2026-11-04T09:00:00Z record partner].evidence`,
			func(r *deal.Record) {
				r.Events = append(r.Events, stage.Event{Verb: stage.VerbRecord,
					Move: stage.Move{By: model.Person{Name: "ana", Party: acme}, At: november(4, 9),
						Evidence: []stage.Fact{fact}}})
			}},
	}
	for name, place := range places {
		d, r := small()
		place.put(&r)
		won := everything(t, d, r, november(30, 9))
		if won.Progress.Status != stage.ClosedWon ||
			!hasMissing(&won, assess.SectionPlaybook, place.path, "assess.claimed") || len(won.Missing) != 1 {
			t.Errorf("gate.registered beside a claim by %s: %s; %v", name, won.Progress.Status, won.Missing)
		}
		r.Claims[0].Events = nil
		v := everything(t, d, r, november(30, 9))
		if v.Progress.Stage != stage.Identification || v.Registration.Registrant != model.NoRegistrant {
			t.Errorf("gate.registered by %s: %s, registered %s", name, v.Progress.Stage, v.Registration.Registrant)
		}
		before := everything(t, d, r, november(4, 7))
		if hasMissing(&before, assess.SectionPlaybook, place.path, "assess.claimed") {
			t.Errorf("%s is shown before it is known", name)
		}
	}
}
