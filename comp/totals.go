package comp

import (
	"cmp"
	"slices"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// Totals adds statements up: by rep, by side and in all, in one currency and
// either earned or projected. The zero value is empty and ready. It is mutable and
// not safe for concurrent use.
type Totals struct {
	started   bool
	projected bool
	deals     int
	reversals int
	value     value.Total
	quota     value.Total           // the larger quota value of each deal
	sides     [model.Vendor + 1]int // statements with a line of the side; in all at 0
	payees    map[string]*running
}

// running is what one payee got so far.
type running struct {
	party                          model.Party
	statements                     int
	credit, influenced, commission value.Total
}

// Total is what one rep, one side or everyone got over all statements.
type Total struct {
	Payee       string      // the rep's id; empty for a side
	Party       model.Party // whose rep; for a side its Side alone, for everyone the zero Party
	Statements  int         // with a line of the rep or side, reversals included
	QuotaCredit value.Money // the zero Money where there were no statements
	Influenced  value.Money // likewise
	Commission  value.Money // likewise
	Inflation   value.Ratio // quota credit over the deals' larger quota values; undefined where those total nought
}

// Add adds a statement, or nothing at all where it does not fit: another currency
// ([value.MoneyCurrency]), projected among earned or the reverse ([TotalsMixed]), a
// rep id of another party ([RepTwoParties]). Totals add up shown amounts, so that
// a reader can check them.
func (t *Totals) Add(s Statement) error {
	if t.started && t.projected != s.Projected {
		return value.NewError(TotalsMixed, value.Quote(s.Booking), "cannot be added: projected and earned figures are totalled apart")
	}
	deal, err := t.value.Add(s.Value)
	if err != nil {
		return err
	}
	quota, err := t.quota.Add(s.Quota)
	if err != nil {
		return err
	}
	for i := range s.Lines {
		line := &s.Lines[i]
		if err := line.check(s.Value.Currency()); err != nil {
			return value.In(value.Index("lines", i), err)
		}
		if known := t.payees[line.Payee]; known != nil && known.party != line.Party {
			return twoParties(line.Payee, known.party, line.Party)
		}
	}
	t.started, t.projected = true, s.Projected
	t.value, t.quota = deal, quota
	if s.Reverses == "" {
		t.deals++
	} else {
		t.reversals++
	}
	var sides [model.Vendor + 1]int
	for i := range s.Lines {
		t.addLine(&s.Lines[i])
		sides[0], sides[s.Lines[i].Party.Side] = 1, 1
	}
	for side, n := range sides {
		t.sides[side] += n
	}
	return nil
}

// check refuses a line that no plan makes.
func (l *Line) check(c value.Currency) error {
	for _, m := range [...]value.Money{l.QuotaCredit, l.Influenced, l.Commission} {
		if m.Currency() != c {
			return value.NewError(value.MoneyCurrency, amountText(m), "is not in the statement's currency, "+c.String())
		}
	}
	return l.Party.Check()
}

func (t *Totals) addLine(l *Line) {
	if t.payees == nil {
		t.payees = map[string]*running{}
	}
	p := t.payees[l.Payee]
	if p == nil {
		p = &running{party: l.Party}
		t.payees[l.Payee] = p
	}
	p.statements++
	p.credit = plus(p.credit, l.QuotaCredit)
	p.influenced = plus(p.influenced, l.Influenced)
	p.commission = plus(p.commission, l.Commission)
}

// plus adds an amount whose currency is known to be the total's.
func plus(t value.Total, m value.Money) value.Total {
	sum, _ := t.Add(m)
	return sum
}

// Deals returns how many bookings and how many reversals were added.
func (t *Totals) Deals() (bookings, reversals int) { return t.deals, t.reversals }

// Value returns the total value of the deals, reversals taken off; zero where
// nothing was added. A total outside the bounds of money is an error.
func (t *Totals) Value() (value.Money, error) { return t.value.Money() }

// Payees returns a total a rep, ordered by party and id; the caller owns the slice.
// A total outside the bounds of money is an error.
func (t *Totals) Payees() ([]Total, error) {
	list := make([]Total, 0, len(t.payees))
	for id, p := range t.payees {
		total, err := t.total(*p)
		if err != nil {
			return nil, value.In(value.Quote(id), err)
		}
		total.Payee = id
		list = append(list, total)
	}
	slices.SortFunc(list, func(a, b Total) int {
		return cmp.Or(a.Party.Compare(b.Party), cmp.Compare(a.Payee, b.Payee))
	})
	return list, nil
}

// Side returns the total of one side, and of both for an unset one. A total outside
// the bounds of money is an error.
func (t *Totals) Side(side model.Side) (Total, error) {
	sum := running{party: model.Party{Side: side}, statements: t.sides[side]}
	for _, p := range t.payees {
		if side == 0 || p.party.Side == side {
			sum.credit = merge(sum.credit, p.credit)
			sum.influenced = merge(sum.influenced, p.influenced)
			sum.commission = merge(sum.commission, p.commission)
		}
	}
	return t.total(sum)
}

func (t *Totals) total(r running) (Total, error) {
	var problems value.Errors
	quota := amount(&problems, "quota", t.quota)
	total := Total{
		Party: r.party, Statements: r.statements,
		QuotaCredit: amount(&problems, "quota_credit", r.credit),
		Influenced:  amount(&problems, "influenced", r.influenced),
		Commission:  amount(&problems, "commission", r.commission),
	}
	if quota.Sign() != 0 {
		total.Inflation, _ = value.NewRatio(total.QuotaCredit.Minor(), quota.Minor())
	}
	return total, problems.Err()
}

func amount(problems *value.Errors, field string, t value.Total) value.Money {
	m, err := t.Money()
	problems.Add(field, err)
	return m
}

// merge adds two totals whose currency is known to be the same.
func merge(a, b value.Total) value.Total {
	sum, _ := a.Merge(b)
	return sum
}
