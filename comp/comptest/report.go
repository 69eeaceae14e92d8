package comptest

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/comp/impact"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

const (
	mostDeals  = 8 // that a report lists of one payee or field
	mostPayees = 12
	mostPaths  = 3
)

// changeReport is a comparison held against what was expected of it.
type changeReport struct {
	comparison
	allowed expectations
}

// text writes what changes and what of it was not expected, and whether anything was
// not.
func (r *changeReport) text() (text string, failed bool) {
	var unmet []string
	for _, part := range [][]string{
		r.refusals(), r.fieldsNotListed(), r.totals(),
		r.payees(r.allowed.losses, "loses", r.Losses()), r.payees(r.allowed.gains, "gains", r.Gains()),
	} {
		unmet = append(unmet, part...)
	}
	head := "the policy change does what is listed, and no more"
	if len(unmet) > 0 {
		head = "the policy change does more than is listed: " + counted(len(unmet), "finding")
	}
	return strings.TrimSuffix(head+"\n"+r.summary()+strings.Join(unmet, ""), "\n"), len(unmet) > 0
}

// summary says what was compared, what differs in the policy and what that comes to.
func (r *changeReport) summary() string {
	var out strings.Builder
	out.WriteString("  compared: " + counted(r.deals, "deal") + ", " + r.first.String() + " to " + r.last.String() + ", amounts in " + r.currency.String() + "\n")
	out.WriteString(r.leftOut())
	if len(r.edits) == 0 {
		out.WriteString("  the two policies are equal\n")
		return out.String()
	}
	edits := table{layout: "llll"}
	for _, e := range r.edits {
		edits.add("changed:", e.Path, e.Before+" -> "+e.After, r.effect(e))
	}
	out.WriteString(edits.text("  "))
	sums := table{layout: "lrlrrl"}
	sums.add(append(append([]string{"commission:"}, r.cellsOf(&r.Total)...), percentOf(&r.Total))...)
	if deals, moved := r.unpriced(); deals > 0 {
		sums.add("of it:", "", "", "", signed(moved), "in "+counted(deals, "booking")+" that one policy cannot price")
	}
	return out.String() + sums.text("  ")
}

// effect says what an edit does in the bookings.
func (r *changeReport) effect(e comp.Change) string {
	deals, payees := map[string]bool{}, map[string]bool{}
	var moved value.Money
	for i := range r.differences {
		if d := &r.differences[i]; blames(d, e) {
			deals[d.Booking], payees[d.Rep] = true, true
			moved = sum(moved, d.Change.Commission)
		}
	}
	if len(deals) == 0 {
		return "no booking shows it"
	}
	return counted(len(deals), "statement") + " of " + counted(len(payees), "payee") + ", " + signed(moved)
}

// percentOf writes by which part of what it was a commission changed.
func percentOf(e *impact.Effect) string {
	ratio, _ := e.Change.Commission.Over(e.Before.Commission)
	percent, err := ratio.Percent(value.HalfEven)
	if err != nil {
		return ""
	}
	if ratio.Num() > 0 {
		return "(+" + percent.String() + ")"
	}
	return "(" + percent.String() + ")"
}

// cellsOf writes a commission before, after and what it changed by.
func (r *changeReport) cellsOf(e *impact.Effect) []string {
	return []string{
		digits(orNought(e.Before.Commission, r.currency)), "->", digits(orNought(e.After.Commission, r.currency)),
		signed(orNought(e.Change.Commission, r.currency)),
	}
}

// fieldsNotListed says which fields differ although nothing lists them, and whom that
// concerns; fields behind the same differences stand together.
func (r *changeReport) fieldsNotListed() []string {
	why := "nothing lists a field; OnlyContribution and OnlyField do"
	if len(r.allowed.fields) > 0 {
		why = "listed: only " + strings.Join(r.allowed.fields, ", ") + " may change"
	}
	return r.byField("  NOT LISTED: ", "    "+why+"\n", func(e comp.Change) bool { return !r.allowed.allows(e.Path) })
}

// byField lists the differences behind each wanted edit; edits behind the same ones
// share a list.
func (r *changeReport) byField(mark, why string, wanted func(comp.Change) bool) []string {
	var heads, lists []string
	same := map[string]int{} // by the differences, where their list stands
	for _, e := range r.edits {
		if !wanted(e) {
			continue
		}
		behind := r.behind(e)
		at, ok := same[behind]
		if !ok {
			at = len(heads)
			same[behind] = at
			heads = append(heads, "")
			lists = append(lists, r.list(func(d *difference) bool { return blames(d, e) }))
		}
		heads[at] += mark + e.String() + "\n"
	}
	for i := range heads {
		if lists[i] == "" {
			lists[i] = "    no booking shows it\n"
		}
		heads[i] += why + lists[i]
	}
	return heads
}

// behind says which differences an edit is behind.
func (r *changeReport) behind(e comp.Change) string {
	set := make([]byte, len(r.differences))
	for i := range r.differences {
		if blames(&r.differences[i], e) {
			set[i] = 1
		}
	}
	return string(set)
}

