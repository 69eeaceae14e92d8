package comp

import (
	"cmp"
	"slices"

	"github.com/coselling/coselling/internal/exact"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// account holds the sums of one payee in one period.
type account struct {
	identity
	payer  model.Party // of the last line
	period int         // the number of the period
	credit int64       // shown quota credit, less the reversals of the period
	quota  value.Money
	tables []priced // one for each table that priced lines, in the order of their first lines
}

// identity is the meaning of a payee's id: a rep of a party, or a company.
type identity struct {
	party   model.Party
	company bool
}

func (p *Payee) identity() identity { return identity{p.Party, p.Company} }

func (l *Line) identity() identity { return identity{l.Party, l.isCompany()} }

// same refuses an id that stands for somebody else.
func (who identity) same(rep string, other identity) error {
	switch {
	case who.party != other.party:
		const one = "; an id stands for one person"
		return value.NewError(RepTwoParties, value.Quote(rep),
			"is a rep of "+value.Quote(who.party.String())+" and of "+value.Quote(other.party.String())+one)
	case who.company != other.company:
		return value.NewError(RepTwoParties, value.Quote(rep), "is a rep and a company; an id stands for one payee")
	}
	return nil
}

// priced holds the sums of one table for one payee in one period.
type priced struct {
	table  *table
	tier   int        // of a retroactive table: the highest tier that the credit has reached
	credit exact.Wide // the exact credit that the table priced, in units of exact.One squared
	unheld int64      // commission before any floor or cap, true-ups included
	paid   int64      // commission after floors and caps
	floor  int64      // paid up to the floor of the period, in a ledger
}

// current returns the account of a rep in the next period; an empty one where the rep has no account there.
func (r *Run) current(rep string) account {
	if a := r.accounts[rep]; a != nil && a.period == r.next.number {
		return *a
	}
	return account{}
}

// account returns the account of a payee in the open period, empty where it is new.
func (r *Run) account(rep string, who identity) *account {
	a := r.accounts[rep]
	if a == nil {
		a = &account{identity: who, period: r.open.number}
		r.accounts[rep] = a
	}
	if a.period != r.open.number {
		*a = account{identity: who, period: r.open.number, tables: a.tables[:0]}
	}
	return a
}

// by returns the sums of a table, or nil. In a ledger each policy version of a period has a table of its own.
func (a account) by(t *table) *priced {
	for i := range a.tables {
		if a.tables[i].table == t {
			return &a.tables[i]
		}
	}
	return nil
}

// settle books priced lines. Behind each line it inserts the true-ups that the line causes.
func (r *Run) settle(lines []Line, b *Booking) ([]Line, error) {
	var problems value.Errors
	for i := range lines {
		if err := r.checkRange(&lines[i]); err != nil {
			problems.Add(pathOf(b, &lines[i], "rep"), err)
		}
	}
	if err := problems.Err(); err != nil || r.ahead {
		return nil, err
	}
	r.proceed(b.Closed, b.Value.Currency())
	if r.id = b.ID; r.days != nil {
		r.days[b.ID] = b.Closed
	}
	for i := 0; i < len(lines); i++ {
		trueUps := r.book(&lines[i])
		lines = slices.Insert(lines, i+1, trueUps...)
		i += len(trueUps)
	}
	return lines, nil
}

// checkRange refuses a line that takes its payee's totals beyond the bounds of money.
func (r *Run) checkRange(l *Line) error {
	a, c := r.current(l.Payee), l.Base.Currency()
	_, err := value.NewMoney(a.credit+l.QuotaCredit.Minor(), c)
	if sum := a.by(r.plan.tables[l.Table]); err == nil && sum != nil {
		_, err = value.NewMoney(sum.paid+l.Commission.Minor(), c)
		if err == nil {
			_, err = value.NewMoney(exact.PartOf(sum.credit.Plus(l.exactCredit()), exact.One, r.plan.mode), c)
		}
	}
	return err
}

// exactCredit returns the credit that the line is paid for, in units of exact.One squared.
func (l *Line) exactCredit() exact.Wide { return exact.Product(l.Base.Minor(), l.weight()) }

// book adds a line to its payee's account and returns the true-ups that it causes.
func (r *Run) book(l *Line) []Line {
	a := r.account(l.Payee, l.identity())
	a.payer, a.credit = l.Payer, a.credit+l.QuotaCredit.Minor()
	var trueUps []Line
	for i := range a.tables {
		if t := a.tables[i].table; t.Method == Retroactive && t.Measure != DealAmount && r.plan.tables[t.id] == t {
			trueUps = r.reach(trueUps, l, a, &a.tables[i])
		}
	}
	if l.Table != "" && r.plan.pays(l) {
		r.add(a, l)
	}
	for i := range trueUps {
		sum := a.by(r.plan.tables[trueUps[i].Table])
		sum.unheld += trueUps[i].Commission.Minor()
		sum.table.holdPeriod(&trueUps[i], r)
		sum.paid += trueUps[i].Commission.Minor()
	}
	return trueUps
}

func (p *Plan) pays(l *Line) bool {
	return l.Credited != AsInfluencer || p.policy.Origination.InfluencedPaysCommission
}

func (r *Run) add(a *account, l *Line) {
	t := r.plan.tables[l.Table]
	sum := a.by(t)
	if sum == nil {
		if t.Measure == Attainment {
			a.quota = l.Quota
		}
		a.tables = append(a.tables, priced{table: t, tier: t.tierAt(a.credit, a.quota.Minor())})
		sum = &a.tables[len(a.tables)-1]
	}
	sum.credit = sum.credit.Plus(l.exactCredit())
	sum.unheld += l.unheld()
	sum.paid += l.Commission.Minor()
}

func (l *Line) unheld() int64 {
	if l.Held != 0 {
		return l.Unheld.Minor()
	}
	return l.Commission.Minor()
}

// reach finds the tier that the credit has reached. A higher tier reprices, by a true-up, everything that the
// table priced in the period before the line l. A lower tier, after a reversal, prices later lines only.
func (r *Run) reach(trueUps []Line, l *Line, a *account, sum *priced) []Line {
	t, before := sum.table, sum.tier
	sum.tier = t.tierAt(a.credit, a.quota.Minor())
	if sum.tier <= before {
		return trueUps
	}
	rate := t.Tiers[sum.tier].Rate
	correction := exact.PartOf(sum.credit, rate.Millionths(), r.plan.mode) - sum.unheld
	if correction == 0 {
		return trueUps
	}
	up := r.uncredited(AsTrueUp, l.Payee, a, sum, exact.PartOf(sum.credit, exact.One, r.plan.mode), correction)
	up.Rate = rate
	if t.Measure == Attainment {
		up.Quota = a.quota
	}
	return append(trueUps, up)
}

// uncredited returns a line that pays commission of a table without any credit.
func (r *Run) uncredited(as Credited, rep string, a *account, sum *priced, base, paid int64) Line {
	amount := func(minor int64) value.Money { return amountOf(minor, r.currency) }
	return Line{
		Payee: rep, Party: a.party, Payer: cmp.Or(a.payer, a.party), Credited: as, Table: sum.table.id,
		Percent: r.plan.full, Share: r.plan.full, Rate: r.plan.full,
		Base: amount(base), Start: amount(a.credit),
		QuotaCredit: amount(0), Influenced: amount(0), Commission: amount(paid),
	}
}
