package world

import (
	"fmt"
	"math/big"
	"slices"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/internal/naive/pay"
	"github.com/coselling/coselling/value"
)

// payroll is some quarters of pay under one policy, with rates that count over quarters. A naive history goes along.
type payroll struct {
	*world
	plan     *comp.Plan
	run      *comp.Run
	naive    *pay.History
	deals    []paidDeal
	bookings []comp.Booking
	moves    []comp.Movement
	all      map[string]string // statements of deals and reversals, by their ids
}

// paidDeal is a deal of a payroll, and the part of its value that was taken back.
type paidDeal struct {
	statement comp.Statement
	payout    comp.Payout
	reversed  int64
}

// payroll plays one.
func (w *world) payroll() {
	policy := anyPolicy(w.rand)
	plan, err := comp.Compile(policy)
	if err != nil {
		w.wrong("a policy is refused: %v", err)
		return
	}
	p := &payroll{world: w, plan: plan, run: plan.Run(), naive: pay.NewHistory(policy), all: map[string]string{}}
	day := value.MustDate("2025-12-20")
	for n := range 1 + w.rand.IntN(12) {
		next, _ := day.AddDays(pick(w.rand, 0, 0, 1, 9, 40))
		for q := policy.Rates.Year.Quarter(day); q != policy.Rates.Year.Quarter(next) && n > 0; q = q.Next() {
			p.close(q.First())
		}
		day = next
		if open := p.open(); len(open) > 0 && w.chance(3) {
			p.reverse(pick(w.rand, open...), named("R", n), day)
		} else {
			p.book(anyBooking(w.rand, named("D", n), day))
		}
		if w.chance(4) {
			p.restart()
		}
		if len(w.Problems) > 0 {
			return
		}
	}
	p.byLedger()
}

// open returns the numbers of the deals of which something is left.
func (p *payroll) open() (list []int) {
	for i, d := range p.deals {
		if d.reversed < d.statement.Value.Minor() {
			list = append(list, i)
		}
	}
	return list
}

// book pays a deal in the run and in the naive history.
func (p *payroll) book(b comp.Booking) {
	s, err := p.run.Statement(b)
	if err != nil {
		p.wrong("the run refuses %s: %v", written(b), err)
		return
	}
	p.bill(p.naive.Policy, b, &s)
	var got, want []string
	for _, l := range s.Lines {
		p.Rules["comp "+string(l.Rule())]++
		p.Rules["comp held "+l.Held.String()]++
		got = append(got, fmt.Sprint(l.Payee, " ", l.Commission.Minor()))
		p.tiers(l)
	}
	for _, owed := range p.naive.Book(b) {
		want = append(want, fmt.Sprint(owed.Rep, " ", owed.Paid))
		for _, up := range owed.TrueUps {
			want = append(want, fmt.Sprint(owed.Rep, " ", up))
		}
	}
	if !slices.Equal(got, want) {
		p.wrong("comp: %s pays %s, want %s, under %s", written(b), got, want, written(p.naive.Policy))
	}
	d, err := p.plan.Payout(s)
	if err != nil {
		p.wrong("the payout of %s: %v", written(s), err)
	}
	p.deals, p.bookings = append(p.deals, paidDeal{statement: s, payout: d.Payout}), append(p.bookings, b)
	p.all[b.ID] = written(s)
	p.trace(written(s))
}

// bill compares each line of a statement with that of a naive bill.
func (w *world) bill(policy comp.Policy, b comp.Booking, s *comp.Statement) {
	bill := pay.Bill(policy, b)
	for _, l := range s.Lines {
		if l.Rule() == comp.TrueUp {
			continue
		}
		if len(bill) == 0 {
			w.wrong("comp.conserve: %s has a line too many: %s", written(b), written(l))
			return
		}
		o := bill[0]
		bill = bill[1:]
		same := l.Payee == o.Rep && l.QuotaCredit.Minor() == o.Credit.Int64() &&
			l.Influenced.Minor() == o.Influenced.Int64() && l.Leftover == o.Leftover
		if !same || l.Table == "" && l.Commission.Minor() != o.Committed.Int64() {
			w.wrong("comp.conserve: %s of %s, want %v, in %s", written(l), written(b), o, written(policy))
		}
	}
	if len(bill) > 0 {
		w.wrong("comp.conserve: %s pays nothing to %s, in %s", written(b), bill[0].Rep, written(policy))
	}
}

// tiers checks that the parts of a line total it (comp.conserve).
func (p *payroll) tiers(l comp.Line) {
	parts, err := p.plan.TierParts(l)
	var sum int64
	for _, part := range parts {
		sum += part.Commission.Minor()
	}
	if err != nil || parts != nil && sum != l.Commission.Minor() {
		p.wrong("comp.conserve: the tiers of %s total %d, %v", written(l), sum, err)
	}
}

