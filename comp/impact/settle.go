package impact

import (
	"cmp"
	"errors"
	"slices"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// settle adds an event for each payee of the comparison. h is nil unless the deal has movements.
func (c *Comparison) settle(book *book, e *event, h *held) error {
	e.match()
	if err := e.sum(); err != nil {
		return value.Below(named(e.id), err)
	}
	var row Row
	for i := range e.entries {
		x := &e.entries[i]
		payee, err := c.payee(book, x)
		if err != nil {
			return value.Below(named(e.id), err)
		}
		if payee == nil {
			continue
		}
		x.payee = payee
		payee.Statements++
		payee.Paid = payee.Paid || x.paid
		payee.Before.add(x.figures[before])
		payee.After.add(x.figures[after])
		if c.ordered {
			payee.enter(c.fields.periodOf(e.date))
		}
		set := c.causes(e, x, h)
		for side, f := range x.figures {
			payee.paid[side] += max(0, f[commission])
		}
		if x.changed() {
			payee.blame(set, c.fields.changes, change(&x.figures))
			book.largest.consider(e, x, set)
		}
		if c.rows != nil {
			d, err := c.fields.difference(e, x, set, book.Currency)
			if err != nil {
				return value.Below(named(e.id), err)
			}
			row.Differences = append(row.Differences, d)
		}
	}
	return c.report(&row, e)
}

// report gives the row of an event to the callback, unless it has no payee of the comparison.
func (c *Comparison) report(row *Row, e *event) error {
	if c.rows == nil || len(row.Differences) == 0 && e.priceable() {
		return nil
	}
	row.Booking, row.Of, row.Date, row.Refused = e.id, e.of, e.date, e.refused
	for side := range e.statements {
		if s := &e.statements[side]; !s.Value.IsZero() {
			row.Value, row.Projected = s.Value, s.Projected
		}
	}
	return c.rows(*row)
}

// causes returns the fields that caused the difference of a payee. The next call overwrites them.
func (c *Comparison) causes(e *event, x *entry, h *held) fieldSet {
	c.blamed = c.blamed[:0]
	switch {
	case len(c.fields.changes) == 0:
		return nil
	case !e.priceable():
		for field := range c.fields.changes {
			c.blamed.add(int32(field))
		}
	case h != nil && e.of != "":
		c.blamed.add(h.causes[x.rep]...)
		c.blamed.add(c.fields.rounding)
	case x.differs:
		if h == nil && !c.ordered && !x.changed() {
			return nil // causes of no change are not used
		}
		c.fields.used(&c.blamed, e, x)
	}
	if x.differs && c.ordered {
		x.payee.past.add(c.blamed...)
	}
	if x.differs && h != nil && e.of == "" && len(c.blamed) > 0 {
		h.blame(x.rep, c.blamed)
	}
	return c.blamed
}

// consider keeps the difference of an entry if it is the largest so far.
func (l *largest) consider(e *event, x *entry, fields []int32) {
	d := e.single(x)
	if !d.beats(l) {
		return
	}
	d.fields = append(l.fields[:0], fields...)
	*l = d
}

func (b *book) addDeal(e *event) {
	b.spanDay(e.date)
	b.Value.add(cmp.Or(e.statements[before].Value, e.statements[after].Value))
	b.QuotaBefore.add(e.statements[before].Quota)
	b.QuotaAfter.add(e.statements[after].Quota)
}

func (b *bookSums) leaveOut(reason value.Code, bookings int) {
	at, known := slices.BinarySearchFunc(b.LeftOut, reason, func(l LeftOut, reason value.Code) int {
		return cmp.Compare(l.Reason, reason)
	})
	if !known {
		b.LeftOut = slices.Insert(b.LeftOut, at, LeftOut{Reason: reason})
	}
	b.LeftOut[at].Bookings += bookings
}

// codeOf returns the code of the first error that is not nil; "" if all are nil.
func codeOf(errs ...error) value.Code {
	err := cmp.Or(errs...)
	if err == nil {
		return ""
	}
	if first, ok := errors.AsType[*value.Error](err); ok {
		return first.Code
	}
	return value.Unexpected
}

// closePeriods closes the periods that ended before a day, or all if it is unset, and adds what their floors pay.
// If both policies close the same period, that is one event.
func (b *book) closePeriods(c *Comparison, day value.Date) error {
	var events []event
	for side := range b.pricers {
		s, closed, err := b.pricers[side].closeBefore(day)
		if err != nil {
			return value.Below(columns[side], err)
		}
		if !closed {
			continue
		}
		if len(events) == 0 || events[0].priced[before].Period != s.Period || events[0].date != s.Date {
			events = append(events, event{id: s.Booking, date: s.Date})
		}
		events[len(events)-1].priced[side] = s
	}
	slices.SortStableFunc(events, func(x, y event) int { return x.date.Compare(y.date) })
	for i := range events {
		events[i].statements = events[i].priced
		if err := c.settle(b, &events[i], nil); err != nil {
			return err
		}
	}
	return nil
}

// payee holds the sums of one payee and its history in the period.
type payee struct {
	payeeSums
	period value.Date      // its first day
	past   fieldSet        // the causes of the differences in the period so far
	paid   [policies]int64 // the positive commissions of the period so far, in minor units
}

// enter begins a period, unless p is in it already.
func (p *payee) enter(period value.Date) {
	if p.period != period {
		p.period, p.past, p.paid = period, p.past[:0], [policies]int64{}
	}
}

// payee returns the payee with an id, a new one if the book has none, or nil if the payee is not compared.
func (c *Comparison) payee(b *book, x *entry) (*payee, error) {
	if p := b.known[x.rep]; p != nil {
		return p, p.check(x.party, x.company)
	}
	if c.only != nil && !c.only(x.rep, x.party) {
		return nil, nil
	}
	for _, other := range c.books {
		if p := other.known[x.rep]; p != nil {
			if err := p.check(x.party, x.company); err != nil {
				return nil, err
			}
		}
	}
	p := &payee{payeeSums: newSums()}
	p.Rep, p.Party, p.Company = x.rep, x.party, x.company
	b.known[x.rep] = p
	return p, nil
}

// check refuses another party of the same id, and a company with the id of a rep.
func (p *payeeSums) check(party model.Party, company bool) error {
	want := "is a rep and a company; an id stands for one payee"
	switch {
	case p.Party != party:
		want = "is a rep of " + value.Quote(p.Party.String()) + " and of " + value.Quote(party.String()) +
			"; an id stands for one person"
	case p.Company == company:
		return nil
	}
	return value.Below(named(p.Rep), value.NewError(comp.RepTwoParties, value.Quote(p.Rep), want))
}
