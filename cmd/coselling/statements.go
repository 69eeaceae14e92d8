package main

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/value"
)

// repView writes statements for people: the lines of each rep, deal by deal. It holds the
// lines of the selected reps.
type repView struct {
	p      *printer
	filter filter
	reps   map[string][]repLine
}

// repLine is the line of a rep for a deal.
type repLine struct {
	deal, kind, account string
	date                value.Date
	open                bool
	line                comp.Line
}

func newRepView(p *printer, reps []string) *repView {
	return &repView{p: p, filter: filter{reps: reps}, reps: map[string][]repLine{}}
}

func (v *repView) begin(*book) error { return nil }

func (v *repView) deal(b *book, e *entry) error {
	s := &e.statements[b.prices.policy.Model]
	for _, l := range s.Lines {
		if v.filter.takesRep(l.Payee) {
			v.reps[l.Payee] = append(v.reps[l.Payee],
				repLine{s.Booking, e.kind(), e.deal.Account, s.Date, s.Projected, l})
		}
	}
	return nil
}

func (v *repView) leave(*leftOut) error { return nil }

func (v *repView) end(b *book) error {
	for _, rep := range v.filter.reps {
		if rep != allReps && v.reps[rep] == nil {
			v.reps[rep] = []repLine{}
		}
	}
	b.printHead(v.p)
	order := slices.SortedFunc(maps.Keys(v.reps), func(x, y string) int {
		return cmp.Or(v.party(x, y), cmp.Compare(x, y))
	})
	for _, rep := range order {
		v.statement(rep, v.reps[rep])
	}
	return v.p.err
}

// party returns the party of a rep, by which reps are ordered; a rep without lines is first.
func (v *repView) party(x, y string) int {
	if len(v.reps[x]) == 0 || len(v.reps[y]) == 0 {
		return cmp.Compare(len(v.reps[x]), len(v.reps[y]))
	}
	return v.reps[x][0].line.Party.Compare(v.reps[y][0].line.Party)
}

func (v *repView) statement(rep string, lines []repLine) {
	name := clean(rep, mostWord*2)
	if len(lines) == 0 {
		v.p.heading("STATEMENT  %s", name)
		v.p.line("no deal of the file credits %s", name)
		return
	}
	v.p.heading("STATEMENT  %s, %s", name, clean(lines[0].line.Party.String(), mostWord*2))
	t := &table{columns: "www*aa"}
	t.row("deal", "stage", "closed", "credited with", "credit", "commission")
	sums := repSums{}
	for _, r := range lines {
		closed := ""
		if !r.date.IsZero() {
			closed = r.date.String()
		}
		_, part, _ := strings.Cut(credited(r.line), ", ") // the side is in the heading
		t.row(r.deal, r.kind, closed, part, amount(creditOf(r.line)), money(r.line.Commission))
		sums.add(r)
	}
	t.row()
	sums.rows(t)
	t.print(v.p)
}

// repSums holds the totals of a rep, by currency and by whether they are earned.
type repSums map[repSum]*[2]value.Sum

type repSum struct {
	currency value.Currency
	open     bool
}

func (s repSums) add(r repLine) {
	key := repSum{r.line.Commission.Currency(), r.open}
	if s[key] == nil {
		s[key] = &[2]value.Sum{}
	}
	for i, m := range []value.Money{creditOf(r.line), r.line.Commission} {
		s[key][i], _ = s[key][i].Add(m) // one currency
	}
}

// rows adds the sums to a table, or the reason why there is none.
func (s repSums) rows(t *table) {
	order := slices.SortedFunc(maps.Keys(s), func(x, y repSum) int {
		return cmp.Or(x.currency.Compare(y.currency), compareBool(x.open, y.open))
	})
	for _, key := range order {
		name := "earned"
		if key.open {
			name = "projected"
		}
		cells := []string{name, "", "", ""}
		for i, total := range s[key] {
			m, err := total.Money()
			switch {
			case err != nil:
				cells = append(cells, "out of range")
			case i == 0:
				cells = append(cells, amount(m))
			default:
				cells = append(cells, money(m))
			}
		}
		t.row(cells...)
	}
}
