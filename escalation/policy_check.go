package escalation

import (
	"maps"
	"slices"

	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// Check returns all problems of the policy at once, with paths inside it; nil where
// [Compile] accepts it.
func (p Policy) Check() error { return wire.CheckAll(&p, Policy.rules) }

// rules returns the problems that tags cannot express.
func (p Policy) rules() error {
	var problems value.Errors
	problems.Add("kinds", p.checkKinds())
	problems.Add("respond", p.Respond.check())
	problems.Add("timeout", p.Timeout.check())
	problems.Add("reach", p.Reach.check())
	problems.Add("reopen_within", p.ReopenWithin.check())
	problems.Add("stalled_after", p.StalledAfter.check())
	problems.Add("dark_after", p.DarkAfter.check())
	return problems.Err()
}

func (p Policy) checkKinds() error {
	var problems value.Errors
	for _, k := range detected {
		if _, ok := p.Kinds[k]; !ok {
			problems.Refuse(string(k), TotalRule, "nothing", "says where this kind goes; it is detected, so it needs a level")
		}
	}
	for _, k := range slices.Sorted(maps.Keys(p.Kinds)) {
		problems.Add("", k.check())
	}
	return problems.Err()
}

func (t Terms) check() error {
	var problems value.Errors
	for l := RepLevel; l <= DealDeskLegalLevel; l++ {
		problems.Add(l.String(), t.of(l).check())
	}
	return problems.Err()
}

func (r Reach) check() error {
	var problems value.Errors
	for size := model.Standard; size <= model.Simplified; size++ {
		if l := r.of(size); l < RepLevel || l > ExecutiveLevel {
			problems.Refuse(size.String(), PolicyReach, value.Quote(l.String()), "is no level that time moves a case to; allowed are rep, manager, executive")
		}
	}
	return problems.Err()
}
