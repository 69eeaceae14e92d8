package impact_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/comp/impact"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// unpriced returns two deals, one of which the second policy refuses, and three that neither
// policy prices: two with an unknown contribution and one without payees.
func unpriced(t *testing.T) (before, after *comp.Plan, all []comp.Booking) {
	t.Helper()
	before, _ = plans()
	policy := before.Policy()
	delete(policy.RoleBased.Contributions, comp.CoSelling)
	policy.RoleBased.Contributions[comp.TechnicalValidation] = value.MustPercent("35%")
	after = compile(t, policy)
	all = deals()
	all[1].ID = "D-10"
	all[1].Payees = slices.Clone(all[1].Payees)
	all[1].Payees[0].Rep = "abe"
	for i, id := range []string{"D-20", "D-21", "D-22"} {
		b := all[0]
		b.ID, b.Payees = id, slices.Clone(b.Payees)
		b.Payees[1].Contribution = "unheard_of"
		if i == 2 {
			b.Payees = nil
		}
		all = append(all, b)
	}
	return before, after, all
}

// A booking that one policy cannot price is an error that names the policy, or it is left
// out and counted by the code of the error.
func TestUnpricedBookingsAreRefusedOrLeftOut(t *testing.T) {
	before, after, all := unpriced(t)
	_, err := impact.Compare(before, after, all[:2])
	wantRefusal(t, err, "comp.contribution.unknown", "after.")
	wantRefusal(t, err, "comp.contribution.unknown", "D-10")
	_, err = impact.Compare(before, after, all[2:3])
	wantRefusal(t, err, "comp.contribution.unknown", "before.")
	_, err = impact.Compare(before, after, []comp.Booking{{ID: "D-0"}}, impact.LeaveOutUnpriced())
	wantRefusal(t, err, "booking.value", "before.")

	got, err := impact.Compare(before, after, all, impact.LeaveOutUnpriced(), impact.Movements(
		comp.Movement{Of: "D-20", Kind: comp.Reversed, ID: "R-20", On: value.MustDate("2026-12-01")}))
	if err != nil {
		t.Fatal(err)
	}
	want, err := impact.Compare(before, after, all[:1])
	if err != nil {
		t.Fatal(err)
	}
	var left strings.Builder
	for _, l := range got.LeftOut {
		left.WriteString(fmt.Sprintln(l.Bookings, l.Reason))
	}
	if want := "1 " + string(value.Code("booking.payees")) + "\n3 " + string(value.Code("comp.contribution.unknown")) +
		"\n"; left.String() != want {
		t.Errorf("left out:\n%swant:\n%s", left.String(), want)
	}
	text, err := got.MarshalJSON()
	if err != nil || !strings.Contains(string(text), string(value.Code("comp.contribution.unknown"))) ||
		!strings.Contains(got.Text(), "3 bookings: "+string(value.Code("comp.contribution.unknown"))) {
		t.Errorf("%v: the forms do not say what was left out:\n%s\n%s", err, text, got.Text())
	}
	got.LeftOut = nil
	if one, two := written(t, got), written(t, want); one != two {
		t.Errorf("with bookings left out\n%s\nwithout them\n%s", one, two)
	}
}

// A booking that only one plan prices counts as zero under the other one, with every field
// as a cause. A booking that neither prices is left out with its reversals, and has a row.
func TestUnpricedBookingsCountAsZeroIfKept(t *testing.T) {
	before, after, all := unpriced(t)
	all = append(all, comp.Booking{ID: "D-30", Closed: all[0].Closed})
	open := all[0]
	open.ID, open.Closed = "D-31", value.Date{}
	var rows strings.Builder
	kept, err := impact.Compare(before, after, append(all, open), impact.KeepUnpriced(), impact.LeaveOutUnpriced(),
		impact.Movements(
			comp.Movement{Of: "D-10", Kind: comp.Reversed, ID: "R-10", On: value.MustDate("2026-12-01")},
			comp.Movement{Of: "D-20", Kind: comp.Reversed, ID: "R-20", On: value.MustDate("2026-12-01")},
			comp.Movement{Of: "D-99", Kind: comp.Reversed, ID: "R-99", On: value.MustDate("2026-12-01")}),
		impact.Rows(func(r impact.Row) error {
			fmt.Fprintln(&rows, r.Booking, r.Refused[0] == nil, r.Refused[1] == nil, len(r.Differences))
			for _, d := range r.Differences {
				if refused := r.Refused != [2]error{}; refused &&
					(d.Causes == nil || len(d.Causes) != len(comp.Diff(before.Policy(), after.Policy()))) {
					t.Errorf("%s is put down to %v", d.Booking, d.Causes)
				}
			}
			return nil
		}))
	if err != nil {
		t.Fatal(err)
	}
	const want = "D-31 false false 0\nD-10 true false 2\nD-17 true true 2\nD-20 false false 0\nD-21 false false " +
		"0\nD-22 false false 0\nD-30 false false 0\n" +
		"R-10 true false 2\nR-20 false false 0\nR-99 false false 0\n"
	if rows.String() != want {
		t.Errorf("rows\n%swant\n%s", rows.String(), want)
	}
	if kept.Deals != 2 || kept.Reversals != 1 ||
		kept.Total.Before.Commission.Compare(kept.Total.After.Commission) >= 0 {
		t.Errorf("%d deals, %d reversals: %+v", kept.Deals, kept.Reversals, kept.Total)
	}
}

