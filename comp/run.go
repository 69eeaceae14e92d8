package comp

import (
	"maps"
	"slices"

	"github.com/coselling/coselling/value"
)

// Run prices bookings one after the other and keeps the sums of the open period that rate tables need. It is
// mutable and not safe for concurrent use. Of a booking it keeps the id and the day alone, and one of [Plan.StreamRun]
// nothing. A refused booking leaves it unchanged. Make it with [Plan.Run], that or [Ledger.Run]: nil and the zero value
// have no period, and refuse every booking with comp.plan.missing.
//
// Bookings must come by closing date, then by id, bytewise, all in one currency. The first event of a later period
// opens that period; where a table has a floor for periods, the earlier one must be closed first.
type Run struct {
	plan     *Plan
	currency value.Currency
	open     span                  // the open period
	next     span                  // the period of the event that is being checked
	closed   value.Date            // the last day of the last period that was closed
	date     value.Date            // of the last event
	id       string                // of the last booking of that date
	days     map[string]value.Date // of all bookings, by id; nil where they are not kept
	accounts map[string]*account
	ahead    bool // checks only, and books nothing
	loose    bool // of a ledger: it has one period, and takes events in any order
}

// span is a period of a run. Accounts with an earlier number count as empty.
type span struct {
	Quarter // or month, or year
	number  int
}

func (s span) holds(day value.Date) bool {
	return !day.IsZero() && !day.Before(s.first) && !day.After(s.last)
}

// Run returns a run that has not priced anything yet.
func (p *Plan) Run() *Run {
	return &Run{plan: p, days: map[string]value.Date{}, accounts: map[string]*account{}}
}

// StreamRun returns a run as [Plan.Run] does, but one that keeps no bookings, so that its memory does not grow with
// them. It does not see an id that comes again on another day: the caller makes sure that each comes once.
func (p *Plan) StreamRun() *Run {
	r := p.Run()
	r.days = nil
	return r
}

// made refuses a run that no plan has made.
func (r *Run) made() error {
	if r == nil {
		return (*Plan)(nil).made()
	}
	return r.plan.made()
}

// Clone returns an independent copy of the run, to try bookings or to return to this state; nil for nil.
func (r *Run) Clone() *Run {
	if r == nil {
		return nil
	}
	c := *r
	c.days = maps.Clone(r.days)
	c.accounts = make(map[string]*account, len(r.accounts))
	for rep, a := range r.accounts {
		own := *a
		own.tables = slices.Clone(a.tables)
		c.accounts[rep] = &own
	}
	return &c
}

// Statement prices the next booking. Beside the errors of [Plan.Statement]: run.open_deal, run.repeated,
// [RunOrder], [RunPeriod], [RunCurrency], [QuotaMissing], [RepTwoParties] for an id known as another payee, and
// [value.MoneyRange] for totals beyond the bounds of money. The caller owns the result.
func (r *Run) Statement(b Booking) (Statement, error) {
	_, n := b.linesOf()
	return r.AppendStatement(make([]Line, 0, n), &b)
}

// AppendStatement is [Run.Statement], with the lines of the statement behind those of buf, in its storage where
// that has room.
func (r *Run) AppendStatement(buf []Line, b *Booking) (Statement, error) {
	if err := r.made(); err != nil {
		return Statement{}, err
	}
	var s Statement
	err := r.plan.statement(&s, r, buf, b)
	return s, value.Below("booking", err)
}

// Check returns the error that [Run.Statement] would return, or nil. It changes neither the run nor the booking.
func (r *Run) Check(b *Booking) error {
	if err := r.made(); err != nil {
		return err
	}
	ahead := *r
	ahead.ahead = true
	return value.Below("booking", r.plan.statement(new(Statement), &ahead, nil, b))
}

const runOpenDeal value.Code = "run.open_deal" // an open deal among those that are won, or the reverse

