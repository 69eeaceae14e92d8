package comp

import (
	"cmp"
	"math/big"
	"slices"
	"strconv"

	"github.com/coselling/coselling/internal/exact"
	"github.com/coselling/coselling/value"
)

// Payout is how much of one priced deal has been paid, as the customer pays it, and
// taken back (comp.cumulative, comp.clawback). It is an immutable value; the zero
// value is no payout. Make it with [Plan.Paid] or [Plan.Deferred].
//
// After every event a payee has: what was due for the received part of the deal,
// rounded once, less the reversed part of that. So the last instalment leaves exactly
// what would have been paid at once, and a reversal in full leaves nothing.
type Payout struct {
	origin    Statement
	mode      exact.Mode
	due       []*big.Rat // the exact commission of each line; nil where all was paid at closing
	received  int64      // of the deal's value
	reversed  int64      // likewise
	last      value.Date // of the last movement
	movements []string   // the ids of all of them
}

// maxMovements is how many instalments and reversals one deal may have.
const maxMovements = 1000

// Movement is an instalment that the customer paid, or a part of the deal that is
// taken back.
type Movement struct {
	ID     string      // of its statement; 1 to 256 bytes, unlike the deal's and those of its other movements
	Amount value.Money // of the deal's value; zero: all that is left
	On     value.Date  // not before the movement that precedes it
}

// PayoutDecision is a payout after an event, and the statement of the event.
type PayoutDecision struct {
	Payout    Payout
	Statement Statement
}

// Paid returns the payout of a booking that was paid in full with its statement. A
// statement of no won booking of this plan's model, or of one that is paid in
// instalments, is a [PayoutOf] error.
func (p *Plan) Paid(s Statement) (Payout, error) {
	if err := p.checkOrigin(&s); err != nil {
		return Payout{}, value.In("payout", err)
	}
	s.Lines = slices.Clone(s.Lines)
	return Payout{origin: s, mode: p.mode, received: s.Value.Minor(), last: s.Date}, nil
}

// Deferred returns the payout of a booking that is paid in instalments, and the
// statement to use in place of s: all of its credit, and no commission yet. Every
// instalment pays its part with [Payout.Receive]. A statement that this plan did not
// make is a [PayoutOf] error.
func (p *Plan) Deferred(s Statement) (PayoutDecision, error) {
	payout, err := p.Paid(s)
	if err != nil {
		return PayoutDecision{}, err
	}
	payout.received, payout.due = 0, make([]*big.Rat, len(s.Lines))
	var problems value.Errors
	for i := range s.Lines {
		var err error
		payout.due[i], err = p.exactCommission(&s.Lines[i])
		problems.Add(value.Index("lines", i), err)
	}
	if err := problems.Err(); err != nil {
		return PayoutDecision{}, value.In("payout", err)
	}
	s.Lines = slices.Clone(payout.origin.Lines)
	for i := range s.Lines {
		s.Lines[i].instalment(payout.amount(0))
	}
	return PayoutDecision{payout, s}, nil
}

// checkOrigin refuses a statement that no payout can be of.
func (p *Plan) checkOrigin(s *Statement) error {
	var want string
	switch {
	case !s.isBooking():
		want = "is no booking"
	case s.Projected || s.Date.IsZero():
		want = "is not won; nothing is paid for an open deal"
	case slices.ContainsFunc(s.Lines, func(l Line) bool { return l.Held == ByInstalments }):
		want = "is paid in instalments already, and its commission is in those; give the statement that priced it"
	case s.Model != p.policy.Model || s.Value.Sign() <= 0:
		want = "was not priced by this plan; a deal keeps the policy of its closing"
	default:
		return nil
	}
	return value.NewError(PayoutOf, value.Quote(s.Booking), want)
}

func (p Payout) amount(minor int64) value.Money { return amountOf(minor, p.origin.Value.Currency()) }

// Receive pays what an instalment makes due (comp.cumulative). Of a deal that was
// reversed in part, the instalment pays for the part that is left. The statement has
// commission alone and no value. Errors: [InstalmentAbove] for more than the deal, or
// any after a reversal in full; [BookingID], [PayoutRepeated], [PayoutAmount],
// [PayoutDate].
func (p Payout) Receive(m Movement) (PayoutDecision, error) {
	next, s, err := p.move(m, "instalment", InstalmentAbove)
	if err != nil {
		return PayoutDecision{}, err
	}
	nought := p.amount(0)
	s.Pays, s.Value, s.Quota = p.origin.Booking, nought, nought
	for i := range s.Lines {
		l := &s.Lines[i]
		l.instalment(p.amount(next.net(i) - p.net(i)))
		l.QuotaCredit, l.Influenced, l.Leftover = nought, nought, false
	}
	return PayoutDecision{next, s}, nil
}

