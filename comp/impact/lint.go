package impact

import (
	"cmp"
	"maps"
	"math/big"
	"slices"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/internal/exact"
	"github.com/coselling/coselling/value"
)

// The usual range of supporting and influenced credit, in millionths of a percent.
const (
	leastUsual = 25_000_000
	mostUsual  = 50_000_000
)

// Lint returns findings about doubtful terms of a valid policy, in the order of its document, each with the
// paths of the fields that it concerns (a cap below its floor has both, the cap first): comp.lint.percent,
// comp.lint.cap_below_floor, comp.lint.tier_unreachable, comp.lint.jump with its amount, and those of [LintModel]. It
// is nil if there is no doubt, and for a policy that [comp.Compile] refuses.
func Lint(p comp.Policy) []value.Reason {
	plan, err := comp.Compile(p)
	if err != nil {
		return nil
	}
	found := lintModel(plan)
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
	return append(found, value.NewReason("comp.lint.percent",
		"{path} is {percent}, outside of the usual range of 25% to 50%",
		value.Op("path", path), value.Op("percent", p)).At(path))
}

// tableLint collects the findings about one rate table of a policy.
type tableLint struct {
	policy comp.Policy
	id     comp.TableID
	table  comp.RateTable
	found  []value.Reason
}

func (l *tableLint) lint() []value.Reason {
	smallest, largest := l.quotas()
	for i := 1; i < len(l.table.Tiers); i++ {
		if l.table.Method == comp.Retroactive && l.table.Tiers[i].Rate != l.table.Tiers[i-1].Rate {
			l.jump(i, largest)
		}
		l.unreachable(i, smallest)
	}
	for _, c := range []struct {
		name, floorName string
		capped, floor   value.Money
	}{
		{"deal_cap", "deal_floor", l.table.DealCap, l.table.DealFloor},
		{"period_cap", "period_floor", l.table.PeriodCap, l.table.PeriodFloor},
		{"period_cap", "deal_floor", l.table.PeriodCap, l.table.DealFloor},
	} {
		if !c.capped.IsZero() && !c.floor.IsZero() && c.capped.Compare(c.floor) < 0 {
			l.found = append(l.found, value.NewReason("comp.lint.cap_below_floor",
				"{cap_name} of table {table}, {cap}, is below {floor_name}, {floor}; the cap wins",
				value.Op("cap_name", c.name), value.Op("table", string(l.id)), value.Op("cap", c.capped),
				value.Op("floor_name", c.floorName), value.Op("floor", c.floor)).
				At(l.path(c.name), l.path(c.floorName)))
		}
	}
	return l.found
}

func (l *tableLint) path(field string) string { return "rates.tables." + string(l.id) + "." + field }

func (l *tableLint) tierPath(i int) string { return l.path(value.Index("tiers", i)) }

// quotas returns the smallest and the largest quota in the currency of a table that measures attainment. Without a
// currency it takes the quotas if they have one currency. Otherwise both are zero.
func (l *tableLint) quotas() (smallest, largest value.Money) {
	if l.table.Measure != comp.Attainment {
		return smallest, largest
	}
	for _, of := range l.policy.Rates.Quotas {
		for _, quota := range of {
			if !l.table.Currency.IsZero() && quota.Currency() != l.table.Currency {
				continue
			}
			if smallest.IsZero() || quota.Compare(smallest) < 0 {
				smallest = quota
			}
			if largest.Compare(quota) < 0 {
				largest = quota
			}
		}
	}
	if smallest.Currency() != largest.Currency() {
		return value.Money{}, value.Money{}
	}
	return smallest, largest
}

// bound returns the credit at which the i-th tier begins, in minor units; nil if it depends on a missing quota.
func (l *tableLint) bound(i int, quota value.Money) *big.Rat {
	from := l.table.Tiers[i].From
	if l.table.Measure != comp.Attainment {
		return new(big.Rat).SetInt64(from.Amount.Minor())
	}
	if quota.IsZero() {
		return nil
	}
	at := big.NewRat(from.Attainment.Millionths(), exact.One)
	return at.Mul(at, new(big.Rat).SetInt64(quota.Minor()))
}

