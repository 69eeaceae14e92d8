package impact

import (
	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// Codes of doubtful policies and of bad input.
const (
	Neutral        value.Code = "comp.neutral"           // a rep who loses by bringing a partner in
	CurrencyMixed  value.Code = "impact.currency"        // a second currency in a comparison that is not by currency
	PartialVersion value.Code = "impact.partial.version" // an encoded partial comparison of another version
	partialContent value.Code = "impact.partial.content" // an encoded partial comparison that none can have written
)

// Report compares the amounts of all payees under two policies, in one currency. Totals are sums of the rounded
// amounts, so that a reader can add them up. The same bookings give the same bytes in every form.
type Report struct {
	Currency  value.Currency // unset if nothing was compared; then every amount is the zero Money
	Projected bool           // the deals are open: nothing is earned yet (comp.closed_only)
	From, To  value.Date     // the first and the last day of a deal or movement; unset if there is none
	Deals     int
	Reversals int
	Movements int         // of money: received, refunded or written off
	Value     value.Money // of the deals, less the reversals
	Total     Effect      // of all reps
	Partner   Effect      // of the reps of all partners
	Vendor    Effect
	Payees    []PayeeChange  // every rep, by party, then id
	Company   Effect         // of all companies that are paid (comp.company), apart from Total; without Inflation
	Companies []PayeeChange  // each of them, by party, then id; nil for none
	Changes   []Cause        // every field that differs, in order, with the differences that it caused
	Largest   Difference     // largest change by commission, then credits; of equal ones the earliest; zero if none
	LeftOut   []LeftOut      // by reason, in the order of the codes; nil if every booking was priced
	Doubts    []value.Reason // the findings of [Lint] about the policy after
}

// Effect holds sums under both policies.
type Effect struct {
	Before Figures
	After  Figures
	Change Figures // after less before
}

// Figures holds amounts and their ratios to the deals.
type Figures struct {
	comp.Amounts
	Inflation value.Ratio // quota credit ÷ the larger quota value of each deal, summed; zero value if that sum is zero
	Cost      value.Ratio // commission ÷ the value of all deals; zero value if that is zero
}

// PayeeChange compares the amounts of one rep or company. Commission is the zero Money where the rep has credit only.
type PayeeChange struct {
	Rep        string // the id
	Party      model.Party
	Statements int // with a line of the payee: bookings, movements and closings of periods
	Effect
	Causes []Cause // in the order of the document; nil if nothing changed
}

// Cause is a field that differs between the policies, and the differences that it caused. One with several causes
// counts for each of them, so the causes do not add up to the change.
type Cause struct {
	comp.PolicyChange
	Differences  int // of a payee in a booking, movement or closing
	comp.Amounts     // their sum
}

// Report returns the report of a comparison in one currency, an empty one for none; for several see
// [Partial.Reports]. Errors: [CurrencyMixed] for a second one, and [value.MoneyRange] for sums out of bounds, all at
// once, with paths such as report.total.commission.
func (p Partial) Report() (Report, error) {
	switch len(p.books) {
	case 0:
		return p.report(bookSums{})
	case 1:
		return p.report(p.books[0])
	default:
		return Report{}, value.NewError(CurrencyMixed, p.books[1].Currency.String(),
			"comes beside "+p.books[0].Currency.String()+"; ask for a report of each currency")
	}
}

// Reports returns the report of each currency, ordered by its code; nil for none. Errors: [value.MoneyRange], of all
// currencies at once, with paths such as USD.report.total.commission.
func (p Partial) Reports() ([]Report, error) {
	var problems value.Errors
	var reports []Report
	for _, b := range p.books {
		r, err := p.report(b)
		problems.Add(b.Currency.String(), err)
		reports = append(reports, r)
	}
	if err := problems.Err(); err != nil {
		return nil, err
	}
	return reports, nil
}

// Gains returns the payees whose commission rises, the largest gain first, equal ones reps first, then by party
// (partners first), then id; nil for none. The caller owns the slice.
func (r Report) Gains() []PayeeChange { return r.moved(1) }

// Losses returns the payees whose commission falls, the largest loss first, equal ones as in [Report.Gains]; nil for
// none. The caller owns the slice.
func (r Report) Losses() []PayeeChange { return r.moved(-1) }
