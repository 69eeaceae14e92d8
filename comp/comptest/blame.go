package comptest

import (
	"maps"
	"slices"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// blame finds the edits behind a difference: those of every field that the payee's
// lines used, under either policy; where a rate has a history, those that changed the
// payee's earlier lines of the period too; for a reversal, those of its deal.
type blame struct {
	edits         []comp.Change
	before, after *comp.Plan
	rates         [2]comp.RateTerms
	periods       bool                       // both policies count by the same periods
	guesses       int                        // differences that were put down to every edit
	history       map[period]map[string]bool // paths behind the differences of a payee in a period
	deals         map[string]map[string]bool // paths behind the differences of a deal, all payees
}

// period is a payee in a period, or in all of them where the policies differ in that.
type period struct {
	payee string
	first value.Date
}

func newBlame(edits []comp.Change, before, after *comp.Plan) *blame {
	one, two := before.Policy().Rates, after.Policy().Rates
	return &blame{
		edits: edits, before: before, after: after,
		periods: one.Period == two.Period && one.Year == two.Year, rates: [...]comp.RateTerms{one, two},
		history: map[period]map[string]bool{}, deals: map[string]map[string]bool{},
	}
}

// of returns the edits behind the difference of a payee in an event, in order. A
// difference that no used field explains is put down to every edit: better one name too
// many than a change that nobody is told of.
func (b *blame) of(payee string, one, two *entry) []comp.Change {
	e := one
	if e == nil {
		e = two
	}
	paths := map[string]bool{}
	if one != nil {
		b.used(paths, payee, one, b.before)
	}
	if two != nil {
		b.used(paths, payee, two, b.after)
	}
	if e.event.reversal != nil {
		maps.Copy(paths, b.deals[e.event.of()])
	}
	if len(paths) == 0 || errOf(one) != nil || errOf(two) != nil {
		b.guesses++
		for _, edit := range b.edits {
			paths[edit.Path] = true
		}
	}
	b.remember(paths, payee, e)
	return slices.DeleteFunc(slices.Clone(b.edits), func(edit comp.Change) bool { return !paths[edit.Path] })
}

// remember keeps the paths for what follows from this difference: later lines of the
// payee's period, and the reversal of the deal.
func (b *blame) remember(paths map[string]bool, payee string, e *entry) {
	key := b.period(payee, e.day())
	if b.history[key] == nil {
		b.history[key] = map[string]bool{}
	}
	maps.Copy(b.history[key], paths)
	if e.event.deal == nil {
		return
	}
	if b.deals[e.event.of()] == nil {
		b.deals[e.event.of()] = map[string]bool{}
	}
	maps.Copy(b.deals[e.event.of()], paths)
}

func (b *blame) period(payee string, day value.Date) period {
	if !b.periods {
		return period{payee: payee}
	}
	first, _ := b.rates[0].Bounds(day)
	return period{payee, first}
}

// used adds the path of every edit that the payee's lines of a statement used.
func (b *blame) used(paths map[string]bool, payee string, e *entry, plan *comp.Plan) {
	for i := range e.statement.Lines {
		l := &e.statement.Lines[i]
		if l.Payee != payee {
			continue
		}
		names := append(usedByGroup(e.statement.Lines, l), usedByDeal(e.event.deal)...)
		if l.Table != "" {
			names = append(names, b.usedByTable(l, e.day(), plan)...)
		}
		if b.hasHistory(l) {
			maps.Copy(paths, b.history[b.period(payee, e.day())])
		}
		b.include(paths, names)
	}
}

// hasHistory reports whether a line depends on what its payee got before in the period.
func (b *blame) hasHistory(l *comp.Line) bool {
	if l.Credited == comp.AsTrueUp || l.Credited == comp.AsFloor || l.Held == comp.ByPeriodCap {
		return true
	}
	return slices.ContainsFunc(b.rates[:], func(r comp.RateTerms) bool {
		table, ok := r.Tables[l.Table]
		return ok && table.Measure != comp.DealAmount
	})
}

// include adds the path of every edit of one of the fields.
func (b *blame) include(paths map[string]bool, names []string) {
	for _, edit := range b.edits {
		if slices.ContainsFunc(names, func(name string) bool { return within(edit.Path, name) }) {
			paths[edit.Path] = true
		}
	}
}

// usedBy returns the fields of a policy behind the credit of a line.
func usedBy(l *comp.Line) []string {
	names := []string{"model", "rounding"}
	switch l.Credited {
	case comp.AsSupporting:
		names = append(names, contributionPath(l.Contribution))
	case comp.AsInfluencer:
		names = append(names, "origination")
	case comp.AsJointOriginator:
		names = append(names, "joint_origin")
	}
	return names
}

// usedByGroup returns the fields behind the credit of a line, and behind those of its
// side: a leftover minor unit of the side goes to whose fraction is the largest
// (comp.conserve), so that each credit depends on all of them.
func usedByGroup(lines []comp.Line, l *comp.Line) []string {
	names := usedBy(l)
	if l.Credited == comp.AsTrueUp || l.Credited == comp.AsFloor {
		return names
	}
	for i := range lines {
		if lines[i].Party.Side == l.Party.Side && lines[i].Contribution != l.Contribution {
			names = append(names, usedBy(&lines[i])...)
		}
	}
	return names
}

// usedByDeal returns the field that a line used where its deal has a joint origin.
func usedByDeal(deal *comp.Booking) []string {
	if deal == nil || deal.Origin().Originator() != model.FromBoth {
		return nil
	}
	return []string{"joint_origin"}
}

// usedByTable returns the fields behind the commission of a line that a rate table
// priced: the rates of the tiers that it touched and where those begin and end, what
// held it, and what the table counts by.
func (b *blame) usedByTable(l *comp.Line, day value.Date, plan *comp.Plan) []string {
	path := tablePath(l.Table)
	if l.Credited == comp.AsFloor {
		return []string{"rates.period", "rates.year_start", path + ".period_floor"}
	}
	names := []string{"rates.period", "rates.year_start", path + ".measure", path + ".method", path + ".currency"}
	for _, rates := range b.rates {
		first, _ := rates.Bounds(day)
		names = append(names, quotaPath(l.Payee, first))
	}
	if held := heldBy(l); held != "" {
		names = append(names, path+"."+held)
	}
	lowest, highest, ok := plan.TierSpan(l)
	if !ok {
		return names
	}
	for i := lowest; i <= highest+1; i++ {
		tier := path + "." + value.Index("tiers", i)
		names = append(names, tier+".from")
		if i <= highest {
			names = append(names, tier+".rate")
		}
	}
	return names
}

// heldBy returns the limit of a table that made a line what it is, or "".
func heldBy(l *comp.Line) string {
	switch l.Held {
	case comp.ByDealFloor:
		return "deal_floor"
	case comp.ByDealCap:
		return "deal_cap"
	case comp.ByPeriodCap:
		return "period_cap"
	default:
		return ""
	}
}
