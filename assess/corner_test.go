package assess_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/coselling/coselling/assess"
	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

var ana, bo = model.Person{Name: "ana", Party: acme}, model.Person{Name: "bo", Party: us}

// november is an hour of November 2026.
func november(day, hour int) time.Time {
	return time.Date(2026, time.November, day, hour, 0, 0, 0, time.UTC)
}

// everything assesses a deal and returns the whole answer.
func everything(t *testing.T, d deal.Deal, r deal.Record, asOf time.Time) assess.View {
	t.Helper()
	a, err := engine(t).Assess(d, r, asOf)
	if err != nil {
		t.Fatal(err)
	}
	return a.Everything()
}

// A deal that was imported as lost is reopened, and the time between counts
// as a hold: no sync was owed in it.
func TestAnImportedLossIsReopened(t *testing.T) {
	d, r := small()
	d.Opening.Stage, d.Opening.At, d.Opening.From, d.Opening.Size = stage.Lost, november(4, 8), "crm", model.Standard
	r.Facts, r.Events = nil, []stage.Event{{Verb: stage.VerbReopen,
		Move: stage.Move{By: ana, At: november(29, 9), Reason: "the budget is back"}}}
	v := everything(t, d, r, november(30, 9))
	if v.Progress.Status != stage.Running || v.Progress.Stage != stage.Identification {
		t.Errorf("%s in %s; %v", v.Progress.Status, v.Progress.Stage, v.Missing)
	}
	for _, f := range v.Findings {
		if f.Reason.Code() == comms.WeeklySync {
			t.Errorf("%s", f.Reason)
		}
	}
}

// blocking returns what stands in the way, as "object side".
func blocking(v *assess.View) []string {
	var list []string
	for _, a := range v.Next {
		if a.Urgency == assess.NextStep {
			list = append(list, strings.TrimSpace(a.Object+" "+a.Owner.String()))
		}
	}
	return list
}

// gate.tasks: what each side does blocks until both have, and each is asked.
func TestEachSideHasAnActionForItsPart(t *testing.T) {
	d, r := small()
	d.Opening.Engagement = model.TrueCoSell
	r.Events, r.Facts = nil, nil
	v := everything(t, d, r, november(4, 9))
	want := []string{"gate.model_set", "register_and_qualify partner", "register_and_qualify vendor",
		"confirm_support partner", "confirm_support vendor"} // the claim of one side decides another model
	if got := blocking(&v); !slices.Equal(got, want) {
		t.Errorf("gate.tasks: %q are asked for, want %q", got, want)
	}
	r.Facts = []stage.Fact{{Kind: stage.SupportConfirmed, Side: model.Partner, At: november(3, 9)}}
	v = everything(t, d, r, november(4, 9))
	if got := blocking(&v); !slices.Equal(got, slices.Delete(want, 3, 4)) {
		t.Errorf("gate.tasks: %q are asked for", got)
	}
}

// stage.replanned: of the stages that a deal passed, a re-planning asks for nothing that no gate reads; open tasks
// of its present stage stand by their names among what blocks.
func TestAnOpenTaskBlocksUnderItsName(t *testing.T) {
	d, r := small()
	d.Amount, d.Opening.Size = value.MustMoney("40000.00 USD"), model.Simplified
	r.Facts = r.Facts[:1]
	r.Events = append(r.Events[:2:2], stage.Event{Verb: stage.VerbResize, Size: model.Standard,
		Move: stage.Move{By: ana, At: november(6, 9)}})
	v := everything(t, d, r, november(8, 9))
	want := []string{"discovery_call partner", "value_proposition", "map_stakeholders partner",
		"product_questions vendor", "document_requirements partner", "qualify_debrief"}
	if got := blocking(&v); !slices.Equal(got, want) {
		t.Errorf("stage.replanned: %q block, want %q", got, want)
	}
}

