package comp_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/internal/naive/pay"
	"github.com/coselling/coselling/internal/reachtest"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// anyGarbage draws a booking without any order: enumerations out of
// range, repeated ids, foreign currencies, unset and excessive values.
func anyGarbage() *rapid.Generator[comp.Booking] {
	return rapid.Custom(func(t *rapid.T) comp.Booking {
		money := rapid.SampledFrom([]value.Money{{}, usd("0"), usd("-1"), usd("10.01"), usd("99999999999999.99"), value.MustMoney("7 JPY")})
		b := comp.Booking{
			ID:           rapid.SampledFrom([]string{"D-1", "", strings.Repeat("x", 300)}).Draw(t, "id"),
			Value:        money.Draw(t, "value"),
			PartnerQuota: money.Draw(t, "partner quota"), VendorQuota: money.Draw(t, "vendor quota"),
			Closed:     rapid.SampledFrom([]value.Date{{}, won}).Draw(t, "closed"),
			Source:     model.Source(anyEnum(model.FromBoth).Draw(t, "source")),
			Registrant: model.Registrant(anyEnum(model.ByVendorJoint).Draw(t, "registrant")),
		}
		for range rapid.IntRange(0, 6).Draw(t, "payees") {
			b.Payees = append(b.Payees, anyGarbagePayee().Draw(t, "payee"))
		}
		return b
	})
}

func anyGarbagePayee() *rapid.Generator[comp.Payee] {
	percents := rapid.SampledFrom([]value.Percent{{}, value.MustPercent("-1%"), value.MustPercent("50%"), value.MustPercent("100%"), value.MustPercent("100.000001%"), value.MustPercent("10000%")})
	ids := rapid.SampledFrom([]comp.Contribution{"", comp.TechnicalValidation, comp.CoSelling, "Intro\x00"})
	return rapid.Custom(func(t *rapid.T) comp.Payee {
		return comp.Payee{
			Rep:             rapid.SampledFrom([]string{"", "ana", "bo", "cy", strings.Repeat("x", 300)}).Draw(t, "rep"),
			Party:           model.Party{Side: model.Side(anyEnum(model.Vendor).Draw(t, "side")), Org: rapid.SampledFrom([]string{"", "acme", "us"}).Draw(t, "org")},
			Role:            comp.Role(anyEnum(comp.Supporting).Draw(t, "role")),
			Contribution:    ids.Draw(t, "contribution"),
			AlsoContributed: rapid.SliceOfN(ids, 0, 2).Draw(t, "further"),
			Rate:            percents.Draw(t, "rate"), Share: percents.Draw(t, "share"),
		}
	})
}

// anyEnum draws a value of an enumeration, sometimes one behind the last.
func anyEnum[T ~uint8](last T) *rapid.Generator[uint8] {
	return rapid.OneOf(rapid.Uint8Range(0, uint8(last)), rapid.Uint8Range(0, uint8(last)), rapid.Uint8())
}

func TestGarbageIsRefusedWithCodesAndNeverPanics(t *testing.T) {
	seen := reachtest.Seen{}
	reachtest.Check(t, seen, func(t *rapid.T) {
		policy := anyPolicy().Draw(t, "policy")
		policy.RoleBased.Contributions[comp.TechnicalValidation] = value.MustPercent("30%")
		plan := compile(t, policy)
		b := anyGarbage().Draw(t, "booking")
		s, err := plan.Statement(b)
		if want := refusals(policy, b); !maps.Equal(codesOf(err), want) {
			t.Fatalf("%+v\nrefused with %v\nwant codes %v", b, err, want)
		}
		if err == nil {
			compareOwed(t, s, pay.Bill(policy, b))
		} else {
			seen["refused"]++
		}
		shuffled := b
		shuffled.Payees = rapid.Permutation(b.Payees).Draw(t, "another order")
		again, errAgain := plan.Statement(shuffled)
		if !slices.Equal(again.Lines, s.Lines) || !maps.Equal(codesOf(errAgain), codesOf(err)) {
			t.Fatalf("%s %v\nin another order %s %v", lines(s), err, lines(again), errAgain)
		}
		// Other functions must not panic on the same input.
		_, _ = policy.PrimarySide(model.Engagement(anyEnum(model.TrueCoSell).Draw(t, "engagement")), b.Origin())
		_ = plan.JudgeUpfront(b)
		_ = b.WithRoles(model.Side(anyEnum(model.Vendor).Draw(t, "primary")))
		_, _ = plan.ChangeContribution(b, comp.ContributionChange{Rep: "ana", Contribution: "x"}, won.Start(nil))
	}, "refused")
}
