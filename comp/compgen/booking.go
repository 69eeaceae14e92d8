package compgen

import (
	"pgregory.net/rapid"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// AnyBooking draws a deal of some reps of the team that all of the policies can price;
// without policies, one that [comp.DefaultPolicy] can price. Its id is "D-1".
//
// The booking states everything that one of the policies needs: an origin if one is about origination; roles,
// and contributions that all of them price, if one is role-based. Models group reps in different ways, and
// shares total 100 % within a group. So if the models differ, all reps of a side are credited in the same
// way. If all policies are role-based, a side may have primary reps and several contributions, together
// within 100 % under each policy.
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
		b.Payees = terms.payees(t, team)
		return b
	})
}

// anyQuota draws a quota value: mostly none, or any amount, or the deal's.
func anyQuota(s Limits, amount value.Money) *rapid.Generator[value.Money] {
	return rapid.OneOf(rapid.Just(value.Money{}), rapid.Just(value.Money{}), anyAmount(s.Most), rapid.Just(amount))
}
