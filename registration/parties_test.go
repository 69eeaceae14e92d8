package registration_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/value"
)

// forFunctions is a filing on hooli.com that is narrowed to functions of the claimant.
func forFunctions(key string, functions ...model.Function) registration.Filing {
	f := filing(key, "hooli.com")
	f.Scope.Functions = functions
	return f
}

// party.function: a reseller and an integrator may each hold an account, two resellers not.
func TestAResellerAndAnIntegratorEachHoldAnAccount(t *testing.T) {
	d := newDesk(t, compile(t, policy()))
	d.act(t, d.submit(t, acme, forFunctions("1", model.Resale)).Claim, registration.Approve, noor)
	if a := d.submit(t, bolt, forFunctions("1", model.Resale)); a.Status != registration.Refused ||
		len(a.Held) != 1 || a.Held[0].Scope.String() != "everything for resale" {
		t.Errorf("two resellers: %+v", a)
	}
	if a := d.submit(t, bolt, filing("2", "hooli.com")); a.Status != registration.Refused {
		t.Errorf("a claim for every function: %+v", a)
	}
	second := d.submit(t, bolt, forFunctions("3", model.Integration))
	if a := d.act(t, second.Claim, registration.Approve, noor); !a.Active {
		t.Errorf("an integrator beside a reseller: %+v", a)
	}
	key, err := compile(t, policy()).Accounts().Key(filing("x", "hooli.com").Account)
	if err != nil {
		t.Fatal(err)
	}
	for function, want := range map[model.Function]model.Party{model.Resale: acme, model.Integration: bolt} {
		scope := registration.Scope{Functions: []model.Function{function}}
		c, found, err := d.Owner(ctx, key, scope, d.now.Add(time.Second))
		if !found || err != nil || c.Claimant != want {
			t.Errorf("the owner for %s: %v, %v, %v", function, c.Claimant, found, err)
		}
		if id, _, sure := d.store.Owner(compile(t, policy()), key, scope, d.now.Add(time.Second)); !sure || id != c.ID {
			t.Errorf("the owner for %s at once: %q, %v", function, id, sure)
		}
	}
}

// party.function: a claim that names functions covers a deal in which its holder states none, or has one of them.
func TestAClaimForFunctionsCoversADealOfThatFunction(t *testing.T) {
	d := newDesk(t, compile(t, policy()))
	id := d.submit(t, bolt, forFunctions("1", model.Integration, model.Technology)).Claim
	d.act(t, id, registration.Approve, noor)
	with := func(function model.Function) registration.Facts {
		return registration.Facts{Partner: acme, Vendor: us, Function: model.Resale,
			Others: []model.Participant{{Party: bolt, Function: function}}}
	}
	for _, c := range []struct {
		name string
		deal registration.Facts
		want bool
	}{
		{"a participant with the function", with(model.Technology), true},
		{"a participant with another one", with(model.Referral), false},
		{"the lead, without a function", registration.Facts{Partner: bolt, Vendor: us}, true},
		{"the lead, with another one", registration.Facts{Partner: bolt, Vendor: us, Function: model.Resale}, false},
		{"no party", registration.Facts{Partner: acme, Vendor: us}, false},
	} {
		who, reasons, err := d.Registrant(ctx, id, c.deal, d.now.Add(time.Second))
		if (who == model.ByPartner) != c.want || (len(reasons) == 0) != c.want || err != nil {
			t.Errorf("%s: %v, %v, %v", c.name, who, reasons, err)
		}
	}
	own := d.submit(t, us, forFunctions("2", model.Resale)).Claim
	d.act(t, own, registration.Approve, noor)
	if who, reasons, _ := d.Registrant(ctx, own, with(model.Referral), d.now.Add(time.Second)); who != model.ByVendor {
		t.Errorf("the vendor has every function: %v, %v", who, reasons)
	}
}

// reg.deal: a claim for several is active once one other named party has confirmed it, for its claimant and whoever
// confirmed.
func TestAClaimForSeveralIsActiveOnceOneHasConfirmed(t *testing.T) {
	d := newDesk(t, compile(t, policy()))
	corp, dora := model.PartnerOrg("corp"), model.Person{Name: "dora", Party: model.PartnerOrg("corp")}
	f := filing("1", "hooli.com")
	f.With, f.Also = acme, []model.Party{bolt, corp}
	id := d.submit(t, us, f).Claim
	if a := d.act(t, id, registration.Approve, noor); a.Active ||
		!strings.Contains(a.Reasons[0].String(), "for several parties, and none has confirmed it") {
		t.Errorf("unconfirmed: %+v", a)
	}
	deal := registration.Facts{Partner: bolt, Vendor: us}
	if a := d.act(t, id, registration.Confirm, dora); !a.Active {
		t.Errorf("confirmed by one: %+v", a)
	}
	asked := d.now.Add(time.Second)
	if who, _, _ := d.Registrant(ctx, id, deal, asked); who != model.NoRegistrant {
		t.Errorf("a deal of who has not confirmed: %v", who)
	}
	deal.Partner = corp
	if who, reasons, _ := d.Registrant(ctx, id, deal, asked); who != model.ByVendorJoint {
		t.Errorf("a deal of who has confirmed: %v, %v", who, reasons)
	}
	if s := d.standing(t, id); !slices.Equal(s.Shared, []model.Party{corp}) {
		t.Errorf("it is shared with %v", s.Shared)
	}
	if _, err := d.Answer(ctx, bolt, id, asked); err != nil {
		t.Errorf("a party that it names sees it: %v", err)
	}
	late := filing("2", "gavin.com")
	late.Also = []model.Party{bolt}
	silent := d.submit(t, acme, late).Claim
	d.act(t, silent, registration.Approve, noor)
	d.now = d.now.Add(20 * day)
	if s := d.standing(t, silent); s.Status != registration.Expired ||
		!strings.Contains(s.Findings[0].String(), "did not confirm it") {
		t.Errorf("reg.unconfirmed: two partners, one silent: %+v", s)
	}
}

func TestFurtherPartiesOfAClaimAreRefusedByName(t *testing.T) {
	d := newDesk(t, compile(t, policy()))
	f := filing("1", "hooli.com")
	f.With, f.Also = us, []model.Party{acme, us, bolt, bolt, {Side: model.Partner}}
	_, err := d.Submit(ctx, acme, f)
	const want = `also[0]: "acme" is named by the claim already; name each party once
also[1]: "us" is named by the claim already; name each party once
also[3]: "bolt" is named by the claim already; name each party once
also[4].org: an empty org names no organisation of the partner`
	if err == nil || strings.ReplaceAll(err.Error(), "\n  ", "\n") != want {
		t.Errorf("got\n%v\nwant\n%s", err, want)
	}
	f.With, f.Also = model.Party{}, slices.Repeat([]model.Party{bolt}, 21)
	if _, err := d.Submit(ctx, acme, f); !slices.Equal(codesOf(err), []value.Code{"claim.excess"}) {
		t.Error(err)
	}
	f.Also = []model.Party{acme}
	if _, err := d.Submit(ctx, us, f); !slices.Equal(codesOf(err), []value.Code{"filing.beneficiary"}) {
		t.Errorf("a claim of the vendor names its first partner in with: %v", err)
	}
	f.Also = []model.Party{us}
	if _, err := d.Submit(ctx, acme, f); !slices.Equal(codesOf(err), []value.Code{"filing.beneficiary"}) {
		t.Error(err)
	}
}
