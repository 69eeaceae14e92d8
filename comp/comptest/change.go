package comptest

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/comp/impact"
	"github.com/coselling/coselling/value"
)

// Change prices bookings under two policies and fails the test if the new policy does
// anything that no expectation lists:
//
//   - a field differs, and no [OnlyContribution] or [OnlyField] lists it, even if no booking depends on it;
//   - the total commission changes, and no [TotalWithin] allows it;
//   - a payee loses, and no [NoPayeeLosesMoreThan] allows it;
//   - only one of the policies can price a booking.
//
// Two equal policies pass without expectations; without bookings the test fails. Roles that a deal does not state
// are derived under each policy. A reversal is priced as its deal was. A failure shows the payees, the deals, the
// amounts, the fields that caused each difference, and the names of the files that [Load] read; a success logs the
// sums.
func Change(t testing.TB, before, after comp.Policy, bookings Bookings, expected ...Expectation) {
	t.Helper()
	text, failed, err := change([2]string{nameOf(t, before), nameOf(t, after)}, before, after, bookings, expected)
	conclude(t, text, failed, err)
}

// conclude ends a check: an error stops the test, a failure fails it, and a success logs the text.
func conclude(t testing.TB, text string, failed bool, err error) {
	t.Helper()
	switch {
	case err != nil:
		t.Fatal(err)
	case failed:
		t.Error(text)
	default:
		t.Log(text)
	}
}

// change compares two policies, of files with these names, with what is expected of the change.
func change(names [2]string, before, after comp.Policy, bookings Bookings, expected []Expectation) (text string,
	failed bool, err error) {
	if len(bookings.Deals) == 0 {
		return "", false, errors.New("the policy change is not tested: there are no bookings")
	}
	all, err := listed(expected, bookings.currency())
	var c comparison
	if err == nil {
		c, err = compare(before, after, bookings)
	}
	if err != nil {
		return "", false, fmt.Errorf("the policy change is not tested:\n%s", indented(err))
	}
	report := changeReport{c, all, names}
	text, failed = report.text()
	return text, failed, nil
}

// Expectation allows a change of policy to do something. Make it with a function of this package, such as
// [TotalWithin]; [Change] refuses the zero value.
type Expectation struct {
	kind    expectationKind
	share   value.Percent
	amount  value.Money
	fields  []string
	words   string // the same in words
	implied bool   // stands in place of an expectation that is missing
	err     error  // of an expectation that cannot be used
}

type expectationKind uint8

const (
	totalWithin expectationKind = 1 + iota
	losesAtMost
	gainsAtMost
	onlyFields
)

// TotalWithin allows the total commission to change, up or down, by at most a percentage of itself: "0%" to "100%".
func TotalWithin(percent string) Expectation {
	share, err := value.ParsePercent(percent)
	if err == nil {
		err = share.CheckPart()
	}
	words := "the total commission changes by at most " + share.String()
	return Expectation{kind: totalWithin, share: share, words: words, err: err}
}

// NoPayeeLosesMoreThan allows each payee's commission over all bookings to fall by at most
// an amount, such as "500.00 USD", which is not negative. Without it no payee may lose.
func NoPayeeLosesMoreThan(amount string) Expectation {
	return limit(losesAtMost, "loses", amount)
}

// NoPayeeGainsMoreThan allows each payee's commission over all bookings to rise by at most an amount, such as
// "500.00 USD", which is not negative. Without it only [TotalWithin] limits gains. An amount that cannot be read, or is
// in another currency than the bookings, fails [Change].
func NoPayeeGainsMoreThan(amount string) Expectation {
	return limit(gainsAtMost, "gains", amount)
}

func limit(kind expectationKind, verb, text string) Expectation {
	amount, err := value.ParseMoney(text)
	if err == nil && amount.Sign() < 0 {
		err = value.NewError(comp.LimitNegative, amount.String(), "is negative; give the most that may change")
	}
	words := "no payee " + verb + " more than " + amount.String()
	return Expectation{kind: kind, amount: amount, words: words, err: err}
}

// OnlyContribution allows the percentages of these contributions to differ, beside fields that others list.
func OnlyContribution(contributions ...comp.Contribution) Expectation {
	paths := make([]string, len(contributions))
	for i, c := range contributions {
		paths[i] = contributionPath(c)
	}
	return OnlyField(paths...)
}

// OnlyField allows these fields and those below them to differ: "rounding",
// "rates.tables.accelerator.tiers[1].rate". They are written as in the errors of [comp.ParsePolicy], without
// "comp.". Without it and [OnlyContribution] no field may differ.
func OnlyField(fields ...string) Expectation {
	e := Expectation{kind: onlyFields, fields: slices.Clone(fields)}
	if slices.Contains(fields, "") || len(fields) == 0 {
		e.err = value.NewError(value.Unexpected, "an empty list", "names no field of a policy")
	}
	return e
}

// unmet reports something that no expectation lists, or that is more than is listed.
func (e Expectation) unmet(what string) string {
	mark := "TOO MUCH"
	if e.implied {
		mark = "NOT LISTED"
	}
	return "  " + mark + ": " + what + "\n    listed: " + e.words + "\n"
}

// expectations holds the expectations of a change by kind.
type expectations map[expectationKind][]Expectation

// listed sorts expectations by kind, and forbids what none of them lists.
func listed(list []Expectation, c value.Currency) (expectations, error) {
	all := expectations{}
	var problems value.Errors
	for i, e := range list {
		problems.Add(value.Index("expectations", i), e.check(c))
		all[e.kind] = append(all[e.kind], e)
	}
	if all[totalWithin] == nil {
		all[totalWithin] = []Expectation{{implied: true, words: "nothing; the total may not change"}}
	}
	if all[losesAtMost] == nil {
		none, _ := value.NewMoney(0, c)
		words := "nothing; no payee may lose"
		all[losesAtMost] = []Expectation{{implied: true, amount: none, words: words}}
	}
	return all, problems.Err()
}

// fields returns the fields that may differ, each with those below it.
func (all expectations) fields() []string {
	var fields []string
	for _, e := range all[onlyFields] {
		fields = append(fields, e.fields...)
	}
	return fields
}

// check refuses an expectation that cannot be used, or that is in another currency.
func (e Expectation) check(c value.Currency) error {
	switch {
	case e.err != nil:
		return e.err
	case e.kind == 0:
		return value.NewError(value.Unexpected, "an empty expectation", "expects nothing; list what may change")
	case e.amount.IsZero() || c.IsZero() || e.amount.Currency() == c:
		return nil
	default:
		return value.NewError(value.MoneyCurrency, e.amount.String(),
			"is not in the currency of the bookings, "+c.String())
	}
}

// holds reports whether the total commission changed by at most the expected percentage.
func (e Expectation) holds(total *impact.Effect) bool {
	moved, err := value.NewRatio(abs(total.Change.Commission.Minor()), abs(total.Before.Commission.Minor()))
	if err != nil { // the total was zero
		return total.Change.Commission.Sign() == 0
	}
	most, _ := value.NewRatio(e.share.Millionths(), hundred)
	return moved.Compare(most) <= 0
}
