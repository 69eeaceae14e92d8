package comp

import (
	"math/big"
	"slices"

	"github.com/coselling/coselling/internal/exact"
	"github.com/coselling/coselling/value"
)

// Payout follows the money of one won deal: what was received, refunded, written off and reversed (comp.cumulative,
// comp.clawback). It is immutable; the zero value is no payout and refuses every movement. Make it with
// [Plan.Payout].
//
// After any movements a payee has the exact commission on the deal × (received − refunded) ÷ value, rounded once:
// all instalments together pay exactly what one payment would, and a reversal in full leaves zero.
type Payout struct {
	origin   Statement
	mode     exact.Mode
	due      []*big.Rat // the exact commission of each line on the whole deal
	deferred bool
	moves    []Movement // in order; where the deal is not deferred, the value was received at the closing, under its id
}

// PayoutDecision holds a payout after movements, and the statement of each in the order in which they count.
type PayoutDecision struct {
	Payout     Payout
	Statements []Statement
}

// Payout returns the payout of a booking that this plan, or a [Run] of it, priced with s, and the statement of what is
// paid at the closing: s itself, or for a deferred booking the same credit without commission. It is a payout.of error
// where s is no statement of a won booking under this plan's model.
func (p *Plan) Payout(s Statement) (PayoutDecision, error) {
	if err := p.made(); err != nil {
		return PayoutDecision{}, err
	}
	problems := value.Errors{}
	problems.Add("", p.checkOrigin(&s))
	payout := Payout{origin: s, mode: p.mode, deferred: s.Deferred, due: make([]*big.Rat, len(s.Lines))}
	for i := range s.Lines {
		var err error
		payout.due[i], err = p.exactCommission(&s.Lines[i])
		problems.Add(value.Index("lines", i), err)
	}
	if err := problems.Err(); err != nil {
		return PayoutDecision{}, value.Below("payout", err)
	}
	payout.origin.Lines = slices.Clone(s.Lines)
	if payout.begin(); s.Deferred {
		s.Deferred, s.Lines = false, slices.Clone(s.Lines)
		for i := range s.Lines {
			s.Lines[i].instalment(payout.amount(0))
		}
	}
	return PayoutDecision{payout, []Statement{s}}, nil
}

// begin enters what was received at the closing.
func (p *Payout) begin() {
	if o := &p.origin; !p.deferred {
		p.moves = []Movement{{o.Booking, o.Booking, Received, o.Value, o.Date}}
	}
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

// Move applies movements, all or none. They are judged as one set with those before: their order does not matter, and
// a day counts as a whole. Received less refunded stays between zero and the value left; what a reversal takes away
// from under it counts as refunded, and a refund of that day or later first uses that up. A write-off is at most what
// is left to receive; money that is received after all lowers it. Money that precedes the closing is kept until then.
//
// A statement of money has commission only; one of a reversal has the same part of value and credit, tiers, floors,
// caps and true-ups included. A movement that is older than earlier ones changes none of their statements: its own
// has the difference.
//
// Errors: [MovementAbove] for more than is left and above 1,000 movements; [BookingID], [MovementOf],
// [MovementRepeated], movement.kind.unknown, movement.date, movement.amount; all at once, with paths such as
// movements[0].on.
func (p Payout) Move(moves ...Movement) (PayoutDecision, error) {
	if _, err := p.with(moves); err != nil {
		return PayoutDecision{}, err
	}
	added := slices.SortedFunc(slices.Values(moves), Movement.order)
	d := PayoutDecision{Payout: p}
	d.Payout.moves = slices.Grow(slices.Clone(p.moves), len(added))
	for i := range added {
		s, _, _ := d.Payout.advance(&added[i])
		d.Statements = append(d.Statements, s)
	}
	return d, nil
}

// with returns the movements with more of them, in order, or what is wrong with these.
func (p *Payout) with(moves []Movement) ([]Movement, error) {
	problems := p.checkMovements(moves)
	if len(problems) > 0 {
		return nil, problems
	}
	paths := make(map[string]string, len(moves))
	for i := range moves {
		paths[moves[i].ID] = value.Index("movements", i)
	}
	all := slices.SortedFunc(slices.Values(slices.Concat(p.moves, moves)), Movement.order)
	problems = p.judge(all, paths)
	return all, problems.Err()
}

// advance takes a movement that was judged, and returns its statement and the balances around it.
func (p *Payout) advance(m *Movement) (s Statement, before, after balance) {
	before = p.play(p.moves, nil)
	at, _ := slices.BinarySearchFunc(p.moves, *m, Movement.order)
	p.moves = slices.Insert(p.moves, at, *m)
	after = p.play(p.moves, nil)
	return p.statement(m, before, after), before, after
}

// statement returns the statement of a movement.
func (p *Payout) statement(m *Movement, before, after balance) Statement {
	s, zero := p.origin, p.amount(0)
	s.Booking, s.Of, s.Kind, s.Deferred = m.ID, p.origin.Booking, m.Kind, false
	if s.Date.Before(m.On) {
		s.Date = m.On
	}
	reversed := p.reversed(before, after)
	s.Value, s.Quota, s.Lines = reversed(s.Value), reversed(s.Quota), slices.Clone(s.Lines)
	for i := range s.Lines {
		l := &s.Lines[i]
		paid := p.amount(p.paid(i, after) - p.paid(i, before))
		if l.creditOnly() {
			paid = value.Money{}
		}
		if m.Kind != Reversed {
			l.instalment(paid)
			l.QuotaCredit, l.Influenced, l.Leftover = zero, zero, false
			continue
		}
		l.Base, l.QuotaCredit, l.Influenced = reversed(l.Base), reversed(l.QuotaCredit), reversed(l.Influenced)
		l.Commission = reversed(l.Commission)
		if l.Held != 0 {
			l.Unheld = reversed(l.Unheld)
		}
		if p.deferred || before.received != before.left {
			l.instalment(paid)
		}
		l.Commission = paid
	}
	return s
}

// paid returns what the payee of the i-th line has after movements, in minor units.
func (p *Payout) paid(i int, b balance) int64 {
	return p.part(p.due[i], min(max(b.received, 0), b.left))
}

// part returns the part of a commission that falls to a part of the deal's value, rounded once.
func (p *Payout) part(due *big.Rat, minor int64) int64 {
	part := new(big.Rat).SetFrac64(minor, p.origin.Value.Minor())
	return exact.Rational(part.Mul(part, due), p.mode).Int64()
}

// reversed returns the function that gives the part of an amount that a movement takes back, negated.
func (p *Payout) reversed(before, after balance) func(value.Money) value.Money {
	whole := p.origin.Value.Minor()
	part := func(minor, left int64) int64 {
		gone, _ := exact.Quotient(minor, whole-left, whole, p.mode)
		return gone
	}
	return func(m value.Money) value.Money {
		return amountOf(part(m.Minor(), before.left)-part(m.Minor(), after.left), m.Currency())
	}
}

// exactCommission returns a line's commission before rounding, or payout.of where this plan would pay another one.
func (p *Plan) exactCommission(l *Line) (*big.Rat, error) {
	paid := new(big.Rat).SetInt64(l.Commission.Minor())
	if l.Held != 0 || l.Credited == AsTrueUp || l.Credited == AsDifference || !p.pays(l) {
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
