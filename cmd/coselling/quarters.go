package main

import (
	"cmp"
	"maps"
	"slices"
	"strconv"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/value"
)

// quarterView writes a page for each quarter in which deals were won: what each model costs, the reps who would gain
// and lose by another one, and the deals that somebody should look at. It holds the totals of each quarter.
type quarterView struct {
	p     *printer
	pages map[quarter]*page
}

// quarter is a quarter of a calendar year.
type quarter struct{ year, number int }

func quarterOf(day value.Date) quarter {
	year, month, _ := day.YMD()
	return quarter{year, (int(month) + 2) / 3}
}

func (q quarter) compare(o quarter) int {
	return cmp.Or(cmp.Compare(q.year, o.year), cmp.Compare(q.number, o.number))
}

func (q quarter) String() string { return strconv.Itoa(q.year) + " Q" + strconv.Itoa(q.number) }

// page has what was won in one quarter.
type page struct {
	ledgers    map[value.Currency]*ledger
	exceptions []string // the first ones
	more       int
}

func (v *quarterView) begin(*book) error { return nil }

func (v *quarterView) deal(b *book, e *entry) error {
	if e.isOpen() {
		return nil
	}
	s := &e.statements[b.prices.policy.Model]
	q := quarterOf(s.Date)
	at := v.pages[q]
	if at == nil {
		at = &page{ledgers: map[value.Currency]*ledger{}}
		v.pages[q] = at
	}
	c := s.Value.Currency()
	if at.ledgers[c] == nil {
		at.ledgers[c] = newLedger(c, &b.prices)
	}
	if why := e.exception(); why != "" {
		if len(at.exceptions) < mostToLookAt {
			at.exceptions = append(at.exceptions, s.Booking+", "+money(s.Value)+": "+why)
		} else {
			at.more++
		}
	}
	return at.ledgers[c].add(e, s.Model)
}

// exception says why somebody should look at a deal; nothing where nobody need.
func (e *entry) exception() string {
	switch {
	case e.isFloor():
		return ""
	case e.isTakenBack():
		return e.why()
	case len(e.advice.Contradictions) > 0:
		return e.advice.Contradictions[0].String()
	case e.registered.named && len(e.registered.shut) > 0:
		return "not registered: " + e.registered.says
	case e.deal.Engagement != 0 && e.mismatch() != "":
		return e.why()
	default:
		return ""
	}
}

func (v *quarterView) leave(*leftOut) error { return nil }

func (v *quarterView) end(b *book) error {
	p := v.p
	b.printHead(p)
	for _, q := range slices.SortedFunc(maps.Keys(v.pages), quarter.compare) {
		at := v.pages[q]
		ledgers := sortedLedgers(at.ledgers)
		p.heading("%s  commission as a share of the value of won deals; » is the policy's model", q)
		printCosts(p, ledgers...)
		for _, l := range ledgers {
			for _, m := range l.prices.models {
				if m != l.prices.policy.Model {
					p.orSay(l.printMoved(p, q, m))
				}
			}
		}
		for _, text := range at.exceptions {
			p.wrapped("look at ", text)
		}
		if at.more > 0 {
			p.line("… and %s more", count(at.more))
		}
	}
	b.printMissing(p)
	b.printLeftOut(p)
	return p.err
}

// moved is a rep whom another model pays another amount.
type moved struct {
	comp.Total
	before, change value.Money
}

// mostMoved is the largest number of reps that are listed as those who gain, or who lose.
const mostMoved = 5

// printMoved lists the reps who would gain and lose most by a model.
func (l *ledger) printMoved(p *printer, q quarter, m comp.Model) error {
	before, err := l.column(l.prices.policy.Model).Payees()
	if err != nil {
		return err
	}
	after, err := l.column(m).Payees()
	if err != nil {
		return err
	}
	var reps []moved
	for i, total := range after { // the same reps in the same order under each model
		change, err := total.Commission.Sub(before[i].Commission)
		if err != nil {
			return err
		}
		if change.Sign() != 0 {
			reps = append(reps, moved{total, before[i].Commission, change})
		}
	}
	if len(reps) == 0 {
		return nil
	}
	slices.SortStableFunc(reps, func(x, y moved) int { return y.change.Compare(x.change) })
	p.line("")
	t := &table{columns: "w*aaa"}
	t.row(q.String()+" "+l.currency.String(), "under "+dashed(m.String()), "now", "then", "change")
	gain := 0 // the number of those who gain, which come first
	for gain < len(reps) && reps[gain].change.Sign() > 0 {
		gain++
	}
	for i, r := range reps {
		if i < min(gain, mostMoved) || i >= max(gain, len(reps)-mostMoved) {
			t.row(r.Payee, r.Party.String(), amount(r.before), amount(r.Commission), signed(r.change))
		}
	}
	t.print(p)
	if more := max(gain-mostMoved, 0) + max(len(reps)-gain-mostMoved, 0); more > 0 {
		p.line("… and %s with smaller changes", counted(more, "rep", "reps"))
	}
	return nil
}

// signed writes a change.
func signed(m value.Money) string {
	if m.Sign() > 0 {
		return "+" + amount(m)
	}
	return amount(m)
}
