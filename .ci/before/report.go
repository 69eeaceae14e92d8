package main

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"
)

// most is how much of a text is shown, in bytes.
const most = 3000

// printDifference shows one disagreement in full.
func printDifference(w io.Writer, d Difference) {
	fmt.Fprintf(w, "\n%s, document %d: %s\n%s\n", d.Kind, d.Number, d.sort(), shown(string(d.Document)))
	if p := d.Before.Panicked(); p != "" {
		fmt.Fprintln(w, "  before panicked:", shown(p))
	}
	if p := d.Now.Panicked(); p != "" {
		fmt.Fprintln(w, "  now panicked:", shown(p))
	}
	fmt.Fprintln(w, "  before:", verdict(d.Before))
	fmt.Fprintln(w, "  now:   ", verdict(d.Now))
	for i := range max(len(d.Before.Texts), len(d.Now.Texts)) {
		before, now := textAt(d.Before, i), textAt(d.Now, i)
		if before != now {
			fmt.Fprintf(w, "  before, %s: %s\n  now, %s: %s\n", before.Name, around(before.Text, now.Text), now.Name, around(now.Text, before.Text))
			return
		}
	}
}

func textAt(a Answer, i int) Text {
	if i < len(a.Texts) {
		return a.Texts[i]
	}
	return Text{"no further text", ""}
}

func verdict(a Answer) string {
	if !a.Refused() {
		return "accepted"
	}
	var list []string
	for _, p := range a.Problems[:min(12, len(a.Problems))] {
		list = append(list, fmt.Sprintf("%q %s", p.Path, p.Code))
	}
	return fmt.Sprintf("refused with %d problems: %s", len(a.Problems), strings.Join(list, "; "))
}

func shown(s string) string {
	if len(s) > most {
		s = s[:most] + fmt.Sprintf("… (%d bytes)", len(s))
	}
	return strings.ToValidUTF8(strings.ReplaceAll(s, "\x00", `\x00`), `\x..`)
}

// around shows where a text begins to differ from another.
func around(s, other string) string {
	at := 0
	for at < len(s) && at < len(other) && s[at] == other[at] {
		at++
	}
	if at < 200 {
		return shown(s[:min(len(s), 1000)])
	}
	return fmt.Sprintf("… from byte %d: %s", at-100, shown(s[at-100:min(len(s), at+600)]))
}

// printWords shows which codes became others, the most frequent first.
func printWords(w io.Writer, t *Tally, limit int) {
	if len(t.Words) == 0 {
		return
	}
	fmt.Fprintf(w, "\n%s, other words in %d refusals:\n", t.Kind, t.OtherWords)
	changes := slices.Collect(maps.Keys(t.Words))
	slices.SortFunc(changes, func(a, b string) int {
		return cmp.Or(t.Words[b].Count-t.Words[a].Count, strings.Compare(a, b))
	})
	for _, change := range changes[:min(limit, len(changes))] {
		fmt.Fprintf(w, "  %7d  %s (document %d)\n", t.Words[change].Count, change, t.Words[change].Example)
	}
}

// printTable shows a line a kind, and returns how many disagreements there are.
func printTable(w io.Writer, tallies []*Tally) (disagreements int) {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(table, "\nkind\tdocuments\taccepted\trefused\tdisagreements\tother words\texpected\t")
	ids := map[string]int{}
	for _, t := range tallies {
		expected := 0
		for id, count := range t.Expected {
			ids[id] += count
			expected += count
		}
		fmt.Fprintf(table, "%s\t%d\t%d\t%d\t%d\t%d\t%d\t\n", t.Kind, t.Documents, t.Accepted, t.Refused, t.Disagreements, t.OtherWords, expected)
		disagreements += t.Disagreements
	}
	table.Flush()
	for _, change := range expected {
		fmt.Fprintf(w, "expected %d times: %s: %s\n", ids[change.ID], change.ID, change.Says)
	}
	return disagreements
}
