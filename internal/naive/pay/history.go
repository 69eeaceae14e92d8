package pay

import (
	"math/big"
	"slices"
	"time"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/value"
)

// History pays rates with a history. It keeps every line that was ever paid and adds up all
// of them again for each deal, on fractions. Periods are quarters.
type History struct {
	Policy  comp.Policy
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
	due          *big.Rat // paid before it was Rounded, where it was not held
}

// creditEvent is a credit toward a rep's quota on a day.
type creditEvent struct {
	rep   string
	day   value.Date
	minor *big.Int
}

// NewHistory returns a history without bookings.
func NewHistory(p comp.Policy) *History {
	return &History{Policy: p, reached: map[string]int{}}
}

// quarterKey names the quarter of a day by the number of months since the start of
// some fiscal year, in threes.
func (o *History) quarterKey(d value.Date) int {
	year, month, _ := d.YMD()
	return (year*12 + int(month) - int(o.Policy.Rates.Year.Start)) / 3
}

func (o *History) quota(rep string, day value.Date) *big.Rat {
	for first, quota := range o.Policy.Rates.Quotas[rep] {
		if o.quarterKey(first) == o.quarterKey(day) {
			return Whole(quota.Minor())
		}
	}
	return new(big.Rat)
}

// Whole returns minor units as a fraction.
func Whole(minor int64) *big.Rat { return new(big.Rat).SetInt64(minor) }

// credit returns all credit toward the quota of a rep's quarter.
func (o *History) credit(rep string, day value.Date) *big.Rat {
	sum := new(big.Int)
	for _, e := range o.credits {
		if e.rep == rep && o.quarterKey(e.day) == o.quarterKey(day) {
			sum.Add(sum, e.minor)
		}
	}
	return new(big.Rat).SetInt(sum)
}

