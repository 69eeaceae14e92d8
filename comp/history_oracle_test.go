package comp_test

import (
	"math/big"
	"slices"
	"time"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/value"
)

// The oracle of rates with a history keeps every line that was ever paid and adds up all
// of them again for each deal, on fractions. Periods are quarters.
type historyOracle struct {
	policy  comp.Policy
	entries []*entry
	credits []creditEvent
	reached map[string]int // by rep, quarter and table: the tier that was reached last
}

// entry is one line that was paid.
type entry struct {
	booking, rep string
	table        comp.TableID
	day          value.Date
	exact        *big.Rat // the credit that the table priced; nil for a true-up
	unheld, paid *big.Int
	counted      *big.Int // shown quota credit
	reversed     *big.Rat // part of the deal
	due          *big.Rat // paid before it was rounded, where it was not held
}

// creditEvent is a credit toward a rep's quota on a day.
type creditEvent struct {
	rep   string
	day   value.Date
	minor *big.Int
}

func newHistoryOracle(p comp.Policy) *historyOracle {
	return &historyOracle{policy: p, reached: map[string]int{}}
}

// quarterKey names the quarter of a day by the number of months since the start of
// some fiscal year, in threes.
func (o *historyOracle) quarterKey(d value.Date) int {
	year, month, _ := d.YMD()
	return (year*12 + int(month) - int(o.policy.Rates.Year.Start)) / 3
}

func (o *historyOracle) quota(rep string, day value.Date) *big.Rat {
	for first, quota := range o.policy.Rates.Quotas[rep] {
		if o.quarterKey(first) == o.quarterKey(day) {
			return whole(quota.Minor())
		}
	}
	return new(big.Rat)
}

func whole(minor int64) *big.Rat { return new(big.Rat).SetInt64(minor) }

// credit returns all credit toward the quota of a rep's quarter.
func (o *historyOracle) credit(rep string, day value.Date) *big.Rat {
	sum := new(big.Int)
	for _, e := range o.credits {
		if e.rep == rep && o.quarterKey(e.day) == o.quarterKey(day) {
			sum.Add(sum, e.minor)
		}
	}
	return new(big.Rat).SetInt(sum)
}

// from returns the lower bound of each tier, in minor units.
func (o *historyOracle) from(t comp.RateTable, rep string, day value.Date) []*big.Rat {
	var list []*big.Rat
	for _, tier := range t.Tiers {
		if t.Measure == comp.Attainment {
			list = append(list, product(o.quota(rep, day), fractionOf(tier.From.Attainment)))
		} else {
			list = append(list, whole(tier.From.Amount.Minor()))
		}
	}
	return list
}

func reachedTier(from []*big.Rat, at *big.Rat) int {
	tier := 0
	for i := range from {
		if i > 0 && from[i].Cmp(at) <= 0 {
			tier = i
		}
	}
	return tier
}

// lineOwed is the commission of a line, and of each true-up behind it.
type lineOwed struct {
	rep     string
	paid    *big.Int
	trueUps []*big.Int
}

func (o *historyOracle) book(b comp.Booking) []lineOwed {
	var list []lineOwed
	for _, p := range oracleParts(o.policy, b) {
		list = append(list, o.bookPart(b, p))
	}
	return list
}

