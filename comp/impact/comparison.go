package impact

import (
	"cmp"
	"maps"
	"slices"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// Comparison compares two policies over a stream of bookings. It keeps the payees and the deals that have
// movements, and none of the bookings. It is mutable and not safe for concurrent use. After an error every
// later call returns that error. Make it with [New]; nil and the zero value are an impact.plan error of each call.
//
// Add bookings by closing date, then id, open deals first, if a rate of one of the policies counts over a
// period ([comp.Plan.NeedsRun]); otherwise in any order.
type Comparison struct {
	settings
	plans   [policies]*comp.Plan
	fields  *fields
	books   map[value.Currency]*book
	held    map[string]*held
	ordered bool
	day     value.Date // of the last event, if order counts
	id      string     // of the last booking of that day
	event   event
	blamed  fieldSet
	ended   bool // no booking comes any more
	err     error
}

// book holds the comparison in one currency.
type book struct {
	bookSums
	pricers [policies]pricer
	known   map[string]*payee // by rep
}

// New returns a comparison of two plans without bookings. A nil plan is an impact.plan error.
func New(beforePlan, afterPlan *comp.Plan, options ...Option) (*Comparison, error) {
	if beforePlan == nil || afterPlan == nil {
		return nil, noPlan()
	}
	return newComparison([policies]*comp.Plan{beforePlan, afterPlan}, settingsOf(options)), nil
}

func newComparison(plans [policies]*comp.Plan, s settings) *Comparison {
	c := &Comparison{settings: s, plans: plans, books: map[value.Currency]*book{}, held: map[string]*held{}}
	c.fields = newFields(plans, c.derive != nil)
	c.ordered = c.counts()
	for _, m := range c.movements {
		h := c.held[m.Of]
		if h == nil {
			h = &held{}
			c.held[m.Of] = h
		}
		h.moves = append(h.moves, m.Movement)
	}
	return c
}

// counts reports whether a rate of one of the policies counts over a period.
func (c *Comparison) counts() bool { return c.plans[before].NeedsRun() || c.plans[after].NeedsRun() }

func noPlan() error {
	return value.NewError("impact.plan", "no plan", "stands on one side; compile a policy before and one after")
}

// Add prices the next booking under both plans; it does not change it. Errors: all of both plans that cannot price
// it, with paths such as before."D-17".booking.value; else one, with a path such as "D-17": impact.order,
// impact.repeated for an id that has movements and comes twice, or comes twice on one day in an order that counts,
// impact.movement.of for a movement of no earlier deal, [CurrencyMixed], [comp.TotalsMixed] for open deals beside won
// ones, [comp.RepTwoParties], [value.MoneyRange]; and the error of the function of [Rows].
func (c *Comparison) Add(b comp.Booking) error {
	if c == nil || c.fields == nil {
		return noPlan()
	}
	if c.err == nil {
		c.err = c.add(&b)
	}
	return c.err
}

func (c *Comparison) add(b *comp.Booking) error {
	if err := c.move(b); err != nil {
		return err
	}
	if b.Value.IsZero() { // no plan prices it, and it has no currency
		return c.valueless(b)
	}
	book, err := c.book(b.Value.Currency())
	if err == nil && book.any() && book.Projected != b.Closed.IsZero() && !c.keep {
		err = value.NewError(comp.TotalsMixed, value.Quote(b.ID),
			"cannot be added: compare open deals and won ones apart")
	}
	if err != nil {
		return value.Below(named(b.ID), err)
	}
	h := c.held[b.ID]
	if h != nil && h.seen() {
		return value.Below(named(b.ID), repeated(b.ID))
	}
	owner, some := c.concerns(b)
	if !some {
		if h != nil {
			h.foreign = true
		}
		return nil
	}
	return c.compare(book, b, h, owner)
}

// compare prices a booking that has a payee of the comparison.
func (c *Comparison) compare(book *book, b *comp.Booking, h *held, owner bool) error {
	e := &c.event
	if err := book.closePeriods(c, b.Closed); err != nil {
		return err
	}
	reason, err := c.price(book, b, e)
	if err != nil {
		return err
	}
	book.Projected = b.Closed.IsZero() && !c.keep
	if reason != "" {
		if owner {
			book.leaveOut(reason, 1)
		}
		if h != nil {
			h.foreign = true
		}
		return nil
	}
	e.joint, e.several = b.Origin().Originator() == model.FromBoth, b.LeadPartner != ""
	e.statements = e.priced
	if h == nil && (e.priced[before].Deferred || e.priced[after].Deferred) {
		h = new(held)
	}
	if h != nil {
		if err := h.open(c.plans, e); err != nil {
			return value.Below(named(b.ID), err)
		}
		h.book, h.owner = book, owner
		c.resume(h, b.Closed)
	}
	if reason := codeOf(e.refused[:]...); owner && e.refused[before] != nil && e.refused[after] != nil {
		book.leaveOut(reason, 1)
	} else if owner {
		book.Deals++
		book.addDeal(e)
	}
	return c.settle(book, e, h)
}

// move checks the order of a booking and applies the movements that come before it.
func (c *Comparison) move(b *comp.Booking) error {
	if !c.ordered {
		return nil
	}
	if b.Closed == c.day && b.ID == c.id && c.id != "" {
		return value.Below(named(b.ID), repeated(b.ID))
	}
	if b.Closed.Before(c.day) || b.Closed == c.day && b.ID <= c.id {
		return value.Below(named(b.ID), value.NewError("impact.order", value.Quote(b.Closed.String()),
			"comes after "+value.Quote(c.id)+" of "+value.Quote(c.day.String())+"; where a rate counts over a "+
				"period, bookings come by closing date, then id"))
	}
	for len(c.movements) > 0 && c.movements[0].On.Before(b.Closed) {
		if err := c.applyNext(); err != nil {
			return err
		}
	}
	c.day, c.id = b.Closed, b.ID
	return nil
}

func repeated(id string) *value.Error {
	return value.NewError("impact.repeated", value.Quote(id),
		"is the id of an earlier booking; each deal has its own id")
}

func (c *Comparison) book(currency value.Currency) (*book, error) {
	if b := c.books[currency]; b != nil {
		return b, nil
	}
	if len(c.books) > 0 && !c.byCurrency {
		other := slices.Collect(maps.Keys(c.books))[0]
		return nil, value.NewError(CurrencyMixed, currency.String(),
			"comes beside "+other.String()+"; compare one currency at a time, or each apart")
	}
	b := &book{known: map[string]*payee{}}
	b.Currency = currency
	for i, plan := range c.plans {
		b.pricers[i] = newPricer(plan, c)
	}
	c.books[currency] = b
	return b, nil
}

// any reports whether anything was compared.
func (b *book) any() bool { return len(b.known) > 0 || b.bookSums.any() }

// concerns reports whether a payee is compared, and whether this part, with the lowest id, owns the booking.
func (c *Comparison) concerns(b *comp.Booking) (owner, some bool) {
	switch {
	case c.only == nil:
		return true, true
	case len(b.Payees) == 0: // every comparison refuses it, one counts it
		return c.only("", model.Party{}), true
	}
	first := 0
	for i := range b.Payees {
		p := &b.Payees[i]
		if cmp.Less(p.Rep, b.Payees[first].Rep) {
			first = i
		}
		some = some || c.only(p.Rep, p.Party)
	}
	return c.only(b.Payees[first].Rep, b.Payees[first].Party), some
}

// price prices a booking under both policies, or returns the reason for which it is left out.
func (c *Comparison) price(book *book, b *comp.Booking, e *event) (reason value.Code, err error) {
	if c.leaveOut && !c.keep {
		if reason := codeOf(book.pricers[before].check(b), book.pricers[after].check(b)); reason != "" {
			return reason, nil
		}
	}
	e.id, e.of, e.date, e.booking = b.ID, "", b.Closed, b
	for side := range book.pricers {
		e.priced[side], e.refused[side] = book.pricers[side].price(b)
	}
	return "", c.admit(e)
}

// admit refuses an event that one of the plans refuses, unless the comparison keeps it.
func (c *Comparison) admit(e *event) error {
	if c.keep || e.priceable() {
		return nil
	}
	var problems value.Errors
	for side, err := range e.refused {
		problems.Add(columns[side]+"."+named(e.id), err)
	}
	return problems.Err()
}

var columns = [policies]string{"before", "after"} // in errors

// valueless keeps or refuses a booking without an amount.
func (c *Comparison) valueless(b *comp.Booking) error {
	e := event{id: b.ID, date: b.Closed}
	for side, plan := range c.plans {
		_, e.refused[side] = plan.Statement(*b)
	}
	if err := c.admit(&e); err != nil {
		return err
	}
	return c.report(&Row{}, &e)
}