// Where no rate counts over a period, kept bookings come in any order and in any parts.
func TestKeptBookingsComeInAnyOrder(t *testing.T) {
	before, after, all := unpriced(t)
	kept := func(list []comp.Booking) impact.Partial {
		p, err := partialOf(before, after, stream(list), impact.KeepUnpriced())
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	want := bytesOf(t, kept(all))
	other := slices.Clone(all)
	slices.Reverse(other)
	merged, err := impact.Merge(kept(other[:2]), kept(other[2:]))
	if got := bytesOf(t, kept(other)); err != nil || got != want || bytesOf(t, merged) != want {
		t.Errorf("%v: backwards\n%s\nin parts\n%s\nwant\n%s", err, got, bytesOf(t, merged), want)
	}
}

// Each policy prices the roles that it derives, and refuses a booking whose roles it cannot
// derive.
func TestRolesAreDerivedByEachPolicy(t *testing.T) {
	policy := comp.DefaultPolicy()
	before := compile(t, policy)
	policy.JointOrigin = comp.VendorOrigin
	after := compile(t, policy)
	b := deals()[0]
	b.Source, b.Payees = model.FromBoth, slices.Clone(b.Payees)
	for i := range b.Payees {
		b.Payees[i].Role, b.Payees[i].Contribution = 0, comp.CoSelling
	}
	engagement := model.TrueCoSell
	derive := impact.Derive(func(p comp.Policy, b comp.Booking) (comp.Booking, error) {
		primary, err := p.PrimarySide(engagement, b.Origin())
		return b.WithRoles(primary), err
	})
	r, err := impact.Compare(before, after, []comp.Booking{b}, derive)
	if err != nil || len(r.Changes) != 1 || r.Changes[0].Path != "joint_origin" ||
		r.Changes[0].Differences != len(b.Payees) {
		t.Errorf("%v: %+v", err, r.Changes)
	}
	engagement = 0
	_, err = impact.Compare(before, after, []comp.Booking{b}, derive)
	wantRefusal(t, err, "engagement.unknown", "before.")
	r, err = impact.Compare(before, after, []comp.Booking{b}, derive, impact.LeaveOutUnpriced())
	if err != nil || len(r.LeftOut) != 1 {
		t.Errorf("%v: left out %v", err, r.LeftOut)
	}
}

// Comparisons that merge count a booking that is left out once, and do not change.
func TestMergingCountsUnpricedBookingsOnce(t *testing.T) {
	before, after, all := unpriced(t)
	compared := func(options ...impact.Option) impact.Partial {
		p, err := partialOf(before, after, stream(all), append(options, impact.LeaveOutUnpriced())...)
		if err != nil {
			t.Fatal(err)
		}
		return encoded(t, p)
	}
	one := compared(impact.OnlyPayees(func(rep string, _ model.Party) bool { return rep == "ana" }))
	two := compared(impact.OnlyPayees(func(rep string, _ model.Party) bool { return rep != "ana" }))
	was, want := bytesOf(t, one)+bytesOf(t, two), bytesOf(t, compared())
	for range 2 {
		for _, pair := range [][2]impact.Partial{{one, two}, {two, one}} {
			merged, err := impact.Merge(pair[0], pair[1])
			if err != nil {
				t.Fatal(err)
			}
			if got := bytesOf(t, merged); got != want {
				t.Errorf("merged\n%s\nwant\n%s", got, want)
			}
		}
	}
	if bytesOf(t, one)+bytesOf(t, two) != was {
		t.Error("merging changed what was merged")
	}
	merged, err := impact.Merge(one, two)
	if err != nil {
		t.Fatal(err)
	}
	report, err := merged.Report()
	if err != nil || len(report.LeftOut) != 2 || report.LeftOut[0].Bookings+report.LeftOut[1].Bookings != 4 {
		t.Errorf("left out %v, %v", report.LeftOut, err)
	}
}

// The report of a currency equals that of its bookings alone, whether the currencies were
// compared together or merged. Without ByCurrency a second currency is refused.
func TestEachCurrencyHasItsReport(t *testing.T) {
	before, after := plans()
	all := deals()
	euros := all[0]
	euros.ID, euros.Value = "E-1", value.MustMoney("7777.77 EUR")
	euros.Payees = slices.Clone(euros.Payees)
	euros.Payees[0].Rep, euros.Payees[1].Rep = "eva", "ben"
	p, err := partialOf(before, after, stream(append(slices.Clone(all), euros)), impact.ByCurrency())
	if err != nil {
		t.Fatal(err)
	}
	_, err = p.Report()
	wantRefusal(t, err, impact.CurrencyMixed, "USD")
	wantRefusal(t, err, impact.CurrencyMixed, "EUR")
	reports, err := p.Reports()
	if err != nil || len(reports) != 2 {
		t.Fatal(len(reports), err)
	}
	var parts [2]impact.Partial
	for i, list := range [][]comp.Booking{{euros}, all} {
		if parts[i], err = partialOf(before, after, stream(list)); err != nil {
			t.Fatal(err)
		}
		alone, err := parts[i].Report()
		if err != nil || written(t, reports[i]) != written(t, alone) {
			t.Errorf("%v\n%s\nalone\n%s", err, reports[i].Text(), alone.Text())
		}
	}
	for _, pair := range [][2]int{{0, 1}, {1, 0}} {
		merged, err := impact.Merge(parts[pair[0]], parts[pair[1]])
		if err != nil || bytesOf(t, merged) != bytesOf(t, p) {
			t.Errorf("%v: merged of %v it is another comparison", err, pair)
		}
	}
}

// Reports of open deals are marked as projected, and do not merge with won deals.
func TestOpenDealsAreProjected(t *testing.T) {
	before, after := plans()
	open := deals()
	for i := range open {
		open[i].Closed = value.Date{}
		open[i].Payees = slices.Clone(open[i].Payees)
		for j := range open[i].Payees {
			open[i].Payees[j].Rep += " too"
		}
	}
	projected, err := partialOf(before, after, stream(open), impact.Rows(func(r impact.Row) error {
		if !r.Projected {
			t.Errorf("%s is not projected", r.Booking)
		}
		return nil
	}))
	if err != nil {
		t.Fatal(err)
	}
	r, err := projected.Report()
	if err != nil || !strings.Contains(r.Text(), "2 open deals, projected") {
		t.Errorf("%v:\n%s", err, r.Text())
	}
	won, err := partialOf(before, after, stream(deals()))
	if err != nil {
		t.Fatal(err)
	}
	_, err = impact.Merge(won, projected)
	wantRefusal(t, err, comp.TotalsMixed, "USD")
}

// Options copy their lists, so that a later change of a list has no effect.
func TestOptionsCopyTheirLists(t *testing.T) {
	before, after := plans()
	list := []comp.Movement{{Of: "D-17", Kind: comp.Reversed, ID: "R-1", On: value.MustDate("2026-12-01")}}
	reversals := impact.Movements(list...)
	list[0].Of = "D-99"
	r, err := impact.Compare(before, after, deals(), reversals)
	if err != nil || r.Reversals != 1 {
		t.Errorf("%d reversals, %v", r.Reversals, err)
	}
}

// A derived booking is priced as the deal that it was made of: it keeps id, value and day.
func TestADerivedBookingKeepsItsIDValueAndDay(t *testing.T) {
	b := deals()[0]
	for name, change := range map[string]func(*comp.Booking){
		"id":    func(b *comp.Booking) { b.ID = "other" },
		"value": func(b *comp.Booking) { b.Value = value.MustMoney("5.00 USD") },
		"day":   func(b *comp.Booking) { b.Closed = value.MustDate("2001-01-01") },
	} {
		derive := impact.Derive(func(_ comp.Policy, b comp.Booking) (comp.Booking, error) {
			change(&b)
			return b, nil
		})
		plan := compile(t, comp.DefaultPolicy())
		if _, err := impact.Compare(plan, plan, []comp.Booking{b}, derive); !errors.Is(err, value.Code("impact.derive")) {
			t.Errorf("another %s: %v", name, err)
		}
	}
}
