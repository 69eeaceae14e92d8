package comp

import (
	"cmp"
	"maps"
	"slices"
	"strconv"

	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/value"
)

const (
	maxTables = 1000
	maxTiers  = 100
	maxQuotas = 100_000 // reps
)

func (r RateTerms) check() error {
	if r.IsZero() {
		return nil
	}
	var problems value.Errors
	problems.Add("year_start", r.Year.Check())
	problems.Add("period", periodNames.Check(r.Period))
	if n := len(r.Tables); n > maxTables {
		problems.Refuse("tables", "comp.tables.excess", strconv.Itoa(n)+" tables",
			"are more than "+strconv.Itoa(maxTables))
	} else {
		for _, id := range slices.Sorted(maps.Keys(r.Tables)) {
			path := "tables." + wire.Member(string(id))
			problems.Add(path, checkName("comp.table.id", string(id), "table"))
			problems.Add(path, r.Tables[id].check())
		}
	}
	if n := len(r.Quotas); n > maxQuotas {
		problems.Refuse("quotas", "comp.quotas.excess", strconv.Itoa(n)+" reps",
			"are more than "+strconv.Itoa(maxQuotas))
	} else {
		r.checkQuotas(&problems)
	}
	return problems.Err()
}

func (r RateTerms) checkQuotas(problems *value.Errors) {
	for _, rep := range slices.Sorted(maps.Keys(r.Quotas)) {
		path := "quotas." + wire.Member(rep)
		problems.Add(path, checkID(payeeRep, rep))
		for _, day := range slices.SortedFunc(maps.Keys(r.Quotas[rep]), value.Date.Compare) {
			at := value.JoinPath(path, cmp.Or(day.String(), `""`))
			first, _ := r.Bounds(day)
			if day.IsZero() || first != day && !first.IsZero() {
				want := "is not the first day of a period; that is " + value.Quote(first.String())
				problems.Refuse(at, "comp.quota.period", value.Quote(day.String()), want)
			}
			if quota := r.Quotas[rep][day]; quota.Sign() <= 0 {
				const want = "is not positive; nothing can be attained of it"
				problems.Refuse(at, "comp.quota.zero", amountText(quota), want)
			}
		}
	}
}

func (t RateTable) check() error {
	var problems value.Errors
	problems.Add("measure", measureNames.Check(t.Measure))
	problems.Add("method", methodNames.Check(t.Method))
	if t.Currency.IsZero() && (t.Measure == PeriodAmount || t.Measure == DealAmount) {
		missing := value.NewError(rateCurrency, "nothing", "says in which currency the amounts of the tiers are")
		problems.Add("currency", missing)
	}
	if n := len(t.Tiers); n == 0 || n > maxTiers {
		want := "are given; a table has 1 to " + strconv.Itoa(maxTiers)
		problems.Refuse("tiers", "comp.tiers.missing", strconv.Itoa(n)+" tiers", want)
	} else if t.Measure.String() != "" {
		for i := range t.Tiers {
			t.checkTier(&problems, i)
		}
	}
	for _, limit := range [...]struct {
		name   string
		amount value.Money
	}{
		{"deal_floor", t.DealFloor}, {"deal_cap", t.DealCap},
		{"period_floor", t.PeriodFloor}, {"period_cap", t.PeriodCap},
	} {
		t.checkAmount(&problems, limit.name, limit.amount)
		if limit.amount.Sign() < 0 {
			problems.Refuse(limit.name, LimitNegative, limit.amount.String(), "is below zero")
		}
	}
	return problems.Err()
}

// checkTier checks the i-th tier, and that it begins where the one before ends.
func (t RateTable) checkTier(problems *value.Errors, i int) {
	tier, at := t.Tiers[i], value.Index("tiers", i)
	if tier.Rate.IsZero() {
		problems.Refuse(at+".rate", RateMissing, "nothing", "says what the tier pays; state a rate, 0% for none")
	}
	problems.Add(at+".rate", tier.Rate.CheckPart())
	t.checkBound(problems, at+".from", tier.From)
	t.checkBound(problems, at+".to", tier.To)
	from, to := tier.From.number(t.Measure), tier.To.number(t.Measure)
	last := i == len(t.Tiers)-1
	switch {
	case last && !tier.To.isZero():
		const want = "ends the last tier; leave it out, so that every credit has a rate"
		problems.Refuse(at+".to", tierGap, tier.To.String(), want)
	case !last && to <= from:
		want := "is not above " + tier.From.String() + ", where the tier begins"
		problems.Refuse(at+".to", "comp.tier.empty", tier.To.String(), want)
	}
	before := Bound{}
	if i > 0 {
		before = t.Tiers[i-1].To
	}
	switch end := before.number(t.Measure); {
	case from > end:
		problems.Refuse(at+".from", tierGap, tier.From.String(), "leaves a gap above "+before.end())
	case from < end:
		want := "overlaps the tier below, which ends at " + before.end()
		problems.Refuse(at+".from", "comp.tier.overlap", tier.From.String(), want)
	}
}

func (b Bound) end() string {
	if b.isZero() {
		return "zero"
	}
	return b.String()
}

func (t RateTable) checkBound(problems *value.Errors, at string, b Bound) {
	if t.Measure == Attainment && !b.Amount.IsZero() || t.Measure != Attainment && b.Attainment.Millionths() != 0 {
		problems.Refuse(at, "comp.tier.measure", b.String(), "does not fit the table's measure, "+t.Measure.String())
	}
	t.checkAmount(problems, at, b.Amount)
}

func (t RateTable) checkAmount(problems *value.Errors, at string, m value.Money) {
	if !m.IsZero() && m.Currency() != t.Currency {
		want := "is not in the table's currency, " + value.Quote(t.Currency.String())
		problems.Refuse(at, rateCurrency, m.String(), want)
	}
}
