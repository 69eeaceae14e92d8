package impact

import (
	"math"
	"strconv"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/value"
)

const same = -1 // the position of a field that does not differ

// fields holds the positions in comp.Diff of the fields that differ.
type fields struct {
	changes       []comp.PolicyChange
	model         int32
	splitByParty  int32 // counts for several partners where a policy is of the split model
	rounding      int32
	joint         int32
	jointPrimary  int32 // counts where roles are derived
	influenced    fieldSet
	contributions map[comp.Contribution]int32
	percents      [policies]map[comp.Contribution]value.Percent
	tables        map[comp.TableID]*tableFields
	period        fieldSet
	quotas        map[string]map[value.Date]int32
	plans         [policies]*comp.Plan
	rates         [policies]comp.RateTerms
	origins       bool       // a joint origin counts: a policy is about origination, or roles are derived
	samePeriods   bool       // of both policies
	day, first    value.Date // the last argument and result of periodOf
}

// tableFields holds the positions of the fields of a rate table.
type tableFields struct {
	always                                     fieldSet
	dealFloor, dealCap, periodFloor, periodCap limitField
	tiers                                      []tierFields
	attainment                                 bool // by one of the policies
	history                                    bool // by one of the policies
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
	f.jointPrimary, f.splitByParty = same, same
	if one.Model == comp.Split || two.Model == comp.Split {
		f.splitByParty = at.of("split_by_party")
	}
	if derives {
		f.jointPrimary = at.of("joint_primary")
	}
	f.influenced.add(at.of("origination.influenced"), at.of("origination.influenced_pays_commission"),
		at.of("origination.influenced_counts_toward_quota"))
	f.period.add(at.of("rates.year_start"), at.of("rates.period"))
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

// where holds the position of each field that differs, by path.
type where map[string]int32

func positions(changes []comp.PolicyChange) where {
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

func (f *fields) addTables(at where, policy int, rates comp.RateTerms) {
	for id, table := range rates.Tables {
		path := "rates.tables." + string(id) + "."
		t := f.tables[id]
		if t == nil {
			none := limitField{same, [policies]int64{math.MaxInt64, math.MaxInt64}}
			t = &tableFields{dealCap: none, periodCap: none}
			f.tables[id] = t
		}
		t.always.add(at.of(path+"measure"), at.of(path+"method"), at.of(path+"currency"))
		for i := len(t.tiers); i < len(table.Tiers); i++ {
			tier := path + value.Index("tiers", i)
			t.tiers = append(t.tiers, tierFields{at.of(tier + ".from"), at.of(tier + ".to"), at.of(tier + ".rate")})
		}
		t.dealFloor.state(at.of(path+"deal_floor"), policy, table.DealFloor)
		t.dealCap.state(at.of(path+"deal_cap"), policy, table.DealCap)
		t.periodFloor.state(at.of(path+"period_floor"), policy, table.PeriodFloor)
		t.periodCap.state(at.of(path+"period_cap"), policy, table.PeriodCap)
		t.attainment = t.attainment || table.Measure == comp.Attainment
		t.history = t.history || table.Measure != comp.DealAmount || !table.PeriodFloor.IsZero() ||
			!table.PeriodCap.IsZero()
	}
}

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
func (f *fields) quota(set *fieldSet, rep string, day value.Date) {
	quotas := f.quotas[rep]
	if quotas == nil {
		return
	}
	for _, rates := range f.rates {
		first, _ := rates.Bounds(day)
		if field, ok := quotas[first]; ok {
			set.add(field)
		}
	}
}

// periodOf returns the first day of the period of a day; zero, for all days, if the policies count differently.
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
