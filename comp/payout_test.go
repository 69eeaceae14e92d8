package comp_test

import (
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/value"
)

// comp.cumulative: after any instalments and reversals each payee has the commission on the
// received part, rounded, less the reversed part of that.
func TestInstalmentsTotalWhatWasDueAtOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		policy := anyRatePolicy().Draw(t, "policy")
		p := newPlayer(t, policy)
		for i := range rapid.IntRange(1, 3).Draw(t, "deals") {
			p.play(t, historyStep{booking: anyDealOf(t, policy, fmt.Sprint("D", i), value.MustDate("2026-01-05"))})
		}
		s := p.all[len(p.all)-1]
		d, err := p.plan.Deferred(s)
		if err != nil {
			t.Fatal(err)
		}
		day := value.MustDate("2026-01-05")
		nets := map[int]int64{}
		whole := s.Value.Minor()
		var received, reversed int64
		for i := 0; received != whole; i++ {
			move := comp.Movement{ID: fmt.Sprint("I", i), On: day}
			kind, sum := d.Payout.Receive, &received
			if i < 6 {
				move.Amount = drawMinor(t, whole-received, "instalment")
			}
			if rapid.IntRange(0, 4).Draw(t, "reversal") == 0 && whole-reversed > 1 && i < 6 {
				kind, sum, move.Amount = d.Payout.Reverse, &reversed, drawMinor(t, whole-reversed-1, "reversed")
			}
			if *sum += move.Amount.Minor(); move.Amount.IsZero() {
				*sum = whole
			}
			if d, err = kind(move); err != nil {
				t.Fatal(err)
			}
			for j, l := range d.Statement.Lines {
				nets[j] += l.Commission.Minor()
				if want := dueNow(t, p.plan, s.Lines[j], big.NewRat(received, whole), big.NewRat(reversed, whole)); want != nil && want.Cmp(big.NewInt(nets[j])) != 0 {
					t.Fatalf("%+v has %d, want %s", l, nets[j], want)
				}
			}
		}
		rest, err := d.Payout.Reverse(comp.Movement{ID: "end", On: day})
		if err != nil {
			t.Fatal(err)
		}
		for j, l := range rest.Statement.Lines {
			if reversed == 0 && nets[j] != s.Lines[j].Commission.Minor() {
				t.Fatalf("instalments total %d, at once it is %s", nets[j], s.Lines[j].Commission)
			}
			if nets[j]+l.Commission.Minor() != 0 {
				t.Fatalf("after the reversal %+v has %d", l, nets[j]+l.Commission.Minor())
			}
		}
	})
}

func drawMinor(t *rapid.T, most int64, name string) value.Money {
	m, err := value.NewMoney(rapid.Int64Range(1, most).Draw(t, name), usd("0").Currency())
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// dueNow is the oracle of a line at a flat rate, in one tier, or held. It returns nil for
// other lines, which are checked by their totals only.
func dueNow(t *rapid.T, plan *comp.Plan, l comp.Line, received, reversed *big.Rat) *big.Int {
	o := historyOracle{policy: plan.Policy()}
	tiers, err := plan.TierParts(l)
	if err != nil {
		t.Fatal(err)
	}
	exact := product(whole(l.Base.Minor()), fractionOf(l.Percent), fractionOf(l.Share), fractionOf(l.Rate))
	switch {
	case l.Held != 0 || l.Credited == comp.AsTrueUp || l.Commission.Sign() == 0 && l.Credited == comp.AsInfluencer:
		exact = whole(l.Commission.Minor())
	case len(tiers) > 1:
		return nil
	}
	return o.left(o.signedRound(product(exact, received)), reversed)
}

// A payout that was paid at once and is reversed in full gives the statement of
// Statement.Reverse.
func TestPayoutReversedInFullIsTheReversalOfTheStatement(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		policy := anyPolicy().Draw(t, "policy")
		b := anyBooking(policy).Draw(t, "booking")
		b.Closed = won
		s, err := compile(t, policy).Statement(b)
		if err != nil {
			return
		}
		want, err := s.Reverse("R", won)
		if err != nil {
			t.Fatal(err)
		}
		payout, err := compile(t, policy).Paid(s)
		if err != nil {
			t.Fatal(err)
		}
		got, err := payout.Reverse(comp.Movement{ID: "R", On: won})
		if err != nil || fmt.Sprint(got.Statement) != fmt.Sprint(want) {
			t.Fatalf("%v\n%v\nwant\n%v", err, got.Statement, want)
		}
	})
}

