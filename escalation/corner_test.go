package escalation_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/value"
)

// esc.detect: a kind whose case is open is not found again. A case that is raised later is
// not open yet.
func TestAKindIsDetectedOnceWhileItsCaseIsOpen(t *testing.T) {
	d := facts(func(d *escalation.Facts) { d.Unanswered = instant(3, 9) })
	all := []escalation.BlockerKind{escalation.DealStalled, escalation.ProspectDark}
	for name, c := range map[string]struct {
		raised time.Time
		want   []escalation.BlockerKind
	}{
		"open":           {instant(19, 9), nil},
		"raised just":    {instant(20, 9), nil},
		"raised later":   {instant(21, 9), all},
		"raised by none": {time.Time{}, all},
	} {
		var cases []escalation.Case
		if !c.raised.IsZero() {
			cases = []escalation.Case{raise(t, escalation.Case{}, escalation.DealStalled, c.raised),
				raise(t, escalation.Case{}, escalation.ProspectDark, c.raised)}
		}
		found, err := defaultRoutes(t).Detect(d, cases, instant(20, 9))
		if err != nil {
			t.Fatal(err)
		}
		var got []escalation.BlockerKind
		for _, b := range found {
			got = append(got, b.Kind)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("esc.detect %s: %v, want %v", name, got, c.want)
		}
	}
}

// While only one executive is named, on either side, the instant may be missing.
func TestTheInstantMayBeMissingWhileOneExecutiveIsNamed(t *testing.T) {
	for _, name := range []func(*escalation.Facts){
		func(d *escalation.Facts) { d.PartnerExecutive = "eli" },
		func(d *escalation.Facts) { d.VendorExecutive = "fay" },
	} {
		d := facts(func(d *escalation.Facts) { d.Amount, d.AmountAt = value.MustMoney("250000.00 USD"), instant(2, 9) })
		name(&d)
		if found, err := defaultRoutes(t).Detect(d, nil, instant(3, 9)); err != nil || len(found) != 1 ||
			found[0].Kind != escalation.LargeDeal {
			t.Errorf("esc.detect: %v, %v", found, err)
		}
	}
}

// The standing of a case needs the facts of its own deal.
func TestACaseOfAnotherDealIsRefused(t *testing.T) {
	other := deal()
	other.ID = "D-18"
	c := raise(t, escalation.Case{}, escalation.Scheduling, instant(23, 9))
	for _, c := range []escalation.Case{c, {}} {
		if s, err := defaultRoutes(t).State(c, other, instant(24, 9)); !errors.Is(err, value.Code("esc.case.other")) ||
			len(s.Steps) > 0 {
			t.Errorf("%+v, %v", s, err)
		}
	}
}

// Rules that nobody compiled, such as those of a program that ignored the error, are refused.
func TestMissingRulesAreRefused(t *testing.T) {
	blocker := escalation.Blocker{Deal: deal(), Kind: escalation.Scheduling, Raised: instant(2, 9)}
	c, err := defaultRoutes(t).Raise(escalation.Case{}, blocker)
	if err != nil {
		t.Fatal(err)
	}
	for _, rules := range []*escalation.Rules{nil, {}, new(escalation.Rules).In(value.Workplace{})} {
		refuse := func(what string, err error) {
			t.Helper()
			if !errors.Is(err, value.Code("esc.rules.missing")) {
				t.Errorf("%s: %v", what, err)
			}
		}
		_, err := rules.Raise(c, blocker)
		refuse("raise", err)
		_, err = rules.Acknowledge(c, deal(), escalation.Event{By: ana, At: instant(2, 10)})
		refuse("acknowledge", err)
		_, err = rules.Resolve(c, deal(), escalation.Event{By: ana, At: instant(2, 10)})
		refuse("resolve", err)
		_, err = rules.State(c, deal(), instant(30, 9))
		refuse("state", err)
		_, err = rules.Detect(deal(), nil, instant(30, 9))
		refuse("detect", err)
		_, err = rules.Route(blocker, instant(30, 9))
		refuse("route", err)
	}
	var none *escalation.Rules
	if none.In(value.Workplace{}) != nil {
		t.Error("nil rules at a workplace are rules")
	}
}

// An amount of zero or less is not known: it needs neither a rate nor an instant, and shows no large deal.
func TestAnAmountOfZeroIsNotKnown(t *testing.T) {
	for _, amount := range []string{"0 USD", "0 EUR", "-300000 USD", "-1 EUR"} {
		d := facts(func(d *escalation.Facts) { d.Amount = value.MustMoney(amount) })
		found, err := defaultRoutes(t).Detect(d, nil, instant(2, 9))
		if err != nil || len(found) != 0 {
			t.Errorf("%s: %v, %v", amount, found, err)
		}
	}
}

// A route whose level a program has changed names nobody, instead of a panic.
func TestARouteOfNoLevelNamesNobody(t *testing.T) {
	r, err := defaultRoutes(t).Route(escalation.Blocker{Deal: deal(), Kind: escalation.Scheduling, Raised: instant(2, 9)},
		instant(2, 9))
	if err != nil {
		t.Fatal(err)
	}
	for _, level := range []escalation.Level{0, 5, 255} {
		if r.Level = level; r.People() != nil {
			t.Error(level, r.People())
		}
	}
}
