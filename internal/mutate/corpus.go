package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// vector is one of the corpus, by the name of its test.
type vector struct {
	name    string
	example bool // the first of its rule that holds, or the first that fails
}

// readCorpus reads the names of all vectors, in the order of their rules.
func readCorpus(folder string) (list []vector, err error) {
	paths, err := filepath.Glob(filepath.Join(folder, "*.*.json"))
	if err != nil {
		return nil, err
	}
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		var rule struct {
			Rule    string
			Vectors []struct{ Name, Shows string }
		}
		if err := json.Unmarshal(data, &rule); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		shown := make(map[string]bool)
		for _, v := range rule.Vectors {
			list = append(list, vector{rule.Rule + "/" + strings.ReplaceAll(v.Name, " ", "_"), !shown[v.Shows]})
			shown[v.Shows] = true
		}
	}
	return list, nil
}

const corpusTest = "TestEveryVectorHasItsAnswer"

var ofVector = regexp.MustCompile(`(?m)^ *(=== RUN  |--- FAIL:) ` + corpusTest + `/([^/\n]+/[^ \n]+)`)

// byCorpus is the judge by all vectors, and by nothing else.
func (w *workshop) byCorpus(ctx context.Context) (judge, error) {
	p, failing, err := w.build(ctx, "./vectors", "-test.v", "-test.run", corpusTest)
	if err == nil && failing != nil {
		err = fmt.Errorf("the corpus fails without a change: run go test ./vectors")
	}
	return func(ctx context.Context, m mutant, id string) result {
		r := result{mutant: m, outcome: survived}
		text, err := p.run(ctx, id)
		if err == nil {
			return r
		}
		r.outcome, r.broken = killed, !bytes.Contains(text, []byte("\nFAIL\n"))
		last := ""
		for _, found := range ofVector.FindAllSubmatch(text, -1) {
			if last = string(found[2]); found[1][0] == '-' {
				r.by = append(r.by, last)
			}
		}
		if r.broken && last != "" && !slices.Contains(r.by, last) {
			r.by = append(r.by, last)
		}
		return r
	}, err
}

// askCorpus shows mutants to the vectors, and writes what it finds out about both.
func (w *workshop) askCorpus(ctx context.Context, o options, out io.Writer) error {
	corpus, err := readCorpus("vectors")
	if err != nil {
		return err
	}
	judge, err := w.byCorpus(ctx)
	if err != nil {
		return err
	}
	results := w.tryAll(ctx, o, judge, out)
	admit(out, results, corpus)
	score(out, results)
	return nil
}

// admit writes which mutants a vector is alone in killing, and the vectors that are neither examples nor needed beside
// them to kill as many.
func admit(out io.Writer, results []result, corpus []vector) {
	kept, needed := make(map[string]bool), 0
	for _, v := range corpus {
		kept[v.name] = v.example
	}
	isKept := func(name string) bool { return kept[name] }
	slices.SortFunc(results, func(a, b result) int { return compareMutants(a.mutant, b.mutant) })
	for _, r := range results {
		if len(r.by) == 1 && !r.broken {
			fmt.Fprintf(out, "alone     %s  %v  %s\n", r.by[0], r.mutant, r.source)
		}
	}
	for {
		kills := make(map[string]int) // of mutants that none kills that is kept
		for _, r := range results {
			for _, name := range r.by {
				if !slices.ContainsFunc(r.by, isKept) {
					kills[name]++
				}
			}
		}
		best := slices.MaxFunc(corpus, func(a, b vector) int { return kills[a.name] - kills[b.name] })
		if kills[best.name] == 0 {
			break
		}
		kept[best.name] = true
		needed++
	}
	spare := slices.DeleteFunc(slices.Clone(corpus), func(v vector) bool { return kept[v.name] })
	for _, v := range spare {
		fmt.Fprintln(out, "spare    ", v.name)
	}
	fmt.Fprintf(out, "%d vectors: %d are examples, %d are needed beside them, %d are spare\n",
		len(corpus), len(corpus)-needed-len(spare), needed, len(spare))
}
