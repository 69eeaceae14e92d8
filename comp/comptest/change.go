package comptest

import (
	"testing"

	"github.com/coselling/coselling/comp"
)

// Change prices bookings under two policies and fails the test if the new policy does
// anything that no expectation lists:
//
//   - a field differs, and no [OnlyContribution] or [OnlyField] lists it, even if no booking
//     depends on it;
//   - the total commission changes, and no [TotalWithin] allows it;
//   - a payee loses, and no [NoPayeeLosesMoreThan] allows it;
//   - only one of the policies can price a booking.
//
// Two equal policies pass without expectations. Without bookings the test fails.
//
// Roles that a deal does not state are derived under each policy. A reversal is priced as
// its deal was.
//
// A failure shows the payees, the deals, the amounts before and after, and the fields of
// the policy that caused each difference. A success logs the sums of the change.
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
