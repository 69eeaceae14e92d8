// Command before compares the program as it was at one commit with the program as it is:
// what both make of the same documents. The script run beside it builds and calls it.
package main

import (
	"flag"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// shares say which part of -n documents a kind has, where its documents take long. Of its
// samples it has as many, and no more.
var shares = map[string]int{"views.world": 50, "views.book": 50, "views.statement": 20, "views.dated": 20, "views.impact": 20, "views.registration": 20, "views.crmcsv": 10}

type options struct {
	before, now, samples, kinds, file string
	treeBefore, treeNow               string
	count, only, show                 int
	seed                              uint64
}

func main() {
	var o options
	flag.StringVar(&o.before, "before", "", "the side that is built from the program as it was")
	flag.StringVar(&o.now, "now", "", "the side that is built from the program as it is")
	flag.StringVar(&o.treeBefore, "tree-before", "", "the folder of the program as it was")
	flag.StringVar(&o.treeNow, "tree-now", "", "the folder of the program as it is")
	flag.StringVar(&o.samples, "samples", "", "the folder of the samples, a file a kind")
	flag.StringVar(&o.kinds, "kind", "*", "the kinds to compare, as patterns with commas between them: comp.*,deal")
	flag.StringVar(&o.file, "file", "", "compare this one document, of the one kind that -kind names")
	flag.IntVar(&o.count, "n", 100_000, "how many documents of each kind, beside the samples")
	flag.IntVar(&o.only, "only", -1, "compare only the document with this number, of the same seed and samples")
	flag.IntVar(&o.show, "show", 20, "how many disagreements are shown")
	flag.Uint64Var(&o.seed, "seed", 1, "what the documents are made from")
	flag.Parse()
	disagreements, err := o.run()
	if err != nil {
		fmt.Fprintln(os.Stderr, "before:", err)
		os.Exit(2)
	}
	if disagreements > 0 {
		fmt.Printf("%d disagreements with the program as it was\n", disagreements)
		os.Exit(1)
	}
	fmt.Println("nothing changed but what is listed")
}

func (o options) run() (int, error) {
	chosen, err := o.chosen()
	if err != nil {
		return 0, err
	}
	var tallies []*Tally
	shown := 0
	for _, kind := range chosen {
		start := time.Now()
		t, err := o.compare(kind)
		if err != nil {
			return 0, fmt.Errorf("%s: %w", kind, err)
		}
		tallies = append(tallies, t)
		fmt.Fprintf(os.Stderr, "%s: %d documents in %.1fs\n", kind, t.Documents, time.Since(start).Seconds())
		for _, d := range t.Differences[:min(o.show-shown, len(t.Differences))] {
			printDifference(os.Stdout, d)
			shown++
		}
		printWords(os.Stdout, t, 20)
	}
	return printTable(os.Stdout, tallies), nil
}

// chosen returns the kinds that are asked for. Both sides must know the same.
func (o options) chosen() ([]string, error) {
	before, err := kindsOf(o.before)
	if err != nil {
		return nil, err
	}
	now, err := kindsOf(o.now)
	if err != nil {
		return nil, err
	}
	if !slices.Equal(before, now) {
		return nil, fmt.Errorf("the sides know other kinds: %v, and now %v", before, now)
	}
	var chosen []string
	for _, kind := range append(before, examplesKind) {
		for pattern := range strings.SplitSeq(o.kinds, ",") {
			if ok, err := path.Match(pattern, kind); err != nil {
				return nil, err
			} else if ok && !slices.Contains(chosen, kind) {
				chosen = append(chosen, kind)
			}
		}
	}
	if len(chosen) == 0 {
		return nil, fmt.Errorf("no kind is like %s; there are %s", o.kinds, strings.Join(before, ", "))
	}
	return chosen, nil
}

func (o options) compare(kind string) (*Tally, error) {
	if kind == examplesKind {
		return o.compareExamples()
	}
	c := newComparison(kind, o.before, o.now, max(o.show, 1))
	source, err := newSource(o.samples, kind, o.seed)
	if err != nil {
		return nil, err
	}
	count, samples := o.count, len(source.samples)
	if share := shares[kind]; share > 0 {
		count = max(o.count/share, 1)
		samples = min(samples, count)
	}
	spans := [][2]int{{0, samples}, {len(source.samples), len(source.samples) + count}}
	if o.only >= 0 {
		spans = [][2]int{{o.only, o.only + 1}}
	}
	if o.file != "" {
		document, err := os.ReadFile(filepath.Clean(o.file))
		if err != nil {
			return nil, err
		}
		source.samples, spans = []sample{{text: document}}, [][2]int{{0, 1}}
	}
	return c.tally, c.run(source, spans)
}
