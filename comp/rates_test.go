package comp_test

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/value"
)

func TestRatePolicyJSONRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := anyRatePolicy().Draw(t, "policy")
		text, err := p.MarshalJSON()
		if err != nil {
			t.Fatal(err)
		}
		back, err := comp.ParsePolicy(text)
		if err != nil || diff(p, back) != "" {
			t.Fatalf("%v: %s\nis read as another policy (-written +read):\n%s", err, text, diff(p, back))
		}
		again, err := back.MarshalJSON()
		if err != nil || !bytes.Equal(again, text) {
			t.Fatalf("%s\nwritten again as %s, %v", text, again, err)
		}
		if other := diff(p, compile(t, p).Policy()); other != "" {
			t.Fatalf("the plan has another policy (-given +compiled):\n%s", other)
		}
	})
}

// ratesText returns the JSON of a whole policy with the given rates.
func ratesText(t *testing.T, rates string) []byte {
	t.Helper()
	return []byte(policyText(t, `"rates":{"year_start":"january","period":"quarter","quotas":{},"tables":{}}`, `"rates":`+rates))
}

const goodRates = `{"year_start":"february","period":"quarter","quotas":{"ana":{"2026-11-01":"250000.00 USD"}},"tables":{` +
	`"accelerator":{"measure":"attainment","method":"marginal","tiers":[{"from":"0%","to":"100%","rate":"8%"},{"from":"100%","rate":"12.5%"}]},` +
	`"volume":{"measure":"deal_amount","method":"retroactive","currency":"USD","tiers":[{"to":"10000.00","rate":"2%"},{"from":"10000.00","rate":"4%"}],"deal_floor":"50.00","deal_cap":"900.00","period_floor":"100.00","period_cap":"5000.00"}}}`

func TestRatePolicyJSONReads(t *testing.T) {
	text := ratesText(t, goodRates)
	p, err := comp.ParsePolicy(text)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := p.MarshalJSON(); err != nil || !bytes.Equal(again, text) {
		t.Errorf("%s\nis written as\n%s, %v", text, again, err)
	}
	if quota := p.Rates.Quotas["ana"][value.MustDate("2026-11-01")]; quota != usd("250000") || p.Rates.Tables["volume"].DealFloor != usd("50") {
		t.Errorf("%+v", p.Rates)
	}
	// A policy without rates has only flat rates.
	p, err = comp.ParsePolicy(bytes.Replace(text, []byte(`"rates":`+goodRates+`,`), nil, 1))
	if rates := diff(comp.RateTerms{}, p.Rates); err != nil || rates != "" {
		t.Errorf("%v, and rates that the document does not have:\n%s", err, rates)
	}
	compile(t, p)
}

