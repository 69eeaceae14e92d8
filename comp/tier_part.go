package comp

import (
	"cmp"
	"math/big"
	"slices"

	"github.com/coselling/coselling/internal/exact"
	"github.com/coselling/coselling/value"
)

// TierPart is the part of a line that one tier of a rate table priced.
type TierPart struct {
	Payee      string // of the line
	Table      TableID
	Tier       Tier
	Credit     value.Money // the part of the priced credit, as it is shown, that lies in the tier
	Commission value.Money // the part of the line's commission
}

// TierParts returns the parts of lines by tier, line after line and lowest first; several of a line where a marginal
// table cut it. Those of a line total its commission and the shown credit that it is paid for exactly, also where it
// was held (comp.conserve). A flat rate, a true-up, a difference and a floor's
// line have none; a booking.table.unknown error at
// lines[i].table where the plan does not have it.
func (p *Plan) TierParts(lines ...Line) ([]TierPart, error) {
	var parts []TierPart
	var problems value.Errors
	for i := range lines {
		l := &lines[i]
		if l.Table == "" || l.Credited == AsTrueUp || l.Credited >= AsFloor {
			continue
		}
		if err := p.made(); err != nil {
			return nil, err
		}
		t := p.tables[l.Table]
		if t == nil {
			unknown := value.Known(tableUnknown, string(l.Table), sortedNames(p.tables))
			problems.Add(value.Index("lines", i)+".table", unknown)
			continue
		}
		parts = append(parts, t.parts(l)...)
	}
	if err := problems.Err(); err != nil {
		return nil, err
	}
	return parts, nil
}

// parts returns the parts of a line of the table.
func (t *table) parts(l *Line) []TierPart {
	credit := amountOf(l.credited(), l.Base.Currency())
	start, end, lowest, highest := t.span(l)
	if lowest == highest {
		return []TierPart{{l.Payee, l.Table, t.Tiers[lowest], credit, l.Commission}}
	}
	var parts []TierPart
	var credits, earned []*big.Int
	t.cut(start, end, l.Quota.Minor(), func(tier int, part exact.Wide) {
		parts = append(parts, TierPart{Payee: l.Payee, Table: l.Table, Tier: t.Tiers[tier]})
		credits = append(credits, part.Big())
		earned = append(earned, part.Times(t.Tiers[tier].Rate.Millionths()).Big())
	})
	for i, minor := range apportion(credit.Minor(), credits) {
		parts[i].Credit = amountOf(minor, l.Base.Currency())
	}
	for i, minor := range apportion(l.Commission.Minor(), earned) {
		parts[i].Commission = amountOf(minor, l.Base.Currency())
	}
	return parts
}

// TierSpan returns the positions, from zero, of the lowest and the highest tier that priced a line; for a true-up,
// of the tier that was reached. ok is false for a flat rate, a floor's line and an unknown table.
func (p *Plan) TierSpan(l *Line) (lowest, highest int, ok bool) {
	if p == nil || l == nil {
		return 0, 0, false
	}
	t := p.tables[l.Table]
	if l.Table == "" || t == nil || l.Credited >= AsFloor {
		return 0, 0, false
	}
	_, _, lowest, highest = t.span(l)
	return lowest, highest, true
}

// apportion divides by largest remainder, ties to the earlier part; without weights the last part gets all.
func apportion(amount int64, weights []*big.Int) []int64 {
	parts := make([]int64, len(weights))
	total := new(big.Int)
	for _, w := range weights {
		total.Add(total, w)
	}
	if total.Sign() == 0 {
		parts[len(parts)-1] = amount
		return parts
	}
	rests, order, left := make([]*big.Int, len(weights)), make([]int, len(weights)), amount
	for i, w := range weights {
		share := new(big.Int).Mul(big.NewInt(amount), w)
		whole, rest := new(big.Int).QuoRem(share, total, new(big.Int))
		parts[i], rests[i], order[i] = whole.Int64(), rest.Abs(rest), i
		left -= parts[i]
	}
	slices.SortStableFunc(order, func(a, b int) int { return rests[b].Cmp(rests[a]) })
	for _, i := range order[:max(left, -left)] {
		parts[i] += int64(cmp.Compare(left, 0))
	}
	return parts
}
