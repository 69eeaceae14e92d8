package main

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
)

// reason says why a mutant may survive. It names the mutant by its line's text, so that other lines may move.
type reason struct{ file, kind, source, why string }

// readReasons reads lines of four columns, with a bar between them.
func readReasons(name string) ([]reason, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	var list []reason
	for n, line := range strings.Split(string(data), "\n") {
		if line = strings.TrimSpace(line); line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		parts := strings.Split(line, " ¦ ")
		if len(parts) != 4 || slices.Contains(parts, "") {
			return nil, fmt.Errorf("%s, line %d: want file ¦ kind ¦ line of source ¦ reason", name, n+1)
		}
		list = append(list, reason{parts[0], parts[1], parts[2], parts[3]})
	}
	return list, nil
}

func (r result) reason(reasons []reason) string {
	i := slices.IndexFunc(reasons, func(a reason) bool {
		return a.file == r.file && a.kind == r.kind && a.source == r.source
	})
	if i < 0 {
		return ""
	}
	return reasons[i].why
}

// report writes the score and every survivor, and reports whether each has its reason.
func report(out io.Writer, results []result, reasons []reason) bool {
	slices.SortFunc(results, func(a, b result) int { return compareMutants(a.mutant, b.mutant) })
	explained := true
	for _, r := range results {
		if r.outcome != survived {
			continue
		}
		why := r.reason(reasons)
		if why == "" {
			explained, why = false, "NO REASON"
		}
		fmt.Fprintf(out, "%v\n    %s\n    %s\n", r.mutant, r.source, why)
	}
	score(out, results)
	return explained
}

// score writes how many mutants became what.
func score(out io.Writer, results []result) {
	count := map[outcome]int{}
	for _, r := range results {
		count[r.outcome]++
	}
	tried := count[killed] + count[survived]
	fmt.Fprintf(out, "%d killed of %d (%.1f %%), %d survived, %d do not compile\n",
		count[killed], tried, 100*float64(count[killed])/float64(max(tried, 1)), count[survived], count[notViable])
}
