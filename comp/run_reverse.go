package comp

import (
	"math/big"

	"github.com/coselling/coselling/internal/exact"
	"github.com/coselling/coselling/value"
)

// Reverse takes back a part of a deal, as [Payout.Reverse] does, and lowers the credit of the period of the
// movement, also below zero (comp.clawback). Priced deals are not repriced; later deals are priced at the lower
// attainment. The commission of a deal of the open period, which the run must have priced, leaves the sums of that
// period; earlier periods do not change. Beside the errors of [Payout.Reverse]: [RunOrder], [RunPeriod],
// [RunCurrency], [RepTwoParties], [value.MoneyRange].
func (r *Run) Reverse(p Payout, m Movement) (PayoutDecision, error) {
	if err := r.made(); err != nil {
		return PayoutDecision{}, err
	}
	decision, err := p.Reverse(m)
	if err != nil {
		return PayoutDecision{}, err
	}
	var problems value.Errors
	problems.Add("on", r.enter(m.On))
	problems.Add("amount", r.fits(p.origin.Value))
	for i := range decision.Statement.Lines {
		problems.Add(value.Index("lines", i), r.checkTakenBack(&decision.Statement.Lines[i]))
	}
	if err := problems.Err(); err != nil {
		return PayoutDecision{}, value.Below("reversal", err)
	}
	r.proceed(m.On, p.origin.Value.Currency())
	for i := range decision.Statement.Lines {
		r.takeBack(&decision, p, i)
	}
	return decision, nil
}

// checkTakenBack refuses a rep whom the run knows with another party, and credit beyond the bounds of money.
func (r *Run) checkTakenBack(l *Line) error {
	a := r.accounts[l.Payee]
	if a == nil {
		return nil
	}
	if a.party != l.Party {
		return twoParties(l.Payee, a.party, l.Party)
	}
	_, err := value.NewMoney(r.current(l.Payee).credit+l.QuotaCredit.Minor(), l.QuotaCredit.Currency())
	return err
}

// takeBack takes the i-th line of a reversal out of the payee's account.
func (r *Run) takeBack(d *PayoutDecision, before Payout, i int) {
	l := &d.Statement.Lines[i]
	a := r.account(l.Payee, l.Party)
	a.credit += l.QuotaCredit.Minor()
	for j := range a.tables {
		sum := &a.tables[j]
		sum.tier = sum.table.tierAt(a.credit, a.quota.Minor())
	}
	origin := &before.origin.Lines[i]
	sum := a.by(origin.Table)
	if sum == nil || !r.open.holds(before.origin.Date) || !r.plan.pays(origin) {
		return
	}
	after := &d.Payout
	sum.paid -= after.part(origin.Commission.Minor()) - before.part(origin.Commission.Minor())
	sum.unheld -= after.part(origin.unheld()) - before.part(origin.unheld())
	if origin.Credited != AsTrueUp {
		sum.credit = sum.credit.Minus(after.partOfCredit(origin)).Plus(before.partOfCredit(origin))
	}
}

// partOfCredit returns the reversed part of a line's exact credit, cut to whole units of exact.One squared.
func (p *Payout) partOfCredit(l *Line) exact.Wide {
	part := l.exactCredit().Big()
	part.Mul(part, big.NewInt(p.reversed))
	return exact.WideOf(part.Quo(part, big.NewInt(p.origin.Value.Minor())))
}
