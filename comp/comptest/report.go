package comptest

import (
	"cmp"
	"slices"
	"strings"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/comp/impact"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

const (
	mostDeals  = 8 // listed for one payee or field
	mostPayees = 12
	mostPaths  = 3
)

// changeReport is a comparison with its expectations.
type changeReport struct {
	comparison
	allowed expectations
	names   [2]string // of the files of the policies; "" of one that no file holds
}

// text writes the change and what was not expected, and reports whether there was anything unexpected.
func (r *changeReport) text() (text string, failed bool) {
	var unmet []string
	for _, part := range [][]string{
		r.refusals(), r.fieldsNotListed(), r.totals(),
		r.payees(r.allowed[losesAtMost], "loses", r.Losses()), r.payees(r.allowed[gainsAtMost], "gains", r.Gains()),
	} {
		unmet = append(unmet, part...)
	}
	head, movers := "the policy change does only what is listed", ""
	if len(unmet) > 0 {
		head, movers = "the policy change does more than is listed: "+counted(len(unmet), "finding"), r.movers()
	}
	return strings.TrimSuffix(head+"\n"+r.files()+r.summary()+movers+strings.Join(unmet, ""), "\n"), len(unmet) > 0
}

// files names the files of the policies; "" where none holds them.
func (r *changeReport) files() string {
	if r.names == [2]string{} {
		return ""
	}
	const other = "a policy of no file"
	return "  policies: " + shown(cmp.Or(r.names[0], other)) + " -> " + shown(cmp.Or(r.names[1], other)) + "\n"
}

// summary writes the deals, the fields that differ and the total commission.
func (r *changeReport) summary() string {
	var out strings.Builder
	out.WriteString("  compared: " + counted(r.deals, "deal") + ", " + r.first.String() + " to " + r.last.String() +
		", amounts in " + r.currency.String() + "\n")
	out.WriteString(r.leftOut())
	if len(r.edits) == 0 {
		out.WriteString("  the two policies are equal\n")
		return out.String()
	}
	var edits [][]string
	for _, e := range r.edits {
		edits = append(edits, []string{"changed:", e.Path, e.Before + " -> " + e.After, r.effect(e)})
	}
	out.WriteString(columns("  ", "llll", edits))
	sums := [][]string{append(append([]string{"commission:"}, r.cellsOf(&r.Total)...), percentOf(&r.Total))}
	if len(r.Companies) > 0 {
		sums = append(sums, append(append([]string{"companies:"}, r.cellsOf(&r.Company)...), percentOf(&r.Company)))
	}
	unpriced := r.those(func(d *difference) bool { return d.refused != [2]error{} })
	if bookings, _, moved := weigh(unpriced); bookings > 0 {
		sums = append(sums, []string{"of it:", "", "", "", signed(moved), "in " + counted(bookings, "booking") +
			" that one policy cannot price"})
	}
	return out.String() + columns("  ", "lrlrrl", sums)
}

// effect counts the statements that an edit changes.
func (r *changeReport) effect(e comp.PolicyChange) string {
	bookings, payees, moved := weigh(r.behind(e))
	if bookings == 0 {
		return "no booking depends on it"
	}
	return counted(bookings, "statement") + " of " + counted(payees, "payee") + ", " + signed(moved)
}

// those returns the wanted differences.
func (r *changeReport) those(wanted func(*difference) bool) []*difference {
	var list []*difference
	for i := range r.differences {
		if d := &r.differences[i]; wanted(d) {
			list = append(list, d)
		}
	}
	return list
}

// behind returns the differences that an edit caused.
func (r *changeReport) behind(e comp.PolicyChange) []*difference {
	return r.those(func(d *difference) bool { return slices.Contains(d.Causes, e) })
}

// weigh counts the bookings and payees of differences, and adds up their commission.
func weigh(list []*difference) (bookings, payees int, moved value.Money) {
	of, who := map[string]bool{}, map[string]bool{}
	for _, d := range list {
		of[d.Booking], who[d.Rep] = true, true
		moved = sum(moved, d.Change.Commission)
	}
	return len(of), len(who), moved
}

// percentOf writes the change of a commission as a percentage of what it was.
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

// cellsOf writes a commission before and after, and its change.
func (r *changeReport) cellsOf(e *impact.Effect) []string {
	return []string{
		digits(orZero(e.Before.Commission, r.currency)), "->", digits(orZero(e.After.Commission, r.currency)),
		signed(orZero(e.Change.Commission, r.currency)),
	}
}

// fieldsNotListed names the fields that differ and that no expectation lists.
func (r *changeReport) fieldsNotListed() []string {
	why, listed := "listed: no field may change", r.allowed.fields()
	if len(listed) > 0 {
		why = "listed: only " + strings.Join(listed, ", ") + " may change"
	}
	return r.byField("  NOT LISTED: ", "    "+why+"\n", func(e comp.PolicyChange) bool {
		return !slices.ContainsFunc(listed, func(field string) bool { return within(e.Path, field) })
	})
}

// byField lists the differences of each wanted edit; edits that caused the same differences share a list.
func (r *changeReport) byField(mark, why string, wanted func(comp.PolicyChange) bool) []string {
	var heads []string
	var lists [][]*difference
	for _, e := range r.edits {
		if !wanted(e) {
			continue
		}
		behind := r.behind(e)
		at := slices.IndexFunc(lists, func(l []*difference) bool { return slices.Equal(l, behind) })
		if at < 0 {
			at = len(heads)
			heads, lists = append(heads, ""), append(lists, behind)
		}
		heads[at] += mark + e.String() + "\n"
	}
	for i := range heads {
		heads[i] += why + cmp.Or(listText(lists[i]), "    no booking depends on it\n")
	}
	return heads
}

// totals compares the change of the total commission, and of what companies are paid, with the expectations.
func (r *changeReport) totals() []string {
	var found []string
	for _, e := range r.allowed[totalWithin] {
		for i, total := range [...]*impact.Effect{&r.Total, &r.Company} {
			if !e.holds(total) {
				moved := strings.TrimSpace(signed(total.Change.Commission) + " " + percentOf(total))
				whose := [...]string{"the total commission", "what companies are paid"}[i]
				found = append(found, e.unmet(whose+" changes by "+moved))
			}
		}
	}
	return found
}

// movers lists the payees whose commission changed, the largest change first.
func (r *changeReport) movers() string {
	moved := append(r.Gains(), r.Losses()...)
	slices.SortFunc(moved, func(a, b impact.PayeeChange) int {
		one, two := abs(a.Change.Commission.Minor()), abs(b.Change.Commission.Minor())
		return cmp.Or(cmp.Compare(two, one), cmp.Compare(a.Rep, b.Rep))
	})
	var rows [][]string
	for i := range moved[:min(len(moved), mostPayees)] {
		rows = append(rows, append([]string{who(&moved[i]), "commission"}, r.cellsOf(&moved[i].Effect)...))
	}
	if rows == nil {
		return ""
	}
	return "  by payee:\n" + columns("    ", "llrlrr", rows) + more(len(moved)-mostPayees, "payee", "    ")
}

func orZero(m value.Money, c value.Currency) value.Money {
	if m.IsZero() {
		m, _ = value.NewMoney(0, c)
	}
	return m
}

func abs(n int64) int64 { return max(n, -n) }

// payees compares the loss, or the gain, of each payee with the limits.
func (r *changeReport) payees(limits []Expectation, verb string, moved []impact.PayeeChange) []string {
	var found []string
	for _, e := range limits {
		beyond := slices.DeleteFunc(slices.Clone(moved), func(p impact.PayeeChange) bool {
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
				listText(r.those(func(d *difference) bool { return d.Rep == c.Rep })))
		}
		found = append(found, text.String()+more(len(beyond)-mostPayees, "payee", "    "))
	}
	return found
}

// listText writes each difference on a line, with the fields that caused it.
func listText(list []*difference) string {
	var rows [][]string
	for _, d := range list[:min(len(list), mostDeals)] {
		rows = append(rows, append([]string{shown(d.Booking), d.Date.String()}, cells(d)...))
	}
	return columns("      ", "lllrlrrl", rows) + more(len(list)-mostDeals, "statement", "      ")
}

// cells writes the commission of a difference, or its credit if the commission is equal.
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

// pathsBehind names the fields that caused a difference.
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

func who(p *impact.PayeeChange) string { return shown(p.Rep) + " (" + partyText(p.Party) + ")" }

func partyText(p model.Party) string { return p.Side.String() + " " + shown(p.Org) }

// leftOut names the bookings that neither policy can price.
func (r *changeReport) leftOut() string {
	var ids []string
	for _, refused := range r.refused {
		if refused.Refused[0] != nil && refused.Refused[1] != nil {
			ids = append(ids, shown(refused.Booking))
		}
	}
	if len(ids) == 0 {
		return ""
	}
	return "  left out, because neither policy can price it: " + strings.Join(ids[:min(len(ids), mostPayees)], ", ") +
		"\n" + more(len(ids)-mostPayees, "booking", "  ")
}

// refusals names the bookings that only one policy can price.
func (r *changeReport) refusals() []string {
	var out strings.Builder
	for _, refused := range r.refused {
		head := "    " + shown(refused.Booking) + " " + refused.Date.String()
		switch old, now := refused.Refused[0], refused.Refused[1]; {
		case old == nil:
			out.WriteString(head + ", the new policy refuses it:\n      " + oneLine(now) + "\n")
		case now == nil:
			out.WriteString(head + ", the old policy refuses it:\n      " + oneLine(old) + "\n")
		}
	}
	if out.Len() == 0 {
		return nil
	}
	return []string{"  NOT LISTED: a booking that one of the policies cannot price\n" + out.String()}
}

func oneLine(err error) string { return strings.ReplaceAll(err.Error(), "\n", "; ") }

const notPriced = "not priced" // in place of an amount
