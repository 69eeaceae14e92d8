package comptest

import (
	"testing"

	"github.com/coselling/coselling/comp"
)

// Change prices bookings under two policies and fails the test where the new one does
// anything that is not expected. Anything that is not listed fails: a field that
// differs and is in no [OnlyContribution] or [OnlyField], even where no booking shows
// it; a total that moves without [TotalWithin]; a payee who loses without
// [NoPayeeLosesMoreThan]; a booking that one of the policies alone can price. Two equal
// policies need no expectation; no bookings at all prove nothing, and fail.
//
// Roles that a deal does not state are derived under each policy, by its own joint
// origin. A reversal is priced as its deal was.
//
// What it prints on a failure says who, which deals, before, after and the fields of
// the policy behind each difference; on a success it logs the sums of the change.
func Change(t testing.TB, before, after comp.Policy, bookings Bookings, expected ...Expectation) {
	t.Helper()
	if len(bookings.Deals) == 0 {
		t.Fatal("the policy change is not tested: there are no bookings")
	}
	all, err := listed(expected, bookings.currency())
	var c comparison
	if err == nil {
		c, err = compare(before, after, bookings)
	}
	if err != nil {
		t.Fatalf("the policy change is not tested:\n%s", indented(err))
	}
	report := changeReport{comparison: c, allowed: all}
	if text, failed := report.text(); failed {
		t.Error(text)
	} else {
		t.Log(text)
	}
}
