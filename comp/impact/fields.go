package impact

import (
	"slices"
	"strconv"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/value"
)

// same stands for a field that does not differ.
const same = -1

// fields is where the fields that differ stand in comp.Diff, by what uses them.
type fields struct {
	changes       []comp.Change
	model         int32
	rounding      int32
	joint         int32
	influenced    [3]int32
	contributions map[comp.Contribution]int32
	percents      [policies]map[comp.Contribution]value.Percent
	tables        map[comp.TableID]*tableFields
	period        [2]int32
	quotas        map[string]map[value.Date]int32
	plans         [policies]*comp.Plan
	rates         [policies]comp.RateTerms
	origins       bool       // a joint origin counts: one of the policies is about origination, or roles may be derived
	samePeriods   bool       // both count by the same periods
	day, first    value.Date // the last day that periodOf was asked for, and its answer
}

// tableFields is where the fields of a rate table stand.
type tableFields struct {
	always                                     []int32
	dealFloor, dealCap, periodFloor, periodCap limitField
	tiers                                      []tierFields
	attainment                                 bool // by one of the policies
	history                                    bool // likewise
}

type tierFields struct{ from, to, rate int32 }

func newFields(plans [policies]*comp.Plan, derives bool) *fields {
	one, two := plans[before].Policy(), plans[after].Policy()
	f := &fields{
		changes: comp.Diff(one, two), plans: plans, rates: [policies]comp.RateTerms{one.Rates, two.Rates},
		origins:     derives || one.Model == comp.Origination || two.Model == comp.Origination,
		samePeriods: one.Rates.Period == two.Rates.Period && one.Rates.Year == two.Rates.Year,
	}
	at := positions(f.changes)
	f.model, f.rounding, f.joint = at.of("model"), at.of("rounding"), at.of("joint_origin")
	f.influenced = [3]int32{
		at.of("origination.influenced"),
		at.of("origination.influenced_pays_commission"),
		at.of("origination.influenced_counts_toward_quota"),
	}
	f.period = [2]int32{at.of("rates.year_start"), at.of("rates.period")}
	f.contributions = map[comp.Contribution]int32{}
	f.tables = map[comp.TableID]*tableFields{}
	f.quotas = map[string]map[value.Date]int32{}
	for i, policy := range []comp.Policy{one, two} {
		f.percents[i] = policy.RoleBased.Contributions
		for c := range policy.RoleBased.Contributions {
			f.contributions[c] = at.of("role_based.contributions." + string(c))
		}
		f.addTables(at, i, policy.Rates)
		f.addQuotas(at, policy.Rates)
	}
	return f
}

// where is the position of each field that differs.
type where map[string]int32

func positions(changes []comp.Change) where {
	at := make(where, len(changes))
	for i, c := range changes {
		at[c.Path] = int32(i)
	}
	return at
}

func (w where) of(path string) int32 {
	if at, ok := w[path]; ok {
		return at
	}
	return same
}

// all returns the positions of the fields below a path that differ.
func (w where) all(path string, names ...string) []int32 {
	var list []int32
	for _, name := range names {
		if at := w.of(path + "." + name); at != same {
			list = append(list, at)
		}
	}
	return list
}

func (w where) limit(path, name string) limitField { return limitField{field: w.of(path + "." + name)} }

func (l *limitField) state(policy int, m value.Money) {
	l.amounts[policy], l.stated[policy] = m.Minor(), !m.IsZero()
}

func (f *fields) addTables(at where, policy int, rates comp.RateTerms) {
	for id, table := range rates.Tables {
		path := "rates.tables." + string(id)
		t := f.tables[id]
		if t == nil {
			t = &tableFields{
				always:    at.all(path, "measure", "method", "currency"),
				dealFloor: at.limit(path, "deal_floor"), dealCap: at.limit(path, "deal_cap"),
				periodFloor: at.limit(path, "period_floor"), periodCap: at.limit(path, "period_cap"),
			}
			f.tables[id] = t
		}
		for i := len(t.tiers); i < len(table.Tiers); i++ {
			tier := path + "." + value.Index("tiers", i)
			t.tiers = append(t.tiers, tierFields{at.of(tier + ".from"), at.of(tier + ".to"), at.of(tier + ".rate")})
		}
		t.dealFloor.state(policy, table.DealFloor)
		t.dealCap.state(policy, table.DealCap)
		t.periodFloor.state(policy, table.PeriodFloor)
		t.periodCap.state(policy, table.PeriodCap)
		t.attainment = t.attainment || table.Measure == comp.Attainment
		t.history = t.history || table.Measure != comp.DealAmount || !table.PeriodFloor.IsZero() || !table.PeriodCap.IsZero()
	}
}

// addQuotas finds the quotas that differ; where none does nothing is kept.
func (f *fields) addQuotas(at where, rates comp.RateTerms) {
	for rep, quotas := range rates.Quotas {
		for day := range quotas {
			field := at.of("rates.quotas." + strconv.Quote(rep) + "." + day.String())
			if field == same {
				continue
			}
			if f.quotas[rep] == nil {
				f.quotas[rep] = map[value.Date]int32{}
			}
			f.quotas[rep][day] = field
		}
	}
}

// quota adds the quotas of a rep for the periods of a day.
func (f *fields) quota(set []int32, rep string, day value.Date) []int32 {
	quotas := f.quotas[rep]
	if quotas == nil {
		return set
	}
	for _, rates := range f.rates {
		first, _ := rates.Bounds(day)
		if field, ok := quotas[first]; ok {
			set = include(set, field)
		}
	}
	return set
}

// periodOf returns what the history of a payee belongs to: a period that both policies
// count by, or all time.
func (f *fields) periodOf(day value.Date) value.Date {
	if !f.samePeriods {
		return value.Date{}
	}
	if f.day != day {
		f.day = day
		f.first, _ = f.rates[before].Bounds(day)
	}
	return f.first
}

// include adds a field to a set that keeps the order of the policy's document.
func include(set []int32, field int32) []int32 {
	at, known := slices.BinarySearch(set, field)
	if known || field == same {
		return set
	}
	return slices.Insert(set, at, field)
}

func includeAll(set, more []int32) []int32 {
	for _, field := range more {
		set = include(set, field)
	}
	return set
}
