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
	quota     value.Total // the larger quota value of each deal
	payees    map[string]*runningPayee
}

type runningPayee struct {
	party                          model.Party
	deals                          int
	credit, influenced, commission value.Total
}

// PayeeTotal is what one rep got over all statements.
type PayeeTotal struct {
	Payee       string
	Party       model.Party
	Deals       int // statements with a line of the rep, reversals included
	QuotaCredit value.Money
	Influenced  value.Money
	Commission  value.Money
}

// SideTotal is what the reps of one side, or of both, got over all statements.
// The amounts are zero where there were no statements.
type SideTotal struct {
	QuotaCredit value.Money
	Influenced  value.Money
	Commission  value.Money
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
	for _, line := range s.Lines {
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
	for i := range s.Lines {
		t.addLine(&s.Lines[i])
	}
	return nil
}

func (t *Totals) addLine(l *Line) {
	if t.payees == nil {
		t.payees = map[string]*runningPayee{}
	}
	p := t.payees[l.Payee]
	if p == nil {
		p = &runningPayee{party: l.Party}
		t.payees[l.Payee] = p
	}
	p.deals++
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

// Payees returns a line a rep, ordered by party and id; the caller owns the slice.
// A total outside the bounds of money is an error.
func (t *Totals) Payees() ([]PayeeTotal, error) {
	list := make([]PayeeTotal, 0, len(t.payees))
	for id, p := range t.payees {
		side, err := amounts(p.credit, p.influenced, p.commission)
		if err != nil {
			return nil, value.In(value.Quote(id), err)
		}
		list = append(list, PayeeTotal{
			Payee: id, Party: p.party, Deals: p.deals,
			QuotaCredit: side.QuotaCredit, Influenced: side.Influenced, Commission: side.Commission,
		})
	}
	slices.SortFunc(list, func(a, b PayeeTotal) int {
		return cmp.Or(a.Party.Compare(b.Party), cmp.Compare(a.Payee, b.Payee))
	})
	return list, nil
}

// Side returns the totals of one side; those of both for an unset side. A total
// outside the bounds of money is an error.
func (t *Totals) Side(side model.Side) (SideTotal, error) {
	var credit, influenced, commission value.Total
	for _, p := range t.payees {
		if side != 0 && p.party.Side != side {
			continue
		}
		credit, influenced, commission = merge(credit, p.credit), merge(influenced, p.influenced), merge(commission, p.commission)
	}
	total, err := amounts(credit, influenced, commission)
	if err != nil {
		return SideTotal{}, err
	}
	quota, err := t.quota.Money()
	if err != nil {
		return SideTotal{}, err
	}
	total.Inflation, _ = value.NewRatio(total.QuotaCredit.Minor(), quota.Minor())
	return total, nil
}

// merge adds two totals whose currency is known to be the same.
func merge(a, b value.Total) value.Total {
	sum, _ := a.Merge(b)
	return sum
}

func amounts(credit, influenced, commission value.Total) (SideTotal, error) {
	var t SideTotal
	var problems value.Errors
	t.QuotaCredit = amount(&problems, "quota_credit", credit)
	t.Influenced = amount(&problems, "influenced", influenced)
	t.Commission = amount(&problems, "commission", commission)
	return t, problems.Err()
}

func amount(problems *value.Errors, field string, t value.Total) value.Money {
	m, err := t.Money()
	problems.Add(field, err)
	return m
}
