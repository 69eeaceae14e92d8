package comp

import (
	"cmp"
	"maps"
	"slices"

	"github.com/coselling/coselling/value"
)

// LineID identifies a line of a statement for good: the same booking or movement makes it again under the same id.
// LineIDs are comparable with ==.
type LineID struct {
	Booking string   `json:"booking" wire:"needed,1..256"` // the deal; of floors, their statement
	Payee   string   `json:"payee" wire:"needed,1..256"`   // the id of the rep or the company
	Table   TableID  `json:"table,omitzero"`
	Part    Credited `json:"part" wire:"needed"`         // the capacity, true-up or floor
	Cause   string   `json:"cause" wire:"needed,1..256"` // the booking or movement whose statement has the line
}

// ClosedLine is a line that was approved or paid, with the amounts that it has since then.
type ClosedLine struct {
	LineID  `json:",inline"`
	Amounts `json:",inline"`
}

// ClosedLines returns the ids and amounts of the lines, in their order, for [Ledger.Close]; nil where there are none.
func (s Statement) ClosedLines() []ClosedLine {
	var lines []ClosedLine
	of := s.Of
	if of == "" {
		of = s.Booking
	}
	for i := range s.Lines {
		l := &s.Lines[i]
		id := LineID{Booking: of, Payee: l.Payee, Table: l.Table, Part: l.Credited, Cause: s.Booking}
		lines = append(lines, ClosedLine{id, Amounts{l.QuotaCredit, l.Influenced, l.Commission}})
	}
	return lines
}

// Close closes every period that ends by a day, with the lines that are approved or paid in the period that ends on it.
// These stand from now on; where an amount differs from the ledger's own, the line says so, and a credit that is not
// given stands as the ledger has it. Several calls, in any order of days, add up. A booking or movement of a closed
// period that has no line is late, see [Ledger]. Errors, with paths such as lines[2].commission: ledger.close for a
// missing day, for a line that the ledger does not make by that day or that stands already, and for an earlier period
// without which lines that stand would not be made; [value.MoneyCurrency] for an amount in another currency, or a
// missing commission.
func (l *Ledger) Close(through value.Date, lines ...ClosedLine) error {
	if err := l.made(); err != nil {
		return err
	}
	return l.closeAll([]value.Date{through}, map[value.Date][]ClosedLine{through: lines})
}

// given is where a line that is to stand was given, and the last day of its period.
type given struct {
	at      string
	through value.Date
}

// closeAll closes periods by several days at once.
func (l *Ledger) closeAll(throughs []value.Date, lines map[value.Date][]ClosedLine) error {
	var problems value.Errors
	next := *l
	next.events, next.priced, next.closings = nil, nil, maps.Clone(l.closings)
	known, fresh := l.standing(), map[LineID]given{}
	for _, through := range throughs {
		if through.IsZero() {
			problems.Refuse("through", ledgerClose, "nothing", "is the last day of a period")
		}
		stand := maps.Clone(l.closings[through])
		if stand == nil {
			stand = map[LineID]Amounts{}
		}
		next.closings[through] = stand
		for i := range lines[through] {
			line := &lines[through][i]
			g := given{value.Index("lines", i), through}
			_, stands := known[line.LineID]
			if stands || fresh[line.LineID] != (given{}) {
				problems.Refuse(g.at, ledgerClose, value.Quote(line.Cause), "has such a line that stands already")
			}
			fresh[line.LineID], stand[line.LineID] = g, line.Amounts
		}
	}
	if len(problems) > 0 {
		return problems
	}
	next.placed = placementOf(next.closings)
	if err := next.checkClosings(known, fresh, throughs[len(throughs)-1]); err != nil {
		return err
	}
	*l = next
	return nil
}

// checkClosings prices everything to see that the lines that stood, and the fresh ones of closings up to a last one,
// are made.
func (l *Ledger) checkClosings(known standing, fresh map[LineID]given, last value.Date) error {
	var problems value.Errors
	err := l.play(func(s *Statement, _ *Plan) bool {
		for _, own := range s.ClosedLines() {
			delete(known, own.LineID)
			g, ok := fresh[own.LineID]
			if !ok || s.Date.After(g.through) {
				continue
			}
			delete(fresh, own.LineID)
			stands := l.closings[g.through][own.LineID]
			stands.QuotaCredit = cmp.Or(stands.QuotaCredit, own.QuotaCredit)
			stands.Influenced = cmp.Or(stands.Influenced, own.Influenced)
			l.closings[g.through][own.LineID] = stands
			problems.Add(g.at+".quota_credit", inPlaceOf(own.QuotaCredit, stands.QuotaCredit))
			problems.Add(g.at+".influenced", inPlaceOf(own.Influenced, stands.Influenced))
			problems.Add(g.at+".commission", inPlaceOf(own.Commission, stands.Commission)) // none with credit only
		}
		return true
	}, nil)
	if err != nil {
		return err
	}
	if len(known) > 0 {
		const want = "is closed with too few lines: others that stand would not be made; give those of this period too"
		problems.Refuse("through", ledgerClose, last.String(), want)
	}
	for _, g := range slices.SortedFunc(maps.Values(fresh), func(a, b given) int { return cmp.Compare(a.at, b.at) }) {
		problems.Refuse(g.at, ledgerClose, "the line", "is none that the ledger makes by "+g.through.String())
	}
	return problems.Err()
}

// inPlaceOf refuses an amount that cannot stand in place of the ledger's own.
func inPlaceOf(own, stands value.Money) error {
	if stands.Currency() == own.Currency() {
		return nil
	}
	return value.NewError(value.MoneyCurrency, amountText(stands),
		"cannot stand for the "+cmp.Or(own.String(), "missing amount")+" of the ledger's line; give an amount like it")
}

const (
	ledgerClose value.Code = "ledger.close"  // a line that cannot stand
	closedRule  value.Code = "ledger.closed" // lines of a closed period stand
)

// closedThrough returns the last day that is closed; zero for none.
func (l *Ledger) closedThrough() (last value.Date) {
	for through := range l.closings {
		last = later(last, through)
	}
	return last
}

// standing is the lines of all closed periods.
type standing map[LineID]Amounts

func (l *Ledger) standing() standing {
	all := standing{}
	for _, lines := range l.closings {
		maps.Copy(all, lines)
	}
	return all
}

// hold gives the lines of a statement that stand their amounts.
func (st standing) hold(s *Statement) {
	if len(st) == 0 {
		return
	}
	for i, own := range s.ClosedLines() {
		if given, ok := st[own.LineID]; ok && given != own.Amounts {
			l := &s.Lines[i]
			l.hold(ByClosing, given.Commission)
			l.QuotaCredit, l.Influenced = given.QuotaCredit, given.Influenced
		}
	}
}

// placement says in which closing each booking and movement stands.
type placement struct {
	throughs []value.Date
	at       map[string]int
}

func placementOf(closings map[value.Date]map[LineID]Amounts) placement {
	p := placement{slices.SortedFunc(maps.Keys(closings), value.Date.Compare), map[string]int{}}
	for i, through := range slices.Backward(p.throughs) {
		for id := range closings[through] {
			p.at[id.Cause] = i
		}
	}
	return p
}

// on returns the day on which an event of a day counts: its own, or the first day after the closed periods that have no
// line of it.
func (p placement) on(id string, own value.Date) value.Date {
	before, stands := p.at[id]
	if !stands {
		before = len(p.throughs)
	}
	if before == 0 {
		return own
	}
	first, err := p.throughs[before-1].AddDays(1)
	if err != nil {
		return own // the calendar ends
	}
	return later(own, first)
}
