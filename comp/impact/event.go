package impact

import (
	"iter"
	"slices"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// event is a booking, a movement of a deal or the closing of a period, priced under both policies.
type event struct {
	id, of     string // of is empty for a booking and a closing
	date       value.Date
	booking    *comp.Booking            // only for a booking, while it is compared
	joint      bool                     // the deal's origin is joint
	several    bool                     // partners sell it
	priced     [policies]comp.Statement // with the lines from which causes follow
	statements [policies]comp.Statement // with the amounts: as priced, unless the deal is deferred
	refused    [policies]error          // of a policy that cannot price it
	entries    []entry
}

// priceable reports whether both policies can price the event.
func (e *event) priceable() bool { return e.refused[before] == nil && e.refused[after] == nil }

// entry holds the lines of one payee in an event.
type entry struct {
	payee   *payee
	rep     string
	party   model.Party
	lines   [policies]segment
	figures [policies]figures
	company bool // paid in place of a rep
	differs bool // in any field of a line
	paid    bool // a line has a commission, which may be zero
}

// segment holds the range of the lines of a payee in a statement.
type segment struct{ from, to int }

// match sorts the lines of both statements by payee. They stand together, and mostly in the same order.
func (e *event) match() {
	e.entries = e.entries[:0]
	for side := range e.priced {
		n, at := len(e.entries), 0
		var places map[string]int // of the payees before, if the order differs
		for from, to := range payeesOf(e.priced[side].Lines) {
			l := &e.priced[side].Lines[from]
			if at >= n || e.entries[at].rep != l.Payee {
				if places == nil && n > 0 {
					places = make(map[string]int, n)
					for i := range n {
						places[e.entries[i].rep] = i
					}
				}
				var known bool
				if at, known = places[l.Payee]; !known {
					at = len(e.entries)
					e.entries = append(e.entries, entry{rep: l.Payee, party: l.Party, company: isCompany(l)})
				}
			}
			e.entries[at].lines[side] = segment{from, to}
			at++
		}
	}
	for i := range e.entries {
		x := &e.entries[i]
		x.differs = !slices.Equal(e.linesOf(x, before), e.linesOf(x, after))
	}
}

// payeesOf yields the range of lines of each payee.
func payeesOf(lines []comp.Line) iter.Seq2[int, int] {
	return func(yield func(from, to int) bool) {
		for from := 0; from < len(lines); {
			to := from + 1
			for to < len(lines) && lines[to].Payee == lines[from].Payee {
				to++
			}
			if !yield(from, to) {
				return
			}
			from = to
		}
	}
}

func (e *event) linesOf(x *entry, side int) []comp.Line {
	return e.priced[side].Lines[x.lines[side].from:x.lines[side].to]
}

// sum adds up the amounts of every payee.
func (e *event) sum() error {
	for i := range e.entries {
		x := &e.entries[i]
		for side := range e.statements {
			s, fits := &e.statements[side], true
			for j := x.lines[side].from; j < x.lines[side].to && fits; j++ {
				x.figures[side], fits = x.figures[side].plus(&s.Lines[j])
				x.paid = x.paid || !s.Lines[j].Commission.IsZero()
			}
			if c := s.Value.Currency(); !fits || !x.figures[side].fit(c) {
				return value.Below(named(x.rep), beyond(c))
			}
		}
	}
	return nil
}

func beyond(c value.Currency) error {
	return value.NewError(value.MoneyRange, "the payee's total of one deal",
		"is beyond the bounds of money in "+c.String())
}

// fit reports whether the figures are amounts of money.
func (f figures) fit(c value.Currency) bool {
	const surely = 100_000_000_000_000 // minor units of every currency that money holds
	if !slices.ContainsFunc(f[:], func(minor int64) bool { return size(minor) >= surely }) {
		return true
	}
	_, err := f.amounts(c, true)
	return err == nil
}

func (x *entry) changed() bool { return x.figures[before] != x.figures[after] }

// isCompany reports whether a line pays a company (comp.company).
func isCompany(l *comp.Line) bool {
	return l.Credited == comp.AsCompany || l.Credited == comp.AsCompanyFee
}
