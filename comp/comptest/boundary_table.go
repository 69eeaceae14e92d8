package comptest

import (
	"math"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// mostSteps is how many deals a case may need to reach a floor or a cap of a period.
const mostSteps = 50

// table makes the cases of every threshold of a rate table.
func (b *boundaries) table(id comp.TableID, t comp.RateTable) {
	path := "rates.tables." + string(id)
	if t.Measure == comp.Attainment {
		b.attainments(path, id, t)
	} else {
		for i := range t.Tiers[1:] {
			bound := t.Tiers[i+1].From.Amount
			for j, where := range [...]where{below, at, above} {
				s := b.fresh()
				b.add(path+"."+value.Index("tiers", i+1)+".from", where, bound.Minor()+int64(j)-1, t.Currency, s.day, s.seller(id))
			}
			if i+2 == len(t.Tiers) {
				s := b.fresh()
				b.add(path+"."+value.Index("tiers", i+1)+".from", far, bound.Minor()+bound.Minor()/2, t.Currency, s.day, s.seller(id))
			}
		}
	}
	for _, limit := range limits() {
		if amount := *limit.of(&t); !amount.IsZero() {
			b.limit(path+"."+limit.name, id, amount)
		}
	}
}

// attainments makes one rep walk over all bounds of a table, by deals that end below,
// at and above each of them.
func (b *boundaries) attainments(path string, id comp.TableID, t comp.RateTable) {
	if len(t.Tiers) == 1 {
		return
	}
	s, ok := b.seat(id, path+".tiers")
	if !ok {
		return
	}
	credit := int64(0)
	for i := range t.Tiers[1:] {
		name := path + "." + value.Index("tiers", i+1) + ".from"
		bound, cut := part(s.quota.Minor(), t.Tiers[i+1].From.Attainment)
		if bound == math.MaxInt64 {
			b.note(name, "no credit reaches "+t.Tiers[i+1].From.String()+" of "+s.quota.String())
			return
		}
		stops := [...]int64{bound - 1, bound, bound + 1}
		if cut { // the bound lies between two units
			stops[0], stops[1] = bound, 0
			b.note(name, "no credit is exactly "+t.Tiers[i+1].From.String()+" of "+s.quota.String())
		}
		for j, where := range [...]where{below, at, above} {
			if stops[j] > credit {
				b.add(name, where, stops[j]-credit, s.quota.Currency(), s.day, s.seller(id))
				credit = stops[j]
			}
		}
		if i+2 == len(t.Tiers) {
			b.add(name, far, max(1, s.quota.Minor()/2), s.quota.Currency(), s.day, s.seller(id))
		}
	}
}

// seat returns a rep whom a table can pay: a made-up one, or for attainment one of the
// policy's with a quota in the table's currency, who has sold nothing in the period.
func (b *boundaries) seat(id comp.TableID, path string) (seat, bool) {
	t := b.policy.Rates.Tables[id]
	if t.Measure != comp.Attainment {
		return b.fresh(), true
	}
	for i, s := range b.seats {
		if t.Currency.IsZero() || s.quota.Currency() == t.Currency {
			b.seats = append(b.seats[:i:i], b.seats[i+1:]...)
			return s, true
		}
	}
	b.note(path, "the policy has too few quotas; attainment needs one of the rep's own")
	return seat{}, false
}

// limit makes the cases of a floor or a cap: a rep is paid a minor unit less, exactly
// that, and a minor unit more, before it holds.
func (b *boundaries) limit(path string, id comp.TableID, amount value.Money) {
	for i, where := range [...]where{below, at, above} {
		s, ok := b.seat(id, path)
		if !ok {
			return
		}
		target := amount.Minor() + int64(i) - 1
		deals, ok := b.reach(path, id, s, target)
		if !ok {
			b.note(path, "no deals pay an amount just "+string(where)+" it")
			continue
		}
		for _, minor := range deals {
			b.add(path, where, minor, amount.Currency(), s.day, s.seller(id))
		}
	}
}

// reach returns the amounts of deals by which a rep is paid exactly a sum in a period,
// in minor units, where the table does not hold the limit that is looked for. Nought is
// reached by the smallest deal that pays nothing.
func (b *boundaries) reach(path string, id comp.TableID, s seat, target int64) ([]int64, bool) {
	plan, err := comp.Compile(b.unlimited(path, id))
	if err != nil || target < 0 {
		return nil, false
	}
	currency := b.policy.Rates.Tables[id].Currency
	run, paid := plan.Run(), int64(0)
	var deals []int64
	for range mostSteps {
		minor, pays, next := nextDeal(run, s, id, currency, target-paid, len(deals))
		if next == nil {
			return nil, false
		}
		run, paid, deals = next, paid+pays, append(deals, minor)
		if paid == target {
			return deals, true
		}
		if paid > target {
			return nil, false
		}
	}
	return nil, false
}

// unlimited returns the policy without the limit of a path: of a deal's limits both,
// of a period's both.
func (b *boundaries) unlimited(path string, id comp.TableID) comp.Policy {
	policy := b.policy
	t := policy.Rates.Tables[id]
	if within(path, "rates.tables."+string(id)+".deal_floor") || within(path, "rates.tables."+string(id)+".deal_cap") {
		t.DealFloor, t.DealCap = value.Money{}, value.Money{}
	}
	t.PeriodFloor, t.PeriodCap = value.Money{}, value.Money{}
	policy.Rates.Tables = map[comp.TableID]comp.RateTable{id: t}
	return policy
}

// nextDeal returns the smallest deal that pays at least an amount, or where no deal
// does the smallest that pays the most; what it pays; and the run after it. The run is
// nil where nothing is paid at all.
func nextDeal(run *comp.Run, s seat, id comp.TableID, c value.Currency, wanted int64, number int) (minor, pays int64, next *comp.Run) {
	try := func(minor int64) (int64, *comp.Run) {
		amount, err := value.NewMoney(minor, c)
		if err != nil {
			return -1, nil
		}
		after := run.Clone()
		statement, err := after.Statement(comp.Booking{
			ID: string(rune('a'+number/26)) + string(rune('a'+number%26)), Value: amount, Closed: s.day, Source: model.FromPartner, Payees: []comp.Payee{s.seller(id)},
		})
		if err != nil {
			return -1, nil
		}
		paid := int64(0)
		for _, l := range statement.Lines {
			paid += l.Commission.Minor()
		}
		return paid, after
	}
	const most = int64(1_000_000_000_000)
	top, _ := try(most)
	if top <= 0 && wanted > 0 {
		return 0, 0, nil
	}
	goal := min(wanted, top)
	low, high := int64(0), most // low pays less than the goal, high does not
	for high-low > 1 {
		middle := low + (high-low)/2
		if paid, _ := try(middle); paid >= goal {
			high = middle
		} else {
			low = middle
		}
	}
	pays, next = try(high)
	return high, pays, next
}
