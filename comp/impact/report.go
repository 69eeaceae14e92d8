package impact

import (
	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// Report is what a change of policy does to who gets what, in one currency. Amounts
// are sums of shown amounts, so that a reader can add them up. It is written with
// [Report.Text], [Report.Markdown], [Report.CSV] and [Report.MarshalJSON]; the same
// bookings give the same bytes.
type Report struct {
	Currency    value.Currency // unset where nothing was compared; amounts are zero then
	Projected   bool           // the deals are open: nothing is earned yet (comp.closed_only)
	From, To    value.Date     // the first and the last day of a deal or movement; unset where there is none
	Deals       int
	Reversals   int
	Instalments int
	Value       value.Money // of the deals, reversals taken off
	Total       Effect
	Partner     Effect // of the reps of all partners
	Vendor      Effect
	Payees      []Payee        // by party, then rep
	Changes     []Cause        // every field that differs between the policies, in their order, and what it is behind
	Largest     Difference     // the largest single change, by commission, then quota credit, then influenced credit; of equal ones the earliest; zero where there is none
	LeftOut     []LeftOut      // by reason; nil where every booking was priced
	Doubts      []value.Reason // what [Lint] finds in the policy after
}

// Effect is the same sums under both policies.
type Effect struct {
	Before Figures
	After  Figures
	Change Figures // after less before
}

// Figures are amounts, and what they are of the deals.
type Figures struct {
	Amounts
	Inflation value.Ratio // quota credit ÷ the larger quota values of all deals; undefined where those total nought
	Cost      value.Ratio // commission ÷ the value of all deals; undefined where that is nought
}

// Payee is what the change does to one rep.
type Payee struct {
	Rep        string
	Party      model.Party
	Statements int // with a line of the rep: bookings, movements and closings of periods
	Effect
	Causes []Cause // nil where nothing changed
}

// Cause is a field that differs between the policies, and the differences that it is
// behind: how many, and their sum, zero where there is none. A difference with several
// causes counts for each of them; so causes do not add up to the change.
type Cause struct {
	comp.Change
	Differences int // of a payee in a booking, movement or closing
	Amounts         // the change in these
}

// Report writes the comparison as a report. A second currency is a [CurrencyMixed]
// error; see [Partial.Reports]. A sum outside the bounds of money is a
// [value.MoneyRange] error, all of them at once.
func (p Partial) Report() (Report, error) {
	switch len(p.books) {
	case 0:
		return p.report(bookSums{})
	case 1:
		return p.report(p.books[0])
	default:
		return Report{}, value.NewError(CurrencyMixed, p.books[1].Currency.String(), "comes beside "+p.books[0].Currency.String()+"; ask for one report a currency")
	}
}

// Reports is [Partial.Report] for each currency, ordered by its code; nil where nothing
// was compared.
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

// Gains returns the payees whose commission rises, the largest gain first; the caller
// owns the slice.
func (r Report) Gains() []Payee { return r.moved(1) }

// Losses returns the payees whose commission falls, the largest loss first; the caller
// owns the slice.
func (r Report) Losses() []Payee { return r.moved(-1) }
