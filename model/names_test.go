package model_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// enum is one closed enumeration, as its parse function and its values see it.
type enum struct {
	code  value.Code
	names []string // of the values 1, 2, …
	parse func(string) (fmt.Stringer, error)
	value func(int) fmt.Stringer
}

func enumOf[T interface {
	~uint8
	fmt.Stringer
}](code value.Code, parse func(string) (T, error), names ...string) enum {
	return enum{code, names, func(s string) (fmt.Stringer, error) { return parse(s) }, func(i int) fmt.Stringer { return T(i) }}
}

func TestEnumerationsReadWhatTheyWrite(t *testing.T) {
	for _, e := range []enum{
		enumOf(model.SideUnknown, model.ParseSide, "partner", "vendor"),
		enumOf(model.EngagementUnknown, model.ParseEngagement, "partner_led", "vendor_led", "true_co_sell"),
		enumOf(model.SourceUnknown, model.ParseSource, "partner", "vendor", "joint"),
		enumOf(model.RegistrantUnknown, model.ParseRegistrant, "partner", "vendor", "joint_by_partner", "joint_by_vendor"),
		enumOf(model.AnswerUnknown, model.ParseAnswer, "no", "yes"),
		enumOf(model.TopicUnknown, model.ParseTopic, "business_process", "services", "implementation", "product", "technical", "security", "commercial"),
	} {
		for i, name := range e.names {
			v, err := e.parse(name)
			if err != nil || v != e.value(i+1) || v.String() != name {
				t.Errorf("%s: %q is %v (%v)", e.code, name, v, err)
			}
		}
		for _, bad := range []string{"", "Partner", "PARTNER_LED", " yes", "other", "vendor\x00"} {
			_, err := e.parse(bad)
			if !errors.Is(err, e.code) || !strings.Contains(err.Error(), strings.Join(e.names, ", ")) {
				t.Errorf("%s: %q gives %v", e.code, bad, err)
			}
		}
		if e.value(200).String() != "" {
			t.Errorf("%s: 200 has a name", e.code)
		}
	}
	if a, err := model.ParseAnswer("unknown"); err != nil || a != model.Unknown {
		t.Errorf("unknown is an answer: %v %v", a, err)
	}
}

// SPEC 5.1: the origin is the side of the active registration, else the source.
func TestOriginator(t *testing.T) {
	for r, want := range map[model.Registrant]model.Source{
		model.ByPartner: model.FromPartner, model.ByVendor: model.FromVendor,
		model.ByPartnerJoint: model.FromBoth, model.ByVendorJoint: model.FromBoth,
	} {
		for s := model.UnknownSource; s <= model.FromBoth; s++ {
			if got := (model.Origin{Source: s, Registrant: r}).Originator(); got != want {
				t.Errorf("%v registered, from %v: %v, want %v", r, s, got, want)
			}
			if got := (model.Origin{Source: s}).Originator(); got != s {
				t.Errorf("not registered, from %v: %v", s, got)
			}
		}
	}
}

func TestParties(t *testing.T) {
	if acme.String() != "partner acme" || us.String() != "vendor us" || (model.Party{}).String() != "" {
		t.Errorf("%v %v %v", acme, us, model.Party{})
	}
	if !errors.Is((model.Party{Org: "x"}).Check(), model.SideUnknown) || !errors.Is(model.PartnerOrg("").Check(), model.PartyOrg) || acme.Check() != nil {
		t.Error("checks of a party")
	}
	if acme.Compare(us) != -1 || us.Compare(acme) != 1 || acme.Compare(model.PartnerOrg("borealis")) != -1 || acme.Compare(acme) != 0 {
		t.Error("order of parties")
	}
	for side, other := range map[model.Side]model.Side{model.Partner: model.Vendor, model.Vendor: model.Partner, 0: 0, 9: 0} {
		if side.Other() != other {
			t.Errorf("other of %d is %d", side, side.Other())
		}
	}
}

// Two partners are two parties: neither reads what is for the other.
func TestViewsAreByParty(t *testing.T) {
	borealis := model.PartnerOrg("borealis")
	secret := value.NewReason("test.secret", "held by {holder}", value.Op("holder", "acme").To(model.OnlyFor(acme, us)))
	for party, want := range map[model.Party]string{acme: "held by acme", us: "held by acme", borealis: "held by (withheld)", model.VendorOrg("acme"): "held by (withheld)"} {
		if got := party.View(secret).String(); got != want {
			t.Errorf("%v reads %q, want %q", party, got, want)
		}
	}
	nobody := value.NewReason("test.secret", "{x}", value.Op("x", "y").To(model.OnlyFor()))
	if got := acme.View(nobody).String(); got != "(withheld)" {
		t.Errorf("an operand for nobody: %q", got)
	}
}