// gate.partner_engaged: a meeting before a deal was imported beyond its first stage does
// not hide the one after.
func TestAnImportedDealCountsTheMeetingAfterIt(t *testing.T) {
	d, r := small()
	d.Opening.Stage, d.Opening.At, d.Opening.From = stage.Discovery, november(12, 8), "crm"
	again := r.Activities[0]
	again.ID, again.At, again.End = "m-2", november(15, 9), november(15, 10)
	r.Activities, r.Events, r.Facts = append(r.Activities, again), nil, nil
	for asOf, shut := range map[time.Time]bool{november(14, 9): true, november(16, 9): false} {
		v := everything(t, d, r, asOf)
		if got := slices.Contains(blocking(&v), "gate.partner_engaged partner"); got != shut {
			t.Errorf("gate.partner_engaged on %s: shut %v", asOf, got)
		}
	}
}

// gate.registered: of two claims that register a deal one that ends early takes nothing
// from the other, which is active.
func TestARenewalThatEndsEarlierDoesNotEndTheRegistration(t *testing.T) {
	d, r := small()
	renewal := r.Claims[0]
	renewal.ID, renewal.Submitted = "C-2", november(4, 8)
	renewal.Events = []registration.Event{
		{Do: registration.Approve, By: model.Person{Name: "olga", Party: us}, At: november(4, 9)},
		{Do: registration.Withdraw, By: ana, At: november(4, 11)},
	}
	r.Claims, d.Registrations = append(r.Claims, renewal), append(d.Registrations, "C-2")
	v := everything(t, d, r, november(30, 9))
	if v.Registration.Registrant != model.ByPartner || v.Progress.Status != stage.ClosedWon {
		t.Errorf("gate.registered: registered %s, %s; %v", v.Registration.Registrant, v.Progress.Status, v.Missing)
	}
	for _, f := range v.Findings {
		if f.Reason.Code() == stage.RegistrationLapsed {
			t.Errorf("reg.lapsed: %s", f.Reason)
		}
	}
}

// view.side: a deal that names the claim of another partner tells its own partner
// nothing of it but that it does not register the deal, and it does not hide the
// partner's own claim.
func TestTheClaimOfAnotherPartnerIsHidden(t *testing.T) {
	d, r := small()
	r.Claims[0].Claimant = other
	documents := map[string]bool{}
	for _, withdrawn := range []bool{false, true} {
		for _, product := range []string{"suite", "add-on"} {
			r.Claims[0].Filing.Scope.Products = []string{product}
			if withdrawn {
				r.Claims[0].Events = nil
			}
			a, err := engine(t).Assess(d, r, november(6, 9))
			if err != nil {
				t.Fatal(err)
			}
			document, err := a.For(acme).MarshalJSON()
			if err != nil {
				t.Fatal(err)
			}
			documents[string(document)] = true
			if v := a.For(acme); len(v.Registration.Reasons) != 1 {
				t.Errorf("reasons %v", v.Registration.Reasons)
			}
		}
	}
	if len(documents) != 1 {
		t.Errorf("view.side: %d views of a claim that is hidden", len(documents))
	}
	own := r.Claims[0]
	own.ID, own.Claimant, own.Events = "C-0", acme, nil
	r.Claims, d.Registrations = append(r.Claims, own), []string{"C-0", "C-1"}
	if v := everything(t, d, r, november(6, 9)); v.Registration.Claim.Claim != "C-0" {
		t.Errorf("the answer shows the claim %q, not the partner's own", v.Registration.Claim.Claim)
	}
}

// Where no claim is named, a registration that the playbook took says who
// registered, be it the evidence of a move; one that it refused because its side is missing,
// does not.
func TestFactsRegisterADealThatNamesNoClaim(t *testing.T) {
	d, r := small()
	r.Claims, d.Registrations, d.Signals = nil, nil, model.Signals{}
	r.Events[1].Evidence = []stage.Fact{{Kind: stage.Registered, Side: model.Partner, At: november(3, 9)}}
	if v := everything(t, d, r, november(30, 9)); v.Registration.Registrant != model.ByPartner ||
		v.Progress.Status != stage.ClosedWon {
		t.Errorf("gate.registered: %s, registered %s", v.Progress.Status, v.Registration.Registrant)
	}
	won := r.Events[len(r.Events)-1].At
	for after, want := range map[time.Duration]model.Registrant{-1: model.NoRegistrant, 0: model.ByPartner,
		1: model.ByPartner} {
		r.Events[1].Evidence[0].Until = won.Add(after) // for won its very end counts
		if v := everything(t, d, r, won); v.Registration.Registrant != want ||
			(v.Progress.Status == stage.ClosedWon) != (want != model.NoRegistrant) {
			t.Errorf("gate.registered %v after won: %s, registered %s", after, v.Progress.Status,
				v.Registration.Registrant)
		}
	}
	r.Events[1].Evidence = nil
	r.Facts = append(r.Facts, stage.Fact{Kind: stage.Registered, At: november(3, 9)})
	if v := everything(t, d, r, november(30, 9)); v.Registration.Registrant != model.NoRegistrant {
		t.Errorf("a registration of nobody is %s", v.Registration.Registrant)
	}
}

