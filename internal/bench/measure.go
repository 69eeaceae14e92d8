package main

import (
	"math"
	"math/rand/v2"
	"runtime"
	"runtime/debug"
	"slices"
	"time"
)

const (
	// turn is the time that a candidate runs in a round: long beside the clock's
	// resolution, short beside what else the machine does.
	turn = 300 * time.Microsecond
	// memoryCalls are averaged over for allocations.
	memoryCalls = 500
)

// result holds the measurements of one candidate.
type result struct {
	name        string
	nanoseconds float64 // a call, median
	toFloor     spread
	toOurs      spread
	allocations int // a call
	bytes       int // a call
	differ      int // of the checked cases
}

// spread is the distribution of a ratio over the rounds.
type spread struct{ lowest, q1, median, q3, highest float64 }

// spreadOf sorts the list.
func spreadOf(list []float64) spread {
	slices.Sort(list)
	last := len(list) - 1
	return spread{list[0], list[last/4], list[last/2], list[last-last/4], list[last]}
}

// measure times the candidates in turns, in random order within each round.
func measure(all []candidate, cases, rounds int, differ []int) []result {
	runners := make([]runner, len(all))
	for c := range all {
		runners[c] = newRunner(all[c], cases)
	}
	times := make([][]float64, len(all))
	collect := holdGarbage()
	defer collect.resume()
	for range rounds {
		collect.sometimes()
		for _, c := range rand.Perm(len(all)) {
			times[c] = append(times[c], runners[c].turn())
		}
	}
	results := make([]result, len(all))
	for c := range all {
		allocations, bytes := runners[c].memory()
		results[c] = result{
			name: all[c].name, allocations: allocations, bytes: bytes, differ: differ[c],
			toFloor: spreadOf(ratios(times[c], times[floor])),
			toOurs:  spreadOf(ratios(times[c], times[ours])),
		}
	}
	for c := range all {
		results[c].nanoseconds = spreadOf(times[c]).median
	}
	return results
}

func ratios(over, under []float64) []float64 {
	list := make([]float64, len(over))
	for i := range list {
		list[i] = over[i] / under[i]
	}
	return list
}

// runner runs a candidate over its cases, one after the other and round again.
type runner struct {
	candidate candidate
	cases     int
	next      int
	calls     int // a turn
}

// newRunner finds out how many calls fill a turn, which also warms up.
func newRunner(c candidate, cases int) runner {
	r := runner{candidate: c, cases: cases, calls: 1}
	for {
		if took := r.fastest(); took > turn/2 {
			r.calls = max(1, int(int64(r.calls)*int64(turn)/int64(took)))
			return r
		}
		r.calls *= 2
	}
}

// fastest of a few tries: another program may have had the machine during one.
func (r *runner) fastest() time.Duration {
	best := time.Duration(math.MaxInt64)
	for range 5 {
		best = min(best, time.Duration(r.turn()*float64(r.calls)))
	}
	return best
}

func (r *runner) do(calls int) {
	for range calls {
		r.candidate.run(r.next)
		if r.next++; r.next == r.cases {
			r.next = 0
		}
	}
}

// turn returns the nanoseconds of a call.
func (r *runner) turn() float64 {
	start := time.Now()
	r.do(r.calls)
	return float64(time.Since(start).Nanoseconds()) / float64(r.calls)
}

// memory returns what one call allocates, rounded to whole numbers: what the runtime
// or a growing map allocates now and then disappears.
func (r *runner) memory() (allocations, bytes int) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	r.do(memoryCalls)
	runtime.ReadMemStats(&after)
	average := func(n uint64) int { return int((n + memoryCalls/2) / memoryCalls) }
	return average(after.Mallocs - before.Mallocs), average(after.TotalAlloc - before.TotalAlloc)
}

// garbage is collected between rounds, so that nobody pays for what another candidate
// made. That favours those who make it; the table says how much they allocate.
type garbage struct {
	percent int    // GOGC as it was
	floor   uint64 // bytes that stay
}

// enough garbage is worth a collection.
const enough = 64 << 20

func holdGarbage() garbage {
	return garbage{floor: heap(), percent: debug.SetGCPercent(-1)}
}

func (g garbage) resume() { debug.SetGCPercent(g.percent) }

func (g garbage) sometimes() {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	if m.HeapAlloc > g.floor+enough {
		runtime.GC()
	}
}
