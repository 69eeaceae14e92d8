//go:build unix

package impact_test

import (
	"fmt"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/comp/impact"
)

// BenchmarkCompareByWorkers compares two policies over a million bookings of one reader. It reports the processor time
// of several workers as a multiple of that of one comparison.
//
//	go test ./comp/impact -run xxx -bench CompareByWorkers -benchtime 1x
func BenchmarkCompareByWorkers(b *testing.B) {
	before, after := plans()
	const n = 1_000_000
	for _, workers := range []int{2, 4} {
		b.Run(fmt.Sprintf("workers=%d", workers), func(b *testing.B) {
			var ratios []float64
			for range 5 {
				one := processor(b, func() { compared(b, before, after, generated(n)) })
				many := processor(b, func() { byWorkers(b, before, after, n, workers) })
				ratios = append(ratios, float64(many)/float64(one))
			}
			b.ReportMetric(0, "ns/op")
			report(b, "processor_×one", ratios)
		})
	}
}

// processor returns the time of all processors that a function takes.
func processor(b *testing.B, do func()) time.Duration {
	used := func() time.Duration {
		var u syscall.Rusage
		if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
			b.Fatal(err)
		}
		return time.Duration(u.Utime.Nano() + u.Stime.Nano())
	}
	start := used()
	do()
	return used() - start
}

// byWorkers compares bookings that one reader passes on in batches.
func byWorkers(b *testing.B, before, after *comp.Plan, n, workers int) {
	merged, err := split(before, after, n, workers)
	if err == nil {
		_, err = merged.Report()
	}
	if err != nil {
		b.Fatal(err)
	}
}

func split(before, after *comp.Plan, n, workers int) (impact.Partial, error) {
	parts, takers, err := impact.Split(workers, before, after)
	if err != nil {
		return impact.Partial{}, err
	}
	queues, spent := make([]chan []comp.Booking, workers), make(chan []comp.Booking, 4*workers)
	partials, errs := make([]impact.Partial, workers), make([]error, workers)
	var wait sync.WaitGroup
	for i := range parts {
		queues[i] = make(chan []comp.Booking, 2)
		wait.Go(func() {
			for batch := range queues[i] {
				for _, booking := range batch {
					_ = parts[i].Add(booking) // Finish returns the first error again
				}
				select {
				case spent <- batch[:0]:
				default:
				}
			}
			partials[i], errs[i] = parts[i].Finish()
		})
	}
	const size = 256
	batches := make([][]comp.Booking, workers)
	for booking := range generated(n) {
		for _, i := range takers(booking) {
			if batches[i] = append(batches[i], booking); len(batches[i]) == size {
				queues[i] <- batches[i]
				select {
				case batches[i] = <-spent:
				default:
					batches[i] = make([]comp.Booking, 0, size)
				}
			}
		}
	}
	for i, queue := range queues {
		queue <- batches[i]
		close(queue)
	}
	wait.Wait()
	for _, err := range errs {
		if err != nil {
			return impact.Partial{}, err
		}
	}
	return impact.Merge(partials[0], partials[1:]...)
}
