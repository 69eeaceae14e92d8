package comp

import (
	"cmp"
	"maps"
	"slices"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// Totals adds up statements by rep, by side, for all reps, and by company that is paid. All are in one currency, and
// either all earned or all projected. The zero value is empty and ready to use, and nil is empty. Totals is mutable and
// not safe for concurrent use.
type Totals struct {
	projected bool
	added     int // number of statements
	bookings  int
	reversals int
	value     value.Sum
	quota     value.Sum             // the larger quota value of each deal
	sides     [model.Vendor + 1]int // statements with a line of the side; of any side at 0
	payees    map[string]*running   // by id
}

// running is the total of one payee so far. The amounts of Total are zero until the end.
type running struct {
	Total
	company bool
	last    int // the last statement with a line of the payee, counted from 1
	sums    [kinds]value.Sum
}

// Total is the sum over all statements for one rep, one company, one side or everyone.
type Total struct {
	Payee       string      // the rep's id; empty for a side
	Party       model.Party // the rep's; for a side only its Side, for everyone the zero Party
	Statements  int         // statements with a line of the rep or side, of any kind
	QuotaCredit value.Money // the zero Money where there were no statements
	Influenced  value.Money // the zero Money where there were no statements
	Commission  value.Money // the zero Money where there were no statements, or none with a commission
	Inflation   value.Ratio // quota credit over the deals' larger quota values; undefined where those total zero
}

// Add adds a statement, all of it or nothing. It refuses another currency and the zero statement
// ([value.MoneyCurrency]), a projected statement among earned ones or the reverse and a deferred one ([TotalsMixed]), a
// rep id of another party, or of a company ([RepTwoParties]), and a line without a valid party ([model.Party.Check]):
// the first problem alone, with a path such as lines[1] or quota. Totals add up the shown amounts.
func (t *Totals) Add(s Statement) error {
	if t == nil {
		return value.NewError(value.Unexpected, "a nil pointer", "has no room for a statement")
	}
	if t.added > 0 && t.projected != s.Projected {
		const want = "cannot be added: projected and earned figures are totalled apart"
		return value.NewError(TotalsMixed, value.Quote(s.Booking), want)
	}
	if s.Deferred {
		const want = "cannot be added: its commission is not due yet; add what its payout pays"
		return value.NewError(TotalsMixed, value.Quote(s.Booking), want)
	}
	deal, err := t.value.Add(s.Value)
	if err != nil {
		return err
	}
	quota, err := t.quota.Add(s.Quota)
	if err == nil {
		err = notIn(s.Value.Currency(), s.Quota)
	}
	if err != nil {
		return value.Below("quota", err)
	}
	var fewPayees [few]*running
	payees, err := t.admit(fewPayees[:0], s.Lines, s.Value.Currency())
	if err != nil {
		return err
	}
	t.added++
	switch {
	case s.isBooking():
		t.bookings++
	case s.Kind == Reversed:
		t.reversals++
	}
	t.projected, t.value, t.quota = s.Projected, deal, quota
	var sides [model.Vendor + 1]int
	for i := range s.Lines {
		t.addLine(payees[i], &s.Lines[i])
		if !payees[i].company {
			sides[0], sides[s.Lines[i].Party.Side] = 1, 1
		}
	}
	for side, n := range sides {
		t.sides[side] += n
	}
	return nil
}

// admit finds or adds the payee of every line, or none of them where a line does not fit.
func (t *Totals) admit(payees []*running, lines []Line, c value.Currency) ([]*running, error) {
	for i := range lines {
		p, err := t.admitLine(&lines[i], c)
		if err != nil {
			maps.DeleteFunc(t.payees, func(_ string, p *running) bool { return p.Statements == 0 })
			return nil, value.Below(value.Index("lines", i), err)
		}
		payees = append(payees, p)
	}
	return payees, nil
}

func (t *Totals) admitLine(l *Line, c value.Currency) (*running, error) {
	if err := l.check(c); err != nil {
		return nil, err
	}
	known := t.payees[l.Payee]
	if known == nil {
		if t.payees == nil {
			t.payees = map[string]*running{}
		}
		known = &running{Total: Total{Payee: l.Payee, Party: l.Party}, company: l.isCompany()}
		t.payees[l.Payee] = known
	}
	if err := (identity{known.Party, known.company}).same(l.Payee, l.identity()); err != nil {
		return nil, err
	}
	return known, nil
}

func (l *Line) check(c value.Currency) error {
	amounts := l.amounts()
	stated := amounts[:]
	if l.Commission.IsZero() { // the payee has credit only
		stated = stated[:commission]
	}
	if err := notIn(c, stated...); err != nil {
		return err
	}
	return l.Party.Check()
}

func notIn(c value.Currency, amounts ...value.Money) error {
	for _, m := range amounts {
		if m.Currency() != c {
			return value.NewError(value.MoneyCurrency, amountText(m), "is not in the statement's currency, "+c.String())
		}
	}
	return nil
}

// addLine adds a line of the last statement to its payee, which counts each statement once.
func (t *Totals) addLine(p *running, l *Line) {
	if p.last != t.added {
		p.last = t.added
		p.Statements++
	}
	for kind, m := range l.amounts() {
		p.sums[kind], _ = p.sums[kind].Add(m) // in the currency of the total, or no commission
	}
}

// orEmpty returns empty totals for nil.
func (t *Totals) orEmpty() *Totals { return cmp.Or(t, new(Totals)) }

// Clone returns an independent copy of the totals; empty ones for nil.
func (t *Totals) Clone() *Totals {
	t = t.orEmpty()
	c := *t
	c.payees = make(map[string]*running, len(t.payees))
	for id, p := range t.payees {
		c.payees[id] = new(*p)
	}
	return &c
}

// Deals returns the number of bookings and of reversals that were added, without moved money and closings.
func (t *Totals) Deals() (bookings, reversals int) {
	t = t.orEmpty()
	return t.bookings, t.reversals
}

// Value returns the value of the deals less the reversals; the zero Money for none, an error beyond money.
func (t *Totals) Value() (value.Money, error) { return t.orEmpty().value.Money() }

// Quota returns the larger quota value of each deal in total, less the reversals; the zero Money for none, an error
// beyond money. Inflation is measured by it.
func (t *Totals) Quota() (value.Money, error) { return t.orEmpty().quota.Money() }

// Companies returns a total for each company that is paid, as [Totals.Payees] does for reps (comp.company).
func (t *Totals) Companies() ([]Total, error) { return t.orEmpty().list(true) }

// Parties returns a total for the reps of each company, by party, without the number of statements; the caller owns it.
// Errors are those of [Totals.Payees].
func (t *Totals) Parties() ([]Total, error) {
	t = t.orEmpty()
	sums := map[model.Party]*running{}
	for _, p := range t.payees {
		if p.company {
			continue
		}
		if sums[p.Party] == nil {
			sums[p.Party] = &running{Total: Total{Party: p.Party}}
		}
		for kind := range p.sums {
			sum := &sums[p.Party].sums[kind]
			*sum, _ = sum.Merge(p.sums[kind])
		}
	}
	var problems value.Errors
	quota := amount(&problems, "quota", t.quota)
	var list []Total
	for _, party := range slices.SortedFunc(maps.Keys(sums), model.Party.Compare) {
		total, err := sums[party].total(quota)
		problems.Add(value.Quote(party.String()), err)
		list = append(list, total)
	}
	if err := problems.Err(); err != nil {
		return nil, err
	}
	return list, nil
}

// Payees returns a total for each rep, by party and id, empty for none; the caller owns it. Totals beyond money are
// [value.MoneyRange] errors, all at once, with paths such as "ana".commission.
func (t *Totals) Payees() ([]Total, error) { return t.orEmpty().list(false) }

func (t *Totals) list(companies bool) ([]Total, error) {
	var problems value.Errors
	quota := amount(&problems, "quota", t.quota)
	list := make([]Total, 0, len(t.payees))
	for _, id := range slices.Sorted(maps.Keys(t.payees)) {
		p := t.payees[id]
		if p.company != companies {
			continue
		}
		total, err := p.total(quota)
		problems.Add(value.Quote(p.Payee), err)
		list = append(list, total)
	}
	if err := problems.Err(); err != nil {
		return nil, err
	}
	slices.SortStableFunc(list, func(a, b Total) int { return a.Party.Compare(b.Party) })
	return list, nil
}

// Side returns the total of the reps of one side, of all reps where side is unset. Errors: side.unknown,
// [value.MoneyRange].
func (t *Totals) Side(side model.Side) (Total, error) {
	if side != 0 && !side.IsValid() {
		return Total{}, model.Party{Side: side}.Check()
	}
	t = t.orEmpty()
	sum := running{Total: Total{Party: model.Party{Side: side}, Statements: t.sides[side]}}
	for _, p := range t.payees {
		if !p.company && (side == 0 || p.Party.Side == side) {
			for kind := range sum.sums {
				sum.sums[kind], _ = sum.sums[kind].Merge(p.sums[kind])
			}
		}
	}
	var problems value.Errors
	quota := amount(&problems, "quota", t.quota)
	total, err := sum.total(quota)
	problems.Add("", err)
	if err := problems.Err(); err != nil {
		return Total{}, err
	}
	return total, nil
}

func (r *running) total(quota value.Money) (Total, error) {
	var problems value.Errors
	total := r.Total
	total.QuotaCredit = amount(&problems, "quota_credit", r.sums[credit])
	total.Influenced = amount(&problems, "influenced", r.sums[influenced])
	total.Commission = amount(&problems, "commission", r.sums[commission])
	if quota.Sign() != 0 && !r.company {
		total.Inflation, _ = value.NewRatio(total.QuotaCredit.Minor(), quota.Minor())
	}
	return total, problems.Err()
}

func amount(problems *value.Errors, field string, t value.Sum) value.Money {
	m, err := t.Money()
	problems.Add(field, err)
	return m
}
