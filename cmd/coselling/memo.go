package main

import (
	"cmp"
	"math/big"
	"slices"
	"strings"
	"sync"

	agreed "github.com/coselling/coselling/book"
	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/comp/impact"
	"github.com/coselling/coselling/comp/timeline"
	"github.com/coselling/coselling/value"
)

// memo tells people about the change of an agreement.
type memo struct {
	names   [2]string
	sides   [2]agreement
	madeUp  bool // the deals are
	paid    bool // compensation changed
	changes []fieldChange
	first   value.Date // the first day on which the change may hold; zero if there is none, and without changes
	when    []string   // the same in words
	reports []impact.Report
	// deals and movements that only one of the sides can price: their number, and the first of them
	oneSided int
	refused  []impact.Row
}

// fieldChange is a field that changed, with the people whom it moves.
type fieldChange struct {
	comp.PolicyChange
	who    string
	causes []impact.Cause // of it, one for each currency
}

// make compares the two sides.
func (m *memo) make(o *comparing, pay payImpact) error {
	changes, err := changesBetween(m.sides[0], m.sides[1])
	if err != nil {
		return err
	}
	m.paid = len(comp.Diff(m.sides[0].comp, m.sides[1].comp)) > 0
	if m.paid {
		if err := m.compare(pay); err != nil {
			return err
		}
	}
	by := movedIn(m.reports)
	for _, c := range changes {
		m.changes = append(m.changes, m.fieldChange(c, by))
	}
	if len(changes) > 0 {
		err = m.dated(o)
	}
	return err
}

// payImpact compares the pay of deals under two plans: a report for each currency.
type payImpact = func(before, after *comp.Plan, options ...impact.Option) ([]impact.Report, error)

// compare compares the pay of deals, and keeps the first of those that only one of the sides can price.
func (m *memo) compare(pay payImpact) (err error) {
	var plans [2]*comp.Plan
	for i := range plans {
		if plans[i], err = comp.Compile(m.sides[i].comp); err != nil {
			return err
		}
	}
	var one sync.Mutex
	m.reports, err = pay(plans[0], plans[1], impact.Rows(func(row impact.Row) error {
		if (row.Refused[0] == nil) == (row.Refused[1] == nil) {
			return nil
		}
		one.Lock()
		defer one.Unlock()
		m.oneSided++
		at, _ := slices.BinarySearchFunc(m.refused, row, inMemo)
		if m.refused = slices.Insert(m.refused, at, row); len(m.refused) > mostRefused {
			m.refused = m.refused[:mostRefused]
		}
		return nil
	}))
	return err
}

// inMemo orders rows by day, deals before movements, then by id.
func inMemo(a, b impact.Row) int {
	isMoved := func(row impact.Row) int { return min(len(row.Of), 1) }
	return cmp.Or(a.Date.Compare(b.Date), isMoved(a)-isMoved(b), cmp.Compare(a.Booking, b.Booking))
}

// mostRefused is the number of deals of which the memo says why one side cannot price them.
const mostRefused = 10

// effects holds the payees whom each field of a policy moves, and the sums of its differences, one for each currency.
type effects struct {
	who    map[string][]string
	causes map[string][]impact.Cause
}

func movedIn(reports []impact.Report) effects {
	all := effects{map[string][]string{}, map[string][]impact.Cause{}}
	for _, r := range reports {
		for _, c := range r.Changes {
			if c.Differences > 0 {
				all.causes[c.Path] = append(all.causes[c.Path], c)
			}
		}
		for _, p := range slices.Concat(r.Payees, r.Companies) {
			for _, c := range p.Causes {
				all.who[c.Path] = append(all.who[c.Path], p.Rep+" "+movedBy(c.Amounts))
			}
		}
	}
	return all
}

// fieldChange finds the people whom a change moves: the payees of the deals, or whoever works by that part of a book.
func (m *memo) fieldChange(c comp.PolicyChange, by effects) fieldChange {
	path, inComp := c.Path, true
	if m.sides[0].book != nil {
		path, inComp = strings.CutPrefix(path, "comp.")
	}
	if !inComp {
		return fieldChange{PolicyChange: c, who: audienceOf(path)}
	}
	f := fieldChange{PolicyChange: c, who: shortList(by.who[path]), causes: by.causes[path]}
	if f.who == "" {
		f.who = "nobody: no deal depends on it under the model " + dashed(m.sides[1].comp.Model.String())
	}
	return f
}

// movedBy writes the change of a commission, or of a credit where the commission stays.
func movedBy(a comp.Amounts) string {
	for _, one := range []struct {
		of   value.Money
		what string
	}{{a.Commission, ""}, {a.QuotaCredit, " of quota credit"}, {a.Influenced, " of influenced credit"}} {
		switch one.of.Sign() {
		case 1:
			return "+" + money(one.of) + one.what
		case -1:
			return money(one.of) + one.what
		}
	}
	return "(in part)"
}

// shortList writes the first elements of a list and the number of the others.
func shortList(list []string) string {
	const most = 5
	text := strings.Join(list[:min(len(list), most)], ", ")
	if n := len(list) - most; n > 0 {
		text += " and " + counted(n, "other", "others")
	}
	return text
}

