package comp

import (
	"math/big"

	"github.com/coselling/coselling/internal/exact"
	"github.com/coselling/coselling/value"
)

// Reverse takes the credit of a reversal, which is one of the movements of a payout, from the period of its day, also
// below zero (comp.clawback). Priced deals are not repriced; later deals are priced at the lower attainment. The
// commission on the part of a deal of the open period, which the run must have priced, leaves the sums of that period;
// earlier periods do not change. Money that moves without a reversal changes nothing in a run.
//
// Errors: [MovementOf] where the payout has no such reversal, [RunOrder], [RunPeriod], [RunCurrency], [RepTwoParties],
// [value.MoneyRange]. After an error the run is unchanged.
func (r *Run) Reverse(p Payout, id string) error {
	if err := r.made(); err != nil {
		return err
	}
	step, ok := p.reversal(id)
	if !ok {
		want := "is no reversal of " + value.Quote(p.origin.Booking)
		return value.Below("reversal.id", value.NewError(MovementOf, value.Quote(id), want))
	}
	return value.Below("reversal", r.reverse(&p, step))
}

func (r *Run) reverse(p *Payout, step reversal) error {
	of := p.reversed(step.before, step.after)
	var problems value.Errors
	problems.Add("on", r.enter(step.on))
	problems.Add("amount", r.fits(p.origin.Value))
	for i := range p.origin.Lines {
		problems.Add(value.Index("lines", i), r.checkTakenBack(&p.origin.Lines[i], of))
	}
	if len(problems) > 0 {
		return problems
	}
	r.proceed(step.on, p.origin.Value.Currency())
	for i := range p.origin.Lines {
		r.takeBack(p, &step, of, i)
	}
	return nil
}

// reversal is the day of a reversal, and the value of its deal that is left before and after it.
type reversal struct {
	on            value.Date
	before, after balance
}

func (p *Payout) reversal(id string) (reversal, bool) {
	var r reversal
	p.play(p.moves, func(i int, amount int64, b balance) {
		if m := &p.moves[i]; m.ID == id && m.Kind == Reversed {
			r.on, r.before, r.after = m.On, b, b
			r.after.move(Reversed, amount)
		}
	})
	return r, !r.on.IsZero()
}

// checkTakenBack refuses a rep whom the run knows with another party, and credit beyond the bounds of money.
func (r *Run) checkTakenBack(l *Line, of func(value.Money) value.Money) error {
	a := r.accounts[l.Payee]
	if a == nil {
		return nil
	}
	if err := a.same(l.Payee, l.identity()); err != nil {
		return err
	}
	_, err := value.NewMoney(r.current(l.Payee).credit+of(l.QuotaCredit).Minor(), l.QuotaCredit.Currency())
	return err
}

// takeBack takes the reversed part of the i-th line of a deal out of the payee's account.
func (r *Run) takeBack(p *Payout, step *reversal, of func(value.Money) value.Money, i int) {
	l := &p.origin.Lines[i]
	a := r.account(l.Payee, l.identity())
	a.credit += of(l.QuotaCredit).Minor()
	for j := range a.tables {
		sum := &a.tables[j]
		sum.tier = sum.table.tierAt(a.credit, a.quota.Minor())
	}
	sum := a.by(r.plan.tables[l.Table])
	if sum == nil || !r.open.holds(p.origin.Date) || !r.plan.pays(l) {
		return
	}
	change := func(due *big.Rat) int64 { return p.part(due, step.after.left) - p.part(due, step.before.left) }
	unheld := p.due[i]
	if l.Held != 0 {
		unheld = new(big.Rat).SetInt64(l.unheld())
	}
	sum.paid += change(p.due[i])
	sum.unheld += change(unheld)
	if l.Credited != AsTrueUp {
		sum.credit = sum.credit.Minus(p.partOfCredit(l, step.after)).Plus(p.partOfCredit(l, step.before))
	}
}

// partOfCredit returns the reversed part of a line's exact credit, cut to whole units of exact.One squared.
func (p *Payout) partOfCredit(l *Line, b balance) exact.Wide {
	whole := p.origin.Value.Minor()
	part := l.exactCredit().Big()
	part.Mul(part, big.NewInt(whole-b.left))
	return exact.WideOf(part.Quo(part, big.NewInt(whole)))
}
