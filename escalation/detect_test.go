package escalation_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/internal/reachtest"
	"github.com/coselling/coselling/value"
)

// facts returns a deal that has been active since the 1st, after a change.
func facts(change func(*escalation.Facts)) escalation.Facts {
	d := deal()
	d.ActiveSince = instant(1, 9)
	change(&d)
	return d
}

func TestFactsShowBlockers(t *testing.T) {
	none := time.Time{}
	large := value.MustMoney("250000.00 USD")
	rate, err := value.ParseExchangeRate("1 EUR = 1.25 USD on 2026-11-02")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name string
		deal escalation.Facts
		asOf time.Time
		want string
	}{
		{"13 days", facts(func(*escalation.Facts) {}), instant(15, 9).Add(-1), "[]"},
		{"14 days", facts(func(*escalation.Facts) {}), instant(15, 9), "[deal_stalled 15 9]"},
		{"later, raised as of the same instant", facts(func(*escalation.Facts) {}), instant(28, 0),
			"[deal_stalled 15 9]"},
		{"progress", facts(func(d *escalation.Facts) { d.Progress = instant(3, 7) }), instant(17, 7),
			"[deal_stalled 17 7]"},
		{"progress before the resumption", facts(func(d *escalation.Facts) { d.Progress = instant(-20, 7) }),
			instant(15, 9), "[deal_stalled 15 9]"},
		{"progress after the instant", facts(func(d *escalation.Facts) { d.Progress = instant(20, 7) }), instant(15, 9),
			"[deal_stalled 15 9]"},
		{"on hold", facts(func(d *escalation.Facts) { d.ActiveSince = none }), instant(28, 9), "[]"},
		{"unanswered since before the opening", facts(func(d *escalation.Facts) {
			d.ActiveSince, d.Opened, d.Unanswered = none, instant(20, 9), instant(2, 9)
		}), instant(28, 9), "[prospect_dark 20 9]"},
		{"unanswered, with a hold", facts(func(d *escalation.Facts) {
			d.ActiveSince, d.Unanswered = none, instant(2, 9)
			d.Holds = []value.Pause{{From: instant(7, 12), Until: instant(12, 13)}}
		}), instant(28, 9), "[prospect_dark 17 10]"},
		{"unanswered, and on hold before the term ended", facts(func(d *escalation.Facts) {
			d.ActiveSince, d.Unanswered, d.Holds = none, instant(2, 9), []value.Pause{{From: instant(12, 8)}}
		}), instant(28, 9), "[]"},
		{"unanswered, and on hold as the term ended", facts(func(d *escalation.Facts) {
			d.ActiveSince, d.Unanswered, d.Holds = none, instant(2, 9), []value.Pause{{From: instant(12, 9)}}
		}), instant(28, 9), "[prospect_dark 12 9]"},
		{"all three, and lost", facts(func(d *escalation.Facts) {
			d.Amount, d.AmountAt, d.Unanswered, d.Ended = large, instant(2, 9), instant(3, 9), instant(20, 9)
		}), instant(20, 9), "[]"},
		{"active later", facts(func(d *escalation.Facts) { d.ActiveSince = instant(29, 9) }), instant(28, 9), "[]"},
		{"9 days unanswered", facts(func(d *escalation.Facts) { d.Unanswered = instant(3, 9) }), instant(13, 9).Add(-1),
			"[]"},
		{"10 days unanswered", facts(func(d *escalation.Facts) { d.Unanswered = instant(3, 9) }), instant(13, 9),
			"[prospect_dark 13 9]"},
		{"large", facts(func(d *escalation.Facts) { d.Amount, d.AmountAt = large, instant(2, 9) }), instant(2, 9),
			"[large_deal 2 9]"},
		{"large later", facts(func(d *escalation.Facts) { d.Amount, d.AmountAt = large, instant(2, 9) }), instant(2, 8),
			"[]"},
		{"a cent less", facts(func(d *escalation.Facts) {
			d.Amount, d.AmountAt = value.MustMoney("249999.99 USD"),
				instant(2, 9)
		}), instant(3, 9), "[]"},
		{"large by the rate", facts(func(d *escalation.Facts) {
			d.Amount, d.AmountAt, d.Exchange = value.MustMoney("200000.00 EUR"), instant(2, 9), rate
		}), instant(2, 9), "[large_deal 2 9]"},
		{"a cent less by the rate", facts(func(d *escalation.Facts) {
			d.Amount, d.AmountAt, d.Exchange = value.MustMoney("199999.99 EUR"), instant(2, 9), rate
		}), instant(2, 9), "[]"},
		{"one executive", facts(func(d *escalation.Facts) {
			d.Amount, d.AmountAt, d.PartnerExecutive = large,
				instant(2, 9), "eli"
		}), instant(2, 9), "[large_deal 2 9]"},
		{"both executives", facts(func(d *escalation.Facts) {
			d.Amount, d.AmountAt, d.PartnerExecutive, d.VendorExecutive, d.ExecutivesAt = large, instant(2, 9), "eli",
				"fay", instant(2, 9)
		}), instant(2, 9), "[]"},
		{"all three", facts(func(d *escalation.Facts) {
			d.Amount, d.AmountAt, d.Unanswered = large, instant(2, 9),
				instant(3, 9)
		}), instant(20, 9), "[deal_stalled 15 9 large_deal 2 9 prospect_dark 13 9]"},
	} {
		t.Run("esc.detect "+c.name, func(t *testing.T) {
			found, err := defaultRoutes(t).Detect(c.deal, nil, c.asOf)
			if err != nil {
				t.Fatal(err)
			}
			var got []any
			for _, b := range found {
				got = append(got, b.Kind, b.Raised.Day(), b.Raised.Hour())
				if b.Evidence.Code() != escalation.DetectRule || len(b.Evidence.Paths()) == 0 ||
					len(b.Evidence.Operands()) != 2 {
					t.Errorf("%s without evidence: %v", b.Kind, b.Evidence)
				}
			}
			if fmt.Sprint(got) != c.want {
				t.Errorf("got %v, want %s", got, c.want)
			}
		})
	}
}

