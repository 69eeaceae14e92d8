package impact

import (
	"cmp"
	"slices"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/internal/exact"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// The positions of the two policies of a comparison.
const (
	before = iota
	after
	policies
)

// The positions of the three amounts of a payee.
const (
	credit = iota
	influenced
	commission
	kinds
)

var kindNames = [kinds]string{"quota_credit", "influenced", "commission"} // in errors

// figures holds the amounts of one payee in one event, in minor units.
type figures [kinds]int64

// plus adds the amounts of a line; false if they do not fit 64 bits.
func (f figures) plus(l *comp.Line) (figures, bool) {
	for kind, m := range [kinds]value.Money{l.QuotaCredit, l.Influenced, l.Commission} {
		sum := f[kind] + m.Minor()
		if (f[kind]^sum)&(m.Minor()^sum) < 0 {
			return f, false
		}
		f[kind] = sum
	}
	return f, true
}

// amounts returns figures as money, those of a payee with credit only without a commission. An amount beyond the bounds
// of money is an error.
func (f figures) amounts(c value.Currency, paid bool) (comp.Amounts, error) {
	var problems value.Errors
	a := amountsOf(func(kind int) value.Money {
		m, err := value.NewMoney(f[kind], c)
		problems.Add(kindNames[kind], err)
		return m
	})
	if !paid {
		a.Commission = value.Money{}
	}
	return a, problems.Err()
}

// bookSums is the sums of a [Report] in one currency.
type bookSums struct {
	Currency  value.Currency `json:"currency" wire:"needed,set"`
	Projected bool           `json:"projected" wire:"needed"`
	// how many were compared
	Deals int `json:"deals" wire:"needed,0..1000000000000,code=impact.partial.content"`
	// how many took a deal back, in full or in part
	Reversals int `json:"reversals" wire:"needed,0..1000000000000,code=impact.partial.content"`
	// how much money was received, refunded or written off, in movements
	Movements   int          `json:"movements" wire:"needed,0..1000000000000,code=impact.partial.content"`
	From        value.Date   `json:"from" wire:"needed"`
	To          value.Date   `json:"to" wire:"needed"`
	Value       sum          `json:"value" wire:"needed"`
	QuotaBefore sum          `json:"quota_before" wire:"needed"`
	QuotaAfter  sum          `json:"quota_after" wire:"needed"`
	Payees      []payeeSums  `json:"payees" wire:"needed,..2000000"` // who is credited or paid, by id
	Largest     *largestWire `json:"largest,omitzero"`
	LeftOut     []LeftOut    `json:"left_out" wire:"needed"`

	largest largest // Largest holds it while the form is read or written
}

// payeeSums is the sums of a [PayeeChange]. Three sums are quota credit, influenced credit and commission.
type payeeSums struct {
	Rep   string      `json:"rep" wire:"needed,1..4096,code=impact.partial.content"` // its id
	Party model.Party `json:"party" wire:"needed"`
	// a company that is paid, in place of a rep (comp.company)
	Company bool `json:"company" wire:"needed"`
	// with a commission, which may be zero, in a statement; else with credit only
	Paid bool `json:"paid" wire:"needed"`
	// with a line of the rep
	Statements int `json:"statements" wire:"needed,0..1000000000000,code=impact.partial.content"`
	// quota credit, influenced credit and commission under the policy before
	Before sums `json:"before" wire:"needed,3..3,code=impact.partial.content"`
	After  sums `json:"after" wire:"needed,3..3,code=impact.partial.content"` // the same under the policy after
	// the fields of the policy behind the change, in their order
	Causes []causeSum `json:"causes" wire:"needed,..1000000"`
}

// causeSum is the sums of a [Cause].
type causeSum struct {
	Field string `json:"field" wire:"needed"` // its path in the policy
	// how many statements it changed
	Differences int `json:"differences" wire:"needed,0..1000000000000,code=impact.partial.content"`
	// of quota credit, influenced credit and commission
	Change sums `json:"change" wire:"needed,3..3,code=impact.partial.content"`

	at int32 // the field's position in comp.Diff
}

// sum is a whole number of minor units as text, of 128 bits, so that the order of its parts never matters.
type sum exact.Wide

func (s sum) plus(o sum) sum { return sum(exact.Wide(s).Plus(exact.Wide(o))) }

func (s *sum) add(m value.Money) { *s = s.plus(sum(exact.Widened(m.Minor()))) }

// sums are totals of figures, one of each kind.
type sums []sum

func noSums() sums { return make(sums, kinds) }

func newSums() payeeSums { return payeeSums{Before: noSums(), After: noSums()} }

func (f figures) sums() sums {
	s := noSums()
	s.add(f)
	return s
}

func (s sums) add(f figures) {
	for kind, minor := range f {
		s[kind] = s[kind].plus(sum(exact.Widened(minor)))
	}
}

// plus returns the totals of two lists; neither is changed.
func (s sums) plus(o sums) sums {
	t := slices.Clone(s)
	t.addAll(o)
	return t
}

func (s sums) addAll(o sums) {
	for kind := range s {
		s[kind] = s[kind].plus(o[kind])
	}
}

func (s sums) less(o sums) sums {
	d := noSums()
	for kind := range d {
		d[kind] = sum(exact.Wide(s[kind]).Minus(exact.Wide(o[kind])))
	}
	return d
}

// blame counts a difference for each of its causes.
func (p *payeeSums) blame(fields fieldSet, changes []comp.PolicyChange, change figures) {
	for _, field := range fields {
		at, known := slices.BinarySearchFunc(p.Causes, field, func(c causeSum, field int32) int {
			return cmp.Compare(c.at, field)
		})
		if !known {
			p.Causes = slices.Insert(p.Causes, at, causeSum{Field: changes[field].Path, Change: noSums(), at: field})
		}
		p.Causes[at].Differences++
		p.Causes[at].Change.add(change)
	}
}

// spanDay widens the range of days to a day, unless that is unset.
func (b *bookSums) spanDay(day value.Date) {
	if day.IsZero() {
		return
	}
	if b.From.IsZero() || day.Before(b.From) {
		b.From = day
	}
	if b.To.Before(day) {
		b.To = day
	}
}

// largest is the largest single difference so far; there is none if booking is empty.
type largest struct {
	booking, of string
	date        value.Date
	rep         string
	party       model.Party
	paid        bool
	figures     [policies]figures
	fields      []int32
}

// beats reports whether l is larger, by commission, then credit, then influenced credit, or as large and earlier.
func (l *largest) beats(o *largest) bool {
	if o.booking == "" || l.booking == "" {
		return l.booking != ""
	}
	mine, other := change(&l.figures), change(&o.figures)
	larger := func(kind int) int { return cmp.Compare(size(other[kind]), size(mine[kind])) }
	return cmp.Or(larger(commission), larger(credit), larger(influenced),
		l.date.Compare(o.date), cmp.Compare(l.booking, o.booking), cmp.Compare(l.rep, o.rep)) < 0
}

func size(n int64) int64 { return max(n, -n) }
