package comp

import (
	"maps"
	"slices"
	"strconv"

	"github.com/coselling/coselling/value"
)

// Change is a field that differs between two policies, in the words of their
// documents.
type Change struct {
	Path   string // as errors of this package write it, below "comp": "role_based.contributions.technical_validation"
	Before string // the value in the first policy; "none" where it lacks the field
	After  string // likewise of the second
}

// String returns the change as one sentence: "rounding half_even -> toward_zero".
func (c Change) String() string { return c.Path + " " + c.Before + " -> " + c.After }

// absent stands for a field that a policy does not have.
const absent = "none"

// Diff returns every field that differs between two policies, in the order of their
// documents; contributions, reps, days and tables by id, tiers by position. It is nil
// exactly where both have the same canonical form. The policies need not compile. The
// ids of reps, and ids that are malformed, stand quoted in the paths.
func Diff(before, after Policy) []Change {
	d := differ{}
	for _, f := range policyFields[:firstDeepField] {
		d.add(f.name, f.text(&before), f.text(&after))
	}
	d.rates(&before.Rates, &after.Rates)
	for _, f := range policyFields[firstDeepField:] {
		d.add(f.name, f.text(&before), f.text(&after))
	}
	for _, c := range bothKeys(before.RoleBased.Contributions, after.RoleBased.Contributions) {
		d.add("role_based.contributions."+memberName(string(c)), percentAt(before.RoleBased.Contributions, c), percentAt(after.RoleBased.Contributions, c))
	}
	return d.changes
}

// field is a plain field of a T: its name in a document and its text there, empty
// where it is left out.
type field[T any] struct {
	name string
	text func(*T) string
}

// policyFields are the plain fields of a policy in the order of its document; the
// rates stand before the firstDeepField-th one, the contributions behind all.
var policyFields = [...]field[Policy]{
	{"model", func(p *Policy) string { return p.Model.String() }},
	{"joint_origin", func(p *Policy) string { return p.JointOrigin.String() }},
	{"rounding", func(p *Policy) string { return p.Rounding.String() }},
	{"origination.influenced", func(p *Policy) string { return p.Origination.Influenced.String() }},
	{"origination.influenced_pays_commission", func(p *Policy) string { return strconv.FormatBool(p.Origination.InfluencedPaysCommission) }},
	{"origination.influenced_counts_toward_quota", func(p *Policy) string { return strconv.FormatBool(p.Origination.InfluencedCountsTowardQuota) }},
}

const firstDeepField = 3

// rateFields are the plain fields of rate terms that are not zero.
var rateFields = [...]field[RateTerms]{
	{"rates.year_start", func(r *RateTerms) string { return r.Year.String() }},
	{"rates.period", func(r *RateTerms) string { return r.Period.String() }},
}

// tableHead and tableLimits are the plain fields of a rate table before its tiers and
// behind them.
var (
	tableHead = [...]field[RateTable]{
		{"measure", func(t *RateTable) string { return t.Measure.String() }},
		{"method", func(t *RateTable) string { return t.Method.String() }},
		{"currency", func(t *RateTable) string { return t.Currency.String() }},
	}
	tableLimits = [...]field[RateTable]{
		{"deal_floor", func(t *RateTable) string { return t.DealFloor.String() }},
		{"deal_cap", func(t *RateTable) string { return t.DealCap.String() }},
		{"period_floor", func(t *RateTable) string { return t.PeriodFloor.String() }},
		{"period_cap", func(t *RateTable) string { return t.PeriodCap.String() }},
	}
	tierFields = [...]field[Tier]{
		{"from", func(t *Tier) string { return t.From.text() }},
		{"to", func(t *Tier) string { return t.To.text() }},
		{"rate", func(t *Tier) string { return t.Rate.String() }},
	}
)

// text is the bound in a document; empty where it is unset.
func (b Bound) text() string {
	if b == (Bound{}) {
		return ""
	}
	return b.String()
}