// audiences are the people who work by the parts of a book, by the beginning of the path.
var audiences = []struct{ path, who string }{
	{"version", "nobody: it is the name of the book"},
	{"from", "everybody who works by the book"},
	{"zone", "everybody whose days are counted in that time zone"},
	{"roles", "the reps who lead or support this work"},
	{"functions", "further partners who have this function, and the partner who leads their deal"},
	{"touch_days", "further partners, whose last work on a deal has to be as recent"},
	{"stage.threshold", "the teams of deals near this amount, which decides between the two playbooks"},
	{"stage", "the teams of open deals"},
	{"registration", "the parties who register deals, and those who decide about it"},
	{"escalation.large_from", "the executives of both sides, who are called about large deals"},
	{"escalation", "the people who are called about blockers, and the reps who wait for them"},
	{"comms", "the reps of both sides on every open deal"},
	{"disputes", "the payees who doubt a line, and the people who answer them"},
}

// audienceOf returns the people whom a field of a book other than compensation moves.
func audienceOf(path string) string {
	const playbook = "stage.playbooks["
	if name, ok := strings.CutPrefix(path, playbook); ok {
		name, _, _ = strings.Cut(name, "]")
		led, size, _ := strings.Cut(name, ".")
		return "the teams of deals that are " + dashed(led) + " on the " + spaced(size) + " playbook"
	}
	for _, a := range audiences {
		if rest, ok := strings.CutPrefix(path, a.path); ok && (rest == "" || rest[0] == '.' || rest[0] == '[') {
			return a.who
		}
	}
	return "everybody who works by the book"
}

// dated finds the first day of the change. Compensation changes at the start of a fiscal quarter (comp.quarter_lock),
// everything else on any day.
func (m *memo) dated(o *comparing) error {
	decided, began := o.at, o.at
	if old := m.sides[0].book; old != nil {
		began = old.From
		if decided.Before(began) {
			decided = began
		}
	}
	next, err := decided.AddDays(1)
	if err != nil {
		return err
	}
	terms := o.terms
	if year := m.sides[1].comp.Rates.Year; !o.stated && year.Check() == nil {
		terms.FiscalYear = year
	}
	m.when = append(m.when, "Compensation stays as it is; the rest may change on any day.")
	if m.paid {
		m.when[0] = "Compensation may change on the first day of a fiscal quarter only; fiscal years begin in " +
			terms.FiscalYear.Start.String() + "."
		if next, err = m.legal(terms, began, decided, next); err != nil {
			m.when = append(m.when, "The change can hold on no day: "+strings.ReplaceAll(err.Error(), "\n", "; ")+".")
			return nil
		}
	}
	m.first = next
	if next.IsZero() {
		m.when = append(m.when, "There is no such day left in the calendar.")
		return nil
	}
	m.when = append(m.when, "Decided on "+decided.String()+", the change may hold from "+next.String()+" on.")
	m.stated(terms)
	return nil
}

// legal returns the first day, the next one or later, on which the new policy may begin; zero if there is none.
func (m *memo) legal(terms timeline.Terms, began, decided, next value.Date) (value.Date, error) {
	h, err := timeline.New(terms, timeline.Version{ID: "before", From: began, Policy: m.sides[0].comp})
	if err != nil {
		return value.Date{}, err
	}
	d, err := h.Add(timeline.Version{ID: "after", From: next, Policy: m.sides[1].comp}, decided)
	if len(d.Refused) > 0 {
		next = d.NextLegal
	}
	return next, err
}

// stated adds whether a new book may begin on the day that it states.
func (m *memo) stated(terms timeline.Terms) {
	if m.sides[1].book == nil {
		return
	}
	from := m.sides[1].book.From.String()
	_, err := agreed.NewHistory(terms, *m.sides[0].book, *m.sides[1].book)
	if err == nil {
		m.when = append(m.when, "The new book begins on "+from+", which is allowed.")
		return
	}
	var problems value.Errors
	problems.Add("", err)
	for _, e := range problems {
		field := strings.TrimPrefix(e.Path, "books[1].")
		if field == "from" {
			field = "first day"
		}
		m.when = append(m.when, "The new book cannot follow the old one yet; its "+field+": "+e.Got+" "+
			strings.ReplaceAll(e.Problem, "books[0]", "the old book")+".")
	}
}

// words tells the change in a sentence: "Role based, contributions, true co sell rises from 50% to 60%."
func (f fieldChange) words() string {
	name := strings.NewReplacer("].", ", ", "[", " ", "]", "", "_", " ", ".", ", ").Replace(f.Path)
	name = strings.ToUpper(name[:1]) + name[1:]
	const none, listed = "none", "listed"
	switch {
	case f.After == listed:
		return name + " is new."
	case f.Before == listed:
		return name + " ends."
	case f.Before == none:
		return name + " is new: " + f.After + "."
	case f.After == none:
		return name + " ends; it was " + f.Before + "."
	}
	verb := " changes from "
	switch one, two := leading(f.Before), leading(f.After); {
	case one == nil || two == nil || one.Cmp(two) == 0:
	case one.Cmp(two) < 0:
		verb = " rises from "
	default:
		verb = " falls from "
	}
	return name + verb + f.Before + " to " + f.After + "."
}

// leading returns the number with which a text begins; nil for another text and for a day.
func leading(text string) *big.Rat {
	digits := text[:len(text)-len(strings.TrimLeft(text, "0123456789."))]
	rest := strings.TrimPrefix(text[len(digits):], "%")
	n, ok := new(big.Rat).SetString(digits)
	if !ok || rest != "" && rest[0] != ' ' {
		return nil
	}
	return n
}
