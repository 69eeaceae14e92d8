package compgen

import (
	"pgregory.net/rapid"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// AnyBooking draws a deal, with the id "D-1", of some reps of the team that all of the policies can price; without
// policies, one that [comp.DefaultPolicy] can price. It states everything that one of them needs: an origin for
// origination; roles, and contributions that all of them price, for role-based credit. Shares total 100 % within a
// group. A rep has the rate of the team, one to three rate tables that all of the policies have, or is credit only.
// Up to two companies of the team are paid too, or alone, a rate or a fixed sum; the id of acme is company-acme. Some
// payees state a payer. If the models differ, all reps of a side are credited in the same way; if all are role-based,
// a side may have primary reps and several contributions, within 100 % under each policy. Where the team has several
// partners, up to three beside the one that leads may sell the deal too; they state how they share.
func AnyBooking(s Limits, team Team, policies ...comp.Policy) *rapid.Generator[comp.Booking] {
	terms := demandsOf(policies)
	return rapid.Custom(func(t *rapid.T) comp.Booking {
		s.check(t)
		if len(team.parties(model.Partner)) == 0 || len(team.parties(model.Vendor)) == 0 {
			t.Fatalf("compgen: the team needs reps of a vendor and of a partner")
		}
		b := comp.Booking{
			ID: "D-1", Value: anyAmount(s.Most).Draw(t, "value"),
			Source: pick(t, "source", model.FromPartner, model.FromVendor, model.FromBoth, model.UnknownSource),
			Registrant: pick(t, "registrant", model.NoRegistrant, model.ByPartner, model.ByVendor, model.ByPartnerJoint,
				model.ByVendorJoint),
		}
		if terms.origin && b.Origin().Originator() == model.UnknownSource {
			b.Source = pick(t, "source at won", model.FromPartner, model.FromVendor, model.FromBoth)
		}
		if !s.Open || between(t, "open", 0, 3) > 0 {
			b.Closed = anyDay(s.From, s.To).Draw(t, "closed")
		}
		b.PartnerQuota = anyQuota(s, b.Value).Draw(t, "partner quota")
		b.VendorQuota = anyQuota(s, b.Value).Draw(t, "vendor quota")
		b.Payees = terms.payees(t, s, team, &b)
		return b
	})
}

func anyQuota(s Limits, amount value.Money) *rapid.Generator[value.Money] {
	return rapid.OneOf(rapid.Just(value.Money{}), rapid.Just(value.Money{}), anyAmount(s.Most), rapid.Just(amount))
}
