package commstest

import (
	"reflect"
	"slices"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/coselling/coselling/comms"
)

// Whole compares reports with all that they hold.
var Whole = cmp.Exporter(func(reflect.Type) bool { return true })

// texts makes a report comparable with the oracle's answer.
func texts(r comms.Report) (found, asked []string) {
	for _, f := range r.Findings {
		found = append(found, text(f.Reason.Code(), f.Side, f.Since, f.Until, f.Reason.Paths(), f.Missing()))
	}
	for _, d := range r.Due {
		asked = append(asked, text(d.Reason.Code(), d.Side, d.At, time.Time{}, d.Reason.Paths(), nil))
	}
	slices.Sort(found)
	slices.Sort(asked)
	return found, asked
}

func agree(t *rapid.T, r comms.Report, deal comms.Facts, zone *time.Location, log []comms.Activity, asOf time.Time) {
	t.Helper()
	wantFound, wantAsked := Ask(deal, zone, log, asOf)
	found, asked := texts(r)
	difference(t, "finding", found, wantFound)
	difference(t, "due", asked, wantAsked)
}

func difference(t *rapid.T, what string, got, want []string) {
	t.Helper()
	for _, g := range got {
		if !slices.Contains(want, g) {
			t.Errorf("%s too much:\n%s", what, g)
		}
	}
	for _, w := range want {
		if !slices.Contains(got, w) {
			t.Errorf("%s missing:\n%s", what, w)
		}
	}
	if len(got) != len(want) && !t.Failed() {
		t.Errorf("%d of %s, want %d", len(got), what, len(want))
	}
}

// Judge judges a random log in any order as of any instant, and compares with the oracle.
func Judge(t *rapid.T, f Focus) {
	rules, zone := AnyRules(t)
	deal, log := AnyDeal().Draw(t, "deal"), LogOf(f).Draw(t, "log")
	asOf := rapid.OneOf(AnyInstant(), instantIn(f.halfHours)).Draw(t, "as of")
	report, err := rules.Judge(deal, rapid.Permutation(log).Draw(t, "order"), asOf)
	if err != nil {
		t.Fatal(err)
	}
	agree(t, report, deal, zone, log, asOf)
}

// Track gives a tracker activities one at a time, in any order: it reports what Judge reports on the same activities,
// at
// any time and however often it is asked, and both agree with the oracle.
func Track(t *rapid.T, f Focus) {
	rules, zone := AnyRules(t)
	deal, log := AnyDeal().Draw(t, "deal"), LogOf(f).Draw(t, "log")
	waiting := rapid.Permutation(log).Draw(t, "arrival")
	var arrived []comms.Activity
	tracker, err := rules.Track(deal)
	if err != nil {
		t.Fatal(err)
	}
	asOf := Begin
	compare := func(t *rapid.T) {
		report, err := rules.Judge(deal, arrived, asOf)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(report, tracker.Report(asOf), Whole); diff != "" {
			t.Fatalf("as of %s Check (-) and the tracker (+) differ:\n%s", asOf, diff)
		}
		agree(t, report, deal, zone, arrived, asOf)
	}
	t.Repeat(map[string]func(*rapid.T){
		"add": func(t *rapid.T) {
			if len(waiting) == 0 {
				t.Skip("all have arrived")
			}
			arrived, waiting = append(arrived, waiting[0]), waiting[1:]
			if err := tracker.Add(arrived[len(arrived)-1]); err != nil {
				t.Fatal(err)
			}
		},
		"add again": func(t *rapid.T) {
			if len(arrived) == 0 {
				t.Skip("nothing has arrived")
			}
			if err := tracker.Add(rapid.SampledFrom(arrived).Draw(t, "copy")); err != nil {
				t.Fatal(err)
			}
		},
		"later": func(t *rapid.T) {
			asOf = asOf.Add(time.Duration(rapid.IntRange(0, 1+f.halfHours/6).Draw(t, "half hours")) * 30 * time.Minute)
			compare(t)
		},
		"a moment later": func(t *rapid.T) {
			asOf = asOf.Add(1)
			compare(t)
		},
		"any time": func(t *rapid.T) {
			asOf = instantIn(f.halfHours).Draw(t, "as of")
			compare(t)
		},
		"change": func(t *rapid.T) {
			if rapid.IntRange(0, 4).Draw(t, "change") > 0 {
				t.Skip("seldom")
			}
			deal = AnyDeal().Draw(t, "changed deal")
			if err := tracker.SetFacts(deal); err != nil {
				t.Fatal(err)
			}
		},
		"": compare,
	})
}