// Project prices an open deal as if it were won on a day, with the credit and the commission of the run until then; the
// run does not change. Where periods must be closed, the projection closes the open one for itself. The statement is
// projected and has no date. Errors are those of [Run.Statement] and [Run.Close]; run.open_deal for a deal that is won.
func (r *Run) Project(b Booking, on value.Date) (Statement, error) {
	if err := r.made(); err != nil {
		return Statement{}, err
	}
	if !b.Closed.IsZero() {
		const want = "is the day on which the deal was won; project an open deal"
		return Statement{}, value.Below("booking.closed", value.NewError(runOpenDeal, b.Closed.String(), want))
	}
	ahead := r.Clone()
	if _, last := ahead.Period(); ahead.plan.floors && !last.IsZero() && on.After(last) {
		if _, err := ahead.Close("projection", last); err != nil {
			return Statement{}, err
		}
	}
	if ahead.id = ""; !ahead.days[b.ID].IsZero() { // on a day of the run the deal is the last one
		return Statement{}, value.Below("booking.id", repeated(b.ID, ahead.days[b.ID]))
	}
	b.Closed, b.Deferred = on, false
	s, err := ahead.Statement(b)
	if err != nil {
		return Statement{}, err
	}
	s.Projected, s.Date = true, value.Date{}
	for i := range s.Lines {
		s.Lines[i].Projected = true
	}
	return s, nil
}

// Attained returns a rep's attainment in the open period: shown quota credit over quota. It is undefined without a
// quota of the period, and where that is in another currency than the run.
func (r *Run) Attained(rep string) value.Ratio {
	if r.made() != nil {
		return value.Ratio{}
	}
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

// Period returns the first and the last day of the open period; zero before the first event and after a closing.
func (r *Run) Period() (first, last value.Date) {
	if r == nil {
		return value.Date{}, value.Date{}
	}
	return r.open.first, r.open.last
}

// admit refuses a booking that cannot come next, and payees that the run cannot price.
func (r *Run) admit(problems *value.Errors, lines []Line, b *Booking) {
	if b.Closed.IsZero() {
		const want = "says when the deal was won; a run takes only deals that are won"
		problems.Refuse("closed", runOpenDeal, "nothing", want)
		return
	}
	if b.Closed == r.date && b.ID <= r.id && !r.loose {
		want := "comes after " + value.Quote(r.id) + " of the same day; bookings come by closing date, then id"
		problems.Refuse("id", RunOrder, value.Quote(b.ID), want)
	}
	if paid := r.days[b.ID]; !paid.IsZero() && paid != b.Closed {
		problems.Add("id", repeated(b.ID, paid))
	}
	problems.Add("closed", r.enter(b.Closed))
	problems.Add("value", r.fits(b.Value))
	for i := range lines {
		r.admitLine(problems, &lines[i], b)
	}
}

func repeated(id string, paid value.Date) *value.Error {
	return value.NewError("run.repeated", value.Quote(id), "was paid in this run already, as won on "+paid.String())
}

func (r *Run) admitLine(problems *value.Errors, l *Line, b *Booking) {
	if a := r.accounts[l.Payee]; a != nil {
		if err := a.same(l.Payee, l.identity()); err != nil { // the path is not made for nothing
			problems.Add(pathOf(b, l, "rep"), err)
		}
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
		want := "has no quota of the period from " + r.next.first.String()
		problems.Refuse(tablePath(b, l), QuotaMissing, value.Quote(l.Payee), want)
	case quota.Currency() != c && !c.IsZero():
		want := "is not the currency of the rep's quota, " + quota.String()
		problems.Refuse(tablePath(b, l), rateCurrency, c.String(), want)
	}
}

func (r *Run) quota(rep string) value.Money {
	if quota := r.current(rep).quota; !quota.IsZero() {
		return quota
	}
	return r.plan.policy.Rates.Quotas[rep][r.next.first]
}

// enter finds the period of an event of a day, or refuses the event.
func (r *Run) enter(day value.Date) error {
	r.next = r.open
	if r.loose {
		return nil
	}
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
		r.next = span{r.plan.periodOf(day), r.open.number + 1}
		return nil
	}
	return value.NewError(code, value.Quote(day.String()), want)
}

// periodOf returns the period that holds a day; without rate terms all days are one.
func (p *Plan) periodOf(day value.Date) Quarter {
	if p.policy.Rates.IsZero() {
		return spanFrom(0, allMonths)
	}
	first, last := p.policy.Rates.Bounds(day)
	return Quarter{first, last}
}

func (r *Run) fits(m value.Money) error {
	if m.IsZero() || r.currency.IsZero() || m.Currency() == r.currency {
		return nil
	}
	return value.NewError(RunCurrency, m.String(), "is not in the run's currency, "+r.currency.String())
}

// proceed takes the event that was checked.
func (r *Run) proceed(day value.Date, c value.Currency) {
	if day != r.date {
		r.date, r.id = day, ""
	}
	r.open, r.currency = r.next, c
}
