package bench

import (
	"slices"
	"testing"
	"time"
)

// contestant does one job once.
type contestant struct {
	name  string
	calls int // a round
	run   func()
}

// reportRatios times the contestants in turns and reports, for each but the first,
// the median and the quartiles of its time divided by that of the first. On a noisy
// machine only these compare.
func reportRatios(b *testing.B, all ...contestant) {
	const rounds = 201
	times := make([][]float64, len(all))
	for range rounds {
		for i, c := range all {
			start := time.Now()
			for range c.calls {
				c.run()
			}
			times[i] = append(times[i], float64(time.Since(start).Nanoseconds())/float64(c.calls))
		}
	}
	for i, c := range all[1:] {
		ratios := make([]float64, rounds)
		for j := range ratios {
			ratios[j] = times[i+1][j] / times[0][j]
		}
		slices.Sort(ratios)
		b.ReportMetric(ratios[rounds/4], c.name+"/"+all[0].name+"-q1")
		b.ReportMetric(ratios[rounds/2], c.name+"/"+all[0].name+"-median")
		b.ReportMetric(ratios[rounds*3/4], c.name+"/"+all[0].name+"-q3")
	}
	slices.Sort(times[0])
	b.ReportMetric(times[0][rounds/2], all[0].name+"-ns")
	b.ReportMetric(0, "ns/op")
}
