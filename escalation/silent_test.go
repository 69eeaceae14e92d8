package escalation_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/internal/naive/casetest"
	"github.com/coselling/coselling/internal/reachtest"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// owed is something that the partner owes; done at the zero time: not yet.
func owed(at, done time.Time) escalation.Owed {
	return escalation.Owed{Side: model.Partner, At: at, Done: done}
}

func TestASilentSideIsDetected(t *testing.T) {
	none := time.Time{}
	vendors := escalation.Owed{Side: model.Vendor, At: instant(2, 9)}
	for _, c := range []struct {
		name   string
		change func(*escalation.Facts)
		asOf   time.Time
		raised time.Time
		says   string
	}{
		{"one question", func(d *escalation.Facts) { d.Questions = []escalation.Owed{owed(instant(2, 9), none)} },
			instant(9, 9), none, ""},
		{"two questions", func(d *escalation.Facts) {
			d.Questions = []escalation.Owed{owed(instant(3, 9), none), owed(instant(2, 9), none)}
		}, instant(9, 9), instant(3, 9), "the partner has left 2 questions open and late since 2026-11-03T09:00:00Z"},
		{"two questions, one to each side", func(d *escalation.Facts) {
			d.Questions = []escalation.Owed{owed(instant(3, 9), none), vendors}
		}, instant(9, 9), none, ""},
		{"two questions, of which one was answered before the other was late", func(d *escalation.Facts) {
			d.Questions = []escalation.Owed{owed(instant(2, 9), instant(3, 9)), owed(instant(3, 9), none)}
		}, instant(9, 9), none, ""},
		{"two questions, of which one is answered", func(d *escalation.Facts) {
			d.Questions = []escalation.Owed{owed(instant(2, 9), instant(9, 9)), owed(instant(3, 9), none)}
		}, instant(9, 9), none, ""},
		{"one missed sync", func(d *escalation.Facts) { d.Syncs = []escalation.Owed{{At: instant(10, 0)}} },
			instant(16, 9), none, ""},
		{"two missed syncs", func(d *escalation.Facts) {
			d.Syncs = []escalation.Owed{{At: instant(10, 0)}, {At: instant(17, 0)}}
		}, instant(17, 0), instant(17, 0), "the reps have missed 2 syncs in a row, the last by 2026-11-17T00:00:00Z"},
		{"support", func(d *escalation.Facts) { d.Confirmations = []escalation.Owed{vendors} }, instant(10, 0),
			instant(10, 0),
			"the vendor has owed its confirmation of support since 2026-11-02T09:00:00Z, for 5 business days or more"},
		{"support, a moment before", func(d *escalation.Facts) { d.Confirmations = []escalation.Owed{vendors} },
			instant(10, 0).Add(-1), none, ""},
		{"support after a hold", func(d *escalation.Facts) {
			d.Confirmations, d.Holds = []escalation.Owed{vendors}, []value.Pause{{From: instant(4, 9), Until: instant(11, 9)}}
		}, instant(17, 0), instant(17, 0),
			"the vendor has owed its confirmation of support since 2026-11-02T09:00:00Z, for 5 business days or more"},
		{"a claim during a hold", func(d *escalation.Facts) {
			d.Claims, d.Holds = []escalation.Owed{vendors}, []value.Pause{{From: instant(4, 9)}}
		}, instant(17, 0), none, ""},
		{"a claim after a hold", func(d *escalation.Facts) {
			d.Claims, d.Holds = []escalation.Owed{vendors}, []value.Pause{{From: instant(4, 9), Until: instant(11, 9)}}
		}, instant(11, 9), instant(11, 9), "the vendor has owed its confirmation of the joint registration since " +
			"2026-11-02T09:00:00Z, for 5 business days or more"},
		{"one sign after the other", func(d *escalation.Facts) {
			d.Confirmations = []escalation.Owed{{Side: model.Vendor, At: instant(2, 9), Done: instant(19, 9)}}
			d.Questions = []escalation.Owed{owed(instant(18, 9), none), owed(instant(18, 9), none)}
		}, instant(20, 9), instant(10, 0),
			"the partner has left 2 questions open and late since 2026-11-18T09:00:00Z"},
		{"lost", func(d *escalation.Facts) {
			d.Confirmations, d.Ended = []escalation.Owed{vendors}, instant(19, 9)
		}, instant(19, 9), none, ""},
	} {
		d := deal()
		c.change(&d)
		found, err := defaultRoutes(t).Detect(d, nil, c.asOf)
		if err != nil || len(found) > 0 != !c.raised.IsZero() {
			t.Errorf("esc.detect: %s: %v, %v", c.name, found, err)
			continue
		}
		if len(found) > 0 && (found[0].Kind != escalation.SideSilent || found[0].Raised != c.raised ||
			found[0].Evidence.String() != c.says) {
			t.Errorf("esc.detect: %s: raised at %v: %v", c.name, found[0].Raised, found[0].Evidence)
		}
	}
	bad := deal()
	bad.Questions, bad.Syncs = []escalation.Owed{{}}, []escalation.Owed{{At: instant(2, 9), Done: time.Unix(1<<50, 0)}}
	_, err := defaultRoutes(t).Detect(bad, nil, instant(9, 9))
	wantCode(t, err, "side.unknown")
	wantCode(t, err, "fact.instant")
	checkCoded(t, err)
}

