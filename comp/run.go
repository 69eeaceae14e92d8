package comp

import (
	"slices"

	"github.com/coselling/coselling/value"
)

// Run prices bookings one after the other and keeps what rates with a history need:
// for each payee the credit, the commission paid and the commission before any hold of
// the open period (SPEC 5.3). It is mutable and not safe for concurrent use; its
// memory is the payees, not the bookings. Whatever it refuses leaves it as it was.
// Make it with [Plan.Run]; the zero value and nil are no runs.
//
// Bookings come by closing date, then id, in one currency. The first event of a later
// period opens that period; where a table of the plan has a floor for periods, the
// period before must be closed first.
type Run struct {
	plan     *Plan
	currency value.Currency
	open     span // the open period
	next     span // the period of the event that is being looked at
	closed   value.Date
	date     value.Date // of the last event
	id       string     // of the last booking of that date
	accounts map[string]*account
	ahead    bool // looks ahead: books nothing
}

// span is a period that a run is in. Accounts of an earlier one count as empty.
type span struct {
	Quarter // or month, or year
	number  int
}

// holds reports whether a day is in the period; the zero span holds none.
func (s span) holds(day value.Date) bool {
	return !day.IsZero() && !day.Before(s.first) && !day.After(s.last)
}

// Run returns a run that has priced nothing yet.
func (p *Plan) Run() *Run { return &Run{plan: p, accounts: map[string]*account{}} }

// Clone returns a run that goes on from where r stands, independently of it: to look
// ahead, or to keep what can be returned to.
func (r *Run) Clone() *Run {
	c := *r
	c.accounts = make(map[string]*account, len(r.accounts))
	for rep, a := range r.accounts {
		own := *a
		own.tables = slices.Clone(a.tables)
		c.accounts[rep] = &own
	}
	return &c
}

// Statement prices the next booking. Beside the errors of [Plan.Statement]:
// [RunOpenDeal], [RunOrder], [RunPeriod], [RunCurrency], [QuotaMissing],
// [RepTwoParties] for a rep known with another party, and [value.MoneyRange] for
// totals beyond the bounds of money. The result belongs to the caller.
func (r *Run) Statement(b Booking) (Statement, error) {
	return r.AppendStatement(make([]Line, 0, min(len(b.Payees), maxPayees)), &b)
}

// AppendStatement is [Run.Statement] with lines that are appended to buf, as
// [Plan.AppendStatement] does. Known payees, room in buf and no true-up allocate
// nothing.
func (r *Run) AppendStatement(buf []Line, b *Booking) (Statement, error) {
	var s Statement
	err := r.plan.statement(&s, r, buf, b)
	return s, err
}

// Check returns what [Run.Statement] would refuse of the next booking, or nil. It
// changes nothing, and the booking is read only.
func (r *Run) Check(b *Booking) error {
	ahead := *r
	ahead.ahead = true
	return r.plan.statement(new(Statement), &ahead, nil, b)
}

// Attained returns what a rep attained in the open period, its shown quota credit
// over its quota. It is undefined where the policy has no quota of the rep for the
// period, or that is in another currency than the run's.
func (r *Run) Attained(rep string) value.Ratio {
	quota := r.plan.policy.Rates.Quotas[rep][r.open.first]
	if quota.IsZero() || quota.Currency() != r.currency {
		return value.Ratio{}
	}
	var credit int64
	if a := r.accounts[rep]; a != nil && a.period == r.open.number {
		credit = a.credit
	}
	ratio, _ := value.NewRatio(credit, quota.Minor())
	return ratio
}

// Period returns the first and the last day of the open period, both included; unset
// before the first event and after a closing.
func (r *Run) Period() (first, last value.Date) { return r.open.first, r.open.last }

// admit refuses a booking that cannot come next, and whose payees the run cannot
// price.
func (r *Run) admit(problems *value.Errors, lines []Line, b *Booking) {
	if b.Closed.IsZero() {
		problems.Refuse("closed", RunOpenDeal, "nothing", "says when the deal was won; a run takes won deals alone")
		return
	}
	if b.Closed == r.date && b.ID <= r.id {
		problems.Refuse("id", RunOrder, value.Quote(b.ID), "comes after "+value.Quote(r.id)+" of the same day; bookings come by closing date, then id")
	}
	problems.Add("closed", r.enter(b.Closed))
	problems.Add("value", r.fits(b.Value))
	for i := range lines {
		r.admitLine(problems, &lines[i], b)
	}
}

func (r *Run) admitLine(problems *value.Errors, l *Line, b *Booking) {
	if a := r.accounts[l.Payee]; a != nil && a.party != l.Party {
		problems.Add(pathOf(b, l, "rep"), twoParties(l.Payee, a.party, l.Party))
	}
	if l.Table == "" {
		return
	}
	t := r.plan.tables[l.Table]
	if t == nil || t.Measure != Attainment {
		return
	}
	switch quota, c := r.quota(l.Payee), l.Base.Currency(); {
	case quota.IsZero():
		problems.Refuse(pathOf(b, l, "table"), QuotaMissing, value.Quote(l.Payee), "has no quota of the period from "+r.next.first.String())
	case quota.Currency() != c && !c.IsZero():
		problems.Refuse(pathOf(b, l, "table"), RateCurrency, c.String(), "is not the currency of the rep's quota, "+quota.String())
	}
}

// quota returns a rep's quota of the next period; zero where there is none.
func (r *Run) quota(rep string) value.Money {
	if quota := r.current(rep).quota; !quota.IsZero() {
		return quota
	}
	return r.plan.policy.Rates.Quotas[rep][r.next.first]
}

// enter looks at an event of a day: it finds its period, or refuses it.
func (r *Run) enter(day value.Date) error {
	r.next = r.open
	code, want := RunPeriod, ""
	switch {
	case day.Before(r.date):
		code, want = RunOrder, "is before the last event of the run, "+r.date.String()
	case !day.After(r.closed):
		want = "is in a closed period, which ended on " + r.closed.String()
	case r.open.holds(day):
		return nil
	case !r.open.first.IsZero() && r.plan.floors:
		want = "is after the open period; close that first, it ended on " + r.open.last.String()
	default:
		r.next = span{spanFrom(0, allMonths), r.open.number + 1}
		if rates := r.plan.policy.Rates; !rates.IsZero() { // without them all days are one period
			r.next.first, r.next.last = rates.Bounds(day)
		}
		return nil
	}
	return value.NewError(code, value.Quote(day.String()), want)
}

func (r *Run) fits(m value.Money) error {
	if m.IsZero() || r.currency.IsZero() || m.Currency() == r.currency {
		return nil
	}
	return value.NewError(RunCurrency, m.String(), "is not in the run's currency, "+r.currency.String())
}

// proceed takes the step that was looked at.
func (r *Run) proceed(day value.Date, c value.Currency) {
	if day != r.date {
		r.date, r.id = day, ""
	}
	r.open, r.currency = r.next, c
}
