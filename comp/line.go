package comp

import (
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// Line is what one payee gets for one deal, with everything that made it. Lines
// are comparable with ==.
type Line struct {
	Payee        string        // the rep's id
	Party        model.Party   // whose rep it is
	Contribution Contribution  // for AsSupporting: the one that counts
	Base         value.Money   // the quota value of the payee's side
	Percent      value.Percent // the part of Base that the payee's group gets
	Share        value.Percent // the payee's share of that; 100 % for a rep alone
	Rate         value.Percent // commission on the exact credit; of several tiers the blend, rounded to six decimals
	Table        TableID       // the rate table behind Rate; empty for a flat rate
	Start        value.Money   // what the table measured before the line, or for a true-up with it; zero for a flat rate
	Quota        value.Money   // what attainment is measured by; zero where nothing is
	QuotaCredit  value.Money   // counts toward quota
	Influenced   value.Money   // reported apart from quota credit
	Commission   value.Money   // what is paid
	Unheld       value.Money   // what a floor, a cap or an instalment made Commission of; zero where Held is
	Credited     Credited      // as what; it decides the rule
	Held         Held          // what holds the commission; zero where nothing does
	Leftover     bool          // a minor unit of the credit is a leftover of a division (comp.conserve)
	Projected    bool          // the deal is open (comp.closed_only)
}

// Credited says as what a payee is credited. The zero value is unset.
type Credited uint8

// As what a payee is credited.
const (
	AsPrimary         Credited = 1 + iota // sells for the side that owns the relationship
	AsSupporting                          // supports by a contribution
	AsOriginator                          // brought the deal
	AsJointOriginator                     // one of two sides that brought the deal, half each
	AsInfluencer                          // supports the side that brought the deal
	AsSeller                              // sells for one of two sides credited in full
	AsTrueUp                              // no credit: Base was priced before, and the reached tier corrects it (comp.true_up)
	AsFloor                               // no credit: the period's floor lacked this (comp.floor)
)

// creditedRow is the name of a credit, the rule behind it and how [Line.Why] puts it.
type creditedRow struct {
	name string
	rule value.Code
	says string
}

var creditedRows = [...]creditedRow{
	AsPrimary:         {"primary", RoleBasedRule, "as primary"},
	AsSupporting:      {"supporting", RoleBasedRule, "for "},
	AsOriginator:      {"originator", OriginationRule, "as originator"},
	AsJointOriginator: {"joint_originator", OriginationRule, "as joint originator"},
	AsInfluencer:      {"influencer", OriginationRule, "as influencer"},
	AsSeller:          {"seller", SplitRule, "as seller"},
	AsTrueUp:          {"true_up", TrueUp, "as true-up"},
	AsFloor:           {"floor", Floor, "as floor of the period"},
}

// row returns nothing where c is out of range.
func (c Credited) row() creditedRow {
	if int(c) >= len(creditedRows) {
		return creditedRow{}
	}
	return creditedRows[c]
}

// String returns the name of what a payee is credited as, or "" where it is unset.
func (c Credited) String() string { return c.row().name }

// Rule returns the code of the rule that credits the payee; empty for a zero line.
func (l Line) Rule() value.Code { return l.Credited.row().rule }

// Why says which rule, percentage, share and rate made the line, such as
// "100% of 120000.00 USD as primary (comp.role_based) at 8%".
func (l Line) Why() string { return l.Reason().String() }

// Reason returns the same as a reason with typed operands. What the payee's credit
// and rate are, and what held the commission, is for its own party alone; the sentence
// that another party reads does not change with them.
func (l Line) Reason() value.Reason {
	own := model.OnlyFor(l.Party)
	template := "{credit} {as} ({rule}) at {rate}"
	if l.Projected {
		template += ", projected (" + string(ClosedOnly) + ")"
	}
	operands := []value.Operand{
		value.Op("credit", l.credit()).To(own), value.Op("as", l.as()), value.Op("rule", string(l.Rule())), value.Op("rate", l.Rate).To(own),
		value.Op("percent", l.Percent).To(own), value.Op("base", l.Base).To(own), value.Op("share", l.Share).To(own),
	}
	if l.Table != "" || l.Held != 0 {
		operands[3] = value.Op("rate", l.rate()).To(own)
		operands = append(operands, value.Op("percent_rate", l.Rate).To(own), value.Op("table", string(l.Table)).To(own),
			value.Op("start", l.Start).To(own), value.Op("quota", l.Quota).To(own), value.Op("unheld", l.Unheld).To(own))
	}
	return value.NewReason(l.Rule(), template, operands...)
}

// rate puts a rate in words that a table gave or something held: "8% by table
// accelerator, 900.00 USD cut to the deal's cap (comp.cap)". A true-up pays the
// difference to an earlier rate.
func (l Line) rate() string {
	text := l.Rate.String()
	if l.Table != "" {
		text += " by table " + string(l.Table)
	}
	if l.Credited == AsTrueUp {
		text += ", less what it was priced at before"
	}
	if held := l.Held.row(); held.name != "" {
		text += ", " + held.before + l.Unheld.String() + held.after + " (" + string(held.rule) + ")"
	}
	return text
}

// credit puts the payee's credit in words: "a share of 60% in 100% of 9.99 USD".
func (l Line) credit() string {
	text := l.Percent.String() + " of " + l.Base.String()
	if l.Share.Millionths() != fullShare {
		text = "a share of " + l.Share.String() + " in " + text
	}
	if l.Leftover {
		text += ", a leftover minor unit included (" + string(Conserve) + "),"
	}
	return text
}

func (l Line) as() string { return l.Credited.row().says + string(l.Contribution) }

// The amounts of a line, as positions.
const (
	credit = iota
	influenced
	commission
	kinds
)

func (l *Line) amounts() [kinds]value.Money {
	return [kinds]value.Money{l.QuotaCredit, l.Influenced, l.Commission}
}
