package comp_test

import (
	"testing"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/model"
)

func TestPrimarySideFollowsEngagementAndOrigin(t *testing.T) {
	const partner, vendor = model.Partner, model.Vendor
	// By the joint origin's name: the side under true co-sell where the origin is joint.
	joint := func(equal model.Side) map[comp.JointOrigin]model.Side {
		return map[comp.JointOrigin]model.Side{comp.EqualOrigin: equal, comp.PartnerOrigin: partner, comp.VendorOrigin: vendor}
	}
	all := func(s model.Side) map[comp.JointOrigin]model.Side {
		return map[comp.JointOrigin]model.Side{comp.EqualOrigin: s, comp.PartnerOrigin: s, comp.VendorOrigin: s, 0: s, 9: s}
	}
	unset := joint(0)
	for _, c := range []struct {
		registrant model.Registrant
		source     model.Source
		want       map[comp.JointOrigin]model.Side
	}{
		{model.NoRegistrant, model.FromPartner, all(partner)},
		{model.NoRegistrant, model.FromVendor, all(vendor)},
		{model.NoRegistrant, model.FromBoth, joint(partner)},
		{model.NoRegistrant, model.UnknownSource, nil},
		{model.ByPartner, model.UnknownSource, all(partner)}, {model.ByPartner, model.FromPartner, all(partner)},
		{model.ByPartner, model.FromVendor, all(partner)}, {model.ByPartner, model.FromBoth, all(partner)},
		{model.ByVendor, model.UnknownSource, all(vendor)}, {model.ByVendor, model.FromPartner, all(vendor)},
		{model.ByVendor, model.FromVendor, all(vendor)}, {model.ByVendor, model.FromBoth, all(vendor)},
		{model.ByPartnerJoint, model.UnknownSource, joint(partner)}, {model.ByPartnerJoint, model.FromPartner, joint(partner)},
		{model.ByPartnerJoint, model.FromVendor, joint(partner)}, {model.ByPartnerJoint, model.FromBoth, joint(partner)},
		{model.ByVendorJoint, model.UnknownSource, joint(vendor)}, {model.ByVendorJoint, model.FromPartner, joint(vendor)},
		{model.ByVendorJoint, model.FromVendor, joint(vendor)}, {model.ByVendorJoint, model.FromBoth, joint(vendor)},
	} {
		for _, j := range []comp.JointOrigin{comp.EqualOrigin, comp.PartnerOrigin, comp.VendorOrigin, 0, 9} {
			p := comp.Policy{JointOrigin: j, JointPrimary: comp.FilerPrimary}
			o := model.Origin{Source: c.source, Registrant: c.registrant}
			for e, side := range map[model.Engagement]model.Side{model.PartnerLed: partner, model.VendorLed: vendor} {
				if got, err := p.PrimarySide(e, o); got != side || err != nil {
					t.Errorf("%s %s %s %s: %s, %v", e, c.registrant, c.source, j, got, err)
				}
			}
			got, err := p.PrimarySide(model.TrueCoSell, o)
			var want []string
			switch {
			case c.want == nil:
				want = []string{"source: nothing says where the deal came from; give its source, or the registrant"}
			case c.want[j] == unset[j] && c.want[j] == 0:
				want = []string{"joint_origin: *"}
			}
			wantError(t, err, want...)
			if got != c.want[j] {
				t.Errorf("true co-sell %s %s %s: %q, want %q", c.registrant, c.source, j, got, c.want[j])
			}
		}
	}
	_, err := comp.DefaultPolicy().PrimarySide(0, model.Origin{Source: 9, Registrant: 9})
	wantError(t, err, "engagement: *",
		"origin.source: *",
		"origin.registrant: *")
}

func TestWithRolesDerivesUnsetRolesOnly(t *testing.T) {
	b := deal(rep("ana", acme), rep("bo", us), primary("cy", us), supporting("al", acme, comp.CoSelling, comp.TechnicalValidation))
	for _, c := range []struct {
		primary model.Side
		want    [4]comp.Role
	}{
		{model.Partner, [4]comp.Role{comp.Primary, comp.Supporting, comp.Primary, comp.Supporting}},
		{model.Vendor, [4]comp.Role{comp.Supporting, comp.Primary, comp.Primary, comp.Supporting}},
		{0, [4]comp.Role{comp.Primary, comp.Primary, comp.Primary, comp.Supporting}}, // both sides
	} {
		with := b.WithRoles(c.primary)
		var got [4]comp.Role
		for i, p := range with.Payees {
			got[i] = p.Role
			if p.Derived != (i < 2) {
				t.Errorf("%s: derived %v", p.Rep, p.Derived)
			}
			with.Payees[i].Rep = "changed"
		}
		with.Payees[3].AlsoContributed[0] = "changed"
		if got != c.want || with.ID != b.ID || with.Value != b.Value {
			t.Errorf("%s: %v, want %v", c.primary, got, c.want)
		}
	}
	own := b.WithRoles(0)
	own.Payees[0].Role = 0
	if own.DeriveRoles(model.Vendor); own.Payees[0].Role != comp.Supporting || own.Payees[1].Role != comp.Primary {
		t.Errorf("in their place: %+v", own.Payees)
	}
	if b.Payees[0].Role != 0 || b.Payees[0].Rep != "ana" || b.Payees[3].AlsoContributed[0] != comp.TechnicalValidation {
		t.Errorf("the caller's booking became %+v", b)
	}
}

func TestRoleNamesAreReadBack(t *testing.T) {
	for r, name := range map[comp.Role]string{comp.Primary: "primary", comp.Supporting: "supporting"} {
		if got, err := comp.ParseRole(name); got != r || err != nil || r.String() != name {
			t.Errorf("%s: %d, %v", name, got, err)
		}
	}
	_, err := comp.ParseRole("Primary")
	wantError(t, err, `"Primary" is not known; allowed are primary, supporting`)
	if got := comp.Role(9).String(); got != "" {
		t.Errorf("an unknown role is named %q", got)
	}
}
