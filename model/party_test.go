package model_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

func TestSidesHaveAnOpposite(t *testing.T) {
	opposite := map[model.Side]model.Side{model.Partner: model.Vendor, model.Vendor: model.Partner}
	for i := range 256 {
		s := model.Side(i)
		if s.Other() != opposite[s] || s.IsValid() != (opposite[s] != 0) {
			t.Errorf("side %d: other %d, valid %v", s, s.Other(), s.IsValid())
		}
	}
}

func TestPartiesNameASideAndAnOrganisation(t *testing.T) {
	if acme != (model.Party{Side: model.Partner, Org: "acme"}) || us != (model.Party{Side: model.Vendor, Org: "us"}) {
		t.Errorf("%+v %+v", acme, us)
	}
	for _, c := range []struct {
		party   model.Party
		text    string
		problem []string
	}{
		{acme, "partner acme", nil},
		{us, "vendor us", nil},
		{model.Party{}, "", []string{"side side.unknown"}},
		{model.Party{Org: "acme"}, " acme", []string{"side side.unknown"}},
		{model.Party{Side: 9, Org: "acme"}, " acme", []string{"side side.unknown"}},
		{model.PartnerOrg(""), "partner", []string{"org party.org"}},
		{model.VendorOrg(""), "vendor", []string{"org party.org"}},
	} {
		if c.party.String() != c.text || c.party.IsZero() != (c.party == model.Party{}) {
			t.Errorf("%+v prints %q, zero %v", c.party, c.party, c.party.IsZero())
		}
		wantProblems(t, c.party.Check(), c.problem...)
	}
}

func TestPartiesAreOrderedBySideThenOrganisation(t *testing.T) {
	ordered := []model.Party{
		{}, model.PartnerOrg(""), model.PartnerOrg("Z"), model.PartnerOrg("acme"), model.PartnerOrg("acme2"), model.PartnerOrg("é"),
		model.VendorOrg(""), model.VendorOrg("acme"), model.VendorOrg("us"),
	}
	rapid.Check(t, func(t *rapid.T) {
		shuffled := rapid.Permutation(ordered).Draw(t, "parties")
		slices.SortFunc(shuffled, model.Party.Compare)
		if !slices.Equal(shuffled, ordered) {
			t.Fatalf("%v", shuffled)
		}
	})
	for i, p := range ordered {
		for j, q := range ordered {
			if want := min(1, max(-1, i-j)); p.Compare(q) != want {
				t.Errorf("%v and %v compare %d, want %d", p, q, p.Compare(q), want)
			}
		}
	}
}

// Two partners are two parties: neither reads the operands of the other, and a partner with
// the vendor's id is not the vendor.
func TestAPartySeesNoOperandOfAnother(t *testing.T) {
	secret := value.NewReason("test.secret", "held by {holder}", value.Op("holder", "acme").To(model.OnlyFor(acme, us)))
	for party, want := range map[model.Party]string{
		acme: "held by acme", us: "held by acme",
		borealis: "held by (withheld)", model.VendorOrg("acme"): "held by (withheld)", model.PartnerOrg("us"): "held by (withheld)",
		model.PartnerOrg(""): "held by (withheld)", {}: "held by (withheld)",
	} {
		if got := party.View(secret).String(); got != want {
			t.Errorf("%v reads %q, want %q", party, got, want)
		}
	}
	nobody := value.NewReason("test.secret", "{x}", value.Op("x", "y").To(model.OnlyFor()))
	if got := acme.View(nobody).String(); got != "(withheld)" {
		t.Errorf("an operand for nobody: %q", got)
	}
	if got := borealis.View(value.NewReason("test.open", "{x}", value.Op("x", "y"))).String(); got != "y" {
		t.Errorf("an operand for everyone: %q", got)
	}
}