func (o *historyOracle) bookPart(b comp.Booking, p *part) lineOwed {
	rep, day := p.payee.Rep, b.Closed
	line := p.owed(o.policy)
	before := o.credit(rep, day)
	o.credits = append(o.credits, creditEvent{rep, day, line.credit})
	after := o.credit(rep, day)
	e := &entry{booking: b.ID, rep: rep, table: p.payee.Table, day: day, unheld: line.committed, paid: line.committed, counted: line.credit, reversed: new(big.Rat)}
	pays := !p.influenced || o.policy.Origination.InfluencedPaysCommission
	if t, ok := o.policy.Rates.Tables[p.payee.Table]; ok && pays {
		e.exact = p.credit
		e.due = product(p.credit, o.rate(t, rep, day, p, before, after))
		e.unheld = rounded(e.due, o.policy.Rounding)
		e.paid = holdDeal(t, e.unheld)
		e.paid = o.holdPeriod(t, p.payee.Table, rep, day, e.paid)
		if e.paid.Cmp(e.unheld) != 0 {
			e.due = nil
		}
	}
	owed := lineOwed{rep: rep, paid: e.paid}
	var corrections []*entry
	for _, id := range o.tablesOf(rep, day) {
		if up := o.trueUp(id, rep, day, after, b.ID); up != nil {
			corrections = append(corrections, up)
		}
	}
	o.entries = append(o.entries, e)
	if e.exact != nil {
		o.reached[o.key(rep, day, e.table)] = reachedTier(o.from(o.policy.Rates.Tables[e.table], rep, day), after)
	}
	for _, up := range corrections {
		up.paid = o.holdPeriod(o.policy.Rates.Tables[up.table], up.table, rep, day, up.unheld)
		o.entries = append(o.entries, up)
		owed.trueUps = append(owed.trueUps, up.paid)
	}
	return owed
}

// rate returns the rate of a line: of one tier, or the average over the credit in several.
func (o *historyOracle) rate(t comp.RateTable, rep string, day value.Date, p *part, before, after *big.Rat) *big.Rat {
	from := o.from(t, rep, day)
	if t.Measure == comp.DealAmount {
		before, after = new(big.Rat), new(big.Rat).SetInt(p.shown)
	}
	width := new(big.Rat).Sub(after, before)
	if t.Method == comp.Retroactive {
		return fractionOf(t.Tiers[reachedTier(from, after)].Rate)
	}
	if width.Sign() == 0 {
		return fractionOf(t.Tiers[reachedTier(from, before)].Rate)
	}
	sum := new(big.Rat)
	for i, tier := range t.Tiers {
		low, high := before, after
		if i > 0 && from[i].Cmp(low) > 0 {
			low = from[i]
		}
		if i+1 < len(from) && from[i+1].Cmp(high) < 0 {
			high = from[i+1]
		}
		if low.Cmp(high) < 0 {
			sum.Add(sum, product(new(big.Rat).Sub(high, low), fractionOf(tier.Rate)))
		}
	}
	return sum.Quo(sum, width)
}

func holdDeal(t comp.RateTable, commission *big.Int) *big.Int {
	if floor := big.NewInt(t.DealFloor.Minor()); !t.DealFloor.IsZero() && commission.Cmp(floor) < 0 {
		commission = floor
	}
	if limit := big.NewInt(t.DealCap.Minor()); !t.DealCap.IsZero() && commission.Cmp(limit) > 0 {
		commission = limit
	}
	return commission
}

func (o *historyOracle) holdPeriod(t comp.RateTable, id comp.TableID, rep string, day value.Date, commission *big.Int) *big.Int {
	if t.PeriodCap.IsZero() {
		return commission
	}
	room := new(big.Int).Sub(big.NewInt(t.PeriodCap.Minor()), o.paid(id, rep, day))
	if room.Sign() < 0 {
		room = new(big.Int)
	}
	if commission.Cmp(room) > 0 {
		return room
	}
	return commission
}

// paid returns the commission of a table to a rep in a quarter, less the reversed parts.
func (o *historyOracle) paid(id comp.TableID, rep string, day value.Date) *big.Int {
	sum := new(big.Int)
	for _, e := range o.of(id, rep, day) {
		due := e.due
		if due == nil {
			due = new(big.Rat).SetInt(e.paid)
		}
		sum.Add(sum, o.signedRound(product(due, new(big.Rat).Sub(big.NewRat(1, 1), e.reversed))))
	}
	return sum
}

func (o *historyOracle) of(id comp.TableID, rep string, day value.Date) []*entry {
	var list []*entry
	for _, e := range o.entries {
		if e.table == id && e.rep == rep && o.quarterKey(e.day) == o.quarterKey(day) && (e.exact != nil || e.counted == nil) {
			list = append(list, e)
		}
	}
	return list
}