// totals holds the total commission against what was expected.
func (r *changeReport) totals() []string {
	var found []string
	for _, e := range r.allowed.totals {
		if e.holds(&r.Total) {
			continue
		}
		moved := strings.TrimSpace(signed(r.Total.Change.Commission) + " " + percentOf(&r.Total))
		found = append(found, e.unmet("the total commission changes by "+moved)+r.movers())
	}
	return found
}

// movers lists the payees whose commission moved, the largest movement first.
func (r *changeReport) movers() string {
	moved := r.moved()
	list := table{layout: "llrlrr"}
	for i := range moved[:min(len(moved), mostPayees)] {
		list.add(append([]string{who(&moved[i]), "commission"}, r.cellsOf(&moved[i].Effect)...)...)
	}
	return list.text("    ") + more(len(moved)-mostPayees, "payee", "    ")
}

// moved returns the payees whose commission is not the same, the largest movement
// first.
func (r *changeReport) moved() []impact.Payee {
	moved := append(r.Gains(), r.Losses()...)
	slices.SortFunc(moved, func(a, b impact.Payee) int {
		one, two := abs(a.Change.Commission.Minor()), abs(b.Change.Commission.Minor())
		return cmp.Or(cmp.Compare(two, one), cmp.Compare(a.Rep, b.Rep))
	})
	return moved
}

func orNought(m value.Money, c value.Currency) value.Money {
	if m.IsZero() {
		m, _ = value.NewMoney(0, c)
	}
	return m
}

func abs(n int64) int64 { return max(n, -n) }

// payees holds what each payee loses, or gains, against the limits.
func (r *changeReport) payees(limits []Expectation, verb string, moved []impact.Payee) []string {
	var found []string
	for _, e := range limits {
		beyond := slices.DeleteFunc(slices.Clone(moved), func(p impact.Payee) bool {
			return abs(p.Change.Commission.Minor()) <= e.amount.Minor()
		})
		if len(beyond) == 0 {
			continue
		}
		what := "a payee who " + verb
		if !e.implied {
			what += " more than " + e.amount.String()
		}
		var text strings.Builder
		text.WriteString(e.unmet(what))
		for _, c := range beyond[:min(len(beyond), mostPayees)] {
			by := strings.TrimLeft(c.Change.Commission.String(), "-")
			text.WriteString("    " + who(&c) + " " + verb + " " + by + ": " +
				digits(c.Before.Commission) + " -> " + digits(c.After.Commission) + "\n" +
				r.list(func(d *difference) bool { return d.Rep == c.Rep }))
		}
		found = append(found, text.String()+more(len(beyond)-mostPayees, "payee", "    "))
	}
	return found
}

// list writes differences, a line each, with the fields of the policy behind them.
func (r *changeReport) list(wanted func(*difference) bool) string {
	rows, left := table{layout: "lllrlrrl"}, 0
	for i := range r.differences {
		d := &r.differences[i]
		if !wanted(d) {
			continue
		}
		if len(rows.rows) >= mostDeals {
			left++
			continue
		}
		rows.add(append([]string{shown(d.Booking), d.Date.String()}, cells(d)...)...)
	}
	return rows.text("      ") + more(left, "statement", "      ")
}

// cells writes one difference: its commission, or where that is the same its credit.
func cells(d *difference) []string {
	what, before, after, change := "commission", d.Before.Commission, d.After.Commission, d.Change.Commission
	if change.Sign() == 0 {
		what, before, after, change = "quota credit", d.Before.QuotaCredit, d.After.QuotaCredit, d.Change.QuotaCredit
	}
	if change.Sign() == 0 {
		what, before, after, change = "influenced credit", d.Before.Influenced, d.After.Influenced, d.Change.Influenced
	}
	old, now := digits(before), digits(after)
	switch {
	case d.refused[0] != nil:
		old = notPriced
	case d.refused[1] != nil:
		now = notPriced
	}
	return []string{shown(d.Rep) + " " + what, old, "->", now, signed(change), "by " + pathsBehind(d)}
}

// pathsBehind names the fields behind a difference.
func pathsBehind(d *difference) string {
	paths := make([]string, 0, mostPaths)
	for _, e := range d.Causes[:min(len(d.Causes), mostPaths)] {
		paths = append(paths, e.Path)
	}
	text := strings.Join(paths, ", ")
	if left := len(d.Causes) - mostPaths; left > 0 {
		text += " and " + counted(left, "more field")
	}
	return text
}

func who(p *impact.Payee) string { return shown(p.Rep) + " (" + partyText(p.Party) + ")" }

func partyText(p model.Party) string { return p.Side.String() + " " + shown(p.Org) }

func more(n int, noun, indent string) string {
	if n <= 0 {
		return ""
	}
	return indent + "and " + strconv.Itoa(n) + " more " + strings.TrimPrefix(counted(n, noun), strconv.Itoa(n)+" ") + "\n"
}
