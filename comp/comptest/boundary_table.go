package comptest

import (
	"fmt"
	"math"
	"strings"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// mostSteps bounds the deals by which a case reaches a floor or a cap of a period.
const mostSteps = 50

// table makes the cases of every threshold of a rate table.
func (b *boundaries) table(id comp.TableID, t comp.RateTable) {
	path := tablePath(id)
	if t.Measure == comp.Attainment {
		b.attainments(path, id, t)
	} else {
		for i := range t.Tiers[1:] {
			bound := t.Tiers[i+1].From.Amount.Minor()
			for j, minor := range [...]int64{bound - 1, bound, bound + 1, bound + bound/2} {
				where := [...]where{below, at, above, far}[j]
				if where != far || i+2 == len(t.Tiers) {
					s := b.fresh()
					b.add(path+"."+value.Index("tiers", i+1)+".from", where, minor, t.Currency, s.day, s.seller(id))
				}
			}
		}
	}
	for _, limit := range [...]struct {
		name   string
		amount value.Money
	}{
		{"deal_floor", t.DealFloor}, {"deal_cap", t.DealCap},
		{"period_cap", t.PeriodCap}, {"period_floor", t.PeriodFloor},
	} {
		if !limit.amount.IsZero() { // the period floor is last: it uses up the most reps
			b.limit(path, limit.name, id, limit.amount)
		}
	}
}

// attainments makes deals of one rep that end below, at and above each bound of a table by attainment.
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
		if cut { // the bound lies between two minor units
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

// seat returns a rep whom a table can pay: a made-up one, or for attainment one with a quota in its currency.
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
	b.note(path, "the policy has too few quotas; attainment needs a quota of the rep")
	return seat{}, false
}

// limit makes the cases of a floor or a cap: deals that without it pay a minor unit less, exactly the limit, and a
// unit more. One rep reaches all three of a period's cap; otherwise each case has another rep.
func (b *boundaries) limit(path, name string, id comp.TableID, amount value.Money) {
	plan, err := comp.Compile(b.unlimited(id, strings.HasPrefix(name, "deal_")))
	path += "." + name
	if err != nil {
		b.note(path, oneLine(err))
		return
	}
	var c climb
	for i, where := range [...]where{below, at, above} {
		if i == 0 || name != "period_cap" {
			s, ok := b.seat(id, path)
			if !ok {
				return
			}
			c = climb{seat: s, table: id, run: plan.Run()}
		}
		next, deals := c.to(amount.Minor()+int64(i)-1, amount.Currency())
		if deals == nil {
			b.note(path, "no deals pay an amount just "+string(where)+" it")
			continue
		}
		c = next
		for _, minor := range deals {
			b.add(path, where, minor, amount.Currency(), c.seat.day, c.seat.seller(id))
		}
	}
}

// unlimited returns the policy with one table, without its limits of a period and, if deal, those of a deal.
func (b *boundaries) unlimited(id comp.TableID, deal bool) comp.Policy {
	policy := b.policy
	t := policy.Rates.Tables[id]
	if deal {
		t.DealFloor, t.DealCap = value.Money{}, value.Money{}
	}
	t.PeriodFloor, t.PeriodCap = value.Money{}, value.Money{}
	policy.Rates.Tables = map[comp.TableID]comp.RateTable{id: t}
	return policy
}

// climb holds the deals of a rep in a period, and their commission.
type climb struct {
	seat  seat
	table comp.TableID
	run   *comp.Run
	deals int
	paid  int64
}

// to returns the climb to a commission and the deals that lead there, in minor units; nil if none do exactly.
func (c climb) to(sum int64, currency value.Currency) (climb, []int64) {
	var deals []int64
	for range mostSteps {
		minor, next := c.next(sum-c.paid, currency)
		if next.run == nil || next.paid > sum {
			return c, nil
		}
		c, deals = next, append(deals, minor)
		if c.paid == sum {
			return c, deals
		}
	}
	return c, nil
}

// next returns the smallest deal that pays an amount, or else the most; no run if no deal pays anything.
func (c climb) next(wanted int64, currency value.Currency) (int64, climb) {
	const most = int64(1_000_000_000_000)
	top := c.by(most, currency)
	if top.run == nil || top.paid <= c.paid && wanted > 0 {
		return 0, climb{}
	}
	goal := c.paid + min(wanted, top.paid-c.paid)
	low, high := int64(0), most // low pays less than the goal, high does not
	for high-low > 1 {
		middle := low + (high-low)/2
		if c.by(middle, currency).paid >= goal {
			high = middle
		} else {
			low = middle
		}
	}
	return high, c.by(high, currency)
}

// by returns the climb by one more deal; without a run if the deal cannot be priced.
func (c climb) by(minor int64, currency value.Currency) climb {
	amount, err := value.NewMoney(minor, currency)
	if err != nil {
		return climb{}
	}
	c.run, c.deals = c.run.Clone(), c.deals+1
	statement, err := c.run.Statement(comp.Booking{
		ID: fmt.Sprintf("%03d", c.deals), Value: amount, Closed: c.seat.day, Source: model.FromPartner,
		Payees: []comp.Payee{c.seat.seller(c.table)},
	})
	if err != nil {
		return climb{}
	}
	for i := range statement.Lines {
		c.paid += statement.Lines[i].Commission.Minor()
	}
	return c
}