// from returns the lower bound of each tier, in minor units.
func (o *History) from(t comp.RateTable, rep string, day value.Date) []*big.Rat {
	var list []*big.Rat
	for _, tier := range t.Tiers {
		if t.Measure == comp.Attainment {
			list = append(list, Product(o.quota(rep, day), Fraction(tier.From.Attainment)))
		} else {
			list = append(list, Whole(tier.From.Amount.Minor()))
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

// LineOwed is the commission of a line, and of each true-up behind it.
type LineOwed struct {
	Rep     string
	Paid    *big.Int
	TrueUps []*big.Int
}

// Book pays the next booking, by closing date.
func (o *History) Book(b comp.Booking) []LineOwed {
	var list []LineOwed
	for _, p := range parts(o.Policy, b) {
		list = append(list, o.bookPart(b, p))
	}
	return list
}

func (o *History) bookPart(b comp.Booking, p *part) LineOwed {
	rep, day := p.payee.Rep, b.Closed
	line := p.owed(o.Policy)
	before := o.credit(rep, day)
	o.credits = append(o.credits, creditEvent{rep, day, line.Credit})
	after := o.credit(rep, day)
	e := &entry{booking: b.ID, rep: rep, table: p.payee.Table, day: day, unheld: line.Committed, paid: line.Committed,
		counted: line.Credit, reversed: new(big.Rat)}
	pays := !p.influenced || o.Policy.Origination.InfluencedPaysCommission
	if t, ok := o.Policy.Rates.Tables[p.payee.Table]; ok && pays {
		e.exact = p.credit
		e.due = Product(p.credit, o.rate(t, rep, day, p, before, after))
		e.unheld = Rounded(e.due, o.Policy.Rounding)
		e.paid = holdDeal(t, e.unheld)
		e.paid = o.holdPeriod(t, p.payee.Table, rep, day, e.paid)
		if e.paid.Cmp(e.unheld) != 0 {
			e.due = nil
		}
	}
	owed := LineOwed{Rep: rep, Paid: e.paid}
	var corrections []*entry
	for _, id := range o.TablesOf(rep, day) {
		if up := o.trueUp(id, rep, day, after, b.ID); up != nil {
			corrections = append(corrections, up)
		}
	}
	o.entries = append(o.entries, e)
	if e.exact != nil {
		o.reached[o.key(rep, day, e.table)] = reachedTier(o.from(o.Policy.Rates.Tables[e.table], rep, day), after)
	}
	for _, up := range corrections {
		up.paid = o.holdPeriod(o.Policy.Rates.Tables[up.table], up.table, rep, day, up.unheld)
		o.entries = append(o.entries, up)
		owed.TrueUps = append(owed.TrueUps, up.paid)
	}
	return owed
}

// rate returns the rate of a line: of one tier, or the average over the credit in several.
func (o *History) rate(t comp.RateTable, rep string, day value.Date, p *part, before, after *big.Rat) *big.Rat {
	from := o.from(t, rep, day)
	if t.Measure == comp.DealAmount {
		before, after = new(big.Rat), new(big.Rat).SetInt(p.shown)
	}
	width := new(big.Rat).Sub(after, before)
	if t.Method == comp.Retroactive {
		return Fraction(t.Tiers[reachedTier(from, after)].Rate)
	}
	if width.Sign() == 0 {
		return Fraction(t.Tiers[reachedTier(from, before)].Rate)
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
			sum.Add(sum, Product(new(big.Rat).Sub(high, low), Fraction(tier.Rate)))
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

func (o *History) holdPeriod(t comp.RateTable, id comp.TableID, rep string, day value.Date,
	commission *big.Int) *big.Int {
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
func (o *History) paid(id comp.TableID, rep string, day value.Date) *big.Int {
	sum := new(big.Int)
	for _, e := range o.of(id, rep, day) {
		sum.Add(sum, o.rest(e, e.paid))
	}
	return sum
}

// rest returns what is left of a line after its reversals: of an amount of it, or of its exact commission where it was
// not held.
func (o *History) rest(e *entry, amount *big.Int) *big.Int {
	due := e.due
	if due == nil {
		due = new(big.Rat).SetInt(amount)
	}
	return o.Round(Product(due, new(big.Rat).Sub(big.NewRat(1, 1), e.reversed)))
}

func (o *History) of(id comp.TableID, rep string, day value.Date) []*entry {
	var list []*entry
	for _, e := range o.entries {
		priced := e.exact != nil || e.counted == nil
		if e.table == id && e.rep == rep && o.quarterKey(e.day) == o.quarterKey(day) && priced {
			list = append(list, e)
		}
	}
	return list
}

// Left returns an amount less its reversed part, which is rounded.
func (o *History) Left(amount *big.Int, reversed *big.Rat) *big.Int {
	return new(big.Int).Sub(amount, o.Round(Product(new(big.Rat).SetInt(amount), reversed)))
}

// Round rounds as the policy says, away from the sign.
func (o *History) Round(x *big.Rat) *big.Int {
	if x.Sign() < 0 {
		n := Rounded(new(big.Rat).Neg(x), o.Policy.Rounding)
		return n.Neg(n)
	}
	return Rounded(x, o.Policy.Rounding)
}

// TablesOf returns the tables that priced lines of a rep's quarter, in that order.
func (o *History) TablesOf(rep string, day value.Date) []comp.TableID {
	var ids []comp.TableID
	for _, e := range o.entries {
		ours := e.rep == rep && o.quarterKey(e.day) == o.quarterKey(day)
		if e.exact != nil && ours && !slices.Contains(ids, e.table) {
			ids = append(ids, e.table)
		}
	}
	return ids
}

func (o *History) key(rep string, day value.Date, id comp.TableID) string {
	return rep + "/" + time.Duration(o.quarterKey(day)).String() + "/" + string(id)
}

// trueUp returns the correction of earlier lines by a tier that is newly reached.
func (o *History) trueUp(id comp.TableID, rep string, day value.Date, credit *big.Rat, booking string) *entry {
	t := o.Policy.Rates.Tables[id]
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
		sum.Add(sum, o.rest(e, e.unheld))
		if e.exact != nil {
			priced.Add(priced, new(big.Rat).Sub(e.exact, finest(Product(e.exact, e.reversed))))
		}
	}
	correction := o.Round(Product(priced, Fraction(t.Tiers[tier].Rate)))
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

// Reverse takes back a further part of a deal on a day.
func (o *History) Reverse(booking string, day value.Date, reversed *big.Rat) {
	for _, e := range o.entries {
		if e.booking != booking {
			continue
		}
		if e.counted != nil {
			less := new(big.Int).Sub(o.Left(e.counted, reversed), o.Left(e.counted, e.reversed))
			o.credits = append(o.credits, creditEvent{e.rep, day, less})
		}
		e.reversed = reversed // of an earlier quarter, whose sums are not needed any more
		for id, t := range o.Policy.Rates.Tables {
			key := o.key(e.rep, day, id)
			o.reached[key] = min(o.reached[key], reachedTier(o.from(t, e.rep, day), o.credit(e.rep, day)))
		}
	}
}

// BelowFloor returns what a closing pays a rep by a table.
func (o *History) BelowFloor(id comp.TableID, rep string, day value.Date) *big.Int {
	t := o.Policy.Rates.Tables[id]
	floor := big.NewInt(t.PeriodFloor.Minor())
	if limit := big.NewInt(t.PeriodCap.Minor()); !t.PeriodCap.IsZero() && limit.Cmp(floor) < 0 {
		floor = limit
	}
	return floor.Sub(floor, o.paid(id, rep, day))
}
