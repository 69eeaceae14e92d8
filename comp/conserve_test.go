package comp_test

import (
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/internal/naive/pay"
	"github.com/coselling/coselling/internal/reachtest"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// anyPriced draws a policy, a booking that it can price, and its statement.
func anyPriced(t *rapid.T) (comp.Policy, comp.Booking, comp.Statement) {
	policy := anyPolicy().Draw(t, "policy")
	b := anyBooking(policy).Draw(t, "booking")
	s, err := compile(t, policy).Statement(b)
	if err != nil {
		t.Skip("supporting credit above the primary's")
	}
	return policy, b, s
}

// credit returns all credit of a line, influenced credit included.
func credit(l comp.Line) int64 {
	if l.Credited == comp.AsInfluencer {
		return l.Influenced.Minor()
	}
	return l.QuotaCredit.Minor()
}

func TestCompConservePartsTotalTheCredit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		policy, b, s := anyPriced(t)
		for party := range partiesOf(s) {
			due, got, base := new(big.Rat), int64(0), int64(0)
			for _, l := range s.Lines {
				if l.Party == party {
					due.Add(due, pay.Product(new(big.Rat).SetInt64(l.Base.Minor()), pay.Fraction(l.Percent), pay.Fraction(l.Share)))
					got += credit(l)
					base = l.Base.Minor()
				}
			}
			joint := slices.ContainsFunc(s.Lines, func(l comp.Line) bool { return l.Credited == comp.AsJointOriginator })
			shares := pay.Shares(policy, b) && party.Side == model.Partner
			if joint || shares {
				continue // TestCompConserveHalvesTotalTheDeal, TestCompConservePartnersTotalTheirSide
			}
			if want := pay.Rounded(due, policy.Rounding); want.Cmp(big.NewInt(got)) != 0 {
				t.Fatalf("%s gets %d, want %s\n%s", party, got, want, lines(s))
			}
			if policy.Model == comp.Split && got != base {
				t.Fatalf("%s gets %d of %d", party, got, base)
			}
		}
	})
}

func TestCompConserveHalvesTotalTheDeal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		policy := anyPolicy().Draw(t, "policy").Under(comp.Origination)
		policy.JointOrigin = comp.EqualOrigin
		b := deal(sharing(rep("ana", acme), "33.333333%"), sharing(rep("al", acme), "66.666667%"), rep("bo", us))
		b.Value, b.Source = anyAmount(value.MustCurrency("KWD")).Draw(t, "value"), model.FromBoth
		if rapid.Bool().Draw(t, "vendor's claim") {
			b.Registrant = model.ByVendorJoint
		}
		if rapid.Bool().Draw(t, "one quota value") {
			b.PartnerQuota = anyAmount(value.MustCurrency("KWD")).Draw(t, "quota")
			b.VendorQuota = b.PartnerQuota
		}
		s := statement(t, policy, b)
		var total int64
		for _, l := range s.Lines {
			total += l.QuotaCredit.Minor()
		}
		if total != s.Quota.Minor() || s.Inflation().String() != "1" {
			t.Fatalf("%d of %s are credited\n%s", total, s.Quota, lines(s))
		}
	})
}

// view.side: the credit and the commission of a party do not depend on the shares and the rates of another party, nor on
// the quota value of the other side.
func TestNoLineDependsOnAnotherParty(t *testing.T) {
	seen := reachtest.Seen{}
	reachtest.Check(t, seen, func(t *rapid.T) {
		policy, b, s := anyPriced(t)
		party := rapid.SampledFrom([]model.Party{acme, us, model.PartnerOrg("Zed")}).Draw(t, "the other party")
		changed, err := compile(t, policy).Statement(withOther(t, b, party))
		if err != nil {
			t.Skip("the shares are of two groups")
		}
		mine := func(s comp.Statement) []comp.Line {
			return slices.DeleteFunc(slices.Clone(s.Lines), func(l comp.Line) bool { return l.Party == party })
		}
		if !slices.Equal(mine(s), mine(changed)) {
			t.Fatalf("%s\nbecomes\n%s", lines(s), lines(changed))
		}
		for _, l := range mine(s) {
			seen[l.Credited.String()]++
		}
	}, "primary", "supporting", "originator", "joint_originator", "influencer", "seller")
}

// withOther returns the booking with other rates and other shares of one party, and another quota value of its side
// where no other party has that.
func withOther(t *rapid.T, b comp.Booking, party model.Party) comp.Booking {
	other := anyAmount(b.Value.Currency()).Draw(t, "other quota")
	if party.Side == model.Vendor {
		b.VendorQuota = other
	} else if party == acme && b.LeadPartner == "" {
		b.PartnerQuota = other
	}
	b.Payees = slices.Clone(b.Payees)
	var before *comp.Payee
	for i := range b.Payees {
		p := &b.Payees[i]
		if p.Party != party {
			continue
		}
		p.Rate = value.MustPercent("1.000001%")
		if before != nil && before.Role == p.Role && before.Contribution == p.Contribution {
			before.Share, p.Share = p.Share, before.Share
		}
		before = p
	}
	return b
}

