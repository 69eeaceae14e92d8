package impact

import (
	"cmp"
	"slices"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/internal/exact"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// The two policies of a comparison, as positions.
const (
	before = iota
	after
	policies
)

// The three amounts of a payee, as positions.
const (
	credit = iota
	influenced
	commission
	kinds
)

// kindNames name them in errors.
var kindNames = [kinds]string{"quota_credit", "influenced", "commission"}

// figures are amounts of one payee in one event, in minor units.
type figures [kinds]int64

// plus adds the amounts of a line; false where they leave 64 bits.
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

// amounts writes figures as money; an amount beyond its bounds is an error.
func (f figures) amounts(c value.Currency) (Amounts, error) {
	var problems value.Errors
	a := amountsOf(func(kind int) value.Money {
		m, err := value.NewMoney(f[kind], c)
		problems.Add(kindNames[kind], err)
		return m
	})
	return a, problems.Err()
}

// sums are totals of figures, in 128 bits so that the order of their parts never
// matters.
type sums [kinds]exact.Wide

func (f figures) sums() (s sums) {
	for kind, minor := range f {
		s[kind] = exact.Widened(minor)
	}
	return s
}

func (s sums) plus(o sums) sums {
	for kind := range s {
		s[kind] = s[kind].Plus(o[kind])
	}
	return s
}

func (s sums) minus(o sums) sums {
	for kind := range s {
		s[kind] = s[kind].Minus(o[kind])
	}
	return s
}

// payeeSums is what a comparison keeps of one payee.
type payeeSums struct {
	rep        string
	party      model.Party
	statements int // with a line of the payee
	sums       [policies]sums
	causes     []causeSum // by field
}

// causeSum is the differences that one field is behind.
type causeSum struct {
	field       int32 // the position in comp.Diff
	differences int
	sums        sums // after less before
}

// blame counts a difference for each of its causes.
func (p *payeeSums) blame(fields []int32, f *[policies]figures) {
	for _, field := range fields {
		at, known := slices.BinarySearchFunc(p.causes, field, func(c causeSum, field int32) int {
			return cmp.Compare(c.field, field)
		})
		if !known {
			p.causes = slices.Insert(p.causes, at, causeSum{field: field})
		}
		c := &p.causes[at]
		c.differences++
		c.sums = c.sums.plus(f[after].sums()).minus(f[before].sums())
	}
}

// bookSums is what a comparison found in one currency.
type bookSums struct {
	currency                      value.Currency
	projected                     bool
	deals, reversals, instalments int
	from, to                      value.Date // of the deals and movements; unset where there is none
	value                         exact.Wide
	quota                         [policies]exact.Wide
	payees                        []payeeSums // by rep
	largest                       largest
	leftOut                       []LeftOut // by code
}

// spanDay widens the days of the book.
func (b *bookSums) spanDay(day value.Date) {
	if day.IsZero() {
		return
	}
	if b.from.IsZero() || day.Before(b.from) {
		b.from = day
	}
	if b.to.Before(day) {
		b.to = day
	}
}

// largest is the largest single difference found so far; none where booking is empty.
type largest struct {
	booking, of string
	date        value.Date
	rep         string
	party       model.Party
	figures     [policies]figures
	fields      []int32
}

// beats reports whether l is the larger difference, by commission, credit and
// influenced credit in this order, and of equal ones the earlier; so that the largest
// one does not depend on the order in which they came.
func (l *largest) beats(o *largest) bool {
	if o.booking == "" || l.booking == "" {
		return l.booking != ""
	}
	mine, other := l.change(), o.change()
	for _, kind := range [...]int{commission, credit, influenced} {
		if a, b := size(mine[kind]), size(other[kind]); a != b {
			return a > b
		}
	}
	return cmp.Or(l.date.Compare(o.date), cmp.Compare(l.booking, o.booking), cmp.Compare(l.rep, o.rep)) < 0
}

func size(n int64) int64 { return max(n, -n) }
