// Mutate measures how many small changes of the code the tests notice.
//
//	go run ./internal/mutate                      # a sample of 600 with the published seed
//	go run ./internal/mutate -n 50 -budget 10m
//	go run ./internal/mutate -seed 7 ./comp/... ./model
//	go run ./internal/mutate -corpus              # the vectors alone are asked
//
// Gremlins lists the places. An overlay, which leaves the tree as it is,
// has a sample of them: each function with mutants begins with a copy of its body for each, and the environment says
// which one runs, so that the tests of a package are built once. A change that the tests of its package do not notice
// is shown to the tests of every package that imports it. One that no test notices survives, and survivors.txt has the
// reason why it may; the command fails where a survivor has none.
//
// With -corpus a change is shown to every vector. The command then writes which changes a vector alone notices, and
// which vectors the corpus can do without.
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
	corpus   bool
	patterns []string
}

func main() {
	var o options
	flag.Uint64Var(&o.seed, "seed", 20261130, "the sample; the published numbers are of the default")
	flag.IntVar(&o.n, "n", 600, "mutants in the sample")
	flag.DurationVar(&o.budget, "budget", 4*time.Hour, "no new mutant is begun after it")
	flag.IntVar(&o.workers, "workers", runtime.NumCPU(), "mutants at a time")
	flag.BoolVar(&o.corpus, "corpus", false, "ask the vectors alone, and every one of them")
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

// run lists, samples and tries mutants; ok says that every survivor of the tests has its reason.
func run(ctx context.Context, o options, out io.Writer) (ok bool, err error) {
	packages, err := listPackages(ctx, o.patterns)
	if err != nil {
		return false, err
	}
	dir, err := os.MkdirTemp("", "mutate")
	if err != nil {
		return false, err
	}
	defer os.RemoveAll(dir)
	all, err := listMutants(ctx, dir, packages)
	if err != nil {
		return false, err
	}
	chosen := sample(all, o.seed, o.n)
	fmt.Fprintf(out, "%d mutants in %d packages, %d chosen by seed %d\n", len(all), len(packages), len(chosen), o.seed)
	w, err := prepare(ctx, dir, chosen, o.patterns)
	if err != nil {
		return false, err
	}
	if o.corpus {
		return true, w.askCorpus(ctx, o, out)
	}
	reasons, err := readReasons("internal/mutate/survivors.txt")
	if err != nil {
		return false, err
	}
	judge, err := w.byTests(ctx, packages, out)
	if err != nil {
		return false, err
	}
	return report(out, w.tryAll(ctx, o, judge, out), reasons), nil
}