// differ collects the fields that differ.
type differ struct{ changes []Change }

func (d *differ) add(path, before, after string) {
	if before != after {
		d.changes = append(d.changes, Change{path, orAbsent(before), orAbsent(after)})
	}
}

func orAbsent(text string) string {
	if text == "" {
		return absent
	}
	return text
}

// addAll compares plain fields; nil has none of them.
func addAll[T any](d *differ, path string, fields []field[T], before, after *T) {
	for _, f := range fields {
		d.add(value.JoinPath(path, f.name), textIn(f, before), textIn(f, after))
	}
}

func textIn[T any](f field[T], in *T) string {
	if in == nil {
		return ""
	}
	return f.text(in)
}

func (d *differ) rates(before, after *RateTerms) {
	addAll(d, "", rateFields[:], orNil(before, before.IsZero()), orNil(after, after.IsZero()))
	for _, rep := range bothKeys(before.Quotas, after.Quotas) {
		path := "rates.quotas." + memberQuoted(rep)
		one, two := before.Quotas[rep], after.Quotas[rep]
		if len(one) == 0 || len(two) == 0 { // a rep without a quota is a member all the same
			d.add(path, emptyText(before.Quotas, rep), emptyText(after.Quotas, rep))
		}
		days := slices.Concat(slices.Collect(maps.Keys(one)), slices.Collect(maps.Keys(two)))
		slices.SortFunc(days, value.Date.Compare)
		for _, day := range slices.Compact(days) {
			d.add(path+"."+quotaPath(day), quotaText(one, day), quotaText(two, day))
		}
	}
	for _, id := range bothKeys(before.Tables, after.Tables) {
		d.table("rates.tables."+memberName(string(id)), tableAt(before, id), tableAt(after, id))
	}
}

func orNil[T any](p *T, zero bool) *T {
	if zero {
		return nil
	}
	return p
}

func emptyText(quotas map[string]map[value.Date]value.Money, rep string) string {
	if of, ok := quotas[rep]; ok && len(of) == 0 {
		return "no day"
	}
	return ""
}

func quotaText(quotas map[value.Date]value.Money, day value.Date) string {
	quota, ok := quotas[day]
	if ok && quota.IsZero() {
		return `""`
	}
	return quota.String()
}

func tableAt(r *RateTerms, id TableID) *RateTable {
	t, ok := r.Tables[id]
	return orNil(&t, !ok)
}

// table compares two tables, of which one may be nil.
func (d *differ) table(path string, before, after *RateTable) {
	addAll(d, path, tableHead[:], before, after)
	for i := range max(tiersOf(before), tiersOf(after)) {
		addAll(d, path+"."+value.Index("tiers", i), tierFields[:], tierAt(before, i), tierAt(after, i))
	}
	addAll(d, path, tableLimits[:], before, after)
}

func tiersOf(t *RateTable) int {
	if t == nil {
		return 0
	}
	return len(t.Tiers)
}

func tierAt(t *RateTable, i int) *Tier {
	if i >= tiersOf(t) {
		return nil
	}
	return &t.Tiers[i]
}

func percentAt(percents map[Contribution]value.Percent, c Contribution) string {
	p, ok := percents[c]
	if !ok {
		return ""
	}
	return p.String()
}

// memberName is a member of a document in a path, quoted where it is no identifier.
func memberName(name string) string {
	if Contribution(name).wellFormed() {
		return name
	}
	return memberQuoted(name)
}

// memberQuoted is a member of a document in a path, in full, so that no two look alike.
func memberQuoted(name string) string { return strconv.Quote(name) }

// bothKeys returns the keys of two maps, sorted.
func bothKeys[K interface{ ~string }, V any](one, two map[K]V) []K {
	keys := slices.Concat(slices.Collect(maps.Keys(one)), slices.Collect(maps.Keys(two)))
	slices.Sort(keys)
	return slices.Compact(keys)
}
