package impact

import (
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

// figures are amounts of one payee in one event, in minor units.
type figures struct{ credit, influenced, commission int64 }

// plus adds the amounts of a line; false where they leave 64 bits.
func (f figures) plus(l *comp.Line) (figures, bool) {
	var ok [3]bool
	f.credit, ok[0] = add(f.credit, l.QuotaCredit.Minor())
	f.influenced, ok[1] = add(f.influenced, l.Influenced.Minor())
	f.commission, ok[2] = add(f.commission, l.Commission.Minor())
	return f, ok[0] && ok[1] && ok[2]
}

func add(a, b int64) (int64, bool) {
	sum := a + b
	return sum, (a^sum)&(b^sum) >= 0
}

// amounts writes figures as money; an amount beyond its bounds is an error.
func (f figures) amounts(c value.Currency) (Amounts, error) {
	var problems value.Errors
	a := Amounts{
		QuotaCredit: minorAmount(&problems, "quota_credit", f.credit, c),
		Influenced:  minorAmount(&problems, "influenced", f.influenced, c),
		Commission:  minorAmount(&problems, "commission", f.commission, c),
	}
	return a, problems.Err()
}

func minorAmount(problems *value.Errors, field string, minor int64, c value.Currency) value.Money {
	m, err := value.NewMoney(minor, c)
	problems.Add(field, err)
	return m
}

// sums are totals of figures, in 128 bits so that the order of their parts never
// matters.
type sums struct{ credit, influenced, commission exact.Wide }

func (s *sums) add(f figures) {
	s.credit = s.credit.Plus(exact.Widened(f.credit))
	s.influenced = s.influenced.Plus(exact.Widened(f.influenced))
	s.commission = s.commission.Plus(exact.Widened(f.commission))
}

func (s *sums) sub(f figures) {
	s.credit = s.credit.Minus(exact.Widened(f.credit))
	s.influenced = s.influenced.Minus(exact.Widened(f.influenced))
	s.commission = s.commission.Minus(exact.Widened(f.commission))
}

func (s sums) plus(o sums) sums {
	return sums{s.credit.Plus(o.credit), s.influenced.Plus(o.influenced), s.commission.Plus(o.commission)}
}

func (s sums) minus(o sums) sums {
	return sums{s.credit.Minus(o.credit), s.influenced.Minus(o.influenced), s.commission.Minus(o.commission)}
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
		at := 0
		for at < len(p.causes) && p.causes[at].field < field {
			at++
		}
		if at == len(p.causes) || p.causes[at].field != field {
			p.causes = append(p.causes, causeSum{})
			copy(p.causes[at+1:], p.causes[at:])
			p.causes[at] = causeSum{field: field}
		}
		c := &p.causes[at]
		c.differences++
		c.sums.add(f[after])
		c.sums.sub(f[before])
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
	mine, others := l.sizes(), o.sizes()
	for i := range mine {
		if mine[i] != others[i] {
			return mine[i] > others[i]
		}
	}
	if order := l.date.Compare(o.date); order != 0 {
		return order < 0
	}
	if l.booking != o.booking {
		return l.booking < o.booking
	}
	return l.rep < o.rep
}

func (l *largest) sizes() [3]int64 {
	one, two := &l.figures[before], &l.figures[after]
	return [3]int64{
		size(two.commission - one.commission),
		size(two.credit - one.credit),
		size(two.influenced - one.influenced),
	}
}

func size(n int64) int64 { return max(n, -n) }