// Reverse takes back a part of the deal: the same part of the credit, and of the
// commission that was paid, whatever tier, floor, cap or true-up made it
// (comp.clawback). A reversal of all that is left makes each payee's payments of the
// deal total nought. Where the deal's rates have a history use [Run.Reverse], which
// lowers the payee's credit too. Errors: [ReversalAbove] for more than is left, a
// second reversal in full included; [BookingID], [PayoutRepeated], [PayoutAmount],
// [PayoutDate].
func (p Payout) Reverse(m Movement) (PayoutDecision, error) {
	next, s, err := p.move(m, "reversal", ReversalAbove)
	if err != nil {
		return PayoutDecision{}, err
	}
	s.Reverses, s.Value, s.Quota = p.origin.Booking, next.taken(p, s.Value), next.taken(p, s.Quota)
	for i := range s.Lines {
		l := &s.Lines[i]
		l.Base, l.QuotaCredit, l.Influenced = next.taken(p, l.Base), next.taken(p, l.QuotaCredit), next.taken(p, l.Influenced)
		l.Commission = p.amount(next.net(i) - p.net(i))
		if l.Held != 0 {
			l.Unheld = next.taken(p, l.Unheld)
		}
	}
	return PayoutDecision{next, s}, nil
}

// move checks a movement and returns the payout with what it adds to what was received
// or reversed, and the statement that priced the deal under the id and date of the
// movement; above is the code of more than is left, and says which.
func (p Payout) move(m Movement, name string, above value.Code) (next Payout, s Statement, err error) {
	sum := &p.received
	if above == ReversalAbove {
		sum = &p.reversed
	}
	var problems value.Errors
	problems.Add("id", checkID(BookingID, m.ID))
	if m.ID == p.origin.Booking || slices.Contains(p.movements, m.ID) {
		problems.Refuse("id", PayoutRepeated, value.Quote(m.ID), "is the id of the deal or of a movement of it; give each its own")
	}
	if len(p.movements) >= maxMovements {
		problems.Refuse("", above, strconv.Itoa(maxMovements)+" movements", "are all that one deal may have")
	}
	if m.On.IsZero() || m.On.Before(p.last) {
		problems.Refuse("on", PayoutDate, value.Quote(m.On.String()), "is no day on or after the last movement of the deal, "+p.last.String())
	}
	left := p.origin.Value.Minor() - *sum
	if above == InstalmentAbove && p.reversed == p.origin.Value.Minor() {
		left = 0
	}
	add := m.Amount.Minor()
	if m.Amount.IsZero() {
		add = left
	}
	switch {
	case !m.Amount.IsZero() && (add <= 0 || m.Amount.Currency() != p.origin.Value.Currency()):
		problems.Refuse("amount", PayoutAmount, m.Amount.String(), "is not positive, or not in the deal's currency, "+value.Quote(p.origin.Value.Currency().String()))
	case add > left || left == 0:
		problems.Refuse("amount", above, cmp.Or(m.Amount.String(), "the rest"), "is above what is left of the deal, "+p.amount(left).String())
	}
	if err := problems.Err(); err != nil {
		return next, s, value.In(name, err)
	}
	*sum += add // p is a copy
	p.last, p.movements = m.On, append(slices.Clip(p.movements), m.ID)
	s = p.origin
	s.Booking, s.Date, s.Lines = m.ID, m.On, slices.Clone(s.Lines)
	return p, s, nil
}

// net is what the payee of the i-th line has after all movements, in minor units.
func (p *Payout) net(i int) int64 {
	gross := p.origin.Lines[i].Commission.Minor()
	if p.due != nil {
		part := new(big.Rat).Mul(p.due[i], big.NewRat(p.received, p.origin.Value.Minor()))
		gross = exact.Rational(part, p.mode).Int64() // the received part, rounded once
	}
	return gross - p.part(gross)
}

// part is the reversed part of an amount, rounded once.
func (p *Payout) part(minor int64) int64 {
	part, _ := exact.Quotient(minor, p.reversed, p.origin.Value.Minor(), p.mode)
	return part
}

// taken is what of an amount the step from before to p takes back, negated.
func (p *Payout) taken(before Payout, m value.Money) value.Money {
	return amountOf(before.part(m.Minor())-p.part(m.Minor()), m.Currency())
}