func TestAnOpenCaseIsNotDetectedAgain(t *testing.T) {
	routes := defaultRoutes(t)
	d := facts(func(d *escalation.Facts) { d.Amount, d.AmountAt = value.MustMoney("300000 USD"), instant(2, 9) })
	found, err := routes.Detect(d, nil, instant(16, 9))
	if err != nil || len(found) != 2 {
		t.Fatal(found, err)
	}
	var cases []escalation.Case
	for _, b := range found {
		c, err := routes.Raise(escalation.Case{}, b)
		if err != nil {
			t.Fatal(err)
		}
		if step := c.History()[0]; step.Note != b.Evidence.String() || step.By.Name != "" {
			t.Errorf("esc.detect: the history does not say why: %v", step)
		}
		cases = append(cases, c)
	}
	check := func(name string, asOf time.Time, want ...escalation.BlockerKind) {
		t.Helper()
		found, err := routes.Detect(d, cases, asOf)
		var kinds []escalation.BlockerKind
		for _, b := range found {
			kinds = append(kinds, b.Kind)
		}
		if err != nil || !slices.Equal(kinds, want) {
			t.Errorf("esc.detect %s: %v, %v", name, kinds, err)
		}
	}
	check("open cases are not raised again", instant(50, 9))
	check("before they were raised", instant(2, 9).Add(-1))
	for i, c := range cases {
		if cases[i], err = routes.Resolve(c, d, escalation.Event{By: bo, At: instant(20, 9)}); err != nil {
			t.Fatal(err)
		}
	}
	check("a resolution starts the time anew", instant(34, 9).Add(-1))
	check("large is raised once a deal", instant(34, 9), escalation.DealStalled)

	twice := []escalation.Case{raise(t, escalation.Case{}, escalation.Scheduling, instant(2, 9)),
		raise(t, escalation.Case{}, escalation.Scheduling, instant(3, 9))}
	_, err = routes.Detect(d, twice, instant(4, 9))
	wantCode(t, err, "esc.case.twice")
	wantError(t, err, "cases[1]: a case scheduling is open beside another one; a deal has at most one open case of a kind")
	d.ID = "D-18"
	_, err = routes.Detect(d, cases, time.Time{})
	wantCode(t, err, "esc.case.other")
	wantCode(t, err, "fact.instant")
	checkCoded(t, err)
}

// naiveDetect applies the three rules by counting hours.
func naiveDetect(d escalation.Facts, asOf time.Time) string {
	past := func(t time.Time) bool { return !t.IsZero() && !t.After(asOf) }
	hoursSince := func(t time.Time) int { return int(asOf.Sub(t) / time.Hour) }
	text := ""
	if past(d.ActiveSince) {
		quiet := hoursSince(d.ActiveSince)
		if past(d.Progress) {
			quiet = min(quiet, hoursSince(d.Progress))
		}
		if quiet >= 14*24 {
			text += "deal_stalled "
		}
	}
	if past(d.AmountAt) && d.Amount.Minor() >= 25_000_000 &&
		(d.PartnerExecutive == "" || d.VendorExecutive == "" || !past(d.ExecutivesAt)) {
		text += "large_deal "
	}
	if past(d.Unanswered) && hoursSince(d.Unanswered) >= 10*24 {
		text += "prospect_dark "
	}
	return text
}

func TestDetectAgreesWithCountedHours(t *testing.T) {
	seen := reachtest.Seen{}
	reachtest.Check(t, seen, func(t *rapid.T) {
		when := rapid.Custom(func(t *rapid.T) time.Time {
			if rapid.IntRange(0, 4).Draw(t, "unset") == 0 {
				return time.Time{}
			}
			return instant(1, rapid.IntRange(0, 24*40).Draw(t, "hour"))
		})
		d := deal()
		d.ActiveSince, d.Progress, d.Unanswered = when.Draw(t, "active"), when.Draw(t, "progress"),
			when.Draw(t, "unanswered")
		if d.AmountAt = when.Draw(t, "amount at"); !d.AmountAt.IsZero() {
			d.Amount = value.MustMoney(rapid.SampledFrom([]string{"249999.99 USD", "250000.00 USD",
				"9999999 USD"}).Draw(t, "amount"))
		}
		if d.ExecutivesAt = when.Draw(t, "executives at"); !d.ExecutivesAt.IsZero() {
			d.PartnerExecutive, d.VendorExecutive = rapid.SampledFrom([]string{"", "eli"}).Draw(t, "eli"),
				rapid.SampledFrom([]string{"", "fay"}).Draw(t, "fay")
		}
		asOf := instant(1, rapid.IntRange(0, 24*60).Draw(t, "as of"))
		found, err := defaultRoutes(t).Detect(d, nil, asOf)
		if err != nil {
			t.Fatal(err)
		}
		var got strings.Builder
		for _, b := range found {
			got.WriteString(string(b.Kind) + " ")
			seen[string(b.Kind)]++
			if b.Raised.After(asOf) {
				t.Fatalf("esc.detect: %s is raised in the future, %v", b.Kind, b.Raised)
			}
		}
		if want := naiveDetect(d, asOf); got.String() != want {
			t.Fatalf("esc.detect: got %q, want %q for %+v as of %v", got.String(), want, d, asOf)
		}
	}, string(escalation.DealStalled), string(escalation.LargeDeal), string(escalation.ProspectDark))
}
