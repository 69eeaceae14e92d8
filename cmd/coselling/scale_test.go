//go:build linux

package main

import (
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// spent returns the processor time and the time that a job took, in seconds.
func spent(job func()) (processor, wall float64) {
	runtime.GC()
	used := func() float64 {
		var u syscall.Rusage
		_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u)
		return time.Duration(u.Utime.Nano() + u.Stime.Nano()).Seconds()
	}
	before, start := used(), time.Now()
	job()
	return used() - before, time.Since(start).Seconds()
}

// BenchmarkRatios compares, in one run, what coselling deals takes with what encoding/csv takes that only reads the
// same million rows: to map the rows, for totals only, with every row written as CSV, and for totals by one reader on
// one processor. It reports medians of processor time, and of time where it says wall.
//
//	go test ./cmd/coselling -run xxx -bench Ratios -benchtime=5x
func BenchmarkRatios(b *testing.B) {
	const rows = 1_000_000
	file := bigFile(b, rows)
	from := func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(file)), nil }
	found := map[string][]float64{}
	for b.Loop() {
		csvUsed, csvWall := spent(func() { justRead(b, file) })
		note := func(name string, job func()) {
			used, wall := spent(job)
			found[name+"/csv"] = append(found[name+"/csv"], used/csvUsed)
			found["wall-"+name+"/csv"] = append(found["wall-"+name+"/csv"], wall/csvWall)
		}
		found["csv-ns/row"] = append(found["csv-ns/row"], csvUsed*1e9/rows)
		note("mapped", func() { justMap(b, file) })
		note("totals", func() { onBig(b, file, io.Discard, "-list", "0") })
		note("written", func() { onBig(b, file, io.Discard, "-format", "csv") })
		note("one-reader", func() {
			o, c := asked(b, "-list", "0")
			if made, err := o.book(c, o.view(io.Discard)); err != nil {
				b.Fatal(err)
			} else if err := byOneReader(made, from); err != nil {
				b.Fatal(err)
			}
		})
	}
	b.ReportMetric(0, "ns/op")
	for name, list := range found {
		slices.Sort(list)
		b.ReportMetric(list[len(list)/2], name)
	}
}

// BenchmarkPeak reports the peak memory of a process of the program, in mebibytes, and what
// each row adds to that of a hundred thousand rows.
//
//	go test ./cmd/coselling -run xxx -bench Peak -benchtime=1x -timeout=1h
func BenchmarkPeak(b *testing.B) {
	mapping := filed(b, "map.json", sampleFile(b, "map.json"))
	least := 0.0
	for _, rows := range []int{100_000, 1_000_000, 10_000_000} {
		b.Run(fmt.Sprint(rows), func(b *testing.B) {
			for b.Loop() {
				command := program("deals", "/dev/stdin", "-map", mapping, "-list", "0")
				command.Stdin = newRepeated(b, rows)
				if text, err := command.CombinedOutput(); err != nil {
					b.Fatalf("%v\n%s", err, text)
				}
				peak := float64(command.ProcessState.SysUsage().(*syscall.Rusage).Maxrss) / 1024 // of kibibytes
				if rows == 100_000 {
					least = peak
				}
				b.ReportMetric(peak, "MiB")
				b.ReportMetric((peak-least)*(1<<20)/float64(max(rows-100_000, 1)), "bytes/row")
			}
		})
	}
}
