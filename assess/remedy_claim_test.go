package assess_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/coselling/coselling/assess"
	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/domains"
	"github.com/coselling/coselling/value"
)

var olga = model.Person{Name: "olga", Party: us}

// acts returns the actions of a view on the claim C-1 of the deal.
func acts(v assess.View) (list []assess.Action) {
	for _, a := range v.Next {
		if a.Object == "C-1" {
			list = append(list, a)
		}
	}
	return list
}

// done makes the change that an action asks for, with answers, and returns the facts to store; it ends the test where
// the rules refuse it.
func done(t *testing.T, e *assess.Rules, d deal.Deal, r deal.Record, a assess.Action, answers ...string) (deal.Deal, deal.Record) {
	t.Helper()
	change, err := a.Fill(answers...)
	if err != nil {
		t.Fatal(err)
	}
	next, err := e.Try(d, r, change)
	if err != nil || !next.Accepted {
		t.Fatalf("%s: %v %v", a.Text(), next.Reasons, err)
	}
	return next.Deal, next.Record
}

// next.remedy: case D1. Of 250,000 on day 100 whose claim was approved four weeks before the opening, the lapsed
// registration comes first, then the executives.
func TestALapsedRegistrationIsFiledAgainFirst(t *testing.T) {
	d, r := evaluated()
	d.Amount, d.Opening.Day = value.MustMoney("250000.00 USD"), value.MustDate("2026-11-30")
	d.Opening.At = november(30+6, 9)
	r.Claims[0].Submitted = november(1, 8)
	r.Claims[0].Events = []registration.Event{{Do: registration.Approve, By: olga, At: november(2, 9)}}
	asOf := november(30+99, 9) // a week after 2 March
	v := everything(t, d, r, asOf)
	wantFirst(t, "lapsed", v, "ana: register the deal again: protection ended on 2 March",
		"ana bo: name an executive of each side: the deal is worth 250,000 USD")
}

// reg.unconfirmed: a joint claim is confirmed before its approval or after it; one that nobody confirmed in time has
// ended and is filed again.
func TestAJointClaimAsksForItsConfirmation(t *testing.T) {
	d, r := evaluated()
	c := &r.Claims[0]
	c.Claimant, c.Filing.With, c.Filing.By, c.Submitted, c.Events = us, acme, "bo", november(37, 9), nil
	at := november(37, 10)
	v := everything(t, d, r, at)
	list := acts(v)
	i := slices.IndexFunc(list, func(a assess.Action) bool { return a.Code == registration.Unconfirmed })
	if len(list) != 2 || i < 0 || list[i].Owner != model.Partner || list[i].Urgency != assess.NextStep {
		t.Errorf("reg.unconfirmed: submitted %v", list)
	}
	_, confirmed := done(t, engine(t), d, r, list[i])
	if list = acts(everything(t, d, confirmed, at)); len(list) != 1 || list[0].Owner != model.Vendor {
		t.Errorf("reg.unconfirmed: confirmed %v", list)
	}
	c.Events = []registration.Event{{Do: registration.Approve, By: olga, At: november(38, 9)}}
	v = everything(t, d, r, november(52, 9)) // two weeks after Tuesday 8 December
	if v.Registration.Claim.Status != registration.Approved {
		t.Fatalf("reg.unconfirmed: %s", v.Registration.Claim.Status)
	}
	at = november(53, 9)
	v = everything(t, d, r, at)
	wantFirst(t, "ended", v,
		"bo: register the deal again: the partner did not confirm the joint claim, which ended on 22 December")
	for _, f := range v.Findings {
		if f.Reason.Code() == registration.Unconfirmed && f.Until.IsZero() {
			t.Errorf("reg.unconfirmed: it is still asked for: %+v", f)
		}
	}
}

// reg.life: why the vendor rejected a claim goes to who filed it, with what to do.
func TestARejectedClaimSaysWhy(t *testing.T) {
	d, r := small()
	r.Events = r.Events[:1]
	r.Claims[0].Events = []registration.Event{{Do: registration.Reject, By: olga, At: november(3, 9),
		Reason: "the account is split by region"}}
	a, err := engine(t).Assess(d, r, november(4, 9))
	if err != nil {
		t.Fatal(err)
	}
	for _, party := range []model.Party{acme, us} {
		v := a.For(party)
		wantFirst(t, party.String(), v, "ana: settle with the vendor why it rejected the registration on 3 November, "+
			`and file it anew: "the account is split by region"`)
		if text := written(assess.View{Registration: v.Registration}); !strings.Contains(text, "split by region") ||
			strings.Contains(text, "olga") {
			t.Errorf("reg.confidential: %s reads %s", party, text)
		}
	}
}

