package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"
)

// outcome is the end of a mutant.
type outcome uint8

const (
	killed outcome = 1 + iota
	notViable
	survived
)

// result is a mutant with what became of it.
type result struct {
	mutant
	outcome outcome
	by      []string // the vectors that noticed it, where the corpus is the judge
	broken  bool     // the program broke off at the last of them, so that others were not asked
}

// program has the tests of a package, built with all mutants.
type program struct {
	dir, path string
	args      []string
	reached   map[string]bool // the mutants that it runs through
}

// build builds the tests of a package and runs them without a change. It returns the names of those that fail then, and
// judge nothing. Tests that take ten times as long have noticed something.
func (w *workshop) build(ctx context.Context, dir string, args ...string) (p program, failing []string, err error) {
	p = program{dir, filepath.Join(w.dir, strings.ReplaceAll(dir[2:], "/", "_")+".test"), args, make(map[string]bool)}
	if text, err := w.command(ctx, "test", "-c", "-o", p.path, dir).CombinedOutput(); err != nil {
		return p, nil, fmt.Errorf("go test -c %s: %w\n%s", dir, err, text)
	}
	begin := time.Now()
	text, err := p.run(ctx, "?")
	for _, m := range failedTest.FindAllSubmatch(text, -1) {
		failing = append(failing, string(m[1]))
	}
	if err != nil && failing == nil {
		return p, nil, fmt.Errorf("the tests of %s without a change: %w\n%s", dir, err, text)
	}
	for _, m := range reachedMutant.FindAllSubmatch(text, -1) {
		p.reached[string(m[1])] = true
	}
	p.args = append(p.args, "-test.timeout", (10*time.Since(begin) + 10*time.Second).String())
	return p, failing, nil
}

var (
	failedTest    = regexp.MustCompile(`(?m)^--- FAIL: (\w+)`)
	reachedMutant = regexp.MustCompile(`reached (\d+)\n`)
)

// bounded runs a program with at most 6 GiB of addresses: a loop that a mutant never ends fills the machine's memory.
const bounded = `ulimit -v 6291456 && exec "$0" "$@"`

// run runs the tests as a mutant, or as none ("?"), and returns what they print. Those that do not run through it pass.
func (p program) run(ctx context.Context, mutant string) ([]byte, error) {
	if mutant != "?" && !p.reached[mutant] {
		return nil, nil
	}
	cmd := exec.CommandContext(ctx, "sh", append([]string{"-c", bounded, p.path}, p.args...)...)
	cmd.Dir = p.dir
	cmd.Env = append(os.Environ(), "COSELLING_UPDATE=", environment+"="+mutant)
	return cmd.CombinedOutput()
}

// judge shows a mutant to tests, and returns what becomes of it.
type judge func(ctx context.Context, m mutant, id string) result

// byTests is the judge by the tests of a mutant's package, then by those of the packages that import it. A test that
// fails without a change, as it counts allocations, is not asked; out says so.
func (w *workshop) byTests(ctx context.Context, packages []pack, out io.Writer) (judge, error) {
	programs := make(map[string]program)
	asked := func(m mutant) []string { return append([]string{m.pkg()}, importersOf(packages, m.pkg())...) }
	for _, m := range w.mutants {
		for _, dir := range asked(m) {
			if _, built := programs[dir]; built {
				continue
			}
			p, failing, err := w.build(ctx, dir)
			if err != nil {
				return nil, err
			}
			if failing != nil {
				fmt.Fprintln(out, "not asked:", dir, failing)
				p.args = append(p.args, "-test.skip", "^("+strings.Join(failing, "|")+")$")
			}
			p.args = append(p.args, "-test.failfast")
			programs[dir] = p
		}
	}
	return func(ctx context.Context, m mutant, id string) result {
		for _, dir := range asked(m) {
			if _, err := programs[dir].run(ctx, id); err != nil {
				return result{mutant: m, outcome: killed}
			}
		}
		return result{mutant: m, outcome: survived}
	}, nil
}

// tryAll tries mutants until the budget is used up, in as many goroutines as there are workers. What was tried before
// ctx ends is returned.
func (w *workshop) tryAll(ctx context.Context, o options, judge judge, out io.Writer) (results []result) {
	end := time.Now().Add(o.budget)
	var (
		group sync.WaitGroup
		lock  sync.Mutex
	)
	busy := make(chan bool, o.workers)
	for i, m := range w.mutants {
		if busy <- true; ctx.Err() != nil || time.Now().After(end) {
			break
		}
		group.Go(func() {
			defer func() { <-busy }()
			r := result{mutant: m, outcome: notViable}
			if id := strconv.Itoa(i); !w.barren[id] {
				r = judge(ctx, m, id)
			}
			lock.Lock()
			defer lock.Unlock()
			if ctx.Err() != nil {
				return
			}
			results = append(results, r)
			if r.outcome == survived {
				fmt.Fprintf(out, "survived  %v  %s\n", m, r.source)
			}
			if len(results)%50 == 0 {
				fmt.Fprintln(out, len(results), "tried")
			}
		})
	}
	group.Wait()
	return results
}
