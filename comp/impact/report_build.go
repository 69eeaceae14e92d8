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

// builder turns sums into money and collects what is out of bounds.
type builder struct {
	problems value.Errors
	book     bookSums
	changes  []comp.Change
}

func (p Partial) report(b bookSums) (Report, error) {
	w := builder{book: b, changes: p.changes}
	r := Report{
		Currency: b.currency, Projected: b.projected, From: b.from, To: b.to,
		Deals: b.deals, Reversals: b.reversals, Instalments: b.instalments,
		Value: w.money("value", b.value), LeftOut: slices.Clone(b.leftOut), Doubts: Lint(p.policies[after]),
	}
	var sides [model.Vendor + 1][policies]sums
	causes := make([]causeSum, len(p.changes))
	for i := range causes {
		causes[i].field = int32(i)
	}
	for _, payee := range b.payees {
		for policy, s := range payee.sums {
			for _, side := range []model.Side{0, payee.party.Side} {
				sides[side][policy] = sides[side][policy].plus(s)
			}
		}
		for _, c := range payee.causes {
			causes[c.field].differences += c.differences
			causes[c.field].sums = causes[c.field].sums.plus(c.sums)
		}
	}
	r.Payees = each(b.payees, w.payee)
	slices.SortStableFunc(r.Payees, func(x, y Payee) int { return cmp.Or(x.Party.Compare(y.Party), cmp.Compare(x.Rep, y.Rep)) })
	r.Total, r.Partner, r.Vendor = w.effect("total", sides[0]), w.effect("partner", sides[model.Partner]), w.effect("vendor", sides[model.Vendor])
	r.Changes = each(causes, w.cause)
	var err error
	r.Largest, err = b.largest.difference(p.changes, b.currency)
	w.problems.Add("largest", err)
	return r, value.In("report", w.problems.Err())
}

func (w *builder) payee(p *payeeSums) Payee {
	return Payee{
		Rep: p.rep, Party: p.party, Statements: p.statements, Effect: w.effect(named(p.rep), p.sums), Causes: each(p.causes, w.cause),
	}
}

func (w *builder) cause(c *causeSum) Cause {
	change := w.changes[c.field]
	a := w.amounts(change.Path, c.sums)
	return Cause{change, c.differences, a.QuotaCredit, a.Influenced, a.Commission}
}

func (w *builder) effect(path string, s [policies]sums) Effect {
	e := Effect{Before: w.figures(path, s[before], before), After: w.figures(path, s[after], after)}
	e.Change = Figures{
		Amounts:   w.amounts(path, s[after].minus(s[before])),
		Inflation: less(e.After.Inflation, e.Before.Inflation),
		Cost:      less(e.After.Cost, e.Before.Cost),
	}
	return e
}

func (w *builder) figures(path string, s sums, policy int) Figures {
	return Figures{
		Amounts:   w.amounts(path, s),
		Inflation: ratio(s[credit], w.book.quota[policy]),
		Cost:      ratio(s[commission], w.book.value),
	}
}

func (w *builder) amounts(path string, s sums) Amounts {
	return amountsOf(func(kind int) value.Money { return w.money(path+"."+kindNames[kind], s[kind]) })
}

// money writes a sum; the zero Money where the comparison has no currency.
func (w *builder) money(path string, sum exact.Wide) value.Money {
	if w.book.currency.IsZero() {
		return value.Money{}
	}
	minor, ok := sum.Int64()
	if !ok {
		w.problems.Refuse(path, value.MoneyRange, "a total beyond 64 bits", "is out of range")
		return value.Money{}
	}
	m, err := value.NewMoney(minor, w.book.currency)
	w.problems.Add(path, err)
	return m
}

// ratio returns num ÷ den, undefined where that is none.
func ratio(num, den exact.Wide) value.Ratio {
	if den.Sign() == 0 {
		return value.Ratio{}
	}
	return ratioOf(new(big.Rat).SetFrac(num.Big(), den.Big()))
}

// ratioOf returns a fraction as a ratio, undefined beyond 64 bits.
func ratioOf(r *big.Rat) value.Ratio {
	if !r.Num().IsInt64() || !r.Denom().IsInt64() {
		return value.Ratio{}
	}
	ratio, _ := value.NewRatio(r.Num().Int64(), r.Denom().Int64())
	return ratio
}

// less returns a − b, undefined where one of them is.
func less(a, b value.Ratio) value.Ratio {
	if a.IsZero() || b.IsZero() {
		return value.Ratio{}
	}
	one, two := big.NewRat(a.Num(), a.Den()), big.NewRat(b.Num(), b.Den())
	return ratioOf(one.Sub(one, two))
}

// moved returns the payees whose commission moved in a direction.
func (r Report) moved(sign int) []Payee {
	var list []Payee
	for _, p := range r.Payees {
		if p.Change.Commission.Sign() == sign {
			list = append(list, p)
		}
	}
	slices.SortStableFunc(list, func(a, b Payee) int {
		return sign * cmp.Compare(b.Change.Commission.Minor(), a.Change.Commission.Minor())
	})
	return list
}
