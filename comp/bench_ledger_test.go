package comp_test

import (
	"bytes"
	"fmt"
	"os"
	"runtime"
	"testing"
	"time"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// yearOf returns deals of a hundred teams over a year, and three movements of each: two instalments and a refund.
func yearOf(deals int) (bookings []comp.Booking, moves []comp.Movement) {
	first := value.MustDate("2026-01-01")
	third := usd("100.00")
	for i := range deals {
		day, _ := first.AddDays(i * 365 / deals)
		id := fmt.Sprintf("D-%07d", i)
		team := i % 100
		b := comp.Booking{ID: id, Value: usd(fmt.Sprint(1000+i%977, ".00")), Closed: day, Source: model.FromPartner, Deferred: true,
			Payees: []comp.Payee{
				{Rep: fmt.Sprint("ana-", team), Party: acme, Role: comp.Primary, Rate: value.MustPercent("8%")},
				{Rep: fmt.Sprint("bo-", team), Party: us, Role: comp.Supporting, Contribution: comp.TechnicalValidation, Table: tableID},
			}}
		bookings = append(bookings, b)
		for j, kind := range []comp.MovementKind{comp.Received, comp.Received, comp.Refunded} {
			on, _ := day.AddDays(20 * (j + 1))
			moves = append(moves, comp.Movement{ID: fmt.Sprintf("M-%07d-%d", i, j), Of: id, Kind: kind, Amount: third, On: on})
		}
	}
	return bookings, moves
}

// BenchmarkLedger adds, prices, writes and reads a ledger of deals with three movements each, and reports what one
// deal takes. A million deals:
//
//	LEDGER_DEALS=1000000 go test ./comp -run xxx -bench Ledger -benchtime 1x
func BenchmarkLedger(b *testing.B) {
	deals := 10_000
	if n := os.Getenv("LEDGER_DEALS"); n != "" {
		_, _ = fmt.Sscan(n, &deals)
	}
	policy := comp.DefaultPolicy()
	policy.Rates.Tables = map[comp.TableID]comp.RateTable{tableID: rateTable(comp.PeriodAmount, comp.Marginal, "0:5% 1000000:8%")}
	plan := compile(b, policy)
	plans := func(value.Date) (*comp.Plan, error) { return plan, nil }
	bookings, moves := yearOf(deals)
	heap := func() float64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		return float64(m.HeapAlloc)
	}
	per := func(name string, do func()) {
		start := time.Now()
		do()
		b.ReportMetric(float64(time.Since(start).Nanoseconds())/float64(deals), name+"-ns/deal")
	}
	for b.Loop() {
		var l *comp.Ledger
		var text bytes.Buffer
		text.Grow(deals * 1400)
		before := heap()
		per("add", func() {
			l = plan.Ledger()
			if err := l.Add(bookings, moves); err != nil {
				b.Fatal(err)
			}
		})
		b.ReportMetric((heap()-before)/float64(deals), "B/deal")
		per("statements", func() {
			n := 0
			for range l.Statements() {
				n++
			}
			if n != 4*deals {
				b.Fatal(n)
			}
		})
		per("write", func() {
			if _, err := l.WriteTo(&text); err != nil {
				b.Fatal(err)
			}
		})
		b.ReportMetric(float64(text.Len())/float64(deals), "written-B/deal")
		per("read", func() {
			if _, err := comp.ReadLedger(plans, &text); err != nil {
				b.Fatal(err)
			}
		})
	}
}