func TestRatePolicyJSONReportsEveryValue(t *testing.T) {
	for _, c := range []struct{ rates, want string }{
		{`{"year_start":"May","period":"week","quotas":{"ana":{"2026-11-02":"1 USD"}},"tables":{}}`,
			`rates.year_start: "May" is not known; allowed are january, february, march, april, may, june, july, august, september, october, november, december|` +
				`rates.period: "week" is not known; allowed are month, quarter, year`},
		{`{"year_start":"february","period":"quarter","quotas":{"ana":{"2026-11-02":"1.00 USD","x":"1 USD","2026-11-01":"0.00 USD","2027-02-01":"1"},"":{}},"tables":{}}`,
			`rates.quotas.ana.2027-02-01: "1" is no*`},
		{`{"year_start":"february","period":"quarter","quotas":{"ana":null},"tables":{}}`, `rates.quotas.ana: nothing stands here; the member is needed`},
		{`{"year_start":"february","period":"quarter","quotas":{"ana":{"2026-11-02":"1.00 USD","x":"1 USD"}},"tables":{}}`, `rates.quotas.ana.x: "x" is not a date*`},
		{`{"year_start":"february","period":"quarter","quotas":{"ana":{"2026-11-02":"1.00 USD","2026-11-01":"0.00 USD"},"":{}},"tables":{}}`,
			`rates.quotas.ana.2026-11-02: "2026-11-02" is not the first day of a period; that is "2026-11-01"|` +
				`rates.quotas.ana.2026-11-01: 0.00 USD is not positive; nothing can be attained of it|rates.quotas."": nothing is no id; give 1 to 256 bytes`},
		{`{"year_start":"may","period":"year","quotas":{},"tables":{"A":{"measure":"x","method":"y","tiers":[{"from":"q","rate":"101%"}]}}}`,
			`rates.tables.A.measure: "x" is not known; allowed are attainment, period_amount, deal_amount|` +
				`rates.tables.A.method: "y" is not known; allowed are marginal, retroactive|rates.tables.A.tiers[0].rate: 101% is above 100%`},
		{`{"year_start":"may","period":"year","quotas":{},"tables":{"A":{"measure":"attainment","method":"marginal","tiers":[{"rate":"1%"}]}}}`,
			`rates.tables.A: "A" is no table id; write lower-case letters, digits and underscores, a letter first, at most 64 bytes`},
		{`{"year_start":"may","period":"month","quotas":{},"tables":{"a":{"measure":"period_amount","method":"marginal","tiers":[{"rate":"1"},{"from":"9","rate":"-1%"}],"deal_cap":"7"}}}`,
			`rates.tables.a.tiers[0].rate: "1" is not a percentage*|rates.tables.a.tiers[1].rate: -1% is below 0%`},
		{`{"year_start":"may","period":"month","quotas":{},"tables":{"a":{"measure":"period_amount","method":"marginal","tiers":[{"rate":"1%"},{"from":"9","rate":"-1%"}],"deal_cap":"7"}}}`,
			`rates.tables.a.deal_cap: "7" has no currency; the table must name one|rates.tables.a.tiers[1].from: "9" has no currency; the table must name one|rates.tables.a.tiers[1].rate: -1% is below 0%`},
		{`{"year_start":"may","period":"month","quotas":{},"tables":{"a":{"measure":"period_amount","method":"marginal","tiers":[{"rate":"1%"}]}}}`,
			`rates.tables.a.currency: nothing says in which currency the amounts of the tiers are`},
		{`{"year_start":"may","period":"month","quotas":{},"tables":{"a":{"measure":"deal_amount","method":"marginal","currency":"USD","tiers":[{"to":"x","rate":"1%"},{"from":"9.001","rate":"200%"}]}}}`,
			`rates.tables.a.tiers[0].to: "x"*|rates.tables.a.tiers[1].from: "9.001"*|rates.tables.a.tiers[1].rate: 200% is above 100%`},
	} {
		_, err := comp.ParsePolicy(ratesText(t, c.rates))
		var want []string
		for line := range strings.SplitSeq(c.want, "|") {
			want = append(want, "comp."+line)
		}
		wantError(t, err, want...)
	}
	for _, rates := range []string{`{}`, `[]`, `{"year_start":1}`, `{"tables":{"a":null}}`, strings.Replace(goodRates, `"rate":"8%"`, `"Rate":"8%"`, 1), strings.Replace(goodRates, `"from":"100%",`, `"from":"100%","from":"100%",`, 1)} {
		if _, err := comp.ParsePolicy(ratesText(t, rates)); err == nil || strings.Contains(fmt.Sprint(codesOf(err)), "error.unexpected") {
			t.Errorf("%s: %v", rates, err)
		}
	}
}

// Empty rates are left out of a policy, with nil maps or empty ones. Rates can be a
// document without a policy.
func TestRateTermsAreReadAndWrittenWithoutAPolicy(t *testing.T) {
	p := comp.DefaultPolicy()
	p.Rates = comp.RateTerms{Quotas: map[string]map[value.Date]value.Money{}, Tables: map[comp.TableID]comp.RateTable{}}
	if text, err := p.MarshalJSON(); err != nil || bytes.Contains(text, []byte("rates")) {
		t.Errorf("%s, %v", text, err)
	}
	var r comp.RateTerms
	if err := r.UnmarshalJSON([]byte(goodRates)); err != nil {
		t.Fatal(err)
	}
	if text, err := r.MarshalJSON(); err != nil || string(text) != goodRates {
		t.Errorf("%s, %v", text, err)
	}
	read := r
	err := read.UnmarshalJSON([]byte(`{"year_start":"may","period":"month","quotas":{},"tables":{"a":null}}`))
	wantError(t, err, "tables.a.measure: nothing stands here; the member is needed", "tables.a.method: nothing stands here; the member is needed", "tables.a.tiers: nothing stands here; the member is needed")
	if changed := diff(r, read); changed != "" {
		t.Errorf("refused rates changed the value (-before +after):\n%s", changed)
	}
}

