package assess_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/coselling/coselling/assess"
	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/domains"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// withIntegrator is a deal whose partner leads for resale beside an integrator.
func withIntegrator() (deal.Deal, deal.Record) {
	d, r := small()
	r.Events, r.Facts, r.Activities = nil, nil, nil
	d.PartnerFunction = model.Resale
	d.Participants = []deal.Participant{{Party: integra, Function: model.Integration}}
	d.Team.Reps = append(d.Team.Reps, model.Rep{ID: "ida", Party: integra})
	return d, r
}

// firstDo returns the first action with a change that a party reads.
func firstDo(t *testing.T, d deal.Deal, r deal.Record, at time.Time, party model.Party) assess.Action {
	t.Helper()
	a, err := engine(t).Assess(d, r, at)
	if err != nil {
		t.Fatal(err)
	}
	next := a.For(party).Next
	i := slices.IndexFunc(next, func(a assess.Action) bool { return a.Do != nil })
	if i < 0 {
		return assess.Action{}
	}
	return next[i]
}

// next.remedy: the holder of a claim extends it, be it a participant; its rep is asked, and no other party's change is
// refused.
func TestAParticipantExtendsItsOwnClaim(t *testing.T) {
	d, r := withIntegrator()
	r.Claims[0].Claimant, r.Claims[0].Filing.By = integra, "ida"
	at := november(3+105, 9) // reminders have come
	for _, party := range []model.Party{acme, us, integra} {
		a, err := engine(t).Assess(d, r, at)
		if err != nil {
			t.Fatal(err)
		}
		for _, action := range a.For(party).Next {
			if action.Code != registration.Life && action.Code != registration.Extension {
				continue
			}
			if !slices.Equal(action.Who, []string{"ida"}) || (action.Do != nil) != (party == integra) {
				t.Errorf("%s reads that %v should %s, and does %v", party, action.Who, action.Text(), action.Do)
			}
		}
	}
}

// reg.unconfirmed: a claim of the vendor with a participant is confirmed by it, and it reads that.
func TestAParticipantConfirmsAClaimThatNamesIt(t *testing.T) {
	d, r := withIntegrator()
	c := &r.Claims[0]
	c.Claimant, c.Filing.By, c.Filing.With = us, "bo", integra
	action := firstDo(t, d, r, november(4, 9), integra)
	if action.Code != registration.Unconfirmed || action.Do.ClaimEvent.Event.Do != registration.Confirm {
		t.Fatalf("integra's first action is %s", action.Text())
	}
	outcome, err := engine(t).Try(d, r, *action.Do)
	if err != nil || !outcome.Accepted {
		t.Fatalf("%v, %v", err, outcome.Reasons)
	}
	a, err := engine(t).Assess(outcome.Deal, outcome.Record, november(4, 10))
	if err != nil {
		t.Fatal(err)
	}
	for _, party := range []model.Party{acme, integra, us} {
		if v := a.For(party); v.Registration.Registrant != model.ByVendorJoint || v.Registration.Claim.Claim != c.ID {
			t.Errorf("%s reads %+v", party, v.Registration)
		}
	}
}

// reg.life: a claim goes to a participant once its holder agrees, who reads to whom.
func TestAClaimIsHandedToAParticipant(t *testing.T) {
	d, r := withIntegrator()
	r.Claims[0].Events = append(r.Claims[0].Events, registration.Event{Do: registration.Hand, At: november(4, 8),
		By: olga, To: integra, Reason: "agreed"})
	a, err := engine(t).Assess(d, r, november(4, 9))
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(a.For(acme).Next, func(a assess.Action) bool { return strings.Contains(a.Text(), "goes to") })
	if i < 0 || !strings.Contains(a.For(acme).Next[i].Text(), "integra") || a.For(acme).Next[i].Do == nil {
		t.Errorf("acme reads %v", firstOf(new(a.For(acme)), 4))
	}
}

// reg.deal: a claim that any party of the deal files joins the deal's registrations.
func TestAClaimOfAParticipantJoinsTheDeal(t *testing.T) {
	d, r := withIntegrator()
	claim := r.Claims[0]
	claim.ID, claim.Claimant, claim.Events = "C-9", integra, nil
	next, _, err := deal.Change{Claim: claim}.Apply(d, r)
	if err != nil || !slices.Contains(next.Registrations, "C-9") {
		t.Errorf("%v, %v", next.Registrations, err)
	}
}

