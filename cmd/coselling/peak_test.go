//go:build linux

package main

import (
	"fmt"
	"syscall"
	"testing"
)

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
