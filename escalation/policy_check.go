package escalation

import (
	"maps"
	"slices"
	"strconv"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

const maxKinds = 1000

// Check returns every problem of the policy at once, with paths inside it. [Compile]
// takes a policy without problems.
func (p Policy) Check() error {
	var problems value.Errors
	problems.Add("kinds", p.checkKinds())
	problems.Add("respond", checkTerms(p.Respond))
	problems.Add("timeout", checkTerms(p.Timeout))
	problems.Add("reach", p.checkReach())
	problems.Add("reopen_within", p.ReopenWithin.check())
	problems.Add("stalled_after", p.StalledAfter.check())
	problems.Add("dark_after", p.DarkAfter.check())
	if p.LargeFrom.Sign() <= 0 {
		problems.Add("large_from", value.NewError(PolicyAmount, amountText(p.LargeFrom), "is no threshold; give a positive amount"))
	}
	return problems.Err()
}

func (p Policy) checkKinds() error {
	var problems value.Errors
	if len(p.Kinds) > maxKinds {
		return value.NewError(PolicyKinds, strconv.Itoa(len(p.Kinds))+" kinds", "are above the limit of "+strconv.Itoa(maxKinds))
	}
	for _, k := range detected {
		if _, ok := p.Kinds[k]; !ok {
			problems.Add(k.path(), value.NewError(TotalRule, "nothing", "says where this kind goes; it is detected, so it needs a level"))
		}
	}
	for _, k := range slices.Sorted(maps.Keys(p.Kinds)) {
		problems.Add("", k.check())
		problems.Add(k.path(), p.Kinds[k].check())
	}
	return problems.Err()
}

// checkTerms refuses a table that is not exactly one term for each level.
func checkTerms(terms map[Level]Term) error {
	var problems value.Errors
	for l := RepLevel; l <= DealDeskLegalLevel; l++ {
		problems.Add(l.String(), terms[l].check())
	}
	for _, l := range slices.Sorted(maps.Keys(terms)) {
		if l.check() != nil {
			problems.Add("", value.NewError(PolicyLevels, "level "+strconv.Itoa(int(l)), "is none of the four"))
		}
	}
	return problems.Err()
}

func (p Policy) checkReach() error {
	var problems value.Errors
	for size := model.Standard; size <= model.Simplified; size++ {
		if l := p.Reach[size]; l < RepLevel || l > ExecutiveLevel {
			problems.Add(size.String(), value.NewError(PolicyReach, value.Quote(l.String()), "is no level that time moves a case to; allowed are rep, manager, executive"))
		}
	}
	for _, size := range slices.Sorted(maps.Keys(p.Reach)) {
		if size.Check() != nil {
			problems.Add("", value.NewError(PolicyLevels, "playbook size "+strconv.Itoa(int(size)), "is neither standard nor simplified"))
		}
	}
	return problems.Err()
}

func amountText(m value.Money) string {
	if m.IsZero() {
		return "nothing"
	}
	return m.String()
}
