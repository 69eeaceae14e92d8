// Bench compares the hot paths of coselling with well-known peers that do the same
// jobs, and prints a table of ratios in Markdown. From its folder, for it is a
// module of its own, so that importers never see the peers:
//
//	go run .
//
// Each candidate's answers are checked against ours before anything is timed. Times
// are taken in rounds: in each round every candidate runs once, in random order, and
// ratios are formed within the round. On a noisy machine only these compare. Garbage is
// collected between rounds and not timed, which favours those who make it.
//
// The same jobs are Go benchmarks, to profile one candidate alone:
//
//	go test -run xxx -bench 'Jobs/payees=2/coselling' -cpuprofile cpu.out
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"regexp"
	"runtime"
)

func main() {
	err := run(os.Args[1:], os.Stdout, os.Stderr)
	switch {
	case errors.Is(err, flag.ErrHelp):
	case err != nil:
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

const usage = `Usage: go run . [flags]

Compares coselling with well-known peers that do the same jobs, in turns within one
run, and prints tables of ratios with their spread in Markdown. Progress goes to
standard error. The default takes less than a minute after the build.

`

// run does what the command does; flag.ErrHelp means that help was asked for and given.
func run(args []string, out, progress io.Writer) error {
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	flags.SetOutput(progress)
	rounds := flags.Int("rounds", 301, "rounds that every job is timed for, 1 to 100,000")
	claims := flags.Int("claims", 100_000, "claims that stand in the registry, 1 to 20,000,000")
	only := flags.String("only", "", "run only the jobs whose name matches this regular expression")
	list := flags.Bool("list", false, "print the names of the jobs and stop")
	flags.Usage = func() {
		fmt.Fprint(progress, usage)
		flags.PrintDefaults()
	}
	if err := flags.Parse(args); err != nil {
		return err
	}
	pattern, err := regexp.Compile(*only)
	switch {
	case err != nil:
		return fmt.Errorf("-only: %w", err)
	case flags.NArg() > 0:
		return fmt.Errorf("%q is no flag; -h lists them", flags.Arg(0))
	case *rounds < 1 || *rounds > 100_000:
		return fmt.Errorf("-rounds: %d is not in 1 to 100000", *rounds)
	case *claims < 1 || *claims > 20_000_000:
		return fmt.Errorf("-claims: %d is not in 1 to 20000000", *claims)
	}
	var chosen []job
	for _, j := range jobs(*claims) {
		if pattern.MatchString(j.name) {
			chosen = append(chosen, j)
		}
	}
	if len(chosen) == 0 {
		return fmt.Errorf("-only: no job matches %q; -list prints them", *only)
	}
	if *list {
		for _, j := range chosen {
			fmt.Fprintln(out, j.name)
		}
		return nil
	}
	return compare(chosen, *rounds, out, progress)
}

// compare checks and times the jobs one after the other, and prints each table as
// soon as it is there.
func compare(chosen []job, rounds int, out, progress io.Writer) error {
	fmt.Fprintf(out, preamble, rounds, runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.NumCPU())
	for i, j := range chosen {
		if i > 0 && j.note == chosen[i-1].note {
			j.note = "As above."
		}
		step := fmt.Sprintf("[%d/%d] %s: ", i+1, len(chosen), j.name)
		fmt.Fprintln(progress, step+"preparing and checking answers")
		all := j.prepare()
		differ := differences(all, j.cases)
		fmt.Fprintf(progress, "%stiming %d candidates, %d rounds\n", step, len(all), rounds)
		if _, err := io.WriteString(out, table(j, measure(all, j.cases, rounds, differ))); err != nil {
			return err
		}
	}
	return nil
}
