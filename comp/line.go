package comp

import (
	"cmp"

	"github.com/coselling/coselling/internal/enum"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// Line holds what one payee gets for one deal, and every number that it was made of. A deal may have several
// lines of one payee: a true-up and each added table have a line of their own. Lines are comparable with ==.
type Line struct {
	Payee        string        // the payee's id
	Party        model.Party   // the payee's company
	Payer        model.Party   // who pays; of a company without a stated payer only the side, the vendor's
	Contribution Contribution  // of a supporting rep: the one that counts
	Base         value.Money   // the quota value of the payee's side; of a company the deal's value, or its fixed sum
	Percent      value.Percent // the part of Base that the payee's group gets
	Share        value.Percent // the payee's share of that part; 100 % for the only rep of a group
	Rate         value.Percent // of the exact credit; over several tiers the average, rounded to six decimals
	Table        TableID       // the rate table that gave Rate; empty for a flat rate
	Start        value.Money   // measured by the table before the line; of a true-up with it; zero at a flat rate
	Quota        value.Money   // the quota that attainment is measured by; zero where it is not measured
	QuotaCredit  value.Money   // counts toward quota
	Influenced   value.Money   // reported apart from quota credit
	Commission   value.Money   // the amount paid; the zero Money where the payee has credit only
	Unheld       value.Money   // the commission before a floor, a cap or an instalment; zero where Held is zero
	Credited     Credited      // the capacity in which the payee is credited; it decides the rule
	Held         Held          // why Commission is not the credit at the rate; zero where it is
	Leftover     bool          // the credit includes a minor unit that a division left over (comp.conserve)
	Added        bool          // an added table prices the payee's credit, which another line has
	Projected    bool          // the deal is open (comp.closed_only)
	Derived      bool          // the payee's role was derived from engagement and origin
}

// Credited is the capacity in which a payee is credited. The zero value is unset.
type Credited uint8

// The capacities.
const (
	AsPrimary         Credited = 1 + iota // sells for the side that owns the relationship
	AsSupporting                          // supports by a contribution
	AsOriginator                          // brought the deal
	AsJointOriginator                     // brought the deal together with the other side; each gets half
	AsInfluencer                          // supports the side that brought the deal
	AsSeller                              // sells for a side, where each side is credited in full
	AsCompany                             // is a company, paid at a rate on the deal's value
	AsCompanyFee                          // is a company, paid a fixed sum
	AsTrueUp                              // gets no credit: a tier that is reached reprices Base (comp.true_up)
	AsFloor                               // gets no credit: the rest up to the floor of a period (comp.floor)
	AsDifference                          // gets no credit: what a late deal changes in lines that stand, see [Ledger]
)

// creditedRow holds the name of a capacity, its rule, and the words of [Line.Why].
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
	AsCompany:         {"company", companyRule, "as company"},
	AsCompanyFee:      {"company_fee", companyRule, "as company"},
	AsTrueUp:          {"true_up", TrueUp, "as true-up"},
	AsFloor:           {"floor", Floor, "as floor of the period"},
	AsDifference:      {"difference", closedRule, "as difference to lines that stand"},
}

// row returns an empty row where c is out of range.
func (c Credited) row() creditedRow {
	if int(c) >= len(creditedRows) {
		return creditedRow{}
	}
	return creditedRows[c]
}

// String returns the name of the capacity, such as "primary"; "" for the zero value and unknown numbers.
func (c Credited) String() string { return c.row().name }

// MarshalText returns what String returns.
func (c Credited) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// UnmarshalText reads the name of a capacity, such as "primary"; anything else is a comp.credited.unknown error.
func (c *Credited) UnmarshalText(text []byte) error {
	names := make([]string, 0, len(creditedRows))
	for _, row := range creditedRows[1:] {
		names = append(names, row.name)
	}
	return enum.Of[Credited]("comp.credited.unknown", names...).Read(c, text)
}

// Rule returns the code of the rule that credits the payee; empty for a zero line.
func (l Line) Rule() value.Code { return l.Credited.row().rule }

// Why returns the reason as a sentence, such as "100% of 120000.00 USD as primary (comp.role_based) at 8%". It hides
// nothing: for a reader of another party view [Line.Reason].
func (l Line) Why() string { return l.Reason().String() }

// Reason returns [Line.Why] as a reason with typed operands. Only the payee's party and the payer may see the
// percentage and base of the credit, the rate, and why the commission was held; every other reader gets (withheld) in
// their place.
func (l Line) Reason() value.Reason {
	own := model.OnlyFor(l.Party, cmp.Or(l.Payer, l.Party))
	template := "{credit} {as} ({rule}) at {rate}"
	if l.Projected {
		template += ", projected (" + string(ClosedOnly) + ")"
	}
	operands := []value.Operand{
		value.Op("credit", l.credit()).To(own), value.Op("as", l.as()),
		value.Op("rule", string(l.Rule())), value.Op("rate", l.Rate).To(own),
		value.Op("percent", l.Percent).To(own), value.Op("base", l.Base).To(own), value.Op("share", l.Share).To(own),
	}
	if l.creditOnly() {
		operands[3] = value.Op("rate", "a rate that is not known here").To(own)
	}
	if l.Table != "" || l.Held != 0 {
		operands[3] = value.Op("rate", l.rate()).To(own)
		operands = append(operands,
			value.Op("percent_rate", l.Rate).To(own), value.Op("table", string(l.Table)).To(own),
			value.Op("start", l.Start).To(own), value.Op("quota", l.Quota).To(own),
			value.Op("unheld", l.Unheld).To(own))
	}
	return value.NewReason(l.Rule(), template, operands...)
}

// rate describes a rate that a table gave, or a commission that was held: "8% by table accelerator, 900.00
// USD cut to the deal's cap (comp.cap)". A true-up pays the difference to an earlier rate.
func (l Line) rate() string {
	text := l.Rate.String()
	if l.Table != "" {
		text += " by table " + string(l.Table)
	}
	switch {
	case l.Credited == AsTrueUp:
		text += ", less the earlier commission"
	case l.Added:
		text += ", added to the line with the credit"
	}
	if held := l.Held.row(); held.name != "" {
		text += ", " + held.before + l.Unheld.String() + held.after + " (" + string(held.rule) + ")"
	}
	return text
}

// credit describes the payee's credit: "a share of 60% in 100% of 9.99 USD".
func (l Line) credit() string {
	if l.Credited == AsCompanyFee {
		return "a fixed sum of " + l.Base.String()
	}
	text := l.Percent.String() + " of " + l.Base.String()
	if l.Share.Millionths() != fullShare {
		text = "a share of " + l.Share.String() + " in " + text
	}
	if l.Leftover && !l.Added {
		text += ", a leftover minor unit included (" + string(Conserve) + "),"
	}
	return text
}

func (l Line) as() string {
	as := l.Credited.row().says + string(l.Contribution)
	if l.Derived && l.Rule() == RoleBasedRule {
		as += " by engagement and origin"
	}
	return as
}

// creditOnly reports whether the payee's rate is not known.
func (l *Line) creditOnly() bool {
	return l.Rate.IsZero() && l.Table == "" && l.Credited != 0 && l.Credited < AsTrueUp
}

// isCompany reports whether a company is paid.
func (l *Line) isCompany() bool { return l.Credited == AsCompany || l.Credited == AsCompanyFee }

// Positions of the amounts of a line.
const (
	credit = iota
	influenced
	commission
	kinds
)

func (l *Line) amounts() [kinds]value.Money {
	return [kinds]value.Money{l.QuotaCredit, l.Influenced, l.Commission}
}
