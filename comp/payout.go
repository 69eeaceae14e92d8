package comp

import (
	"cmp"
	"math/big"
	"slices"
	"strconv"

	"github.com/coselling/coselling/internal/exact"
	"github.com/coselling/coselling/value"
)

// Payout keeps how much of one priced deal the customer has paid, and how much was taken back (comp.cumulative,
// comp.clawback). It is immutable; the zero value is no payout. Make it with [Plan.Paid] or [Plan.Deferred].
//
// After every event a payee has the commission on the received part of the deal, rounded once, less its reversed
// part: all instalments together pay exactly what one payment would, and a reversal in full leaves zero.
type Payout struct {
	origin    Statement
	mode      exact.Mode
	due       []*big.Rat // the exact commission of each line; nil where all was paid at closing
	received  int64      // minor units of the deal's value
	reversed  int64      // minor units of the deal's value
	last      value.Date // of the last movement
	movements []string   // the ids of the movements
}

const maxMovements = 1000 // of one deal

// Movement is an instalment that the customer paid, or a reversal of a part of the deal.
type Movement struct {
	ID     string      // of its statement, 1 to 256 bytes; neither another movement of the deal nor the deal has it
	Amount value.Money // a part of the deal's value; the zero Money stands for all that is left
	On     value.Date  // the day; not before the last movement
}

// PayoutDecision holds a payout after an event, and the statement of the event.
type PayoutDecision struct {
	Payout    Payout
	Statement Statement
}

// Paid returns the payout of a booking whose commission was paid in full with its statement s. It is a payout.of
// error where s is no statement of a won booking under this plan's model, or is paid in instalments.
func (p *Plan) Paid(s Statement) (Payout, error) {
	if err := p.made(); err != nil {
		return Payout{}, err
	}
	if err := p.checkOrigin(&s); err != nil {
		return Payout{}, value.Below("payout", err)
	}
	s.Lines = slices.Clone(s.Lines)
	return Payout{origin: s, mode: p.mode, received: s.Value.Minor(), last: s.Date}, nil
}

// Deferred returns the payout of a booking that is paid in instalments, and a statement in place of s with all
// credit and no commission, which [Payout.Receive] pays. It is a payout.of error where this plan did not make s.
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
		return PayoutDecision{}, value.Below("payout", err)
	}
	s.Lines = slices.Clone(payout.origin.Lines)
	for i := range s.Lines {
		s.Lines[i].instalment(payout.amount(0))
	}
	return PayoutDecision{payout, s}, nil
}

// checkOrigin refuses a statement that cannot begin a payout.
func (p *Plan) checkOrigin(s *Statement) error {
	var want string
	switch {
	case !s.isBooking():
		want = "is no booking"
	case s.Projected || s.Date.IsZero():
		want = "is not won; nothing is paid for an open deal"
	case slices.ContainsFunc(s.Lines, func(l Line) bool { return l.Held == ByInstalments }):
		want = "is paid in instalments already; give the statement that priced it"
	case s.Model != p.policy.Model || s.Value.Sign() <= 0:
		want = "was not priced by this plan; a deal keeps the policy of its closing"
	default:
		return nil
	}
	return value.NewError(payoutOf, value.Quote(s.Booking), want)
}

func (p Payout) amount(minor int64) value.Money { return amountOf(minor, p.origin.Value.Currency()) }

// Receive pays the commission on an instalment (comp.cumulative); after a reversal of a part, for the rest. The
// statement has commission only: no credit and no value. Errors: [InstalmentAbove] for more than the rest, and for
// any amount after a reversal in full, or a movement above 1,000; [BookingID], [PayoutRepeated], payout.amount,
// payout.date for a day before the last movement or the closing; all at once, with paths such as instalment.on. The
// zero payout refuses every movement.
func (p Payout) Receive(m Movement) (PayoutDecision, error) {
	next, s, err := p.move(m, "instalment", InstalmentAbove)
	if err != nil {
		return PayoutDecision{}, err
	}
	zero := p.amount(0)
	s.Pays, s.Value, s.Quota = p.origin.Booking, zero, zero
	for i := range s.Lines {
		l := &s.Lines[i]
		l.instalment(p.amount(next.net(i) - p.net(i)))
		l.QuotaCredit, l.Influenced, l.Leftover = zero, zero, false
	}
	return PayoutDecision{next, s}, nil
}