// reg.deal: the half of a handover that is missing is an action of who must agree, and moves the claim.
func TestAHandoverWaitsForTheOther(t *testing.T) {
	ana := model.Person{Name: "ana", Party: acme}
	for name, c := range map[string]struct {
		by, to  model.Party
		owner   model.Side
		says    string
		answers []string
	}{
		"proposed by the partner": {acme, us, model.Vendor,
			"agree that the registration goes to vendor us, as the partner proposed on 11 December", []string{"olga"}},
		"proposed by the vendor": {us, us, model.Partner,
			"agree that the registration goes to vendor us, as the vendor proposed on 11 December", nil},
		"to another partner": {us, other, model.Partner,
			"agree that the registration goes to partner other, as the vendor proposed on 11 December", nil},
	} {
		d, r := evaluated()
		by := ana
		if c.by == us {
			by = olga
		}
		r.Claims[0].Events = append(slices.Clone(r.Claims[0].Events),
			registration.Event{Do: registration.Hand, By: by, To: c.to, At: november(41, 8)})
		a, err := engine(t).Assess(d, r, november(41, 9))
		if err != nil {
			t.Fatal(err)
		}
		list := acts(a.Everything())
		if len(list) != 1 || list[0].Owner != c.owner || list[0].Text() != c.says {
			t.Errorf("reg.deal %s: %v", name, list)
			continue
		}
		theirs := acts(a.For(acme))
		if c.to == other {
			if len(theirs) != 1 || theirs[0].Do != nil || strings.Contains(written(assess.View{Next: theirs}), "other\"") {
				t.Errorf("reg.confidential: the partner reads %s", written(assess.View{Next: theirs}))
			}
			if change, err := list[0].Fill(); err == nil {
				if next, err := engine(t).Try(d, r, change); err != nil || next.Accepted {
					t.Errorf("reg.deal: handed to no party of the deal: %v", err)
				}
			}
			continue
		}
		d, r = done(t, engine(t), d, r, list[0], c.answers...)
		if v := everything(t, d, r, november(41, 10)); len(acts(v)) > 0 ||
			v.Registration.Registrant != model.ByPartner {
			t.Errorf("reg.deal %s: %s, %v", name, v.Registration.Registrant, acts(v))
		}
	}
}

// reg.existing_customer: the exception that a channel owner records ends the finding.
func TestAnExceptionEndsTheFinding(t *testing.T) {
	d, r := evaluated()
	rules, err := assess.Compile(ourBook(), assess.Host{Registrable: domains.Registrable,
		Rosters:   []escalation.Roster{roster()},
		Customers: []registration.Customer{{Account: r.Claims[0].Filing.Account}}})
	if err != nil {
		t.Fatal(err)
	}
	a, err := rules.Assess(d, r, november(41, 9))
	if err != nil {
		t.Fatal(err)
	}
	d, r = done(t, rules, d, r, a.For(us).Next[0], "olga", "a new division")
	if a, err = rules.Assess(d, r, november(41, 10)); err != nil {
		t.Fatal(err)
	}
	for _, f := range a.Everything().Findings {
		if f.Reason.Code() == registration.ExistingCustomer {
			t.Errorf("reg.existing_customer: %v", f)
		}
	}
}

// reg.life: an approval that is tried is stored with the terms of the book, whatever it says.
func TestAnApprovalIsStoredWithItsTerms(t *testing.T) {
	d, r := evaluated()
	r.Claims[0].Events = nil
	approval := registration.Event{Do: registration.Approve, By: olga, At: november(41, 9),
		Terms: &registration.Terms{Protection: 3650, Extension: 1, ConfirmWithin: 1}}
	next, err := engine(t).Try(d, r, deal.Change{ClaimEvent: deal.ClaimEvent{Claim: "C-1", Event: approval}})
	if err != nil || !next.Accepted {
		t.Fatal(next.Reasons, err)
	}
	terms := next.Record.Claims[0].Events[0].Terms
	if want := ourBook().Registration.Terms; terms.Protection != want.Protection || len(terms.Reminders) != 3 {
		t.Errorf("reg.life: %+v", terms)
	}
	again, err := engine(t).Try(next.Deal, next.Record, deal.Change{ClaimEvent: deal.ClaimEvent{Claim: "C-1",
		Event: next.Record.Claims[0].Events[0]}})
	if err != nil || !again.Accepted || len(again.Record.Claims[0].Events) != 1 {
		t.Errorf("reg.atomic: tried again: %v, %v, %d events", again.Reasons, err, len(again.Record.Claims[0].Events))
	}
}

// reg.extension: the second extension needs progress since the first one; without it a renewal is filed.
func TestTheSecondExtensionNeedsNewProgress(t *testing.T) {
	d, r := evaluated()
	bo := model.Person{Name: "bo", Party: us}
	r.Events = append(r.Events, tick("technical_resources", bo, november(40, 9)))
	at := time.Date(2027, time.March, 2, 12, 0, 0, 0, time.UTC)
	v := everything(t, d, r, at)
	d, r = done(t, engine(t), d, r, v.Next[0])
	at = time.Date(2027, time.April, 1, 12, 0, 0, 0, time.UTC)
	wantFirst(t, "without new progress", everything(t, d, r, at),
		"ana: file a renewal of the registration, which cannot be extended: protection ends on 2 April")
	r.Events = append(r.Events, tick("competitive_intelligence", bo, time.Date(2027, time.March, 20, 9, 0, 0, 0, time.UTC)))
	wantFirst(t, "with new progress", everything(t, d, r, at), "ana: extend the registration: protection ends on 2 April")
}
