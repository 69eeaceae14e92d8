package compgen

import (
	"pgregory.net/rapid"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// AnyBooking draws a deal of some reps of the team, which every one of the policies
// can price; without policies, one that [comp.DefaultPolicy] can. Its id is "D-1".
//
// What one of several policies asks for, the booking states: an origin where one is
// about origination; roles, and contributions that all of them price, where one is
// role-based. Several models group reps in different ways, and shares total 100 %
// within a group; so under several the reps of one side are all credited alike.
// Where all policies are role-based, one side may have primary reps and several
// contributions, each within 100 % by all of them.
func AnyBooking(s Scope, team Team, policies ...comp.Policy) *rapid.Generator[comp.Booking] {
	terms := demandsOf(policies)
	return rapid.Custom(func(t *rapid.T) comp.Booking {
		s.check(t)
		if len(team.parties(model.Partner)) == 0 || len(team.parties(model.Vendor)) == 0 {
			t.Fatalf("compgen: the team needs reps of a vendor and of a partner")
		}
		b := comp.Booking{
			ID: "D-1", Value: anyAmount(s.Most).Draw(t, "value"),
			Source:     pick(t, "source", model.FromPartner, model.FromVendor, model.FromBoth, model.UnknownSource),
			Registrant: pick(t, "registrant", model.NoRegistrant, model.ByPartner, model.ByVendor, model.ByPartnerJoint, model.ByVendorJoint),
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

// anyQuota draws a quota value: mostly unstated, or any amount, or the deal's.
func anyQuota(s Scope, amount value.Money) *rapid.Generator[value.Money] {
	return rapid.OneOf(rapid.Just(value.Money{}), rapid.Just(value.Money{}), anyAmount(s.Most), rapid.Just(amount))
}