func fraction(p value.Percent) *big.Rat { return big.NewRat(p.Millionths(), exact.One) }

// jump finds by how much the commission changes at the i-th tier of a retroactive table, before floors and caps.
func (l *tableLint) jump(i int, quota value.Money) {
	one, two := l.table.Tiers[i-1].Rate, l.table.Tiers[i].Rate
	step := new(big.Rat).Sub(fraction(two), fraction(one))
	operands := []value.Operand{
		value.Op("bound", l.table.Tiers[i].From.String()), value.Op("table", string(l.id)), value.Op("below", one),
		value.Op("rate", two),
		value.Op("what", map[bool]string{true: "deal", false: "period"}[l.table.Measure == comp.DealAmount]),
	}
	template := "at {bound} table {table} prices all credit of the {what} at {rate} in place of {below}: the " +
		"commission jumps by {jump}"
	currency := l.table.Currency
	if l.table.Measure == comp.Attainment {
		currency = quota.Currency()
		template += ", for the largest quota of {quota}"
		operands = append(operands, value.Op("quota", quota))
	}
	if at := l.bound(i, quota); at != nil {
		amount, err := value.NewMoney(rounded(at.Mul(at, step), l.policy.Rounding), currency)
		if err != nil {
			return // no deal is as large as that
		}
		operands = append(operands, value.Op("jump", amount))
	} else {
		template = "at {bound} table {table} prices all credit of the {what} at {rate} in place of {below}: the " +
			"commission jumps by {jump} of the quota"
		share := step.Mul(step, fraction(l.table.Tiers[i].From.Attainment))
		share.Mul(share, new(big.Rat).SetInt64(exact.One))
		p, _ := value.NewPercent(rounded(share, value.HalfEven)) // at most 10,000 %
		operands = append(operands, value.Op("jump", p))
	}
	l.found = append(l.found, value.NewReason("comp.lint.jump", template, operands...).At(l.tierPath(i)))
}

// unreachable finds a tier that pays nothing, because the tiers below it reach a cap, for a payee whom this
// table alone pays. For a table that measures attainment the quota is the smallest.
func (l *tableLint) unreachable(i int, quota value.Money) {
	name, limit := "period_cap", l.table.PeriodCap
	if deal := l.table.DealCap; l.table.Measure == comp.DealAmount && !deal.IsZero() &&
		(limit.IsZero() || deal.Compare(limit) < 0) {
		name, limit = "deal_cap", deal
	}
	if limit.IsZero() {
		return
	}
	paid := l.earned(i, quota)
	if paid == nil || paid.Cmp(new(big.Rat).SetInt64(limit.Minor())) < 0 {
		return
	}
	l.found = append(l.found, value.NewReason("comp.lint.tier_unreachable",
		"the tier of table {table} from {bound} on pays nothing: below it the commission has reached {cap_name}, {cap}",
		value.Op("table", string(l.id)), value.Op("bound", l.table.Tiers[i].From.String()), value.Op("cap_name", name),
		value.Op("cap", limit)).
		At(l.tierPath(i), l.path(name)))
}

// earned returns the least that credit up to the i-th tier pays before any cap; nil if a needed quota is missing.
func (l *tableLint) earned(i int, quota value.Money) *big.Rat {
	end := l.bound(i, quota)
	if end == nil {
		return nil
	}
	tiers := l.table.Tiers
	if l.table.Method == comp.Retroactive {
		lower := slices.MinFunc(tiers[i-1:i+1],
			func(a, b comp.Tier) int { return cmp.Compare(a.Rate.Millionths(), b.Rate.Millionths()) })
		return end.Mul(end, fraction(lower.Rate))
	}
	sum := new(big.Rat)
	for j := range i {
		width := new(big.Rat).Sub(l.bound(j+1, quota), l.bound(j, quota))
		sum.Add(sum, width.Mul(width, fraction(tiers[j].Rate)))
	}
	return sum
}

// rounded returns a fraction rounded once, and the largest number beyond 64 bits.
func rounded(r *big.Rat, mode value.Rounding) int64 {
	whole := exact.Rational(r, exact.Mode(mode))
	if !whole.IsInt64() {
		return 1<<63 - 1
	}
	return whole.Int64()
}