// Each row has one problem of a table that was made in code.
func TestRefusesMalformedRateTables(t *testing.T) {
	eur := value.MustMoney("5.00 EUR")
	for _, c := range []struct {
		code   value.Code
		change func(*comp.RateTable)
		want   string
	}{
		{value.Code("comp.measure.unknown"), func(r *comp.RateTable) { r.Measure = 0 }, ".measure: nothing is given; allowed are attainment, period_amount, deal_amount"},
		{value.Code("comp.method.unknown"), func(r *comp.RateTable) { r.Method = 9 }, `.method: "number 9" is not known; allowed are marginal, retroactive`},
		{value.Code("comp.tiers.missing"), func(r *comp.RateTable) { r.Tiers = nil }, ".tiers: 0 tiers are given; a table has 1 to 100"},
		{value.Code("comp.tiers.missing"), func(r *comp.RateTable) { r.Tiers = make([]comp.Tier, 101) }, ".tiers: 101 tiers are given; a table has 1 to 100"},
		{value.Code("comp.tier.gap"), func(r *comp.RateTable) { r.Tiers[1].From.Amount = usd("100.01") }, ".tiers[1].from: 100.01 USD leaves a gap above 100.00 USD"},
		{value.Code("comp.tier.gap"), func(r *comp.RateTable) { r.Tiers[0].From.Amount = usd("1") }, ".tiers[0].from: 1.00 USD leaves a gap above zero"},
		{value.Code("comp.tier.gap"), func(r *comp.RateTable) { r.Tiers[2].To.Amount = usd("900") }, ".tiers[2].to: 900.00 USD ends the last tier; leave it out, so that every credit has a rate"},
		{value.Code("comp.tier.overlap"), func(r *comp.RateTable) { r.Tiers[1].From.Amount = usd("99.99") }, ".tiers[1].from: 99.99 USD overlaps the tier below, which ends at 100.00 USD"},
		{value.Code("comp.tier.overlap"), func(r *comp.RateTable) { r.Tiers[0].From.Amount = usd("-1") }, ".tiers[0].from: -1.00 USD overlaps the tier below, which ends at zero"},
		{value.Code("comp.tier.empty"), func(r *comp.RateTable) { r.Tiers[1].To, r.Tiers[2].From = r.Tiers[1].From, r.Tiers[1].From }, ".tiers[1].to: 100.00 USD is not above 100.00 USD, where the tier begins"},
		{value.Code("comp.tier.measure"), func(r *comp.RateTable) { r.Tiers[1].From.Attainment = value.MustPercent("1%") }, ".tiers[1].from: 100.00 USD does not fit the table's measure, deal_amount"},
		{value.Code("comp.rate.currency"), func(r *comp.RateTable) { r.DealCap = eur }, `.deal_cap: 5.00 EUR is not in the table's currency, "USD"`},
		{comp.LimitNegative, func(r *comp.RateTable) { r.PeriodFloor = usd("-0.01") }, ".period_floor: -0.01 USD is below zero"},
	} {
		table := rateTable(comp.DealAmount, comp.Marginal, "0:1% 100:2% 200:3%")
		c.change(&table)
		_, err := comp.Compile(withTable(table))
		wantError(t, err, "comp.rates.tables.accelerator"+c.want)
		if !errors.Is(err, c.code) {
			t.Errorf("%s: %v", c.code, err)
		}
	}
	var hundred strings.Builder
	for i := range 100 {
		fmt.Fprintf(&hundred, " %d:1%%", i)
	}
	compile(t, withTable(rateTable(comp.DealAmount, comp.Marginal, hundred.String()[1:])))
	for _, measure := range []comp.Measure{comp.DealAmount, comp.PeriodAmount} {
		table := rateTable(measure, comp.Marginal, "0:1%")
		table.Currency = value.Currency{}
		if _, err := comp.Compile(withTable(table)); !errors.Is(err, value.Code("comp.rate.currency")) {
			t.Errorf("%s in no currency: %v", measure, err)
		}
	}
	table := rateTable(comp.DealAmount, comp.Marginal, "0:1% 100:2%")
	table.Tiers[0].To.Amount, table.Tiers[1].From.Amount = eur, eur
	if _, err := comp.Compile(withTable(table)); !errors.Is(err, value.Code("comp.rate.currency")) {
		t.Errorf("tiers in euros: %v", err)
	}
	table = rateTable(comp.Attainment, comp.Marginal, "0%:1% 100%:2%")
	table.Tiers[0].To.Amount, table.Tiers[1].From.Amount = usd("5"), usd("5")
	if _, err := comp.Compile(withTable(table)); !errors.Is(err, value.Code("comp.tier.measure")) {
		t.Errorf("attainment of an amount: %v", err)
	}
	nameless := withTable(rateTable(comp.DealAmount, comp.Marginal, "0:1%"))
	nameless.Rates.Tables = map[comp.TableID]comp.RateTable{"": {}}
	if _, err := comp.Compile(nameless); !errors.Is(err, value.Code("comp.table.id")) || !strings.Contains(err.Error(), `comp.rates.tables."".measure`) {
		t.Errorf("a table without an id: %v", err)
	}
	p := withTable(rateTable(comp.DealAmount, comp.Marginal, "0:1%"))
	for i := range 1000 {
		p.Rates.Tables[comp.TableID(fmt.Sprint("t", i))] = p.Rates.Tables[tableID]
	}
	_, err := comp.Compile(p)
	wantError(t, err, "comp.rates.tables: 1001 tables are more than 1000")
	p.Rates = comp.RateTerms{Period: comp.Monthly}
	if _, err := comp.Compile(p); !errors.Is(err, value.Code("comp.fiscal_year.start")) {
		t.Error(err)
	}
	p.Rates = comp.RateTerms{Year: comp.FiscalYear{Start: time.May}}
	if _, err := comp.Compile(p); !errors.Is(err, value.Code("comp.period.unknown")) {
		t.Error(err)
	}
	p.Rates = comp.RateTerms{Year: comp.FiscalYear{Start: time.May}, Period: comp.Yearly, Quotas: map[string]map[value.Date]value.Money{"a": {{}: usd("1")}}}
	if _, err := comp.Compile(p); !errors.Is(err, value.Code("comp.quota.period")) {
		t.Error(err)
	}
	p.Rates.Quotas = make(map[string]map[value.Date]value.Money, 100_001)
	for i := range 100_001 {
		p.Rates.Quotas[fmt.Sprint(i)] = nil
	}
	if _, err := comp.Compile(p); !errors.Is(err, value.Code("comp.quotas.excess")) {
		t.Error(err)
	}
}