func TestThreeInstalmentsTotalTheCommission(t *testing.T) {
	plan := compile(t, under(comp.Split))
	d, err := plan.Deferred(statement(t, under(comp.Split), flatDeal("0.30", "33.333333%")))
	if err != nil {
		t.Fatal(err)
	}
	all := []comp.Statement{d.Statement}
	for _, id := range []string{"I1", "I2", "I3"} {
		if d, err = d.Payout.Receive(comp.Movement{ID: id, Amount: usd("0.10"), On: won}); err != nil {
			t.Fatal(err)
		}
		all = append(all, d.Statement)
	}
	wantCommissions(t, "0.00 0.03 0.04 0.03", all...)
	if l := all[0].Lines[0]; l.Why() != "100% of 0.30 USD as seller (comp.split) at 33.333333%, an instalment of 0.10 USD (comp.cumulative)" || l.QuotaCredit != usd("0.30") {
		t.Errorf("%s credited %s", l.Why(), l.QuotaCredit)
	}
	if s := all[1]; s.Pays != "D" || s.Booking != "I1" || s.Value.Sign() != 0 || s.Lines[0].QuotaCredit.Sign() != 0 {
		t.Errorf("%+v", s)
	}
	var totals comp.Totals
	for _, s := range all {
		if err := totals.Add(s); err != nil {
			t.Fatal(err)
		}
	}
	if deals, reversals := totals.Deals(); deals != 1 || reversals != 0 {
		t.Errorf("%d deals, %d reversals", deals, reversals)
	}
}

