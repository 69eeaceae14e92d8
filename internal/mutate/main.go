// Mutate measures how many small changes of the code the tests notice.
//
//	go run ./internal/mutate                      # a sample of 600 with the published seed
//	go run ./internal/mutate -n 50 -budget 10m
//	go run ./internal/mutate -seed 7 ./comp/... ./model
//
// Gremlins, which it installs into a folder of its own, lists the places; a sample of them is changed, one at a time,
// by an overlay, so that the tree stays as it is. A change that the tests of its package do not notice is shown to the
// tests of every package that imports it. One that no test notices survives, and survivors.txt has the reason why it
// may; the command fails where a survivor has none.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime"
	"syscall"
	"time"
)

// library lists the packages that an importer links.
var library = []string{"./assess", "./book", "./comms", "./comp", "./comp/impact", "./comp/life",
	"./comp/timeline", "./crmcsv", "./deal", "./escalation", "./model", "./registration/...", "./render", "./stage/...",
	"./value",
	"./internal/enum", "./internal/escape", "./internal/exact", "./internal/fold", "./internal/grid", "./internal/wire",
	"./internal/words"}

// options are those of one run.
type options struct {
	seed     uint64
	n        int
	budget   time.Duration
	workers  int
	patterns []string
}

func main() {
	var o options
	flag.Uint64Var(&o.seed, "seed", 20261130, "the sample; the published numbers are of the default")
	flag.IntVar(&o.n, "n", 600, "mutants in the sample")
	flag.DurationVar(&o.budget, "budget", 4*time.Hour, "no new mutant is begun after it")
	flag.IntVar(&o.workers, "workers", runtime.NumCPU(), "mutants at a time")
	flag.Parse()
	o.patterns = flag.Args()
	if len(o.patterns) == 0 {
		o.patterns = library
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	ok, err := run(ctx, o, os.Stdout)
	if err != nil {
		fmt.Fprintln(os.Stderr, "mutate:", err)
		os.Exit(2)
	}
	if !ok {
		os.Exit(1)
	}
}

// run lists, samples and tries mutants; ok says that every survivor has its reason.
func run(ctx context.Context, o options, out io.Writer) (ok bool, err error) {
	reasons, err := readReasons("internal/mutate/survivors.txt")
	if err != nil {
		return false, err
	}
	packages, err := listPackages(ctx, o.patterns)
	if err != nil {
		return false, err
	}
	all, err := listMutants(ctx, packages)
	if err != nil {
		return false, err
	}
	chosen := sample(all, o.seed, o.n)
	fmt.Fprintf(out, "%d mutants in %d packages, %d chosen by seed %d\n", len(all), len(packages), len(chosen), o.seed)
	results, err := tryAll(ctx, o, packages, chosen, out)
	if err != nil {
		return false, err
	}
	return report(out, results, reasons), nil
}