func TestBoundsOfMonthsQuartersAndYears(t *testing.T) {
	for _, c := range []struct {
		period           comp.Period
		start            time.Month
		day, first, last string
	}{
		{comp.Monthly, time.May, "2028-02-29", "2028-02-01", "2028-02-29"},
		{comp.Monthly, time.May, "9999-12-31", "9999-12-01", "9999-12-31"},
		{comp.Monthly, time.May, "0001-01-31", "0001-01-01", "0001-01-31"},
		{comp.Quarterly, time.February, "2026-01-31", "2025-11-01", "2026-01-31"},
		{comp.Yearly, time.February, "2026-01-31", "2025-02-01", "2026-01-31"},
		{comp.Yearly, time.January, "2026-12-31", "2026-01-01", "2026-12-31"},
		{comp.Yearly, time.December, "2026-11-30", "2025-12-01", "2026-11-30"},
		{comp.Yearly, time.March, "0001-02-01", "0001-01-01", "0001-02-28"},
		{comp.Yearly, time.March, "9999-12-01", "9999-03-01", "9999-12-31"},
	} {
		terms := comp.RateTerms{Year: comp.FiscalYear{Start: c.start}, Period: c.period}
		first, last := terms.Bounds(value.MustDate(c.day))
		if first.String() != c.first || last.String() != c.last {
			t.Errorf("%s of %s, year from %s: %s to %s", c.period, c.day, c.start, first, last)
		}
		if name, err := named[comp.Period](c.period.String()); name != c.period || err != nil {
			t.Error(err)
		}
	}
	for _, terms := range []comp.RateTerms{{}, {Period: comp.Monthly}, {Year: comp.FiscalYear{Start: time.May}}} {
		if first, last := terms.Bounds(won); !first.IsZero() || !last.IsZero() {
			t.Errorf("%+v: %s to %s", terms, first, last)
		}
	}
}
