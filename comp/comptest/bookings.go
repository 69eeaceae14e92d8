package comptest

import (
	"cmp"
	"slices"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// Bookings holds the deals on which a policy is tested, and their movements, in any order. This package
// prices them by day, then id. They are in one currency; see [Bookings.InCurrency]. The zero value has none.
type Bookings struct {
	Deals     []comp.Booking
	Movements []comp.Movement // money and reversals of deals, see [comp.Payout.Move]; all ids of both lists differ
	// Engagements holds the engagement model of deals whose payees state no role, by the deal's id; it may be nil.
	Engagements map[string]model.Engagement
}

// InCurrency returns the deals in a currency such as "USD", and their movements; none for an unknown code.
func (b Bookings) InCurrency(currency string) Bookings {
	of := map[string]bool{}
	b.Deals = slices.DeleteFunc(slices.Clone(b.Deals), func(d comp.Booking) bool {
		of[d.ID] = d.Value.Currency().String() == currency && currency != ""
		return !of[d.ID]
	})
	b.Movements = slices.DeleteFunc(slices.Clone(b.Movements), func(m comp.Movement) bool { return !of[m.Of] })
	return b
}

// entries returns deals and movements in the order of pricing: by day, deals before movements, then by id. What
// precedes the closing of its deal counts on that day.
func (b Bookings) entries() []entry {
	all := make([]entry, 0, len(b.Deals)+len(b.Movements))
	closed := make(map[string]value.Date, len(b.Deals))
	for i := range b.Deals {
		closed[b.Deals[i].ID] = b.Deals[i].Closed
		all = append(all, entry{id: b.Deals[i].ID, day: b.Deals[i].Closed, deal: &b.Deals[i]})
	}
	for i := range b.Movements {
		m := &b.Movements[i]
		day := m.On
		if day.Before(closed[m.Of]) {
			day = closed[m.Of]
		}
		all = append(all, entry{id: m.ID, day: day, later: 1, move: m})
	}
	slices.SortStableFunc(all, func(x, y entry) int {
		return cmp.Or(x.day.Compare(y.day), x.later-y.later, cmp.Compare(x.id, y.id))
	})
	return all
}

// currency returns the currency of the deals; unset if there is none.
func (b Bookings) currency() value.Currency {
	for _, d := range b.Deals {
		if !d.Value.IsZero() {
			return d.Value.Currency()
		}
	}
	return value.Currency{}
}

// plan compiles a policy, and checks the bookings.
func (b Bookings) plan(policy comp.Policy) (*comp.Plan, error) {
	plan, err := comp.Compile(policy)
	if err != nil {
		return nil, err
	}
	return plan, b.check()
}

// check refuses an id that stands twice and a second currency. Every problem has the path of its booking.
func (b Bookings) check() error {
	var problems value.Errors
	currency := b.currency()
	seen := map[string]bool{}
	once := func(path, id string) {
		if seen[id] {
			err := value.NewError(comp.BookingID, value.Quote(id),
				"stands twice; each deal and movement has its own id")
			problems.Add(path+".id", err)
		}
		seen[id] = true
	}
	for i, d := range b.Deals {
		path := value.Index("deals", i)
		once(path, d.ID)
		if !d.Value.IsZero() && d.Value.Currency() != currency {
			problems.Refuse(path+".value", comp.RunCurrency, d.Value.String(),
				"is not in "+currency.String()+", the currency of the first deal; test one currency at a time")
		}
	}
	for i, m := range b.Movements {
		once(value.Index("movements", i), m.ID)
	}
	return value.Below("bookings", problems.Err())
}
