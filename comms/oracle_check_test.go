package comms_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/value"
)

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
	wantFound, wantAsked := ask(deal, zone, log, asOf)
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

// All rules, comm.single_thread to comm.one_message, agree with the oracle on random logs
// in any order.
func TestCheckAgreesWithTheOracle(t *testing.T) {
	for _, f := range focuses {
		t.Run(f.name, rapid.MakeCheck(func(t *rapid.T) {
			rules, zone := anyRules(t)
			deal, log := anyDeal().Draw(t, "deal"), logOf(f).Draw(t, "log")
			asOf := rapid.OneOf(anyInstant(), instantIn(f.halfHours)).Draw(t, "as of")
			report, err := rules.Judge(deal, rapid.Permutation(log).Draw(t, "order"), asOf)
			if err != nil {
				t.Fatal(err)
			}
			agree(t, report, deal, zone, log, asOf)
		}))
	}
}

// A tracker that gets activities one at a time, in any order, reports what Judge reports on
// the same activities, at any time and however often it is asked.
func TestTrackerAnswersWhatCheckAnswers(t *testing.T) {
	for _, f := range focuses {
		t.Run(f.name, rapid.MakeCheck(func(t *rapid.T) { track(t, f) }))
	}
}

func track(t *rapid.T, f focus) {
	rules, zone := anyRules(t)
	deal, log := anyDeal().Draw(t, "deal"), logOf(f).Draw(t, "log")
	waiting := rapid.Permutation(log).Draw(t, "arrival")
	var arrived []comms.Activity
	tracker, err := rules.Track(deal)
	if err != nil {
		t.Fatal(err)
	}
	asOf := begin
	compare := func(t *rapid.T) {
		report, err := rules.Judge(deal, arrived, asOf)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(report, tracker.Report(asOf), whole); diff != "" {
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
			deal = anyDeal().Draw(t, "changed deal")
			if err := tracker.SetFacts(deal); err != nil {
				t.Fatal(err)
			}
		},
		"": compare,
	})
}

// whole compares reports with all that they hold.
var whole = cmp.Exporter(func(reflect.Type) bool { return true })

// The random logs break every rule and ask for every duty. Otherwise the tests above would
// prove nothing.
func TestRandomLogsBreakEveryRule(t *testing.T) {
	seen := map[string]bool{}
	for seed := range 1500 {
		deal, log := anyDeal().Example(seed), anyLog().Example(seed)
		found, asked := ask(deal, time.UTC, log, anyInstant().Example(seed))
		for _, line := range found {
			code, _, _ := strings.Cut(line, " ")
			seen["finding "+code] = true
		}
		for _, line := range asked {
			code, _, _ := strings.Cut(line, " ")
			seen["due "+code] = true
		}
	}
	for _, code := range []value.Code{comms.SingleThread, comms.SeparateStream, comms.DuplicateOutreach,
		comms.WeeklySync, comms.SyncLength, comms.SharedNotes,
		comms.Notify, comms.Response, comms.Prep, comms.Debrief, comms.OnePrice, "comm.one_price.not_comparable",
		comms.OneMessage} {
		if !seen["finding "+string(code)] {
			t.Errorf("no log breaks %s", code)
		}
	}
	for _, code := range []value.Code{comms.WeeklySync, comms.SharedNotes, comms.Notify, comms.Response, comms.Prep,
		comms.Debrief, comms.OneMessage} {
		if !seen["due "+string(code)] {
			t.Errorf("no log asks for %s", code)
		}
	}
}

// A report is sorted, and has the same bytes for every order of the log.
func TestReportDoesNotDependOnTheOrderOfTheLog(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rules, _ := anyRules(t)
		deal, log := anyDeal().Draw(t, "deal"), anyLog().Draw(t, "log")
		asOf := anyInstant().Draw(t, "as of")
		first, err := rules.Judge(deal, log, asOf)
		if err != nil {
			t.Fatal(err)
		}
		second, err := rules.Judge(deal, rapid.Permutation(log).Draw(t, "order"), asOf)
		if diff := cmp.Diff(first, second, whole); diff != "" || err != nil {
			t.Fatalf("the order of the log matters, %v:\n%s", err, diff)
		}
		if !slices.IsSortedFunc(first.Findings, func(a, b comms.Finding) int { return a.Since.Compare(b.Since) }) {
			t.Errorf("findings out of order: %+v", first.Findings)
		}
		if !slices.IsSortedFunc(first.Due, func(a, b comms.Due) int { return a.At.Compare(b.At) }) {
			t.Errorf("due items out of order: %+v", first.Due)
		}
		for _, f := range first.Findings {
			if strings.ContainsAny(f.Reason.String(), "{}") || f.Since.After(asOf) {
				t.Errorf("%s %q %v", f.Since, f.Reason, f.Reason.Paths())
			}
		}
		for _, d := range first.Due {
			if strings.ContainsAny(d.Reason.String(), "{}") || d.At.Before(asOf) {
				t.Errorf("%s %q %v", d.At, d.Reason, d.Reason.Paths())
			}
		}
	})
}
