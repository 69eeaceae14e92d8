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
	_ = p.until(value.Date{}, nil) // what Add has taken can be priced
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

// Project prices an open deal as if it were won on a day, after all that the ledger has by then, rates with a history
// included. The statement is marked as projected, and the ledger does not change: each deal is projected alone. Errors
// are those of [Ledger.Add] for the booking, run.open_deal for a deal that is won, and ledger.close for a missing day.
func (l *Ledger) Project(b Booking, day value.Date) (Statement, error) {
	if err := l.made(); err != nil {
		return Statement{}, err
	}
	var problems value.Errors
	problems.Add("id", l.isNew(b.ID))
	if !b.Closed.IsZero() {
		const want = "is the day on which the deal was won; project an open deal"
		problems.Refuse("closed", runOpenDeal, b.Closed.String(), want)
	}
	if day.IsZero() {
		problems.Refuse("day", ledgerClose, "nothing", "is the day on which the deal is expected to be won")
	}
	if len(problems) > 0 {
		return Statement{}, value.Below("booking", problems)
	}
	b.Closed, b.Deferred = day, false
	won := event{deal: &deal{Booking: b}, on: day, own: day}
	p, err := l.by(&won)
	if err != nil {
		return Statement{}, err
	}
	var projected Statement
	p.visit = func(s *Statement, _ *Plan) bool {
		projected = *s
		return false
	}
	p.ended, p.ahead = false, true
	if err := p.book(&won); err != nil {
		return Statement{}, value.Below("booking", err)
	}
	projected.Date, projected.Projected = value.Date{}, true
	for i := range projected.Lines {
		projected.Lines[i].Projected = true
	}
	return projected, nil
}

// by returns a player that has played what counts by the day of an event, and to which only this event may come.
func (l *Ledger) by(e *event) (*player, error) {
	if l.priced == nil {
		if err := l.priceAll(nil); err != nil {
			return nil, err
		}
	}
	if branch, ok := l.priced.branch(e); ok {
		return branch, nil
	}
	p := l.player(nil)
	return p, p.until(e.on, nil)
}
