package comp

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"github.com/coselling/coselling/value"
)

// PeriodTotals is the totals of one period in one currency: [Totals.Payees] has the reps, [Totals.Parties]
// their companies, [Totals.Companies] the companies that are paid themselves, [Totals.Side] the sides and everyone.
type PeriodTotals struct {
	First, Last value.Date // of the policy's period; of a policy without one, of the quarter of the calendar year
	Currency    value.Currency
	Totals
}

// Totals returns the totals of each period and currency that has statements, by last day, then currency; the caller
// owns them. Errors are those of [Totals.Add] for totals beyond the bounds of money.
func (l *Ledger) Totals() ([]PeriodTotals, error) {
	if err := l.made(); err != nil {
		return nil, err
	}
	sums, held := map[pot]*Totals{}, l.standing()
	var failed error
	err := l.play(func(s *Statement, p *Plan) bool {
		held.hold(s)
		first, last := p.policy.Rates.Bounds(s.Date)
		if first.IsZero() {
			quarter := FiscalYear{time.January}.Quarter(s.Date)
			first, last = quarter.first, quarter.last
		}
		at := pot{first, last, s.Value.Currency()}
		if sums[at] == nil {
			sums[at] = new(Totals)
		}
		failed = value.Below(value.Quote(s.Booking), sums[at].Add(*s))
		return failed == nil
	}, nil)
	if err = cmp.Or(err, failed); err != nil {
		return nil, err
	}
	list := make([]PeriodTotals, 0, len(sums))
	for _, at := range slices.SortedFunc(maps.Keys(sums), pot.order) {
		list = append(list, PeriodTotals{at.first, at.last, at.currency, *sums[at]})
	}
	return list, nil
}

// Balance is the open money of a deal. All amounts are in the deal's currency.
type Balance struct {
	Booking    string
	Left       value.Money // the value less what was reversed
	Received   value.Money // less what was refunded, or counts as refunded by a reversal
	WrittenOff value.Money // and not received after all
	Open       value.Money // still to be received
	Returning  value.Money // to be refunded because of a reversal
	Due        value.Money // commission of all payees that falls due once Open is received
}

// Balances returns the deals of which money is open or is to be refunded, by closing day, then id; the caller owns the
// list. It is nil where there is none. A Due beyond money is a [value.MoneyRange] error.
func (l *Ledger) Balances() ([]Balance, error) {
	if err := l.made(); err != nil {
		return nil, err
	}
	var problems value.Errors
	type dated struct {
		Balance
		closed value.Date
	}
	var list []dated
	p := l.player(nil)
	p.settled = func(d *deal, payout *Payout) {
		b := payout.play(payout.moves, nil)
		open := b.left - b.received - b.written
		if open == 0 && b.returning == 0 {
			return
		}
		var sum value.Sum
		paid := b
		paid.received += open
		for i := range payout.due {
			sum, _ = sum.Add(payout.amount(payout.paid(i, paid) - payout.paid(i, b)))
		}
		due := amount(&problems, value.Quote(d.ID)+".due", sum)
		list = append(list, dated{Balance{d.ID, payout.amount(b.left), payout.amount(b.received),
			payout.amount(b.written), payout.amount(open), payout.amount(b.returning), due}, d.Closed})
	}
	_ = p.until(event{}, nil) // what Add has taken can be priced
	slices.SortFunc(list, func(a, b dated) int {
		return cmp.Or(a.closed.Compare(b.closed), cmp.Compare(a.Booking, b.Booking))
	})
	var all []Balance
	for i := range list {
		all = append(all, list[i].Balance)
	}
	if err := problems.Err(); err != nil {
		return nil, err
	}
	return all, nil
}
