package comp_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/internal/exact"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// The job: credit and commission of each payee of one deal, to the cent. Two
// payees are a primary and a supporter at 30 %; of three and eight the supporters
// share the 30 %, divided so that it totals. Every contestant does the same job on
// the same amounts, and a test compares their results.

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

// benchShares are the shares of the supporters in percent, by number of payees.
var benchShares = map[int][]int64{2: {100}, 3: {60, 40}, 8: {25, 20, 15, 14, 10, 9, 7}}

func benchBooking(payees int) comp.Booking {
	b := comp.Booking{
		ID: "D-17", Value: value.MustMoney("120000.00 USD"), Closed: value.MustDate("2026-11-20"), Source: model.FromPartner,
		Payees: []comp.Payee{{Rep: "ana", Party: model.PartnerOrg("acme"), Role: comp.Primary, Rate: value.MustPercent("8%")}},
	}
	for i, share := range benchShares[payees] {
		supporter := comp.Payee{
			Rep: fmt.Sprintf("bo%d", i), Party: model.VendorOrg("us"), Role: comp.Supporting,
			Contribution: comp.TechnicalValidation, Rate: value.MustPercent("5%"),
		}
		if payees > 2 {
			supporter.Share = value.MustPercent(fmt.Sprintf("%d%%", share))
		}
		b.Payees = append(b.Payees, supporter)
	}
	return b
}

// bareLine is what plain integers give: no currency, no names, no checks.
type bareLine struct{ credit, commission int64 }

func halfEven(n, d int64) int64 {
	q, r := n/d, n%d
	if 2*r > d || 2*r == d && q&1 == 1 {
		q++
	}
	return q
}

// bareStatement is the floor: int64 arithmetic with the policy compiled in.
func bareStatement(v int64, lines []bareLine) {
	lines[0] = bareLine{v, halfEven(v*8, 100)}
	switch len(lines) {
	case 2:
		lines[1] = bareLine{halfEven(v*30, 100), halfEven(v*15, 1000)}
	case 3:
		a, rest := v*18/100, v*18%100
		b, other := v*12/100, v*12%100
		left := halfEven(v*30, 100) - a - b
		if left == 2 || left == 1 && rest >= other {
			a++
			left--
		}
		b += left
		lines[1] = bareLine{a, halfEven(v*9, 1000)}
		lines[2] = bareLine{b, halfEven(v*6, 1000)}
	case 8:
		bareEight(v, lines)
	}
}

func bareEight(v int64, lines []bareLine) {
	shares := [7]int64{25, 20, 15, 14, 10, 9, 7}
	var rest [7]int64
	left := halfEven(v*30, 100)
	for i, s := range shares {
		lines[i+1] = bareLine{v * s * 3 / 1000, halfEven(v*s*15, 100_000)}
		rest[i] = v * s * 3 % 1000
		left -= lines[i+1].credit
	}
	for ; left > 0; left-- {
		best := 0
		for i := range rest {
			if rest[i] > rest[best] {
				best = i
			}
		}
		rest[best] = -1
		lines[best+1].credit++
	}
}

// naiveLine is what the usual decimal code gives.
type naiveLine struct{ credit, commission decimal.Decimal }

// naiveStatement uses Mul, Div and Round as most code bases do.
func naiveStatement(v decimal.Decimal, shares []int64) []naiveLine {
	hundred := decimal.NewFromInt(100)
	percent := func(n int64) decimal.Decimal { return decimal.NewFromInt(n).Div(hundred) }
	lines := []naiveLine{{v, v.Mul(percent(8)).RoundBank(2)}}
	pool := v.Mul(percent(30))
	left := pool.RoundBank(2)
	rest := make([]decimal.Decimal, len(shares))
	for i, s := range shares {
		exactPart := pool.Mul(percent(s))
		credit := exactPart.RoundFloor(2)
		rest[i] = exactPart.Sub(credit)
		left = left.Sub(credit)
		lines = append(lines, naiveLine{credit, exactPart.Mul(percent(5)).RoundBank(2)})
	}
	cent := decimal.New(1, -2)
	for left.IsPositive() {
		best := 0
		for i := range rest {
			if rest[i].GreaterThan(rest[best]) {
				best = i
			}
		}
		rest[best] = decimal.NewFromInt(-1)
		lines[best+1].credit = lines[best+1].credit.Add(cent)
		left = left.Sub(cent)
	}
	return lines
}

// TestContestantsAgree makes sure that the benchmarks compare the same job.
func TestContestantsAgree(t *testing.T) {
	plan := mustCompile(t, comp.DefaultPolicy())
	for _, n := range []int{2, 3, 8} {
		booking := benchBooking(n)
		bare := make([]bareLine, n)
		for _, minor := range benchMinor() {
			booking.Value = mustMinor(t, minor)
			statement, err := plan.Statement(booking)
			if err != nil {
				t.Fatal(err)
			}
			bareStatement(minor, bare)
			naive := naiveStatement(booking.Value.Decimal(), benchShares[n])
			for i, l := range statement.Lines {
				if l.QuotaCredit.Minor() != bare[i].credit || l.Commission.Minor() != bare[i].commission {
					t.Fatalf("%d payees, %d: line %d is %v %v, bare int64 has %v", n, minor, i, l.QuotaCredit, l.Commission, bare[i])
				}
				if !l.QuotaCredit.Decimal().Equal(naive[i].credit) || !l.Commission.Decimal().Equal(naive[i].commission) {
					t.Fatalf("%d payees, %d: line %d is %v %v, decimals have %v", n, minor, i, l.QuotaCredit, l.Commission, naive[i])
				}
			}
		}
	}
}