// close closes the quarter of a day.
func (p *payroll) close(day value.Date) {
	s, err := p.run.Close("closing of "+day.String(), day)
	if err != nil {
		p.wrong("the closing of %s: %v", day, err)
		return
	}
	got, want := map[string]int64{}, map[string]int64{}
	for _, l := range s.Lines {
		got[l.Payee+" "+string(l.Table)] = l.Commission.Minor()
		p.Rules["comp "+string(l.Rule())]++
	}
	for _, payee := range sellers {
		for _, id := range p.naive.TablesOf(payee.Rep, day) {
			rest := p.naive.BelowFloor(id, payee.Rep, day)
			if !p.naive.Policy.Rates.Tables[id].PeriodFloor.IsZero() && rest.Sign() > 0 {
				want[payee.Rep+" "+string(id)] = rest.Int64()
			}
		}
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		p.wrong("comp.floor: the closing of %s pays %v, want %v", day, got, want)
	}
}

// reverse takes back a part of a deal.
func (p *payroll) reverse(of int, id string, day value.Date) {
	d := &p.deals[of]
	whole := d.statement.Value.Minor()
	amount := whole - d.reversed
	if p.chance(2) {
		amount = 1 + p.rand.Int64N(amount)
	}
	m := comp.Movement{ID: id, Of: d.statement.Booking, Kind: comp.Reversed, Amount: dollars(amount), On: day}
	moved, err := d.payout.Move(m)
	if err == nil {
		err = p.run.Reverse(moved.Payout, id)
	}
	if err != nil {
		p.wrong("the reversal %s: %v", written(m), err)
		return
	}
	d.reversed, d.payout = d.reversed+amount, moved.Payout
	p.naive.Reverse(m.Of, day, big.NewRat(d.reversed, whole))
	p.moves = append(p.moves, m)
	p.all[id] = written(moved.Statements[0])
	if d.reversed == whole {
		p.gone(d)
	}
}

// gone checks that a deal that was taken back leaves nothing to anybody (comp.clawback).
func (p *payroll) gone(d *paidDeal) {
	sum := make([]int64, len(d.statement.Lines))
	for i, l := range d.statement.Lines {
		sum[i] = l.Commission.Minor()
	}
	opened, err := p.plan.Payout(d.statement)
	if err != nil {
		p.wrong("comp.clawback: %v", err)
		return
	}
	var moves []comp.Movement
	for _, m := range p.moves {
		if m.Of == d.statement.Booking {
			moves = append(moves, m)
		}
	}
	again, err := opened.Payout.Move(moves...)
	for _, s := range again.Statements {
		for i, l := range s.Lines {
			sum[i] += l.Commission.Minor()
		}
	}
	if err != nil || slices.ContainsFunc(sum, func(n int64) bool { return n != 0 }) {
		p.wrong("comp.clawback: %s taken back leaves %d, %v", d.statement.Booking, sum, err)
	}
}

// restart writes the run and reads it back (comp.cumulative).
func (p *payroll) restart() {
	p.fault("a restart of a run")
	text := written(p.run)
	run, err := p.plan.ParseRun([]byte(text))
	if err != nil {
		p.wrong("a run is not read back: %v: %s", err, text)
		return
	}
	p.run = run
}

// byLedger books everything in another order: a ledger pays the same.
func (p *payroll) byLedger() {
	l := p.plan.Ledger()
	p.rand.Shuffle(len(p.bookings), func(i, j int) { p.bookings[i], p.bookings[j] = p.bookings[j], p.bookings[i] })
	p.rand.Shuffle(len(p.moves), func(i, j int) { p.moves[i], p.moves[j] = p.moves[j], p.moves[i] })
	if err := l.Add(p.bookings, p.moves); err != nil {
		p.wrong("the ledger refuses %s %s: %v", written(p.bookings), written(p.moves), err)
		return
	}
	for _, s := range l.Statements() {
		if want := p.all[s.Booking]; want != "" && written(s) != want && !sameDay(p.bookings, p.moves) {
			p.wrong("the ledger pays of %s%s", s.Booking, apart(written(s), want))
		}
	}
}

// sameDay reports whether a movement stands on the day of a deal, where a ledger takes the deals first.
func sameDay(bookings []comp.Booking, moves []comp.Movement) bool {
	return slices.ContainsFunc(moves, func(m comp.Movement) bool {
		return slices.ContainsFunc(bookings, func(b comp.Booking) bool { return b.Closed == m.On })
	})
}
