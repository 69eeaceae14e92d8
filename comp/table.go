package comp

import (
	"cmp"

	"github.com/coselling/coselling/internal/exact"
)

// table is a rate table that was checked and is ready to price lines.
type table struct {
	RateTable
	id      TableID
	history bool
	counts  bool    // influenced credit counts toward quota
	lower   []int64 // the lower bound of each tier, in minor units or millionths of a percent
}

// bound returns the lower bound of the i-th tier, in units of exact.One of a minor unit.
func (t *table) bound(i int, quota int64) exact.Wide {
	if t.Measure == Attainment {
		return exact.Product(quota, t.lower[i])
	}
	return exact.Product(t.lower[i], exact.One)
}

// tierAt returns the tier of a credit; a bound belongs to the upper tier, and credit below zero to the lowest.
func (t *table) tierAt(credit, quota int64) int {
	at := exact.Product(credit, exact.One)
	tier := 0
	for tier+1 < len(t.lower) && t.bound(tier+1, quota).Compare(at) <= 0 {
		tier++
	}
	return tier
}

// cut calls piece for each tier between start and end with the credit inside it, in exact.One of a minor unit.
func (t *table) cut(start, end, quota int64, piece func(tier int, part exact.Wide)) {
	from, stop := exact.Product(start, exact.One), exact.Product(end, exact.One)
	for tier := t.tierAt(start, quota); from.Compare(stop) < 0; tier++ {
		to := stop
		if tier+1 < len(t.lower) {
			if bound := t.bound(tier+1, quota); bound.Compare(stop) < 0 {
				to = bound
			}
		}
		piece(tier, to.Minus(from))
		from = to
	}
}

// blend returns the sum over the tiers of the credit inside each times its rate.
func (t *table) blend(start, end, quota int64) (sum exact.Wide) {
	t.cut(start, end, quota, func(tier int, part exact.Wide) {
		sum = sum.Plus(part.Times(t.Tiers[tier].Rate.Millionths()))
	})
	return sum
}

// span returns the start and end of a line's credit in the measure, and the lowest and highest tier that price it.
// They differ only where a marginal table cuts the credit. Credit that does not count toward quota is priced at
// the present credit of the period.
func (t *table) span(l *Line) (start, end int64, lowest, highest int) {
	start, end = 0, l.credited()
	if t.Measure != DealAmount {
		start, end = l.Start.Minor(), l.Start.Minor()
		if l.Credited != AsInfluencer || t.counts {
			end += l.credited()
		}
	}
	if t.Method == Retroactive {
		start = end
	}
	quota := l.Quota.Minor()
	lowest = t.tierAt(start, quota)
	highest = lowest
	for highest+1 < len(t.lower) && t.bound(highest+1, quota).Compare(exact.Product(end, exact.One)) < 0 {
		highest++
	}
	return start, end, lowest, highest
}

// credited returns the shown credit that the line is paid for. An added line shows none: its credit is the exact one,
// rounded up where Leftover says so.
func (l *Line) credited() int64 {
	if l.Added {
		credit := exact.NewFraction(l.weight(), exact.One)
		minor := credit.Of(l.Base.Minor(), exact.TowardZero)
		if l.Leftover {
			minor += int64(cmp.Compare(l.Base.Minor(), 0))
		}
		return minor
	}
	if l.Credited == AsInfluencer {
		return l.Influenced.Minor()
	}
	return l.QuotaCredit.Minor()
}

// payByTable sets the rate and the commission of a line that has its credit, in a run unless that is nil.
func (p *Plan) payByTable(l *Line, r *Run) {
	t := p.tables[l.Table]
	var before int64
	if t.Measure != DealAmount { // only a run prices such a table
		before = r.current(l.Payee).credit
	}
	l.Start = amountOf(before, l.Base.Currency())
	if t.Measure == Attainment {
		l.Quota = r.quota(l.Payee)
	}
	if start, end, lowest, highest := t.span(l); lowest == highest {
		l.Rate = t.Tiers[lowest].Rate
		commission := exact.NewFraction(l.weight(), l.Rate.Millionths())
		l.Commission = take(commission.Of(l.Base.Minor(), p.mode), l.Base)
	} else {
		blend := t.blend(start, end, l.Quota.Minor())
		l.Rate = percent(exact.BlendedRate(blend, end-start))
		l.Commission = take(exact.Blend(l.Base.Minor(), l.weight(), blend, end-start, p.mode), l.Base)
	}
	t.holdDeal(l)
	t.holdPeriod(l, r)
}
