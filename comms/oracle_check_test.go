package comms_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/internal/naive/commstest"
	"github.com/coselling/coselling/value"
)

// All rules, comm.single_thread to comm.one_message, agree with the oracle on random logs
// in any order.
func TestCheckAgreesWithTheOracle(t *testing.T) {
	for _, f := range commstest.Focuses {
		t.Run(f.Name, rapid.MakeCheck(func(t *rapid.T) { commstest.Judge(t, f) }))
	}
}

// A tracker that gets activities one at a time, in any order, reports what Judge reports on
// the same activities, at any time and however often it is asked.
func TestTrackerAnswersWhatCheckAnswers(t *testing.T) {
	for _, f := range commstest.Focuses {
		t.Run(f.Name, rapid.MakeCheck(func(t *rapid.T) { commstest.Track(t, f) }))
	}
}

// The random logs break every rule and ask for every duty. Otherwise the tests above would
// prove nothing.
func TestRandomLogsBreakEveryRule(t *testing.T) {
	seen := map[string]bool{}
	for seed := range 1500 {
		deal, log := commstest.AnyDeal().Example(seed), commstest.AnyLog().Example(seed)
		found, asked := commstest.Ask(deal, time.UTC, log, commstest.AnyInstant().Example(seed))
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
		rules, _ := commstest.AnyRules(t)
		deal, log := commstest.AnyDeal().Draw(t, "deal"), commstest.AnyLog().Draw(t, "log")
		asOf := commstest.AnyInstant().Draw(t, "as of")
		first, err := rules.Judge(deal, log, asOf)
		if err != nil {
			t.Fatal(err)
		}
		second, err := rules.Judge(deal, rapid.Permutation(log).Draw(t, "order"), asOf)
		if diff := cmp.Diff(first, second, commstest.Whole); diff != "" || err != nil {
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
