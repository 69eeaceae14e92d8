package comp_test

import (
	"errors"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// ofParty is the booking as one party knows it: without the payees of the others and the quota value of the other side.
func ofParty(b comp.Booking, party model.Party) comp.Booking {
	if party.Side == model.Partner {
		b.VendorQuota = value.Money{}
	} else {
		b.PartnerQuota = value.Money{}
	}
	b.Payees = slices.DeleteFunc(slices.Clone(b.Payees), func(p comp.Payee) bool { return p.Party != party })
	return b
}

// CASES C10: the lines of a party are those of a deal that nobody else sells, halves, parts and odd units included.
func TestAPartyPricedAloneHasTheSameLines(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		policy, b, all := anyPriced(t)
		for party := range partiesOf(all) {
			own := ofParty(b, party)
			lines := slices.DeleteFunc(slices.Clone(all.Lines), func(l comp.Line) bool { return l.Party != party })
			if alone := statement(t, policy, own).Lines; !slices.Equal(alone, lines) {
				t.Fatalf("%s: %v\nwith the others: %v", party, alone, lines)
			}
		}
	})
}

// CASES C4: a stated rate of 0 % is a choice, and one that nobody stated is an error, in a tier too.
func TestARateThatNobodyStatedIsRefused(t *testing.T) {
	ana := primary("ana", acme)
	ana.Rate = value.MustPercent("0%")
	if s := statement(t, under(comp.RoleBased), deal(ana)); s.Lines[0].Commission != usd("0.00") {
		t.Errorf("a stated rate of 0%% pays %s", s.Lines[0].Commission)
	}
	ana.Rate = value.Percent{}
	_, err := compile(t, under(comp.RoleBased)).Statement(deal(ana))
	wantError(t, err,
		"booking.payees[0].rate: nothing says what the payee is paid; state a rate, 0% for none, or a rate table")
	var read comp.Payee
	text := []byte(`{"rep":"ana","party":{"side":"partner","org":"acme"},"role":"primary","rate":"0%"}`)
	if err := read.UnmarshalJSON(text); err != nil || read.Rate != value.MustPercent("0%") {
		t.Errorf("%q, %v", read.Rate, err)
	}
	if written, err := read.MarshalJSON(); err != nil || string(written) != string(text) {
		t.Errorf("written as %s, %v", written, err)
	}
	policy := under(comp.RoleBased)
	policy.Rates.Tables = map[comp.TableID]comp.RateTable{"t": {
		Measure: comp.DealAmount, Method: comp.Marginal, Currency: usd("1").Currency(), Tiers: []comp.Tier{{}},
	}}
	_, err = comp.Compile(policy)
	wantError(t, err, "comp.rates.tables.t.tiers[0].rate: nothing says what the tier pays; state a rate, 0% for none")
}

// CASES C5: what one payee gets wrong hides no problem of the others.
func TestEveryProblemOfABookingAtOnce(t *testing.T) {
	nobody := rep("cy", us)
	nobody.Role, nobody.Rate = 0, value.Percent{}
	_, err := compile(t, under(comp.RoleBased)).Statement(
		deal(sharing(primary("al", acme), "60%"), sharing(primary("ben", acme), "30%"), nobody))
	wantError(t, err,
		"booking.payees[0].share: a total of 90% is 10% below 100%; shares of one group total exactly 100%",
		"booking.payees[2].role: *", "booking.payees[2].rate: *")
}

// CASES C11: who answers for the relationship is whose reps are primary, for every origin that is known.
func TestTheOwnerOfTheRelationshipIsPrimary(t *testing.T) {
	team := model.Team{Reps: []model.Rep{{ID: "ana", Party: acme}, {ID: "bo", Party: us}}}
	for engagement := model.PartnerLed; engagement <= model.TrueCoSell; engagement++ {
		for source := model.UnknownSource; source <= model.FromBoth; source++ {
			for by := model.NoRegistrant; by <= model.ByVendorJoint; by++ {
				origin := model.Origin{Source: source, Registrant: by}
				roles, err := model.Assign(engagement, team, origin)
				if err != nil {
					t.Fatal(err)
				}
				at := slices.IndexFunc(roles.Duties, func(d model.Duty) bool { return d.Responsibility == model.Relationship })
				side, err := comp.DefaultPolicy().PrimarySide(engagement, origin)
				if owner := roles.Duties[at].Accountable.Side; err == nil && side != owner {
					t.Errorf("%s, %s, %s: the %s side is primary, and the %s side owns the relationship", engagement,
						source, by, side, owner)
				}
			}
		}
	}
}

// joint_primary: where both sides brought the deal, the reps of both may be primary, so that nobody races to file.
func TestBothSidesArePrimaryWhereThePolicySaysSo(t *testing.T) {
	policy := under(comp.RoleBased)
	policy.JointPrimary = comp.BothPrimary
	joint := model.Origin{Source: model.FromBoth, Registrant: model.ByVendorJoint}
	side, err := policy.PrimarySide(model.TrueCoSell, joint)
	if err != nil || side != 0 {
		t.Errorf("%s, %v", side, err)
	}
	b := deal(rep("ana", acme), rep("bo", us)).WithRoles(side)
	b.Source, b.Registrant = joint.Source, joint.Registrant
	wantRows(t, statement(t, policy, b), "bo 1000.00 0.00 100.00", "ana 1000.00 0.00 100.00")
	b.Registrant = model.ByVendor // and not where one side alone brought it
	_, err = compile(t, policy).Statement(b)
	if !errors.Is(err, value.Code("booking.primary.two_sides")) {
		t.Errorf("%v", err)
	}
	for _, e := range []model.Engagement{model.PartnerLed, model.VendorLed} {
		if side, err := policy.PrimarySide(e, joint); side != e.Leader() || err != nil {
			t.Errorf("%s: %s, %v", e, side, err)
		}
	}
}
