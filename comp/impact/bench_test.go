package impact_test

import (
	"fmt"
	"iter"
	"runtime"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// generated yields n bookings of a thousand pairs of reps, each booking with another id.
func generated(n int) iter.Seq2[comp.Booking, error] {
	acme, us := model.PartnerOrg("acme"), model.VendorOrg("us")
	var pairs [1000][2]string
	for i := range pairs {
		pairs[i] = [2]string{"p" + strconv.Itoa(i), "v" + strconv.Itoa(i)}
	}
	contributions := [...]comp.Contribution{comp.TechnicalValidation, comp.CoSelling}
	from := value.MustDate("2026-01-01")
	return func(yield func(comp.Booking, error) bool) {
		for i := range n {
			amount, _ := value.NewMoney(int64(1_000_00+i%777*1_313), value.MustCurrency("USD"))
			day, _ := from.AddDays(i * 365 / n)
			pair := &pairs[i*7919%len(pairs)]
			b := comp.Booking{ID: strconv.Itoa(i), Value: amount, Closed: day, Source: model.FromPartner,
				Payees: []comp.Payee{
					{Rep: pair[0], Party: acme, Role: comp.Primary, Rate: value.MustPercent("8%")},
					{Rep: pair[1], Party: us, Role: comp.Supporting, Contribution: contributions[i%2],
						Rate: value.MustPercent("5%")},
				}}
			if !yield(b, nil) {
				return
			}
		}
	}
}

// BenchmarkCompare compares two policies over a stream. It reports the time as a multiple
// of only making the bookings and of pricing each once, and the largest heap, read every 50 ms.
//
//	go test ./comp/impact -run xxx -bench Compare -benchtime 1x -timeout 30m
func BenchmarkCompare(b *testing.B) {
	before, after := plans()
	for _, n := range []int{100_000, 1_000_000, 10_000_000} {
		b.Run(fmt.Sprintf("bookings=%d", n), func(b *testing.B) {
			var once, beside []float64
			var peak uint64
			for range 3 {
				iterate := timed(func() { drain(generated(n)) })
				price := timed(func() { priced(b, before, generated(n)) })
				var one time.Duration
				peak = max(peak, watched(func() { one = timed(func() { compared(b, before, after, generated(n)) }) }))
				beside = append(beside, float64(one)/float64(iterate))
				once = append(once, float64(one)/float64(price))
			}
			b.ReportMetric(0, "ns/op")
			report(b, "×iterating", beside)
			report(b, "×pricing_once", once)
			b.ReportMetric(float64(peak)/(1<<20), "MiB_peak")
		})
	}
}

// report gives the median of three ratios, and their spread.
func report(b *testing.B, name string, ratios []float64) {
	slices.Sort(ratios)
	b.ReportMetric(ratios[len(ratios)/2], name)
	b.ReportMetric(ratios[len(ratios)-1]-ratios[0], name+"_spread")
}

func timed(do func()) time.Duration {
	runtime.GC()
	start := time.Now()
	do()
	return time.Since(start)
}

// watched returns the largest heap while do runs.
func watched(do func()) (peak uint64) {
	done := make(chan struct{})
	var wait sync.WaitGroup
	wait.Go(func() {
		for {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			peak = max(peak, m.HeapInuse)
			select {
			case <-done:
				return
			case <-time.After(50 * time.Millisecond):
			}
		}
	})
	do()
	close(done)
	wait.Wait()
	return peak
}

func drain(bookings iter.Seq2[comp.Booking, error]) {
	for range bookings {
	}
}

func priced(b *testing.B, plan *comp.Plan, bookings iter.Seq2[comp.Booking, error]) {
	var lines []comp.Line
	for booking := range bookings {
		s, err := plan.AppendStatement(lines[:0], &booking)
		if err != nil {
			b.Fatal(err)
		}
		lines = s.Lines
	}
}

func compared(b *testing.B, before, after *comp.Plan, bookings iter.Seq2[comp.Booking, error]) {
	if _, err := reportOf(before, after, bookings); err != nil {
		b.Fatal(err)
	}
}