// The order of two copies of a claim matters neither to the answer nor to its problems.
func TestCopiesOfAClaimInAnyOrder(t *testing.T) {
	d, r := small()
	one, two := r.Claims[0], r.Claims[0]
	one.Filing.By, two.Filing.Account.IDs = "", nil
	r.Claims = []registration.Claim{one, two}
	before := everything(t, d, r, november(6, 9))
	slices.Reverse(r.Claims)
	if after := everything(t, d, r, november(6, 9)); written(before) != written(after) {
		t.Errorf("%v, in another order %v", before.Missing, after.Missing)
	}
}

// stage.replanned: a deal that grew since opened on the playbook that its amount called
// for then, and what was done on that one counts.
func TestAResizedDealOpenedOnTheOtherPlaybook(t *testing.T) {
	d, r := small()
	d.Amount = value.MustMoney("40000.00 USD")
	r.Events = append(r.Events, stage.Event{Verb: stage.VerbResize, Size: model.Standard,
		Move: stage.Move{By: ana, At: november(12, 9)}})
	for day, want := range map[int]string{
		11: "identification standard", // that it grew is not known yet, so its amount decides
		12: "proposal standard",
	} {
		v := everything(t, d, r, november(day, 16))
		if got := string(v.Progress.Stage) + " " + v.Progress.Size.String(); got != want {
			t.Errorf("on the %dth it stands in %s, want %s: %v", day, got, want, v.Missing)
		}
	}
}

// esc.detect: executives are not asked for on a deal that has ended.
func TestAnEndedDealIsNotLarge(t *testing.T) {
	for end, want := range map[stage.Stage]int{stage.Discovery: 1, stage.Won: 0, stage.Lost: 0} {
		d, _ := small()
		d.Amount, d.Registrations = value.MustMoney("300000.00 USD"), nil
		d.Opening.Stage, d.Opening.At, d.Opening.From = end, november(5, 8), "crm"
		if v := everything(t, d, deal.Record{}, november(6, 9)); len(v.Blockers) != want {
			t.Errorf("esc.detect: %s has the blockers %v", end, v.Blockers)
		}
	}
}

// A deal has one partner. Acts of another partner are reported and left out, even
// where it comes first.
func TestActsOfAnotherPartnerAreLeftOut(t *testing.T) {
	d, r := small()
	r.Events = append(r.Events, stage.Event{Verb: stage.VerbDone, Task: stage.ProcessOrder,
		Move: stage.Move{By: model.Person{Name: "eve", Party: other}, At: november(3, 9)}})
	v := everything(t, d, r, november(30, 9))
	if v.Progress.Status != stage.ClosedWon {
		t.Errorf("the deal is %s: %v", v.Progress.Status, v.Missing)
	}
	if !hasMissing(&v, assess.SectionPlaybook, "record.events[2026-11-03T09:00:00Z done process_order partner].by.party.org",
		model.TwoOrgs) {
		t.Errorf("the stranger is not reported: %v", v.Missing)
	}
}

// Nobody of another partner is credited, nor shown to the deal's own.
func TestAStrangerIsNotCredited(t *testing.T) {
	d, r := small()
	d.Payees[0].Rep, d.Payees[0].Party = "eve", other
	v := everything(t, d, r, november(6, 9))
	if len(v.Credit.Lines) != 0 || !hasMissing(&v, assess.SectionCredit, `deal.payees["eve"]`, model.TwoOrgs) {
		t.Errorf("credited %v; %v", v.Credit.Lines, v.Missing)
	}
	for _, m := range v.Missing {
		if m.Part == assess.SectionCredit && len(m.Problems) != 1 {
			t.Errorf("beside the stranger is missing: %v", m.Problems)
		}
	}
}