func mustCompile(t testing.TB, p comp.Policy) *comp.Plan {
	t.Helper()
	plan, err := comp.Compile(p)
	if err != nil {
		t.Fatal(err)
	}
	return plan
}

func mustMinor(t testing.TB, minor int64) value.Money {
	t.Helper()
	m, err := value.NewMoney(minor, value.MustCurrency("USD"))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// TestStatementAllocatesNothing is a hard gate: a statement into a slice that the
// caller reuses.
func TestStatementAllocatesNothing(t *testing.T) {
	plan := mustCompile(t, comp.DefaultPolicy())
	for _, n := range []int{2, 3, 8} {
		booking, buf := benchBooking(n), make([]comp.Line, 0, n)
		allocs := testing.AllocsPerRun(100, func() {
			if _, err := plan.AppendStatement(buf, &booking); err != nil {
				t.Fatal(err)
			}
		})
		if allocs != 0 {
			t.Errorf("%d payees: %v allocations", n, allocs)
		}
	}
}

// benchSink keeps the compiler from dropping work.
var benchSink int64

// BenchmarkStatement times each contestant alone.
func BenchmarkStatement(b *testing.B) {
	for _, n := range []int{2, 3, 8} {
		for _, c := range contestants(b, n) {
			b.Run(fmt.Sprintf("payees=%d/%s", n, c.name), func(b *testing.B) {
				b.ReportAllocs()
				i := 0
				for b.Loop() {
					c.run(i % benchAmounts)
					i++
				}
			})
		}
	}
}

type contestant struct {
	name string
	run  func(i int)
}

// contestants returns ours first, then its floor and its peer.
func contestants(b *testing.B, n int) []contestant {
	plan := mustCompile(b, comp.DefaultPolicy())
	minor := benchMinor()
	money := make([]value.Money, len(minor))
	decimals := make([]decimal.Decimal, len(minor))
	for i, m := range minor {
		money[i] = mustMinor(b, m)
		decimals[i] = money[i].Decimal()
	}
	bookings, buf, bare := make([]comp.Booking, len(minor)), make([]comp.Line, 0, n), make([]bareLine, n)
	for i := range bookings {
		bookings[i] = benchBooking(n)
		bookings[i].Value, bookings[i].Payees = money[i], bookings[0].Payees
	}
	return []contestant{
		{"statement", func(i int) {
			s, err := plan.AppendStatement(buf, &bookings[i])
			if err != nil {
				b.Fatal(err)
			}
			benchSink += s.Lines[0].Commission.Minor()
		}},
		{"kernel", func(i int) {
			v := minor[i]
			benchSink += kernel(v, n)
		}},
		{"int64", func(i int) {
			bareStatement(minor[i], bare)
			benchSink += bare[0].commission
		}},
		{"decimal", func(i int) {
			benchSink += int64(len(naiveStatement(decimals[i], benchShares[n])))
		}},
	}
}

// kernel is the arithmetic of a statement alone: no checks, no lines.
func kernel(v int64, n int) int64 {
	const full = exact.One
	sum := exact.Part2(v, full, 8*full/100, exact.HalfEven)
	if n == 2 {
		return sum + exact.Part(v, 30*full/100, exact.HalfEven) + exact.Part2(v, 30*full/100, 5*full/100, exact.HalfEven)
	}
	var few [8]exact.Share
	shares := few[:n-1]
	for i, s := range benchShares[n] {
		shares[i].Weight = uint64(30 * full / 100 * (s * full / 100))
		sum += exact.Part3(v, int64(shares[i].Weight), 5*full/100, exact.HalfEven)
	}
	return sum + exact.Apportion(v, shares, exact.HalfEven)
}

// BenchmarkRatios times the contestants in turns within one run and reports the
// median and the quartiles of their ratios. On a noisy machine only these compare.
func BenchmarkRatios(b *testing.B) {
	for _, n := range []int{2, 3, 8} {
		b.Run(fmt.Sprintf("payees=%d", n), func(b *testing.B) { reportRatios(b, contestants(b, n)) })
	}
}

func reportRatios(b *testing.B, all []contestant) {
	const rounds, batch = 301, 2000
	times := make([][]float64, len(all))
	for range rounds {
		for c := range all {
			calls := batch
			if all[c].name == "decimal" {
				calls = batch / 40
			}
			start := time.Now()
			for i := range calls {
				all[c].run(i % benchAmounts)
			}
			times[c] = append(times[c], float64(time.Since(start).Nanoseconds())/float64(calls))
		}
	}
	report := func(name string, over, under int) {
		ratios := make([]float64, rounds)
		for i := range ratios {
			ratios[i] = times[over][i] / times[under][i]
		}
		slices.Sort(ratios)
		b.ReportMetric(ratios[rounds/4], name+"-q1")
		b.ReportMetric(ratios[rounds/2], name+"-median")
		b.ReportMetric(ratios[rounds*3/4], name+"-q3")
	}
	report("statement/int64", 0, 2)
	report("kernel/int64", 1, 2)
	report("decimal/statement", 3, 0)
	b.ReportMetric(0, "ns/op")
}
