package comp

import (
	"maps"
	"slices"

	"github.com/coselling/coselling/internal/exact"
	"github.com/coselling/coselling/value"
)

// Plan is a checked policy that is ready to price. It is immutable and safe for concurrent use.
// Make it with [Compile]: nil and the zero value price nothing, and refuse it with comp.plan.missing.
type Plan struct {
	policy        Policy
	mode          exact.Mode
	full, half    value.Percent
	contributions []pricedContribution
	tables        map[TableID]*table
	floors        bool // a table has a floor for periods, which is paid when a period is closed
	history       bool // a table counts over a period
}

type pricedContribution struct {
	id      Contribution
	percent value.Percent
}

// Compile checks a policy and returns its plan, which shares nothing with p. It reports every problem at once,
// each with its path, such as "comp.role_based.contributions.technical_validation: 130% is above 100%".
func Compile(p Policy) (*Plan, error) {
	if err := p.Check(); err != nil {
		return nil, value.Below("comp", err)
	}
	plan := &Plan{policy: p.clone(), mode: exact.Mode(p.Rounding)}
	plan.full, plan.half = percent(exact.One), percent(exact.One/2)
	for _, id := range slices.Sorted(maps.Keys(p.RoleBased.Contributions)) {
		plan.contributions = append(plan.contributions, pricedContribution{id, p.RoleBased.Contributions[id]})
	}
	plan.tables = make(map[TableID]*table, len(p.Rates.Tables))
	for id, terms := range plan.policy.Rates.Tables {
		t := &table{RateTable: terms, id: id, history: terms.history()}
		t.counts = p.Origination.InfluencedCountsTowardQuota
		for _, tier := range t.Tiers {
			t.lower = append(t.lower, tier.From.number(t.Measure))
		}
		plan.tables[id] = t
		plan.floors = plan.floors || !t.PeriodFloor.IsZero()
		plan.history = plan.history || t.history
	}
	return plan, nil
}

// made refuses a plan that [Compile] did not make.
func (p *Plan) made() error {
	if p == nil || p.tables == nil {
		return value.NewError("comp.plan.missing", "no policy", "was compiled for this plan; compile one first")
	}
	return nil
}

// Policy returns a copy of the plan's policy, the zero one for nil; the caller owns it.
func (p *Plan) Policy() Policy {
	if p == nil {
		return Policy{}
	}
	return p.policy.clone()
}

// NeedsRun reports whether a rate table counts over a period: only a [Run] prices bookings that name it.
func (p *Plan) NeedsRun() bool { return p != nil && p.history }

// NeedsClosing reports whether a rate table has a floor for periods. A [Run] must then close each before the next.
func (p *Plan) NeedsClosing() bool { return p != nil && p.floors }
