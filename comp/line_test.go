package comp_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

func TestLinesSayWhy(t *testing.T) {
	both := deal(rep("ana", acme), rep("bo", us))
	both.Source = model.FromBoth
	shared := deal(sharing(rep("c", acme), "33.333333%"), sharing(rep("b", acme), "33.333333%"), sharing(rep("a", acme), "33.333334%"))
	shared.Value = usd("100.01")
	open := deal(supporting("bo", us, comp.TechnicalValidation, comp.CoSelling))
	open.Closed = value.Date{}
	for _, c := range []struct {
		name   string
		model  comp.Model
		b      comp.Booking
		as     comp.Credited
		rule   value.Code
		want   string
		others string
	}{
		{"primary", comp.RoleBased, deal(primary("ana", acme)), comp.AsPrimary, comp.RoleBasedRule,
			"100% of 1000.00 USD as primary (comp.role_based) at 10%", "(withheld) as primary (comp.role_based) at (withheld)"},
		{"supporting, projected", comp.RoleBased, open, comp.AsSupporting, comp.RoleBasedRule,
			"50% of 1000.00 USD for true_co_sell (comp.role_based) at 10%, projected (comp.closed_only)", "(withheld) for true_co_sell (comp.role_based) at (withheld), projected (comp.closed_only)"},
		{"originator", comp.Origination, deal(rep("ana", acme)), comp.AsOriginator, comp.OriginationRule,
			"100% of 1000.00 USD as originator (comp.origination) at 10%", "(withheld) as originator (comp.origination) at (withheld)"},
		{"joint originator", comp.Origination, both, comp.AsJointOriginator, comp.OriginationRule,
			"50% of 1000.00 USD as joint originator (comp.origination) at 10%", "(withheld) as joint originator (comp.origination) at (withheld)"},
		{"influencer", comp.Origination, deal(rep("bo", us)), comp.AsInfluencer, comp.OriginationRule,
			"25% of 1000.00 USD as influencer (comp.origination) at 10%", "(withheld) as influencer (comp.origination) at (withheld)"},
		{"seller with a leftover", comp.Split, shared, comp.AsSeller, comp.SplitRule,
			"a share of 33.333334% in 100% of 100.01 USD, a leftover minor unit included (comp.conserve), as seller (comp.split) at 10%", "(withheld) as seller (comp.split) at (withheld)"},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := statement(t, under(c.model), c.b).Lines[0]
			r := l.Reason()
			if l.Credited != c.as || l.Rule() != c.rule || r.Code() != c.rule || l.Why() != c.want || r.String() != c.want {
				t.Errorf("%d %s: %s\nwant %d %s: %s", l.Credited, l.Rule(), l.Why(), c.as, c.rule, c.want)
			}
			if own := l.Party.View(r).String(); own != c.want {
				t.Errorf("its own party reads %s", own)
			}
			for _, reader := range []model.Party{{}, model.PartnerOrg("other"), model.VendorOrg("acme"), {Side: l.Party.Side}} {
				if got := reader.View(r).String(); got != c.others {
					t.Errorf("%q reads %s\nwant %s", reader, got, c.others)
				}
			}
		})
	}
}

func TestLineWithoutCreditHasNoReason(t *testing.T) {
	for _, l := range []comp.Line{{}, {Credited: 100}, {Credited: 255}} {
		if l.Rule() != "" || !l.Reason().IsZero() {
			t.Errorf("%d: rule %q, %s", l.Credited, l.Rule(), l.Why())
		}
	}
}

func TestLineHoldsTheNumbersThatMadeIt(t *testing.T) {
	b := deal(sharing(supporting("bo", us, comp.TechnicalValidation), "40%"), sharing(supporting("bea", us, comp.TechnicalValidation), "60%"), primary("ana", acme))
	b.VendorQuota = usd("900.00")
	s := statement(t, comp.DefaultPolicy(), b)
	want := comp.Line{
		Payee: "bo", Party: us, Payer: us, Contribution: comp.TechnicalValidation, Base: usd("900.00"),
		Percent: value.MustPercent("30%"), Share: value.MustPercent("40%"), Rate: value.MustPercent("10%"),
		QuotaCredit: usd("108.00"), Influenced: usd("0"), Commission: usd("10.80"), Credited: comp.AsSupporting,
	}
	if s.Lines[2] != want {
		t.Errorf("%+v\nwant %+v", s.Lines[2], want)
	}
	if ana := s.Lines[0]; ana.Share != value.MustPercent("100%") || ana.Contribution != "" || ana.Base != b.Value {
		t.Errorf("%+v", ana)
	}
}

// The sentence that another party reads is the same for all credits and rates.
func TestReasonsHideCreditAndRateFromOthers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		_, _, s := anyPriced(t)
		l := rapid.SampledFrom(s.Lines).Draw(t, "line")
		other := l
		other.Percent, other.Share, other.Rate = anyPart(full).Draw(t, "percent"), anyPart(full).Draw(t, "share"), anyPart(full).Draw(t, "rate")
		other.Base = anyAmount(value.MustCurrency("JPY")).Draw(t, "base")
		other.QuotaCredit, other.Influenced, other.Commission = other.Base, other.Base, other.Base
		other.Leftover = rapid.Bool().Draw(t, "leftover")
		reader := rapid.SampledFrom([]model.Party{{}, model.PartnerOrg("us"), model.VendorOrg("acme")}).Draw(t, "reader")
		one, two := reader.View(l.Reason()), reader.View(other.Reason())
		if one.String() != two.String() || one.Code() != two.Code() {
			t.Fatalf("%q reads %q of one and %q of the other", reader, one, two)
		}
		ops, others := one.Operands(), two.Operands()
		for i := range ops {
			if ops[i].Name() != others[i].Name() || ops[i].Value() != others[i].Value() {
				t.Fatalf("%q reads operand %s: %v and %v", reader, ops[i].Name(), ops[i].Value(), others[i].Value())
			}
		}
		if len(ops) != len(others) {
			t.Fatal("the number of operands differs")
		}
	})
}