func TestRefusesMalformedMovements(t *testing.T) {
	plan := compile(t, under(comp.Split))
	s := statement(t, under(comp.Split), flatDeal("100.00", "10%"))
	paid, err := plan.Paid(s)
	if err != nil {
		t.Fatal(err)
	}
	half, err := paid.Reverse(comp.Movement{ID: "R", Amount: usd("50"), On: won})
	if err != nil {
		t.Fatal(err)
	}
	gone, err := half.Payout.Reverse(comp.Movement{ID: "R2", On: won})
	if err != nil || gone.Statement.Value != usd("-50.00") {
		t.Fatal(err)
	}
	opening, err := plan.Deferred(s)
	if err != nil {
		t.Fatal(err)
	}
	opened, err := opening.Payout.Receive(comp.Movement{ID: "I", Amount: usd("60"), On: won})
	if err != nil {
		t.Fatal(err)
	}
	withdrawn, err := opened.Payout.Reverse(comp.Movement{ID: "R", On: won})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		code value.Code
		do   func(comp.Movement) (comp.PayoutDecision, error)
		m    comp.Movement
		want string
	}{
		{comp.ReversalAbove, gone.Payout.Reverse, comp.Movement{ID: "R3", On: won}, "reversal.amount: the rest is above what is left of the deal, 0.00 USD"},
		{comp.ReversalAbove, gone.Payout.Reverse, comp.Movement{ID: "R3", Amount: usd("0.01"), On: won}, "reversal.amount: 0.01 USD is above what is left of the deal, 0.00 USD"},
		{comp.ReversalAbove, half.Payout.Reverse, comp.Movement{ID: "R3", Amount: usd("50.01"), On: won}, "reversal.amount: 50.01 USD is above what is left of the deal, 50.00 USD"},
		{comp.InstalmentAbove, paid.Receive, comp.Movement{ID: "I", On: won}, "instalment.amount: the rest is above what is left of the deal, 0.00 USD"},
		{comp.InstalmentAbove, opened.Payout.Receive, comp.Movement{ID: "I2", Amount: usd("40.01"), On: won}, "instalment.amount: 40.01 USD is above what is left of the deal, 40.00 USD"},
		{comp.InstalmentAbove, withdrawn.Payout.Receive, comp.Movement{ID: "I2", On: won}, "instalment.amount: the rest is above what is left of the deal, 0.00 USD"},
		{comp.PayoutRepeated, half.Payout.Reverse, comp.Movement{ID: "R", On: won}, `reversal.id: "R" is the id of the deal, or of another movement of it; give each movement another id`},
		{comp.PayoutRepeated, half.Payout.Reverse, comp.Movement{ID: "D", On: won}, `reversal.id: "D" is the id of the deal, or of another movement of it; give each movement another id`},
		{comp.BookingID, half.Payout.Reverse, comp.Movement{On: won}, "reversal.id: nothing is no id; give 1 to 256 bytes"},
		{value.Code("payout.date"), half.Payout.Reverse, comp.Movement{ID: "x", On: value.MustDate("2026-11-19")}, `reversal.on: "2026-11-19" is no day on or after the last movement of the deal, 2026-11-20`},
		{value.Code("payout.date"), half.Payout.Reverse, comp.Movement{ID: "x"}, `reversal.on: nothing is no day on or after the last movement of the deal, 2026-11-20`},
		{value.Code("payout.amount"), half.Payout.Reverse, comp.Movement{ID: "x", Amount: usd("-1"), On: won}, `reversal.amount: -1.00 USD is not positive, or not in the deal's currency, "USD"`},
		{value.Code("payout.amount"), half.Payout.Reverse, comp.Movement{ID: "x", Amount: value.MustMoney("1 JPY"), On: won}, `reversal.amount: 1 JPY is not positive, or not in the deal's currency, "USD"`},
		{value.Code("payout.amount"), half.Payout.Reverse, comp.Movement{ID: "x", Amount: usd("0.00"), On: won}, `reversal.amount: 0.00 USD is not positive, or not in the deal's currency, "USD"`},
	} {
		d, err := c.do(c.m)
		wantError(t, err, c.want)
		if !errors.Is(err, c.code) || d.Statement.Booking != "" {
			t.Errorf("%s: %v, %+v", c.code, err, d)
		}
	}
	if _, err := (comp.Payout{}).Reverse(comp.Movement{ID: "x", On: won}); err == nil {
		t.Error("no payout is reversed")
	}
}

func TestRefusesAPayoutOfAStatementThatIsNoBooking(t *testing.T) {
	plan := compile(t, under(comp.Split))
	s := statement(t, under(comp.Split), flatDeal("100.00", "10%"))
	back, err := s.Reverse("R", won)
	if err != nil {
		t.Fatal(err)
	}
	opened, err := plan.Deferred(s)
	if err != nil {
		t.Fatal(err)
	}
	first, err := opened.Payout.Receive(comp.Movement{ID: "I", On: won})
	if err != nil {
		t.Fatal(err)
	}
	open, other, wrong := s, s, s
	open.Projected = true
	other.Model = comp.RoleBased
	wrong.Lines = slices.Clone(s.Lines)
	wrong.Lines[0].Commission = usd("10.01")
	tabled := s
	tabled.Lines = slices.Clone(s.Lines)
	tabled.Lines[0].Table = "nobody's"
	for name, s := range map[string]comp.Statement{"reversal": back, "instalment": first.Statement, "comp.cumulative deferred already": opened.Statement, "open": open, "other model": other, "zero": {}, "wrong": wrong, "table": tabled, "closing": {Booking: "Q", Model: comp.Split, Value: usd("1"), Date: won, Period: won}} {
		_, paidErr := plan.Paid(s)
		_, err := plan.Deferred(s)
		deferredOnly := name == "wrong" || name == "table" // the plan does not check a commission that was paid
		if !errors.Is(err, value.Code("payout.of")) || (paidErr == nil) != deferredOnly || strings.Contains(err.Error(), "unexpected") {
			t.Errorf("%s: %v, %v", name, err, paidErr)
		}
	}
	if _, err := first.Statement.Reverse("R", won); !errors.Is(err, comp.ReversalOf) {
		t.Errorf("an instalment is reversed: %v", err)
	}
}

