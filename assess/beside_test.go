package assess_test

import (
	"testing"

	"github.com/coselling/coselling/assess"
	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/domains"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// asked returns the actions of a rule.
func asked(v assess.View, code value.Code) (list []assess.Action) {
	for _, a := range v.Next {
		if a.Code == code {
			list = append(list, a)
		}
	}
	return list
}

// next.remedy: after a lapse the deal is registered again, also where the vendor rejected the first attempt; each act
// on the way has the rank of the lost right.
func TestALapseAsksOnAfterARejection(t *testing.T) {
	d, r := evaluated()
	second := r.Claims[0]
	second.ID, second.Filing.Key, second.Submitted = "C-2", "k-2", november(38, 9)
	second.Events = nil
	r.Claims[0].Events = append(r.Claims[0].Events[:1:1], registration.Event{Do: registration.Withdraw,
		At: november(37, 9), By: anaActs})
	d.Registrations, r.Claims = append(d.Registrations, "C-2"), append(r.Claims, second)
	wantFirst(t, "filed again", everything(t, d, r, november(38, 10)), "bo: decide on the registration")
	r.Claims[1].Events = []registration.Event{{Do: registration.Reject, By: olga, At: november(39, 9),
		Reason: "too early"}}
	v := everything(t, d, r, november(39, 10))
	wantFirst(t, "rejected", v,
		`ana: settle with the vendor why it rejected the registration on 9 December, and file it anew: "too early"`)
	if v.Next[0].Urgency != assess.AtRisk {
		t.Errorf("reg.lapsed: %s", v.Next[0].Urgency)
	}
}

// next.order: to file a rejected claim anew is what the present stage needs, no right that is lost: an open case comes
// first.
func TestARejectionIsTheNextStep(t *testing.T) {
	d, r := small()
	r.Events, d.Amount = nil, value.MustMoney("300000.00 USD")
	r.Claims[0].Events = []registration.Event{{Do: registration.Reject, By: olga, At: november(3, 9),
		Reason: "a duplicate"}}
	v := everything(t, d, r, november(4, 9))
	if list := asked(v, registration.Life); v.Next[0].Code != "esc.executive" || len(list) != 1 ||
		list[0].Urgency != assess.NextStep {
		t.Errorf("next.order: %v", firstOf(&v, 4))
	}
}

// reg.unconfirmed: a joint claim is confirmed, also where another claim registers the deal, and whatever was filed
// since.
func TestAJointClaimIsConfirmedBesideAnother(t *testing.T) {
	d, r := evaluated()
	joint := r.Claims[0]
	joint.ID, joint.Filing.Key, joint.Claimant, joint.Filing.With = "C-2", "k-2", us, acme
	joint.Filing.By, joint.Submitted = "bo", november(37, 9)
	joint.Events = []registration.Event{{Do: registration.Approve, By: olga, At: november(38, 9)}}
	r.Claims[0].Claimant, r.Claims[0].Filing.By = us, "bo"
	later := joint
	later.ID, later.Filing.Key, later.Filing.With, later.Submitted = "C-3", "k-3", model.Party{}, november(39, 9)
	later.Events = []registration.Event{{Do: registration.Withdraw, At: november(40, 9),
		By: model.Person{Name: "bo", Party: us}}}
	d.Registrations, r.Claims = []string{"C-1", "C-2", "C-3"}, append(r.Claims, joint, later)
	for _, first := range []string{"C-1", "C-3"} { // with the vendor's own registration, and without
		if first == "C-3" {
			d.Registrations, r.Claims = d.Registrations[1:], r.Claims[1:]
		}
		v := everything(t, d, r, november(41, 9))
		list := asked(v, registration.Unconfirmed)
		if first == "C-3" && v.Registration.Claim.Claim != "C-2" {
			t.Errorf("reg.unconfirmed: the deal's claim is %s", v.Registration.Claim.Claim)
		}
		if len(list) != 1 || list[0].Owner != model.Partner || list[0].Urgency != assess.AtRisk || list[0].Do == nil ||
			list[0].Do.ClaimEvent.Claim != "C-2" {
			t.Fatalf("reg.unconfirmed: beside %s: %+v", first, list)
		}
		_, confirmed := done(t, engine(t), d, r, list[0])
		if list = asked(everything(t, d, confirmed, november(41, 10)), registration.Unconfirmed); len(list) > 0 {
			t.Errorf("reg.unconfirmed: beside %s it is asked again: %v", first, list)
		}
	}
}

// reg.existing_customer: a claim on the vendor's customer is said at once, also while another claim waits; that one is
// said to be late.
func TestAClaimOnACustomerIsSaidBesideAnother(t *testing.T) {
	d, r := evaluated()
	rules, err := assess.Compile(ourBook(), assess.Host{Registrable: domains.Registrable,
		Rosters:   []escalation.Roster{roster()},
		Customers: []registration.Customer{{Account: r.Claims[0].Filing.Account}}})
	if err != nil {
		t.Fatal(err)
	}
	late := r.Claims[0]
	late.ID, late.Filing.Key, late.Submitted, late.Events = "C-2", "k-2", november(30, 9), nil
	d.Registrations, r.Claims = append(d.Registrations, "C-2"), append(r.Claims, late)
	a, err := rules.Assess(d, r, november(41, 9))
	if err != nil {
		t.Fatal(err)
	}
	customer := asked(a.For(us), registration.ExistingCustomer)
	decide := asked(a.For(us), registration.LateApproval)
	if len(customer) != 1 || customer[0].Do.ClaimEvent.Claim != "C-1" || len(decide) != 1 ||
		decide[0].Do.ClaimEvent.Claim != "C-2" {
		t.Errorf("reg.existing_customer, reg.late_approval: %v, %v", customer, decide)
	}
}

// next.order: a consent to a change of model is no task, though the simplified playbook has a task of that name.
func TestAConsentHasNoPlaceInThePlaybook(t *testing.T) {
	d, r := small()
	move := stage.Move{By: anaActs, At: november(3, 9), Reason: "agreed in the call"}
	d.Opening.Engagement = model.TrueCoSell
	r.Events = []stage.Event{{Verb: stage.VerbSetModel, Engagement: model.VendorLed, Move: move},
		{Verb: stage.VerbHold, Move: move}}
	list := asked(everything(t, d, r, november(4, 9)), stage.StageConsent)
	if len(list) != 2 || list[0].Object != stage.VerbHold.String() || list[1].Object != stage.VerbSetModel.String() {
		t.Errorf("next.order: %v", list)
	}
}