// Reverse takes back a part of the deal: the same part of the credit and of the paid commission, tiers, floors,
// caps and true-ups included (comp.clawback). After a reversal of all that is left, the payments to each payee
// total zero. Where rates have a history use [Run.Reverse], which lowers the payee's credit too. Errors:
// [ReversalAbove] at reversal.amount for more than is left, for the rest where nothing is left, for the zero
// Payout and for a movement above 1,000; [BookingID], [PayoutRepeated], payout.amount, payout.date; all at once,
// with paths such as reversal.amount.
func (p Payout) Reverse(m Movement) (PayoutDecision, error) {
	next, s, err := p.move(m, "reversal", ReversalAbove)
	if err != nil {
		return PayoutDecision{}, err
	}
	s.Reverses, s.Value, s.Quota = p.origin.Booking, next.taken(p, s.Value), next.taken(p, s.Quota)
	for i := range s.Lines {
		l := &s.Lines[i]
		l.Base, l.QuotaCredit = next.taken(p, l.Base), next.taken(p, l.QuotaCredit)
		l.Influenced = next.taken(p, l.Influenced)
		if !l.creditOnly() {
			l.Commission = p.amount(next.net(i) - p.net(i))
		}
		if l.Held != 0 {
			l.Unheld = next.taken(p, l.Unheld)
		}
	}
	return PayoutDecision{next, s}, nil
}

// move checks a movement and returns the payout after it and the deal's statement under its id and day.
func (p Payout) move(m Movement, name string, above value.Code) (next Payout, s Statement, err error) {
	sum := &p.received
	if above == ReversalAbove {
		sum = &p.reversed
	}
	var problems value.Errors
	problems.Add("id", checkID(BookingID, m.ID))
	if m.ID == p.origin.Booking || slices.Contains(p.movements, m.ID) {
		const want = "is the id of the deal, or of another movement of it; give each movement another id"
		problems.Refuse("id", PayoutRepeated, value.Quote(m.ID), want)
	}
	if len(p.movements) >= maxMovements {
		problems.Refuse("", above, strconv.Itoa(maxMovements)+" movements", "are all that one deal may have")
	}
	if m.On.IsZero() || m.On.Before(p.last) {
		want := "is no day on or after the last movement of the deal, " + p.last.String()
		problems.Refuse("on", "payout.date", value.Quote(m.On.String()), want)
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
		want := "is not positive, or not in the deal's currency, " + value.Quote(p.origin.Value.Currency().String())
		problems.Refuse("amount", "payout.amount", m.Amount.String(), want)
	case add > left || left == 0:
		want := "is above what is left of the deal, " + p.amount(left).String()
		problems.Refuse("amount", above, cmp.Or(m.Amount.String(), "the rest"), want)
	}
	if err := problems.Err(); err != nil {
		return next, s, value.Below(name, err)
	}
	*sum += add // p is a copy
	p.last, p.movements = m.On, append(slices.Clip(p.movements), m.ID)
	s = p.origin
	s.Booking, s.Date, s.Lines = m.ID, m.On, slices.Clone(s.Lines)
	return p, s, nil
}

// net returns what the payee of the i-th line has after all movements, in minor units.
func (p *Payout) net(i int) int64 {
	gross := p.origin.Lines[i].Commission.Minor()
	if p.due != nil {
		part := new(big.Rat).Mul(p.due[i], big.NewRat(p.received, p.origin.Value.Minor()))
		gross = exact.Rational(part, p.mode).Int64() // the received part, rounded once
	}
	return gross - p.part(gross)
}

// part returns the reversed part of an amount, rounded once.
func (p *Payout) part(minor int64) int64 {
	part, _ := exact.Quotient(minor, p.reversed, p.origin.Value.Minor(), p.mode)
	return part
}

// taken returns the part of an amount that the step from before to p takes back, negated.
func (p *Payout) taken(before Payout, m value.Money) value.Money {
	return amountOf(before.part(m.Minor())-p.part(m.Minor()), m.Currency())
}

// exactCommission returns a line's commission before rounding, or payout.of where this plan would pay another one.
func (p *Plan) exactCommission(l *Line) (*big.Rat, error) {
	paid := new(big.Rat).SetInt64(l.Commission.Minor())
	if l.Held != 0 || l.Credited == AsTrueUp || !p.pays(l) {
		return paid, nil
	}
	due := new(big.Rat).SetFrac(l.exactCredit().Big(), product(exact.One, exact.One))
	t := p.tables[l.Table]
	switch {
	case l.Table == "":
		due.Mul(due, fraction(l.Rate))
	case t == nil:
		return nil, notOurs(l)
	default:
		due.Mul(due, t.exactRate(l))
	}
	if exact.Rational(due, p.mode).Int64() != l.Commission.Minor() {
		return nil, notOurs(l)
	}
	return due, nil
}

// exactRate returns the rate of a line that the table priced; over several tiers the average.
func (t *table) exactRate(l *Line) *big.Rat {
	start, end, lowest, highest := t.span(l)
	if lowest == highest {
		return fraction(l.Rate)
	}
	blend := t.blend(start, end, l.Quota.Minor()).Big()
	whole := product(exact.One, exact.One)
	return new(big.Rat).SetFrac(blend, whole.Mul(whole, big.NewInt(end-start)))
}

func notOurs(l *Line) *value.Error {
	const want = "is not what this plan pays for the line; a deal keeps the policy of its closing"
	return value.NewError(payoutOf, l.Commission.String(), want)
}

func fraction(p value.Percent) *big.Rat { return big.NewRat(p.Millionths(), exact.One) }

func product(a, b int64) *big.Int { return new(big.Int).Mul(big.NewInt(a), big.NewInt(b)) }
