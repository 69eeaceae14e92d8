// Sim plays a made-up market for simulated years, with the faults that happen to programs and people, and checks at
// each step what must hold: cents are conserved, an account and scope has one owner, a replay gives the same bytes, an
// answer of the past stays, no party reads what is hidden of another, and who follows the advice ends the deal.
//
//	go run ./internal/sim -seed 7 -deals 1000
//	go run ./internal/sim -for 5m
//
// Everything follows from the seed: the same one gives the same trace, which it prints as a hash. It prints how often
// each fault and each rule happened, and exits with 1 where something did not hold, where one of them never happened,
// or where the trace of a second run differs.
package main

import (
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"runtime/debug"
	"slices"
	"time"

	"github.com/coselling/coselling/internal/sim/world"
)

func main() {
	seed := flag.Uint64("seed", 1, "of everything that happens; with -for the first one")
	deals := flag.Int("deals", 200, "the deals of a world")
	lasts := flag.Duration("for", 0, "how long to play one world after another; 0: one, twice")
	flag.Parse()
	debug.SetGCPercent(400) // a world is small, and makes much that is thrown away
	if err := run(os.Stdout, *seed, *deals, *lasts); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// run plays one world twice, or worlds for a time.
func run(out io.Writer, seed uint64, deals int, lasts time.Duration) error {
	start, total := time.Now(), world.Report{Faults: map[string]int{}, Rules: map[string]int{}}
	o := world.Options{Seed: seed, Deals: deals}
	if lasts > 0 {
		o.Until = func() bool { return time.Since(start) > lasts }
	}
	for {
		r, err := world.Play(o)
		if err != nil {
			return err
		}
		total.Add(r)
		if r.Problems != nil {
			break
		}
		if lasts == 0 {
			again, err := world.Play(o)
			if err == nil && again.Trace != r.Trace {
				err = fmt.Errorf("seed %d: the second run has the trace %s, the first %s", seed, again.Trace, r.Trace)
			}
			if err != nil {
				return err
			}
			break
		}
		if o.Until() {
			break
		}
		o.Seed++
	}
	took := time.Since(start)
	if lasts == 0 && total.Problems == nil {
		took /= 2
	}
	return show(out, seed, total, took)
}

// show prints what happened.
func show(out io.Writer, seed uint64, r world.Report, took time.Duration) error {
	minutes := took.Minutes()
	fmt.Fprintf(out, "seed %d: %d deals, %d steps, %d days in %v: %.0f deals and %.0f days a minute\ntrace %s\n",
		seed, r.Deals, r.Steps, r.Days, took.Round(time.Millisecond), float64(r.Deals)/minutes,
		float64(r.Days)/minutes, r.Trace)
	for _, part := range []map[string]int{r.Faults, r.Rules} {
		for _, name := range slices.Sorted(maps.Keys(part)) {
			fmt.Fprintf(out, "%8d %s\n", part[name], name)
		}
	}
	for _, p := range r.Problems {
		fmt.Fprintln(out, "WRONG:", p)
	}
	if n := len(r.Problems); n > 0 {
		return fmt.Errorf("%d problems", n)
	}
	return r.Reached()
}