// esc.detect: a detected case ends with the fact that ends its evidence, one that a person raised by a person.
func TestADetectedCaseEndsWithItsEvidence(t *testing.T) {
	routes := defaultRoutes(t)
	for _, c := range []struct {
		name  string
		kind  escalation.BlockerKind
		shows func(*escalation.Facts)
		ends  func(*escalation.Facts)
	}{
		{"stalled, and moved", escalation.DealStalled, func(d *escalation.Facts) { d.ActiveSince = instant(1, 9) },
			func(d *escalation.Facts) { d.Progress = instant(20, 9) }},
		{"stalled, and put on hold", escalation.DealStalled, func(d *escalation.Facts) { d.ActiveSince = instant(1, 9) },
			func(d *escalation.Facts) { d.Holds = []value.Pause{{From: instant(20, 9)}} }},
		{"dark, and answered", escalation.ProspectDark, func(d *escalation.Facts) { d.Unanswered = instant(1, 9) },
			func(d *escalation.Facts) { d.Unanswered, d.Answered = time.Time{}, instant(20, 9) }},
		{"silent, and confirmed", escalation.SideSilent,
			func(d *escalation.Facts) { d.Claims = []escalation.Owed{owed(instant(1, 9), time.Time{})} },
			func(d *escalation.Facts) { d.Claims = []escalation.Owed{owed(instant(1, 9), instant(20, 9))} }},
		{"dark, and lost", escalation.ProspectDark, func(d *escalation.Facts) { d.Unanswered = instant(1, 9) },
			func(d *escalation.Facts) { d.Ended = instant(20, 9) }},
	} {
		d := deal()
		c.shows(&d)
		found, err := routes.Detect(d, nil, instant(19, 9))
		if err != nil || len(found) != 1 || found[0].Kind != c.kind {
			t.Fatalf("esc.detect: %s: %v, %v", c.name, found, err)
		}
		detected, err := routes.Raise(escalation.Case{}, found[0])
		if err != nil {
			t.Fatal(err)
		}
		raised, err := routes.Raise(detected, escalation.Blocker{Deal: d, Kind: c.kind, Raised: instant(19, 9), By: ana})
		if err != nil {
			t.Fatal(err)
		}
		c.ends(&d)
		for asOf, want := range map[time.Time]bool{instant(20, 9).Add(-1): true, instant(20, 9): false} {
			s, err := routes.State(detected, d, asOf)
			if err != nil || s.IsOpen() != want || !want && s.Resolved != instant(20, 9) {
				t.Errorf("esc.detect: %s: as of %v open is %v, %v", c.name, asOf, s.IsOpen(), err)
			}
		}
		s, err := routes.State(raised, d, instant(21, 9))
		if err != nil || s.IsOpen() == !d.Ended.IsZero() {
			t.Errorf("esc.detect: %s: raised by a person, open is %v, %v", c.name, s.IsOpen(), err)
		}
	}
}

// Random facts agree with hours that are looked at one by one: in each, is there a sign?
func TestSilenceAgreesWithHoursLookedAt(t *testing.T) {
	seen := reachtest.Seen{}
	reachtest.Check(t, seen, func(t *rapid.T) {
		hour := rapid.IntRange(0, 24*30)
		list := func(label string, most int) []escalation.Owed {
			var list []escalation.Owed
			for range rapid.IntRange(0, most).Draw(t, label) {
				o := escalation.Owed{At: instant(1, hour.Draw(t, "at")),
					Side: rapid.SampledFrom([]model.Side{model.Partner, model.Vendor}).Draw(t, "side")}
				if rapid.Bool().Draw(t, "done") {
					o.Done = o.At.Add(time.Duration(rapid.IntRange(0, 24*14).Draw(t, "until")) * time.Hour)
				}
				list = append(list, o)
			}
			return list
		}
		d := deal()
		d.Questions, d.Syncs = list("questions", 4), list("syncs", 3)
		d.Confirmations, d.Claims = list("confirmations", 2), list("claims", 1)
		open := func(o escalation.Owed, from, now time.Time) bool {
			return !now.Before(from) && (o.Done.IsZero() || now.Before(o.Done))
		}
		silent := func(now time.Time) bool {
			count := map[string]int{}
			for _, o := range d.Questions {
				if open(o, o.At, now) {
					count[o.Side.String()]++
				}
			}
			for _, o := range d.Syncs {
				if open(o, o.At, now) {
					count["sync"]++
				}
			}
			for _, o := range slices.Concat(d.Confirmations, d.Claims) {
				if open(o, casetest.BusinessDays(o.At, 5), now) {
					return true
				}
			}
			return count["partner"] > 1 || count["vendor"] > 1 || count["sync"] > 1
		}
		asOf := instant(1, rapid.IntRange(0, 24*45).Draw(t, "as of"))
		var since time.Time
		for now := instant(1, 0); !now.After(asOf); now = now.Add(time.Hour) {
			if !silent(now) {
				since = time.Time{}
			} else if since.IsZero() {
				since = now
			}
		}
		found, err := defaultRoutes(t).Detect(d, nil, asOf)
		if err != nil || len(found) > 0 != !since.IsZero() || len(found) > 0 && found[0].Raised != since {
			t.Fatalf("esc.detect: %v, %v, want one since %v, for %+v as of %v", found, err, since, d, asOf)
		}
		if len(found) > 0 {
			seen[found[0].Evidence.Paths()[0]]++
		}
	}, "deal.questions", "deal.syncs", "deal.confirmations", "deal.claims")
}
