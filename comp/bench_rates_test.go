package comp_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/value"
)

const benchAmounts = 1024

// benchMinor returns amounts from 1,000 to 500,000 dollars in cents.
func benchMinor() []int64 {
	amounts := make([]int64, benchAmounts)
	x := uint64(88172645463325252)
	for i := range amounts {
		x ^= x << 13
		x ^= x >> 7
		x ^= x << 17
		amounts[i] = 100_000 + int64(x%49_900_000)
	}
	return amounts
}

// benchSink keeps the compiler from dropping work.
var benchSink int64

// contestant prices the i-th amount at rates of one kind.
type contestant struct {
	name string
	run  func(i int)
}

// The job is a statement of two payees, at rates of each kind and at flat rates. Amounts
// are 1,000 to 500,000 dollars, so that marginal tiers of deals cut most of them, and
// marginal tiers of periods few.
func rateContestants(t testing.TB) []contestant {
	policy := comp.DefaultPolicy()
	policy.Rates.Quotas = map[string]map[value.Date]value.Money{}
	for _, rep := range []string{"ana", "bo0"} {
		policy.Rates.Quotas[rep] = map[value.Date]value.Money{value.MustDate("2026-10-01"): usd("100000000")}
	}
	policy.Rates.Tables = map[comp.TableID]comp.RateTable{
		"deal":       rateTable(comp.DealAmount, comp.Marginal, "0:5% 50000:8% 150000:12%"),
		"attainment": rateTable(comp.Attainment, comp.Marginal, "0%:5% 50%:8% 100%:12%"),
		"retro":      rateTable(comp.Attainment, comp.Retroactive, "0%:5% 50%:8% 100%:12%"),
	}
	plan := mustCompile(t, policy)
	return []contestant{
		{"flat", priced(t, plan, "", false)},
		{"flat_in_run", priced(t, plan, "", true)},
		{"marginal_deal", priced(t, plan, "deal", false)},
		{"marginal_attainment", priced(t, plan, "attainment", true)},
		{"retroactive_attainment", priced(t, plan, "retro", true)},
	}
}

// priced prices the i-th booking, in a run that starts again with the first booking.
func priced(t testing.TB, plan *comp.Plan, table comp.TableID, inRun bool) func(i int) {
	bookings, buf := make([]comp.Booking, benchAmounts), make([]comp.Line, 0, 2)
	for i, minor := range benchMinor() {
		b := benchBooking(2)
		b.ID, b.Value = fmt.Sprintf("D-%04d", i), mustMinor(t, minor)
		for j := range b.Payees {
			if table != "" {
				b.Payees[j].Table, b.Payees[j].Rate = table, value.Percent{}
			}
		}
		bookings[i] = b
	}
	var run *comp.Run
	return func(i int) {
		if i == 0 {
			run = plan.Run()
		}
		var s comp.Statement
		var err error
		if inRun {
			s, err = run.AppendStatement(buf, &bookings[i])
		} else {
			s, err = plan.AppendStatement(buf, &bookings[i])
		}
		if err != nil {
			t.Fatal(err)
		}
		benchSink += s.Lines[0].Commission.Minor()
	}
}

// This is a hard gate, for known payees and without true-ups.
func TestRatesAllocateNothing(t *testing.T) {
	for _, c := range rateContestants(t) {
		c.run(0)
		i := 0
		if allocs := testing.AllocsPerRun(100, func() { i++; c.run(i) }); allocs != 0 {
			t.Errorf("%s: %v allocations", c.name, allocs)
		}
	}
}

// BenchmarkRates times statements of two payees at each kind of rate, in turns within
// one run, and reports the median of their ratios to flat ones.
func BenchmarkRates(b *testing.B) {
	const rounds = 301
	all := rateContestants(b)
	ratios := make([][]float64, len(all))
	for range rounds {
		var flat float64
		for c := range all {
			start := time.Now()
			for i := range benchAmounts {
				all[c].run(i)
			}
			took := float64(time.Since(start).Nanoseconds())
			if c == 0 {
				flat = took
				b.ReportMetric(took/benchAmounts, "flat-ns")
			}
			ratios[c] = append(ratios[c], took/flat)
		}
	}
	for c := range all[1:] {
		slices.Sort(ratios[c+1])
		b.ReportMetric(ratios[c+1][rounds/2], all[c+1].name+"/flat")
	}
	b.ReportMetric(0, "ns/op")
}
