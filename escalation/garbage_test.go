package escalation_test

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/internal/reachtest"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

func anyInstant() *rapid.Generator[time.Time] {
	return rapid.SampledFrom([]time.Time{{}, instant(23, 9), instant(1, 0),
		instant(60, 12).In(time.FixedZone("", -3600)), instant(400, 0),
		time.Date(9000, 12, 31, 23, 0, 0, 0, time.UTC), time.Date(20_000, 1, 1, 0, 0, 0, 0, time.UTC),
		time.Date(-5, 1, 1, 0, 0, 0, 0, time.UTC),
		time.Date(1, 1, 2, 0, 0, 0, 0, time.UTC), time.Unix(1<<40, 0), time.Unix(-1<<50, 0)})
}

func anyName() *rapid.Generator[string] {
	return rapid.SampledFrom([]string{"", "ana", "bo", "mia", "eli", " ", "\xff", "=cmd()", strings.Repeat("x", 300)})
}

// anyGarbage draws a blocker with some meaningless facts.
func anyGarbage() *rapid.Generator[escalation.Blocker] {
	return rapid.Custom(func(t *rapid.T) escalation.Blocker {
		b := escalation.Blocker{Deal: facts(func(*escalation.Facts) {}), Kind: escalation.Scheduling,
			Raised: instant(23, 9), By: ana}
		d := &b.Deal
		when, name := anyInstant(), anyName()
		spoil := []func(){
			func() { d.ID = rapid.SampledFrom([]string{"", strings.Repeat("x", 300)}).Draw(t, "id") },
			func() { d.Size = model.PlaybookSize(rapid.Uint8Range(0, 3).Draw(t, "size")) },
			func() { d.PartnerLead, d.VendorLead = name.Draw(t, "partner lead"), name.Draw(t, "vendor lead") },
			func() {
				d.PartnerExecutive, d.VendorExecutive = name.Draw(t, "partner executive"),
					name.Draw(t, "vendor executive")
			},
			func() { d.ExecutivesAt = when.Draw(t, "executives at") },
			func() {
				d.ActiveSince, d.Progress, d.Unanswered = when.Draw(t, "active"), when.Draw(t, "progress"),
					when.Draw(t, "unanswered")
			},
			func() {
				d.Amount = rapid.SampledFrom([]value.Money{{}, value.MustMoney("-1 USD"),
					value.MustMoney("99999999999999.99 USD"), value.MustMoney("7 JPY")}).Draw(t, "amount")
				d.AmountAt = when.Draw(t, "amount at")
			},
			func() {
				b.Kind = rapid.SampledFrom([]escalation.BlockerKind{"", "x", "X", escalation.LargeDeal,
					escalation.ContractIssue, escalation.BlockerKind(strings.Repeat("x", 100))}).Draw(t, "kind")
			},
			func() { b.Raised = when.Draw(t, "raised") },
			func() {
				b.By.Name, b.By.Party.Side = name.Draw(t, "by"), model.Side(rapid.Uint8Range(0, 3).Draw(t, "side"))
			},
			func() { b.Note = rapid.SampledFrom([]string{"why", "\xff", strings.Repeat("x", 5000)}).Draw(t, "note") },
		}
		for range rapid.IntRange(0, 3).Draw(t, "spoiled") {
			spoil[rapid.IntRange(0, len(spoil)-1).Draw(t, "which")]()
		}
		return b
	})
}

func TestMeaninglessBlockersAreRefusedWithCodes(t *testing.T) {
	seen := reachtest.Seen{}
	routes := defaultRoutes(t)
	reachtest.Check(t, seen, func(t *rapid.T) {
		last := escalation.Case{}
		if rapid.Bool().Draw(t, "a case before") {
			c, err := routes.Raise(last,
				escalation.Blocker{Deal: deal(), Kind: escalation.Scheduling, Raised: instant(23, 9)})
			if err != nil {
				t.Fatal(err)
			}
			last = c
		}
		b := anyGarbage().Draw(t, "blocker")
		at := anyInstant().Draw(t, "at")
		check := func(answer any, err error) {
			if err == nil {
				seen["answered"]++
				return
			}
			seen["refused"]++
			checkCoded(t, err)
			if v := reflect.ValueOf(answer); !v.IsZero() {
				t.Fatalf("beside %v stands %+v", err, answer)
			}
		}
		route, err := routes.Route(b, at)
		check(route, err)
		if err == nil && len(route.People()) < 2 {
			t.Fatalf("esc.total: %+v calls %v", b, route.People())
		}
		c, err := routes.Raise(last, b)
		check(c, err)
		if err != nil {
			c = last
		}
		e := escalation.Event{By: b.By, At: at, Note: b.Note}
		acknowledged, err := routes.Acknowledge(c, b.Deal, e)
		check(acknowledged, err)
		resolved, err := routes.Resolve(c, b.Deal, e)
		check(resolved, err)
		standing, err := routes.State(c, b.Deal, at)
		check(standing, err)
		found, err := routes.Detect(b.Deal, []escalation.Case{c}, at)
		check(found, err)
	}, "answered", "refused")
}

// A monotonic reading or the zone of the caller does not matter.
func TestInstantsBecomeUTC(t *testing.T) {
	routes := defaultRoutes(t)
	now := time.Now() // has a monotonic reading
	elsewhere := now.In(time.FixedZone("elsewhere", 7*3600))
	var texts []string
	for _, at := range []time.Time{now, elsewhere, now.UTC().Round(0)} {
		for kind := range escalation.DefaultPolicy().Kinds {
			route, err := routes.Route(escalation.Blocker{Deal: deal(), Kind: kind, Raised: at}, at)
			if err != nil || route.RespondBy != route.RespondBy.Round(0).UTC() {
				t.Errorf("esc.respond %s: %v, %v", kind, route.RespondBy, err)
			}
		}
		c, err := routes.Raise(escalation.Case{},
			escalation.Blocker{Deal: deal(), Kind: escalation.Scheduling, Raised: at})
		if err != nil {
			t.Fatal(err)
		}
		s, err := routes.State(c, deal(), at)
		if err != nil || s.Entered.Location() != time.UTC || s.Entered != now.UTC().Round(0) ||
			s.Route.RespondBy != now.UTC().Round(0).Add(24*time.Hour) {
			t.Errorf("%v, %v", s.Entered, err)
		}
		text, err := c.MarshalJSON()
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, string(text))
	}
	if texts[0] != texts[1] || texts[1] != texts[2] {
		t.Errorf("%q", texts)
	}
}
