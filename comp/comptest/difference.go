package comptest

import (
	"cmp"
	"maps"
	"slices"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// difference is what one payee gets for one deal, reversal or closing of a period under
// two policies, where that is not the same.
type difference struct {
	deal          string // or the reversal, or the closing
	day           value.Date
	payee         string
	party         model.Party
	before, after got
	edits         []comp.Change // every edit of a field that the payee's lines used
}

// got is what a payee gets: the total of its lines in one statement.
type got struct {
	credit, influenced, commission value.Money // nought where there is no line
}

// comparison is what changes between two policies over the same bookings.
type comparison struct {
	currency      value.Currency
	deals         int
	first, last   value.Date
	edits         []comp.Change  // every field that differs, whether or not a booking shows it
	before, after map[string]got // the sums of each payee
	parties       map[string]model.Party
	differences   []difference // by day, then id, then payee
	guesses       int          // differences that no used field explains
	refused       []refusal    // what one of the policies, or both, cannot price
}

// refusal is a booking that a policy cannot price; an error is nil where the policy
// can.
type refusal struct {
	id            string
	day           value.Date
	before, after error
}

// compare prices the bookings under both policies and finds every difference, with the
// fields that made it. It is the one place that pairs statements.
func compare(before, after comp.Policy, bookings Bookings, price pricing) (comparison, error) {
	var problems value.Errors
	one, err := price(before, bookings)
	problems.Add("before", err)
	two, err := price(after, bookings)
	problems.Add("after", err)
	if err := problems.Err(); err != nil {
		return comparison{}, err
	}
	edits := editsOf(before, after)
	c := comparison{
		currency: bookings.currency(), edits: edits,
		before: map[string]got{}, after: map[string]got{}, parties: map[string]model.Party{},
	}
	m := matcher{comparison: &c, blame: newBlame(edits, one.plan, two.plan)}
	byID := make(map[string]*entry, len(two.entries))
	for i := range two.entries {
		byID[two.entries[i].id()] = &two.entries[i]
	}
	for i := range one.entries {
		e := &one.entries[i]
		m.pair(e, byID[e.id()])
		delete(byID, e.id())
	}
	for _, id := range slices.Sorted(maps.Keys(byID)) {
		m.pair(nil, byID[id]) // a closing that only the policy after it has
	}
	c.guesses = m.blame.guesses
	slices.SortStableFunc(c.differences, func(x, y difference) int {
		return cmp.Or(x.day.Compare(y.day), cmp.Compare(x.deal, y.deal), x.party.Compare(y.party), cmp.Compare(x.payee, y.payee))
	})
	return c, nil
}

// matcher pairs the statements of one event under two policies.
type matcher struct {
	*comparison
	blame *blame
}

// pair takes up one event; a nil entry is a closing that pays nothing.
func (m *matcher) pair(one, two *entry) {
	e := cmp.Or(one, two)
	if e.event.deal != nil {
		m.deals++
	}
	if day := e.day(); m.first.IsZero() || day.Before(m.first) {
		m.first = day
	}
	m.last = later(m.last, e.day())
	before, after := m.gotOf(one), m.gotOf(two)
	addAll(m.before, before)
	addAll(m.after, after)
	if refused := (refusal{id: e.id(), day: e.day(), before: errOf(one), after: errOf(two)}); refused.before != nil || refused.after != nil {
		m.refused = append(m.refused, refused)
	}
	payees := maps.Clone(before)
	maps.Copy(payees, after)
	for _, payee := range slices.Sorted(maps.Keys(payees)) {
		if sameGot(before[payee], after[payee]) {
			continue
		}
		m.differences = append(m.differences, difference{
			deal: e.id(), day: e.day(), payee: payee, party: m.parties[payee], before: before[payee], after: after[payee],
			edits: m.blame.of(payee, one, two),
		})
	}
}

func errOf(e *entry) error {
	if e == nil {
		return nil
	}
	return e.err
}

func later(a, b value.Date) value.Date {
	if a.Before(b) {
		return b
	}
	return a
}

// gotOf totals the lines of each payee.
func (m *matcher) gotOf(e *entry) map[string]got {
	sums := map[string]got{}
	if e == nil || e.err != nil {
		return sums
	}
	for i := range e.statement.Lines {
		l := &e.statement.Lines[i]
		m.parties[l.Payee] = l.Party
		sums[l.Payee] = sums[l.Payee].plus(got{l.QuotaCredit, l.Influenced, l.Commission})
	}
	return sums
}

func addAll(into, sums map[string]got) {
	for payee, g := range sums {
		into[payee] = into[payee].plus(g)
	}
}

func (g got) plus(o got) got {
	return got{sum(g.credit, o.credit), sum(g.influenced, o.influenced), sum(g.commission, o.commission)}
}

// sum adds two amounts of one currency, of which one may be no amount yet. Sums of
// what money holds stay within it by far in a test; beyond it the amount stays.
func sum(a, b value.Money) value.Money {
	switch {
	case a.IsZero():
		return b
	case b.IsZero():
		return a
	}
	total, err := a.Add(b)
	if err != nil {
		return a
	}
	return total
}

func sameGot(a, b got) bool {
	return a.credit.Minor() == b.credit.Minor() && a.influenced.Minor() == b.influenced.Minor() && a.commission.Minor() == b.commission.Minor()
}

// less returns b − a, nought in the currency of either where one is no amount.
func less(a, b value.Money) value.Money { return sum(b, a.Neg()) }

// blames reports whether an edit is behind the difference.
func (d *difference) blames(e comp.Change) bool { return slices.Contains(d.edits, e) }
