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
	edits         []edit
	before, after comp.Policy
	periods       bool                       // both policies count by the same periods
	history       map[period]map[string]bool // paths behind the differences of a payee in a period
	deals         map[string]map[string]bool // paths behind the differences of a deal, all payees
}

// period is a payee in a period, or in all of them where the policies differ in that.
type period struct {
	payee string
	first value.Date
}

func newBlame(edits []edit, before, after comp.Policy) *blame {
	return &blame{
		edits: edits, before: before, after: after,
		periods: before.Rates.Period == after.Rates.Period && before.Rates.Year == after.Rates.Year,
		history: map[period]map[string]bool{}, deals: map[string]map[string]bool{},
	}
}

// of returns the edits behind the difference of a payee in an event, in order. A
// difference that no used field explains is put down to every edit: better one name too
// many than a change that nobody is told of.
func (b *blame) of(payee string, one, two *entry) []edit {
	e := one
	if e == nil {
		e = two
	}
	paths := map[string]bool{}
	for _, side := range []*entry{one, two} {
		if side != nil && side.err == nil {
			b.used(paths, payee, side)
		}
	}
	if e.event.reversal != nil {
		maps.Copy(paths, b.deals[e.event.of()])
	}
	if len(paths) == 0 || errOf(one) != nil || errOf(two) != nil {
		for _, edit := range b.edits {
			paths[edit.path] = true
		}
	}
	b.remember(paths, payee, e)
	return slices.DeleteFunc(slices.Clone(b.edits), func(edit edit) bool { return !paths[edit.path] })
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
	first, _ := b.before.Rates.Bounds(day)
	return period{payee, first}
}

// used adds the path of every edit that the payee's lines of a statement used.
func (b *blame) used(paths map[string]bool, payee string, e *entry) {
	for i := range e.statement.Lines {
		l := &e.statement.Lines[i]
		if l.Payee != payee {
			continue
		}
		names := append(b.usedBy(l, e.day()), usedByDeal(e.event.deal, l)...)
		for _, edit := range b.edits {
			if slices.ContainsFunc(names, func(name string) bool { return within(edit.path, name) }) {
				paths[edit.path] = true
			}
		}
		if l.Table != "" {
			maps.Copy(paths, b.history[b.period(payee, e.day())])
		}
	}
}

// usedBy returns the fields of a policy that a line of a day used.
func (b *blame) usedBy(l *comp.Line, day value.Date) []string {
	names := []string{"model", "rounding"}
	switch l.Credited {
	case comp.AsSupporting:
		names = append(names, contributionPath(l.Contribution))
	case comp.AsInfluencer:
		names = append(names, "origination")
	case comp.AsJointOriginator:
		names = append(names, "joint_origin")
	}
	if l.Table == "" {
		return names
	}
	names = append(names, "rates.tables."+string(l.Table), "rates.period", "rates.year_start")
	for _, policy := range []comp.Policy{b.before, b.after} {
		first, _ := policy.Rates.Bounds(day)
		names = append(names, value.JoinPath("rates.quotas", memberPath("rates.quotas", l.Payee))+"."+first.String())
	}
	return names
}

// usedByDeal returns the fields that a line used because of its deal: a joint origin
// was settled, and of a supporter all contributions were weighed.
func usedByDeal(deal *comp.Booking, l *comp.Line) []string {
	if deal == nil {
		return nil
	}
	var names []string
	if deal.Origin().Originator() == model.FromBoth {
		names = append(names, "joint_origin")
	}
	for _, p := range deal.Payees {
		if p.Rep != l.Payee || l.Credited != comp.AsSupporting {
			continue
		}
		for _, c := range append([]comp.Contribution{p.Contribution}, p.AlsoContributed...) {
			names = append(names, contributionPath(c))
		}
	}
	return names
}

func contributionPath(c comp.Contribution) string { return "role_based.contributions." + string(c) }