// stage.overdue: a task that is late is a finding of the side that owns it.
func TestAnOverdueTaskNamesItsOwner(t *testing.T) {
	d, _ := small()
	d.Opening.Size = model.Standard
	late := func() map[string]model.Side {
		owners := map[string]model.Side{}
		for _, f := range everything(t, d, deal.Record{}, november(30, 9)).Findings {
			if f.Reason.Code() == stage.StageOverdue {
				owners[f.Reason.Paths()[0]] = f.Side
			}
		}
		return owners
	}
	if got := late(); got["tasks.qualify_interest"] != model.Partner || got["tasks.confirm_support"] != model.Vendor {
		t.Errorf("stage.overdue: %v", got)
	}
	d.Opening.Stage, d.Opening.At, d.Opening.From = stage.Discovery, november(3, 9), "crm"
	got := late()
	if side, ok := got["tasks.value_proposition"]; !ok || side != 0 || got["tasks.discovery_call"] != model.Partner {
		t.Errorf("stage.overdue: %v", got)
	}
}

// Of a task of each side, the side that has done its part gets no action, nor does any side before the stage.
func TestASideThatHasDoneItsPartHasNoAction(t *testing.T) {
	d, r := small()
	r.Events = slices.DeleteFunc(r.Events, func(e stage.Event) bool { return e.Verb == stage.VerbWin })
	r.Facts = slices.DeleteFunc(r.Facts, func(f stage.Fact) bool { return f.Kind == stage.CRMUpdated })
	r.Facts = append(r.Facts, stage.Fact{Kind: stage.CRMUpdated, Side: model.Partner, At: november(24, 9)})
	for day, want := range map[int][]model.Side{20: nil, 23: {model.Partner, model.Vendor}, 25: {model.Vendor}} {
		v := everything(t, d, r, november(day, 9))
		var got []model.Side
		for _, a := range v.Next {
			if a.Object == string(stage.UpdateCRM) {
				got = append(got, a.Owner)
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("on the %dth: %v of %+v, want %v", day, got, v.Next, want)
		}
	}
}

// stage.replanned: a deal that shrank is to be put on the simplified playbook in its first
// two stages; later the standard one stays, and the answer says why.
func TestALateChangeOfSizeSaysWhyNothingChanges(t *testing.T) {
	for at, want := range map[stage.Stage]string{
		stage.Discovery:  "the amount calls for the simplified playbook; the deal is on the standard one",
		stage.Evaluation: "the deal is in evaluation, too far for the simplified playbook, so the standard one stays",
	} {
		d, _ := small()
		d.Opening.Size, d.Opening.Stage, d.Opening.At, d.Opening.From = model.Standard, at, november(5, 8), "crm"
		v := everything(t, d, deal.Record{}, november(6, 9))
		i := slices.IndexFunc(v.Findings,
			func(f assess.Finding) bool { return f.Reason.Code() == stage.StageReplanned })
		if i < 0 || v.Findings[i].Reason.String() != want {
			t.Errorf("stage.replanned: in %s %v, want %q", at, v.Findings, want)
		}
	}
}

// stage.replanned: a deal on hold learns of another size too, one that is lost does not.
func TestADealThatIsLostKeepsItsSize(t *testing.T) {
	for verb, want := range map[stage.Verb]bool{stage.VerbHold: true, stage.VerbLose: false} {
		d, _ := small()
		d.Opening.Size = model.Standard
		r := deal.Record{Events: []stage.Event{{Verb: verb, Move: stage.Move{By: ana, At: november(5, 9), Reason: "no budget"}}}}
		v := everything(t, d, r, november(6, 9))
		if got := slices.ContainsFunc(v.Findings,
			func(f assess.Finding) bool { return f.Reason.Code() == stage.StageReplanned }); got != want {
			t.Errorf("after %s: told %v, want %v; %v", verb, got, want, v.Missing)
		}
	}
}