// view.side: a malformed claim of one partner is no fact for another one to read.
func TestAMalformedClaimIsNotReadByAParticipant(t *testing.T) {
	d, r := withIntegrator()
	bad := r.Claims[0]
	bad.ID, bad.Filing.By = "MARKED", "MARKED\x01"
	r.Claims = append(r.Claims, bad)
	a, err := engine(t).Assess(d, r, november(4, 9))
	if err != nil {
		t.Fatal(err)
	}
	if text := written(a.For(integra)); strings.Contains(text, "MARKED") {
		t.Errorf("integra reads %s", text)
	}
	if text := written(a.For(us)); !strings.Contains(text, "MARKED") {
		t.Error("the vendor does not read of it")
	}
}

// party.lead, reg.deal: what was done stays with who did it. A claim of who led before registers the deal under the new
// lead, and turns nobody's pay over.
func TestAChangeOfLeadKeepsTheRegistration(t *testing.T) {
	d, r := withIntegrator()
	d.Payees = append(d.Payees, comp.Payee{Rep: "ida", Party: integra, Rate: value.MustPercent("8%")})
	lead := stage.Event{Verb: stage.VerbSetLead, Lead: integra, Move: stage.Move{By: boActs, At: november(4, 9),
		Reason: "acme asked for it", Consents: []model.Consent{{By: anaActs, At: november(4, 8)},
			{By: model.Person{Name: "ida", Party: integra}, At: november(4, 8)}}}}
	book := ourBook()
	book.Comp = book.Comp.Under(comp.Origination)
	e, err := assess.Compile(book, assess.Host{Registrable: domains.Registrable})
	if err != nil {
		t.Fatal(err)
	}
	var before assess.View
	for _, changes := range []bool{false, true} {
		if changes {
			r.Events = append(r.Events, lead)
		}
		a, err := e.Assess(d, r, november(6, 9))
		if err != nil {
			t.Fatal(err)
		}
		v := a.Everything()
		if v.Registration.Registrant != model.ByPartner || v.Registration.Claim.Claim != "C-1" {
			t.Errorf("changed %t: %+v", changes, v.Registration)
		}
		if !changes {
			before = v
			continue
		}
		if got := a.For(integra).Registration.Claim.Claim; got != "C-1" {
			t.Errorf("the new lead reads the claim %q", got)
		}
		if len(v.Credit.Lines) < 2 || len(v.Credit.Lines) != len(before.Credit.Lines) {
			t.Fatalf("%d lines, %d before", len(v.Credit.Lines), len(before.Credit.Lines))
		}
		for i, l := range v.Credit.Lines {
			if was := before.Credit.Lines[i]; l.QuotaCredit != was.QuotaCredit || l.Payee != was.Payee {
				t.Errorf("%s gets %s, %s before", l.Payee, l.QuotaCredit, was.QuotaCredit)
			}
		}
	}
}

// view.side: a note belongs to the company of who wrote it, by its address in whatever form; neither the lead
// partner nor the vendor reads what is wrong with it.
func TestANoteBelongsToTheCompanyOfItsAuthor(t *testing.T) {
	for _, from := range []string{"ida@integra.example", " IDA+notes@Integra.example"} {
		d, r := withIntegrator()
		d.People = append(d.People, comms.Correspondent{Name: "ida", Party: integra,
			Addresses: []string{"ida@integra.example"}})
		r.Activities = append(r.Activities, comms.Activity{ID: "MARKED", Kind: comms.Note, At: november(3, 9),
			End: november(3, 10), Side: model.Partner, From: from, Subject: "ours"})
		a, err := engine(t).Assess(d, r, november(4, 9))
		if err != nil {
			t.Fatal(err)
		}
		for _, party := range []model.Party{acme, us} {
			if strings.Contains(written(a.For(party)), "MARKED") {
				t.Errorf("%q: %s reads of it", from, party)
			}
		}
		if text := written(a.Everything()); !strings.Contains(text, "MARKED") {
			t.Errorf("%q: the host does not read of it", from)
		}
	}
}

// view.side: no partner of the deal reads the claim of a company that takes no part, though the deal names it.
func TestAStrangersClaimIsNotTheDeals(t *testing.T) {
	d, r := withIntegrator()
	r.Claims[0].Claimant, r.Claims[0].Filing.By, r.Claims[0].Filing.With = other, "eve", model.Party{}
	for _, reader := range []model.Party{acme, integra, us} {
		v := ask1(t, d, r, november(6, 9)).For(reader)
		if sees := v.Registration.Claim.Claim != ""; sees != (reader == us) {
			t.Errorf("%s reads of the claim of %s: %+v", reader, other, v.Registration)
		}
	}
}
