package impact

import (
	"maps"
	"slices"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/value"
)

// The usual range of supporting and influenced credit, in millionths of a percent.
const (
	leastUsual = 25_000_000
	mostUsual  = 50_000_000
)

// Lint returns findings about doubtful terms of a valid policy, in the order of its
// document: [UnusualPercent], [CapBelowFloor], [TierUnreachable], [TierJump] with its
// amount, and [Neutral]. Every finding has the path of its field, as [comp.Diff] writes it.
// No result depends on it. Lint returns nil if there is no doubt, and for a policy that
// [comp.Compile] refuses.
func Lint(p comp.Policy) []value.Reason {
	plan, err := comp.Compile(p)
	if err != nil {
		return nil
	}
	var found []value.Reason
	found = append(found, lintNeutral(plan)...)
	for _, id := range slices.Sorted(maps.Keys(p.Rates.Tables)) {
		l := tableLint{policy: p, id: id, table: p.Rates.Tables[id]}
		found = append(found, l.lint()...)
	}
	found = lintPercent(found, "origination.influenced", p.Origination.Influenced)
	for _, c := range slices.Sorted(maps.Keys(p.RoleBased.Contributions)) {
		found = lintPercent(found, "role_based.contributions."+string(c), p.RoleBased.Contributions[c])
	}
	return found
}

func lintPercent(found []value.Reason, path string, p value.Percent) []value.Reason {
	if n := p.Millionths(); n >= leastUsual && n <= mostUsual {
		return found
	}
	return append(found, value.NewReason(UnusualPercent,
		"{path} is {percent}, outside of the usual range of 25% to 50%",
		value.Op("path", path), value.Op("percent", p)).At(path))
}
