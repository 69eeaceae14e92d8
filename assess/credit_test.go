package assess_test

import (
	"strings"
	"testing"

	"github.com/coselling/coselling/assess"
	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// CASES C10: what the vendor gets wrong moves neither the partner's line nor its view.
func TestWhatOneSideGetsWrongLeavesTheOtherSide(t *testing.T) {
	bo := comp.Payee{Rep: "bo", Party: us, Role: comp.Supporting, Contribution: comp.TechnicalValidation,
		Rate: value.MustPercent("5%")}
	misspelt, unpaid, half, rest := bo, bo, bo, bo
	misspelt.Contribution = "technical_validaton"
	unpaid.Rate = value.Percent{}
	half.Share = value.MustPercent("49%")
	rest.Rep, rest.Share = "bea", value.MustPercent("50%")
	var before string
	for name, payees := range map[string][]comp.Payee{
		"right": {bo}, "misspelt": {misspelt}, "without a rate": {unpaid}, "shares below 100%": {half, rest},
	} {
		d, r := small()
		d.Payees = append(d.Payees, payees...)
		a, err := engine(t).Assess(d, r, november(6, 9))
		if err != nil {
			t.Fatal(err)
		}
		host, vendor := a.Everything(), a.For(us)
		if wrong := name != "right"; wrong != (len(vendor.Credit.Lines) == 0) || wrong != hasPart(&vendor, assess.SectionCredit) ||
			host.Credit.Lines[0].Payee != "ana" || hasPart(&host, assess.SectionCredit) != wrong {
			t.Errorf("%s: %v, %v", name, host.Credit.Lines, vendor.Missing)
		}
		view := written(a.For(acme))
		if before == "" {
			before = view
		}
		if view != before || !strings.Contains(view, `"ana"`) {
			t.Errorf("%s: the partner reads\n%s\nand before\n%s", name, view, before)
		}
	}
}

func hasPart(v *assess.View, part assess.Section) bool {
	for _, m := range v.Missing {
		if m.Part == part {
			return true
		}
	}
	return false
}

// CASES D13: roles that the deal does not state follow from engagement and origin, and the lines say so.
func TestRolesOfPayeesAreDerived(t *testing.T) {
	d, r := small()
	d.Payees = []comp.Payee{{Rep: "ana", Party: acme, Rate: value.MustPercent("8%")}, {Rep: "bo", Party: us,
		Contribution: comp.TechnicalValidation, Rate: value.MustPercent("5%")}}
	for engagement, want := range map[model.Engagement][2]string{
		model.PartnerLed: {"100% of 18000.00 USD as primary by engagement and origin (comp.role_based) at 8%, projected (comp.closed_only)",
			"30% of 18000.00 USD for technical_validation by engagement and origin (comp.role_based) at 5%, projected (comp.closed_only)"},
		model.VendorLed: {"", "100% of 18000.00 USD as primary by engagement and origin (comp.role_based) at 5%, projected (comp.closed_only)"},
	} {
		d.Opening.Engagement = engagement
		v := everything(t, d, r, november(4, 9))
		var got [2]string
		for _, l := range v.Credit.Lines {
			got[l.Party.Side-1] = l.Why()
		}
		if got != want {
			t.Errorf("%s: %q", engagement, got)
		}
	}
}