func TestCompConserveGivesTheLeftoverToTheLargestRemainder(t *testing.T) {
	b := deal(sharing(rep("c", acme), "33.333333%"), sharing(rep("b", acme), "33.333333%"), sharing(rep("a", acme), "33.333334%"))
	b.Value = usd("100.01")
	s := statement(t, under(comp.Split), b)
	wantRows(t, s, "a 33.34 0.00 3.33", "b 33.34 0.00 3.33", "c 33.33 0.00 3.33")
	for i, want := range []bool{true, true, false} {
		if s.Lines[i].Leftover != want {
			t.Errorf("leftover of %s is %t", s.Lines[i].Payee, s.Lines[i].Leftover)
		}
	}
	// The odd cent of a joint origin goes to the side that comes first.
	b = deal(rep("ana", acme), rep("bo", us))
	b.Value, b.Source = usd("0.01"), model.FromBoth
	wantRows(t, statement(t, under(comp.Origination), b), "ana 0.01 0.00 0.00", "bo 0.00 0.00 0.00")
	b.Registrant = model.ByVendorJoint
	wantRows(t, statement(t, under(comp.Origination), b), "bo 0.01 0.00 0.00", "ana 0.00 0.00 0.00")
	// Two quota values are two amounts: each is halved in the same way.
	b.Value, b.VendorQuota = usd("0.03"), usd("0.05")
	wantRows(t, statement(t, under(comp.Origination), b), "bo 0.03 0.00 0.00", "ana 0.01 0.00 0.00")
}

func TestSupportIsNeverAbovePrimary(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		_, _, s := anyPriced(t)
		support, base := map[model.Party]int64{}, map[model.Party]int64{}
		for _, l := range s.Lines {
			base[l.Party] = l.Base.Minor()
			if l.Credited == comp.AsSupporting {
				support[l.Party] += l.QuotaCredit.Minor()
			}
			if l.Commission.Minor() > l.Base.Minor() || l.Commission.Minor() < 0 || credit(l) < 0 || credit(l) > l.Base.Minor() {
				t.Fatalf("outside the base: %s", lines(s))
			}
		}
		for party, got := range support {
			// One unit more where the primary's own remainder was the smaller one.
			if got > base[party]+1 {
				t.Fatalf("support of %d of %s above %d", got, party, base[party])
			}
		}
	})
}

func TestRoundsAsThePolicySays(t *testing.T) {
	for mode, want := range map[value.Rounding]string{value.HalfEven: "bo 0.02 0.00 0.02", value.HalfAwayFromZero: "bo 0.03 0.00 0.03", value.TowardZero: "bo 0.02 0.00 0.02"} {
		policy := comp.DefaultPolicy()
		policy.Rounding = mode
		policy.RoleBased.Contributions[comp.CoSelling] = value.MustPercent("50%")
		b := deal(supporting("bo", us, comp.CoSelling))
		b.Value, b.Payees[0].Rate = usd("0.05"), value.MustPercent("100%")
		wantRows(t, statement(t, policy, b), want)
	}
	// Commission is taken of the exact credit of 0.004, not of the shown 0.00.
	policy := comp.DefaultPolicy()
	policy.Rounding = value.TowardZero
	policy.RoleBased.Contributions[comp.CoSelling] = value.MustPercent("1.5%")
	b := deal(supporting("bo", us, comp.CoSelling))
	b.Value, b.Payees[0].Rate = usd("1.00"), value.MustPercent("100%")
	wantRows(t, statement(t, policy, b), "bo 0.01 0.00 0.01")
	b.Value, b.Payees[0].Rate = usd("10.60"), value.MustPercent("12.6%") // 0.159 × 12.6 % = 0.020034
	wantRows(t, statement(t, policy, b), "bo 0.15 0.00 0.02")
}

func TestAppendStatementEqualsStatement(t *testing.T) {
	dirt := comp.Line{
		Payee: "dirt", Party: us, Contribution: "dirt", Base: usd("1"), Percent: value.MustPercent("1%"), Share: value.MustPercent("1%"), Rate: value.MustPercent("1%"),
		QuotaCredit: usd("1"), Influenced: usd("1"), Commission: usd("1"), Credited: comp.AsSupporting, Leftover: true, Projected: true,
	}
	rapid.Check(t, func(t *rapid.T) {
		policy, b, want := anyPriced(t)
		used := rapid.IntRange(0, 3).Draw(t, "used")
		buf := slices.Repeat([]comp.Line{dirt}, used+rapid.IntRange(0, 14).Draw(t, "room"))[:used]
		for i := range cap(buf) {
			buf[:cap(buf)][i] = dirt
		}
		got, err := compile(t, policy).AppendStatement(buf, &b)
		if err != nil || !slices.Equal(got.Lines, want.Lines) {
			t.Fatalf("%v\n%s\nwant %s", err, lines(got), lines(want))
		}
		for _, l := range buf {
			if l != dirt {
				t.Fatalf("what stood in the buffer became %+v", l)
			}
		}
		if tail := append(got.Lines, dirt); cap(buf)-used > len(want.Lines) && &tail[0] == &got.Lines[0] {
			t.Fatal("appending to the lines writes into the caller's buffer")
		}
	})
}

// comp.conserve: an amount is divided between the sides first, so the shares of one side
// change nothing on the other side.
func TestCompConserveHalvesDoNotDependOnEachOther(t *testing.T) {
	price := func(one, two string) comp.Statement {
		b := deal(sharing(rep("amy", acme), "50%"), sharing(rep("ana", acme), "50%"), sharing(rep("bea", us), one), sharing(rep("bo", us), two))
		b.Value, b.Source = usd("120000.01"), model.FromBoth
		return statement(t, under(comp.Origination), b)
	}
	want := price("50%", "50%").Lines[:2]
	for _, shares := range [][2]string{{"33.333333%", "66.666667%"}, {"66.666667%", "33.333333%"}, {"0.000001%", "99.999999%"}} {
		if got := price(shares[0], shares[1]).Lines[:2]; got[0].QuotaCredit != want[0].QuotaCredit || got[1].QuotaCredit != want[1].QuotaCredit {
			t.Errorf("with %v of the vendor the partner gets %s and %s, not %s and %s", shares, got[0].QuotaCredit, got[1].QuotaCredit, want[0].QuotaCredit, want[1].QuotaCredit)
		}
	}
}