// left returns an amount less its reversed part, which is rounded.
func (o *historyOracle) left(amount *big.Int, reversed *big.Rat) *big.Int {
	return new(big.Int).Sub(amount, o.signedRound(product(new(big.Rat).SetInt(amount), reversed)))
}

func (o *historyOracle) signedRound(x *big.Rat) *big.Int {
	if x.Sign() < 0 {
		n := rounded(new(big.Rat).Neg(x), o.policy.Rounding)
		return n.Neg(n)
	}
	return rounded(x, o.policy.Rounding)
}

// tablesOf returns the tables that priced lines of a rep's quarter, in that order.
func (o *historyOracle) tablesOf(rep string, day value.Date) []comp.TableID {
	var ids []comp.TableID
	for _, e := range o.entries {
		if e.exact != nil && e.rep == rep && o.quarterKey(e.day) == o.quarterKey(day) && !slices.Contains(ids, e.table) {
			ids = append(ids, e.table)
		}
	}
	return ids
}

func (o *historyOracle) key(rep string, day value.Date, id comp.TableID) string {
	return rep + "/" + time.Duration(o.quarterKey(day)).String() + "/" + string(id)
}

// trueUp returns the correction of earlier lines by a tier that is newly reached.
func (o *historyOracle) trueUp(id comp.TableID, rep string, day value.Date, credit *big.Rat, booking string) *entry {
	t := o.policy.Rates.Tables[id]
	if t.Method != comp.Retroactive || t.Measure == comp.DealAmount {
		return nil
	}
	tier, known := reachedTier(o.from(t, rep, day), credit), o.reached[o.key(rep, day, id)]
	o.reached[o.key(rep, day, id)] = tier
	if tier <= known {
		return nil
	}
	priced, sum := new(big.Rat), new(big.Int)
	for _, e := range o.of(id, rep, day) {
		sum.Add(sum, o.left(e.unheld, e.reversed))
		if e.exact != nil {
			priced.Add(priced, new(big.Rat).Sub(e.exact, finest(product(e.exact, e.reversed))))
		}
	}
	correction := o.signedRound(product(priced, fractionOf(t.Tiers[tier].Rate)))
	if correction.Sub(correction, sum); correction.Sign() == 0 {
		return nil
	}
	return &entry{booking: booking, rep: rep, table: id, day: day, unheld: correction, reversed: new(big.Rat)}
}

// finest cuts a credit to the finest part that a percentage of a share of a minor unit
// can be.
func finest(x *big.Rat) *big.Rat {
	scale := new(big.Int).Exp(big.NewInt(10), big.NewInt(16), nil)
	n := new(big.Int).Mul(x.Num(), scale)
	return new(big.Rat).SetFrac(n.Quo(n, x.Denom()), scale)
}

// reverse takes back a further part of a deal on a day.
func (o *historyOracle) reverse(booking string, day value.Date, reversed *big.Rat) {
	for _, e := range o.entries {
		if e.booking != booking {
			continue
		}
		if e.counted != nil {
			less := new(big.Int).Sub(o.left(e.counted, reversed), o.left(e.counted, e.reversed))
			o.credits = append(o.credits, creditEvent{e.rep, day, less})
		}
		e.reversed = reversed // of an earlier quarter, whose sums are not needed any more
		for id, t := range o.policy.Rates.Tables {
			key := o.key(e.rep, day, id)
			o.reached[key] = min(o.reached[key], reachedTier(o.from(t, e.rep, day), o.credit(e.rep, day)))
		}
	}
}

// belowFloor returns what a closing pays a rep by a table.
func (o *historyOracle) belowFloor(id comp.TableID, rep string, day value.Date) *big.Int {
	t := o.policy.Rates.Tables[id]
	floor := big.NewInt(t.PeriodFloor.Minor())
	if limit := big.NewInt(t.PeriodCap.Minor()); !t.PeriodCap.IsZero() && limit.Cmp(floor) < 0 {
		floor = limit
	}
	return floor.Sub(floor, o.paid(id, rep, day))
}