func TestMovementsOfOneDealAreBounded(t *testing.T) {
	plan := compile(t, under(comp.Split))
	d, err := plan.Deferred(statement(t, under(comp.Split), flatDeal("100.00", "10%")))
	for i := range 1000 {
		if err != nil {
			t.Fatal(err)
		}
		d, err = d.Payout.Receive(comp.Movement{ID: fmt.Sprint(i), Amount: usd("0.01"), On: won})
	}
	_, err = d.Payout.Receive(comp.Movement{ID: "more", Amount: usd("0.01"), On: won})
	wantError(t, err, "instalment: 1000 movements are all that one deal may have")
}

// An instalment pays a part of the capped commission. A reversal takes back that part, and
// the same part of the commission before the cap.
func TestMovementsOfACappedDealFollowTheCap(t *testing.T) {
	table := rateTable(comp.DealAmount, comp.Marginal, "0:10%")
	table.DealCap = usd("50")
	plan := compile(t, withTable(table))
	s, err := plan.Statement(booked("D", "1000", "2026-10-05"))
	if err != nil {
		t.Fatal(err)
	}
	deferred, err := plan.Deferred(s)
	if err != nil {
		t.Fatal(err)
	}
	if l := deferred.Statement.Lines[0]; l.Held != comp.ByInstalments || l.Unheld != usd("50") || l.Commission != usd("0") {
		t.Errorf("deferred: %s, %s in place of %s", l.Held, l.Commission, l.Unheld)
	}
	payout, err := plan.Paid(s)
	if err != nil {
		t.Fatal(err)
	}
	s.Lines[0].Commission = usd("99")
	back, err := payout.Reverse(comp.Movement{ID: "R", Amount: usd("500"), On: won})
	if err != nil {
		t.Fatal(err)
	}
	if l := back.Statement.Lines[0]; l.Held != comp.ByDealCap || l.Unheld != usd("-50") || l.Commission != usd("-25") {
		t.Errorf("taken back: %s, %s in place of %s", l.Held, l.Commission, l.Unheld)
	}
}

// Payouts are values: two movements after one payout do not change each other.
func TestPayoutsAreImmutable(t *testing.T) {
	plan := compile(t, under(comp.Split))
	d, err := plan.Deferred(statement(t, under(comp.Split), flatDeal("100.00", "10%")))
	if err != nil {
		t.Fatal(err)
	}
	one := d
	for _, id := range []string{"1", "2", "3", "4", "5"} { // an array with room behind its end
		if one, err = one.Payout.Receive(comp.Movement{ID: id, Amount: usd("10"), On: won}); err != nil {
			t.Fatal(err)
		}
	}
	for _, id := range []string{"a", "b"} {
		two, err := one.Payout.Receive(comp.Movement{ID: id, Amount: usd("10"), On: won})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := one.Payout.Receive(comp.Movement{ID: "other", Amount: usd("10"), On: won}); err != nil {
			t.Fatal(err)
		}
		for _, after := range []string{"a", "b"} {
			if _, err = two.Payout.Receive(comp.Movement{ID: after, Amount: usd("10"), On: won}); (err != nil) != (id == after) {
				t.Errorf("%s after %s: %v", after, id, err)
			}
		}
	}
}
