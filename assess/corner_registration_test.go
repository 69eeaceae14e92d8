package assess_test

import (
	"slices"
	"testing"
	"time"

	"github.com/coselling/coselling/assess"
	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/value"
)

// While a claim and its renewal are both active, the registration ends with the
// later of the two, in whatever order the deal names them.
func TestTheRegistrationEndsWithItsRenewal(t *testing.T) {
	d, r := small()
	r.Events, r.Activities = nil, nil
	renewal := r.Claims[0]
	renewal.ID, renewal.Submitted, renewal.Filing.Key = "C-2", november(20, 8), "k2"
	renewal.Events = []registration.Event{{Do: registration.Approve, By: model.Person{Name: "olga", Party: us},
		At: november(23, 9)}}
	r.Claims = append(r.Claims, renewal)
	for _, ids := range [][]string{{"C-1", "C-2"}, {"C-2", "C-1"}} {
		d.Registrations = ids
		v := everything(t, d, r, november(25, 9))
		if got := v.Registration.Claim; got.Claim != "C-2" {
			t.Errorf("reg.life: of %q the claim %q ends, at %s", ids, got.Claim, got.Until)
		}
		v = everything(t, d, r, november(25+100, 9)) // a reminder has come
		i := slices.IndexFunc(v.Next, func(a assess.Action) bool { return a.Code == registration.Extension })
		if i != 0 || v.Next[i].Due != value.MustDate("2027-03-23") || v.Next[i].Object != "C-2" {
			t.Errorf("reg.life: of %q next is %v", ids, v.Next)
		}
		if v := everything(t, d, r, november(22, 9)); v.Registration.Claim.Claim != "C-1" ||
			v.Registration.Registrant != model.ByPartner {
			t.Errorf("reg.life: of %q, before the renewal, the claim is %q", ids, v.Registration.Claim.Claim)
		}
	}
}

// reg.deal: of two active claims for functions of the deal the first filed registers it.
func TestTheFirstOfTwoActiveClaimsRegistersTheDeal(t *testing.T) {
	d, r := small()
	d.PartnerFunction, d.Registrations = model.Resale, []string{"C-1", "C-2"}
	d.Participants = []deal.Participant{{Party: integra, Function: model.Integration}}
	second := r.Claims[0]
	r.Claims[0].Filing.Scope.Functions = []model.Function{model.Resale}
	second.ID, second.Claimant, second.Filing.Key = "C-2", integra, "k2"
	second.Submitted = second.Submitted.Add(time.Hour)
	second.Filing.Scope.Functions = []model.Function{model.Integration}
	r.Claims = append(r.Claims, second)
	v := everything(t, d, r, november(25, 9))
	if got := v.Registration; got.Registrant != model.ByPartner || got.Claim.Claim != "C-1" {
		t.Errorf("registered by %s with %s: %v", got.Registrant, got.Claim.Claim, got.Reasons)
	}
	r.Claims = r.Claims[1:]
	if got := everything(t, d, r, november(25, 9)).Registration; got.Claim.Claim != "C-2" {
		t.Errorf("alone, the second does not register the deal: %v", got.Reasons)
	}
}

// party.sourced: a deal was brought by the partner that filed its claim, or with whom the vendor filed it.
func TestTheClaimSaysWhoBroughtTheDeal(t *testing.T) {
	for name, file := range map[string]func(*registration.Claim){
		"its own": func(c *registration.Claim) { c.Claimant = integra },
		"that of the vendor": func(c *registration.Claim) {
			c.Claimant, c.Filing.By, c.Filing.With = us, "bo", integra
			c.Events = append(c.Events, registration.Event{Do: registration.Confirm,
				By: model.Person{Name: "ida", Party: integra}, At: november(3, 9)})
		},
	} {
		d, r := small()
		d.PartnerFunction, d.Participants = model.Resale, []deal.Participant{{Party: integra, Function: model.Integration}}
		file(&r.Claims[0])
		r.Claims[0].Filing.Scope.Functions = []model.Function{model.Integration}
		v := everything(t, d, r, november(30, 9))
		if v.Booking.BroughtBy != "integra" {
			t.Errorf("by a claim, %s: %+v, %v", name, v.Booking, v.Missing)
		}
	}
}

// reg.life: an approval that came late is a finding, whichever of the deal's claims the answer shows.
func TestALateApprovalOfAnyClaimIsAFinding(t *testing.T) {
	d, r := small()
	r.Claims[0].Submitted = november(-10, 8)
	late := r.Claims[0]
	late.ID, late.Submitted, late.Filing.Key = "C-2", november(5, 8), "k2"
	late.Events = []registration.Event{{Do: registration.Approve, By: model.Person{Name: "olga", Party: us},
		At: november(23, 9)}}
	r.Claims, d.Registrations = append(r.Claims, late), []string{"C-1", "C-2"}
	v := everything(t, d, r, november(25, 9))
	var facts []string
	for _, f := range v.Findings {
		if f.Reason.Code() == registration.LateApproval {
			facts = append(facts, f.Facts...)
		}
	}
	if want := []string{`record.claims["C-1"]`, `record.claims["C-2"]`}; !slices.Equal(facts, want) {
		t.Errorf("reg.life: late are %q, want %q", facts, want)
	}
}

// reg.deal: the claim of a participant registers the deal, if it is for a function that the participant has
// there; then both partners know of it.
func TestAParticipantsClaimRegistersTheDeal(t *testing.T) {
	d, r := small()
	integra := model.PartnerOrg("integra")
	c := &r.Claims[0]
	c.Claimant, c.Filing.Scope.Functions = integra, []model.Function{model.Integration}
	if v := everything(t, d, r, november(25, 9)); v.Registration.Registrant != model.NoRegistrant {
		t.Errorf("the claim of no party: %v", v.Registration.Registrant)
	}
	for function, want := range map[model.Function]model.Registrant{
		model.Integration: model.ByPartner, model.Resale: model.NoRegistrant,
	} {
		d.Participants = []deal.Participant{{Party: integra, Function: function}}
		a, err := engine(t).Assess(d, r, november(25, 9))
		if err != nil {
			t.Fatal(err)
		}
		v := a.For(acme)
		if v.Registration.Registrant != want || v.Registration.Claim.Claim != c.ID {
			t.Errorf("party.function: by a participant for %s: %v", function, v.Registration)
		}
	}
}
