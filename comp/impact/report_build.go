package impact

import (
	"cmp"
	"math/big"
	"slices"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/internal/exact"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// builder turns sums into money and collects the sums that are out of bounds.
type builder struct {
	problems value.Errors
	book     bookSums
	changes  []comp.PolicyChange
}

func (p Partial) report(b bookSums) (Report, error) {
	w := builder{book: b, changes: p.changes}
	r := Report{
		Currency: b.Currency, Projected: b.Projected, From: b.From, To: b.To,
		Deals: b.Deals, Reversals: b.Reversals, Movements: b.Movements,
		Value: w.money("value", b.Value), LeftOut: slices.Clone(b.LeftOut), Doubts: Lint(p.policies[after]),
	}
	sides := [model.Vendor + 1]payeeSums{newSums(), newSums(), newSums()}
	companies := newSums()
	companies.Company = true
	causes := each(p.changes, func(*comp.PolicyChange) causeSum { return causeSum{Change: noSums()} })
	for _, payee := range b.Payees {
		of := []*payeeSums{&sides[0], &sides[payee.Party.Side]}
		if payee.Company {
			of = []*payeeSums{&companies}
		}
		for _, total := range of {
			total.Before.addAll(payee.Before)
			total.After.addAll(payee.After)
		}
		for _, c := range payee.Causes {
			causes[c.at].Differences += c.Differences
			causes[c.at].Change.addAll(c.Change)
		}
	}
	for i := range causes {
		causes[i].at = int32(i)
	}
	r.Payees, r.Companies = w.payees(false), w.payees(true)
	r.Total, r.Partner, r.Vendor = w.effect("total", &sides[0]), w.effect("partner", &sides[model.Partner]),
		w.effect("vendor", &sides[model.Vendor])
	r.Company = w.effect("company", &companies)
	r.Changes = each(causes, w.cause)
	var err error
	r.Largest, err = b.largest.difference(p.changes, b.Currency)
	w.problems.Add("largest", err)
	return r, value.Below("report", w.problems.Err())
}

// payees returns the reps or the companies, by party, then id.
func (w *builder) payees(companies bool) (list []PayeeChange) {
	for i := range w.book.Payees {
		if p := &w.book.Payees[i]; p.Company == companies {
			list = append(list, w.payee(p))
		}
	}
	slices.SortStableFunc(list, func(x, y PayeeChange) int {
		return cmp.Or(x.Party.Compare(y.Party), cmp.Compare(x.Rep, y.Rep))
	})
	return list
}

func (w *builder) payee(p *payeeSums) PayeeChange {
	e := w.effect(named(p.Rep), p)
	if !p.Paid {
		e.Before.Commission, e.After.Commission, e.Change.Commission = value.Money{}, value.Money{}, value.Money{}
	}
	return PayeeChange{Rep: p.Rep, Party: p.Party, Statements: p.Statements, Effect: e, Causes: each(p.Causes, w.cause)}
}

func (w *builder) cause(c *causeSum) Cause {
	change := w.changes[c.at]
	return Cause{change, c.Differences, w.amounts(change.Path, c.Change)}
}

func (w *builder) effect(path string, p *payeeSums) Effect {
	quota := [policies]sum{w.book.QuotaBefore, w.book.QuotaAfter}
	if p.Company { // which has no credit, and so no inflation
		quota = [policies]sum{}
	}
	e := Effect{Before: w.figures(path, p.Before, quota[before]), After: w.figures(path, p.After, quota[after])}
	e.Change = Figures{w.amounts(path, p.After.less(p.Before)), less(e.After.Inflation, e.Before.Inflation),
		less(e.After.Cost, e.Before.Cost)}
	return e
}

func (w *builder) figures(path string, s sums, quota sum) Figures {
	return Figures{w.amounts(path, s), ratio(s[credit], quota), ratio(s[commission], w.book.Value)}
}

func (w *builder) amounts(path string, s sums) comp.Amounts {
	return amountsOf(func(kind int) value.Money { return w.money(path+"."+kindNames[kind], s[kind]) })
}

// money returns a sum as money; the zero Money if the comparison has no currency.
func (w *builder) money(path string, s sum) value.Money {
	if w.book.Currency.IsZero() {
		return value.Money{}
	}
	minor, ok := exact.Wide(s).Int64()
	if !ok {
		w.problems.Refuse(path, value.MoneyRange, "a total beyond 64 bits", "is out of range")
		return value.Money{}
	}
	m, err := value.NewMoney(minor, w.book.Currency)
	w.problems.Add(path, err)
	return m
}

// ratio returns num ÷ den, and the zero Ratio if den is zero.
func ratio(num, den sum) value.Ratio {
	if exact.Wide(den).Sign() == 0 {
		return value.Ratio{}
	}
	return ratioOf(new(big.Rat).SetFrac(exact.Wide(num).Big(), exact.Wide(den).Big()))
}

// ratioOf returns a fraction as a ratio, and the zero Ratio beyond 64 bits.
func ratioOf(r *big.Rat) value.Ratio {
	if !r.Num().IsInt64() || !r.Denom().IsInt64() {
		return value.Ratio{}
	}
	ratio, _ := value.NewRatio(r.Num().Int64(), r.Denom().Int64())
	return ratio
}

// less returns a − b, and the zero Ratio if one of them is zero.
func less(a, b value.Ratio) value.Ratio {
	if a.IsZero() || b.IsZero() {
		return value.Ratio{}
	}
	one, two := big.NewRat(a.Num(), a.Den()), big.NewRat(b.Num(), b.Den())
	return ratioOf(one.Sub(one, two))
}

// moved returns the payees whose commission changed with a sign, the largest change first.
func (r Report) moved(sign int) []PayeeChange {
	var list []PayeeChange
	for _, p := range slices.Concat(r.Payees, r.Companies) {
		if p.Change.Commission.Sign() == sign {
			list = append(list, p)
		}
	}
	slices.SortStableFunc(list, func(a, b PayeeChange) int {
		return sign * cmp.Compare(b.Change.Commission.Minor(), a.Change.Commission.Minor())
	})
	return list
}
