package world

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/internal/naive/pay"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// books hold what the won deals pay.
type books struct {
	*world
	ledger   *comp.Ledger
	bookings []comp.Booking
	moves    []comp.Movement
	stands   map[comp.LineID]bool // lines of closed quarters
}

func newBooks(w *world) *books {
	b := &books{world: w, stands: map[comp.LineID]bool{}}
	b.ledger = b.empty()
	return b
}

// empty returns a ledger that prices by the history of the day on which it is asked.
func (b *books) empty() *comp.Ledger {
	ledger, err := comp.NewLedger(func(d value.Date) (*comp.Plan, error) { return b.laws.history.Plan(d) })
	if err != nil {
		b.wrong("a ledger: %v", err)
	}
	return ledger
}

// won books a deal that was won.
func (b *books) won(l *life) {
	v := l.Asked.At(l.Now).Everything()
	if len(v.Credit.Lines) == 0 || len(l.Deal.Participants) > 0 {
		return
	}
	booking := comp.Booking{ID: l.ID(), Value: l.Deal.Amount, VendorQuota: l.Deal.VendorQuota,
		Source: l.Deal.Signals.Source, Registrant: v.Registration.Registrant, Closed: v.Credit.Date,
		Payees: slices.Clone(l.Deal.Payees)}
	plan, err := b.laws.history.Plan(booking.Closed)
	if err != nil {
		b.wrong("comp.consistent: %v", err)
		return
	}
	booking.DeriveRoles(primary(v.Model.Set, plan.Policy(), &booking))
	s, err := plan.Statement(booking)
	if got, want := written(s), written(v.Credit); err == nil && got != want && b.sameLaw(booking.Closed) {
		l.wrong("comp.consistent: the statement of the booking is%s", apart(got, want))
	}
	if err != nil {
		return // such as a deal of which nobody knows who brought it
	}
	booking.Deferred = l.rand.IntN(2) == 0
	b.book(booking)
}

// sameLaw reports whether the policy of a day is the one that is in force.
func (b *books) sameLaw(day value.Date) bool { return !day.Before(b.laws.book.From) }

// primary is the side of the primary rep: that which leads, else that which brought the deal.
func primary(e model.Engagement, policy comp.Policy, b *comp.Booking) model.Side {
	if side := e.Leader(); side != 0 {
		return side
	}
	return pay.First(pay.Origin(policy, *b), *b)
}

// book adds a booking to the ledger, with movements of the time after.
func (b *books) book(booking comp.Booking) {
	moves := b.drawMoves(&booking)
	b.add([]comp.Booking{booking}, nil)
	for _, m := range moves {
		b.add(nil, []comp.Movement{m})
	}
}

// add adds to the ledger and to the lists.
func (b *books) add(bookings []comp.Booking, moves []comp.Movement) {
	err := b.ledger.Add(bookings, moves)
	if err != nil {
		b.wrong("the ledger refuses %s %s: %v", written(bookings), written(moves), err)
		return
	}
	b.bookings, b.moves = append(b.bookings, bookings...), append(b.moves, moves...)
}

// drawMoves draws movements of a deal that add up on every day.
func (b *books) drawMoves(booking *comp.Booking) (list []comp.Movement) {
	whole, atOnce, day := booking.Value.Minor(), booking.Value.Minor(), booking.Closed
	if booking.Deferred {
		atOnce = 0
	}
	for n := range b.rand.IntN(7) {
		day, _ = day.AddDays(b.rand.IntN(40))
		m := comp.Movement{ID: fmt.Sprint(booking.ID, " M", n), Of: booking.ID, On: day, Amount: booking.Value}
		m.Kind = pick(b.rand, comp.Received, comp.Received, comp.Refunded, comp.Reversed, comp.WrittenOff)
		if b.rand.IntN(3) > 0 {
			m.Amount, _ = booking.Value.Take(1 + b.rand.Int64N(whole))
		}
		if _, _, ok := pay.Money(whole, atOnce, booking.Closed, append(slices.Clone(list), m)); ok {
			list = append(list, m)
			b.Report.Rules["comp "+m.Kind.String()]++
		}
	}
	return list
}

// closeQuarter closes the quarter before the present one, with all of its lines.
func (b *books) closeQuarter() {
	if b == nil {
		return // the world begins
	}
	through, _ := value.DateOf(b.now.Add(-24*time.Hour), time.UTC)
	if err := closeLedger(b.ledger, through, b.stands); err != nil {
		b.wrong("comp.life: the quarter until %s does not close: %v", through, err)
	}
	b.Report.Rules["quarters closed"]++
}

// closeLedger closes the days until one, with all lines that do not stand yet.
func closeLedger(l *comp.Ledger, through value.Date, stands map[comp.LineID]bool) error {
	var lines []comp.ClosedLine
	for _, s := range l.Statements() {
		for _, line := range s.ClosedLines() {
			if !s.Date.After(through) && !stands[line.LineID] {
				stands[line.LineID] = true
				lines = append(lines, line)
			}
		}
	}
	return l.Close(through, lines...)
}

// statements writes what a ledger pays.
func statements(l *comp.Ledger) (list []comp.Statement) {
	for _, s := range l.Statements() {
		list = append(list, s)
	}
	slices.SortStableFunc(list, func(a, b comp.Statement) int {
		return cmp.Or(a.Date.Compare(b.Date), strings.Compare(a.Booking, b.Booking))
	})
	return list
}

// amounts writes what the statements pay, by the ids of deals and movements: one that came after its quarter was closed
// has a later day.
func amounts(all []comp.Statement) string {
	var list []string
	for _, s := range all {
		list = append(list, s.Booking+written(s.Lines))
	}
	slices.Sort(list)
	return strings.Join(list, "\n")
}

// audit checks the ledger: whatever came in in which order, and after it was written and read, it pays the same, and
// every deal adds up.
func (b *books) audit() {
	all := statements(b.ledger)
	text := written(all)
	b.trace(text)
	again := b.empty()
	bookings, moves := slices.Clone(b.bookings), slices.Clone(b.moves)
	b.rand.Shuffle(len(bookings), func(i, j int) { bookings[i], bookings[j] = bookings[j], bookings[i] })
	b.rand.Shuffle(len(moves), func(i, j int) { moves[i], moves[j] = moves[j], moves[i] })
	if err := again.Add(bookings, moves); err != nil {
		b.wrong("the ledger refuses everything at once: %v", err)
	} else if got, want := amounts(statements(again)), amounts(all); got != want {
		b.wrong("comp.cumulative: in another order the ledger pays%s", apart(got, want))
	}
	var file bytes.Buffer
	_, err := b.ledger.WriteTo(&file)
	if err == nil {
		again, err = comp.ReadLedger(func(d value.Date) (*comp.Plan, error) { return b.laws.history.Plan(d) }, &file)
	}
	if err != nil {
		b.wrong("the ledger is not read back: %v", err)
	} else if other := written(statements(again)); other != text {
		b.wrong("comp.cumulative: read back, the ledger pays%s", apart(other, text))
	}
	for i := range b.bookings {
		deal := &b.bookings[i]
		moves := slices.DeleteFunc(slices.Clone(b.moves), func(m comp.Movement) bool { return m.Of != deal.ID })
		b.addsUp(deal, moves, all, policyOn(b.laws.history.Versions(), deal.Closed))
	}
}
