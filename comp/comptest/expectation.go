package comptest

import (
	"slices"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/comp/impact"
	"github.com/coselling/coselling/value"
)

// Expectation is one thing that a change of policy may do, for [Change]. Make it with
// [TotalWithin], [NoPayeeLosesMoreThan], [NoPayeeGainsMoreThan], [OnlyContribution] or
// [OnlyField]; the zero value is refused.
type Expectation struct {
	kind    expectationKind
	share   value.Percent
	amount  value.Money
	fields  []string
	words   string // what it lists
	implied bool   // nothing was listed
	err     error  // why it is no expectation
}

type expectationKind uint8

const (
	totalWithin expectationKind = 1 + iota
	losesAtMost
	gainsAtMost
	onlyFields
)

// TotalWithin expects the total commission of all payees to change by at most a part of
// what it was, up or down, such as "2%"; 0 % to 100 %. Without it the total must not
// change.
func TotalWithin(percent string) Expectation {
	share, err := value.ParsePercent(percent)
	if err == nil {
		err = share.CheckPart()
	}
	words := "the total commission changes by at most " + share.String()
	return Expectation{kind: totalWithin, share: share, words: words, err: value.In("TotalWithin", err)}
}

// NoPayeeLosesMoreThan expects no payee's commission over all bookings to fall by more
// than an amount, such as "500.00 USD"; not negative. Without it no payee may lose
// anything.
func NoPayeeLosesMoreThan(amount string) Expectation {
	return limit("NoPayeeLosesMoreThan", losesAtMost, "loses", amount)
}

// NoPayeeGainsMoreThan expects no payee's commission over all bookings to rise by more
// than an amount, such as "500.00 USD"; not negative. Without it gains are held by
// [TotalWithin] alone.
func NoPayeeGainsMoreThan(amount string) Expectation {
	return limit("NoPayeeGainsMoreThan", gainsAtMost, "gains", amount)
}

func limit(name string, kind expectationKind, verb, text string) Expectation {
	amount, err := value.ParseMoney(text)
	if err == nil && amount.Sign() < 0 {
		err = value.NewError(comp.LimitNegative, amount.String(), "is negative; give the most that is expected")
	}
	words := "no payee " + verb + " more than " + amount.String()
	return Expectation{kind: kind, amount: amount, words: words, err: value.In(name, err)}
}

// OnlyContribution expects the policy to change in the percentages of these
// contributions alone: no other field differs, and no other one changes a statement.
// With further ones, and with [OnlyField], each may change.
func OnlyContribution(contributions ...comp.Contribution) Expectation {
	paths := make([]string, len(contributions))
	for i, c := range contributions {
		paths[i] = contributionPath(c)
	}
	return OnlyField(paths...)
}

// OnlyField expects the policy to change in these fields alone, and in those below
// them: "rounding", "rates.tables.accelerator", "rates.tables.accelerator.tiers[1].rate".
// A field is written as the reports of this package write it: as the errors of
// [comp.ParsePolicy] do, without their leading "comp.". Without it and [OnlyContribution] no field may change.
func OnlyField(fields ...string) Expectation {
	e := Expectation{kind: onlyFields, fields: slices.Clone(fields)}
	if slices.Contains(fields, "") || len(fields) == 0 {
		e.err = value.In("OnlyField", value.NewError(value.Unexpected, "an empty list", "names no field of a policy"))
	}
	return e
}

// unmet says what an expectation does not have: nothing lists it, or it is more than what
// is listed.
func (e Expectation) unmet(what string) string {
	mark := "TOO MUCH"
	if e.implied {
		mark = "NOT LISTED"
	}
	return "  " + mark + ": " + what + "\n    listed: " + e.words + "\n"
}

// expectations are all that a change may do, by kind. What is not listed may not happen.
type expectations map[expectationKind][]Expectation

// listed sorts expectations, and adds those of what may not happen.
func listed(list []Expectation, c value.Currency) (expectations, error) {
	all := expectations{}
	var problems value.Errors
	for i, e := range list {
		problems.Add(value.Index("expectations", i), e.check(c))
		all[e.kind] = append(all[e.kind], e)
	}
	if all[totalWithin] == nil {
		all[totalWithin] = []Expectation{{implied: true, words: "nothing; TotalWithin says by how much the total may change"}}
	}
	if all[losesAtMost] == nil {
		none, _ := value.NewMoney(0, c)
		words := "nothing; NoPayeeLosesMoreThan says how much a payee may lose"
		all[losesAtMost] = []Expectation{{implied: true, amount: none, words: words}}
	}
	return all, problems.Err()
}

// fields returns what may change, each with the fields below it.
func (all expectations) fields() []string {
	var fields []string
	for _, e := range all[onlyFields] {
		fields = append(fields, e.fields...)
	}
	return fields
}

// check refuses what is no expectation, or none on bookings of a currency.
func (e Expectation) check(c value.Currency) error {
	switch {
	case e.err != nil:
		return e.err
	case e.kind == 0:
		return value.NewError(value.Unexpected, "the zero Expectation", "expects nothing; make one with TotalWithin, NoPayeeLosesMoreThan or OnlyContribution")
	case e.amount.IsZero() || c.IsZero() || e.amount.Currency() == c:
		return nil
	default:
		return value.NewError(value.MoneyCurrency, e.amount.String(), "is not in the currency of the bookings, "+c.String())
	}
}

// holds reports whether a total that moved stays within the expected part of what it
// was.
func (e Expectation) holds(total *impact.Effect) bool {
	moved, err := value.NewRatio(abs(total.Change.Commission.Minor()), abs(total.Before.Commission.Minor()))
	if err != nil { // of nothing
		return total.Change.Commission.Sign() == 0
	}
	most, _ := value.NewRatio(e.share.Millionths(), hundred)
	return moved.Compare(most) <= 0
}
