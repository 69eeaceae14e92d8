package main

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
)

func TestMutantsChangeOneOperator(t *testing.T) {
	const source = "package p\n\tif a <= b && c != -d {\n"
	for _, c := range []struct {
		m    mutant
		want string
	}{
		{mutant{kind: "CONDITIONALS_BOUNDARY", line: 2, column: 7}, "if a < b && c != -d {"},
		{mutant{kind: "CONDITIONALS_NEGATION", line: 2, column: 7}, "if a > b && c != -d {"},
		{mutant{kind: "CONDITIONALS_NEGATION", line: 2, column: 17}, "if a <= b && c == -d {"},
		{mutant{kind: "INVERT_NEGATIVES", line: 2, column: 20}, "if a <= b && c != +d {"},
		{mutant{kind: "ARITHMETIC_BASE", line: 2, column: 7}, ""},
		{mutant{kind: "ARITHMETIC_BASE", line: 9, column: 1}, ""},
		{mutant{kind: "ARITHMETIC_BASE", line: 2, column: 99}, ""},
	} {
		at, old, put, err := c.m.change(source)
		if c.want == "" {
			if err == nil {
				t.Errorf("%v: %q", c.m, put)
			}
			continue
		}
		if got := source[:at] + put + source[at+len(old):]; err != nil || got != "package p\n\t"+c.want+"\n" {
			t.Errorf("%v: %q, %v; want %q", c.m, got, err, c.want)
		}
	}
}

// A function begins with a copy of its body for each mutant, also where it returns nothing or has no name; the rest of
// the file is as it was.
func TestAFunctionHasACopyForEachMutant(t *testing.T) {
	const source = "package p\n\nfunc less(a, b int) (r bool, err error) { return a < b || a == 7, nil }\n\n" +
		"var up = func(n *int) { *n++ }\n"
	w := workshop{mutants: []mutant{{kind: "CONDITIONALS_BOUNDARY", line: 3, column: 52},
		{kind: "CONDITIONALS_NEGATION", line: 3, column: 61}, {kind: "INCREMENT_DECREMENT", line: 5, column: 27}}}
	got, name, err := w.changed(source, []int{0, 1, 2})
	want := "package p\n\nfunc less(a, b int) (r bool, err error) {" +
		"if mutated(\"0\") { return func() (r bool, err error) {\n//line mutant0:1\n return a <= b || a == 7, nil }() }\n" +
		"if mutated(\"1\") { return func() (r bool, err error) {\n//line mutant1:1\n return a < b || a != 7, nil }() }\n" +
		" return a < b || a == 7, nil }\n\nvar up = func(n *int) {" +
		"if mutated(\"2\") { func() {\n//line mutant2:1\n *n-- }(); return }\n *n++ }\n"
	if err != nil || name != "p" || got != want {
		t.Errorf("%s %v\ngot  %q\nwant %q", name, err, got, want)
	}
	w.mutants[0] = mutant{kind: "CONDITIONALS_BOUNDARY", line: 1, column: 1}
	if _, _, err := w.changed("var small = 1 < 2", []int{0}); err == nil {
		t.Error("a mutant outside of functions is taken")
	}
}

func TestSeedDecidesTheSample(t *testing.T) {
	var all []mutant
	for i := range 100 {
		all = append(all, mutant{file: "a/b.go", line: i, source: fmt.Sprint("if x < ", i)})
	}
	one, again, other := sample(all, 1, 10), sample(all, 1, 10), sample(all, 2, 10)
	if !slices.Equal(one, again) || slices.Equal(one, other) || len(one) != 10 || len(sample(all, 1, 1000)) != 100 {
		t.Errorf("%v, %v, %v", one, again, other)
	}
	if less := sample(all[1:], 1, 10); len(slices.Compact(slices.SortedFunc(slices.Values(append(less, one...)), compareMutants))) > 11 {
		t.Errorf("one place less: %v, not %v", less, one)
	}
}

func TestImportersAreThoseThatUseAPackage(t *testing.T) {
	packages := []pack{{dir: "./a", path: "m/a", tested: true}, {dir: "./b", path: "m/b", tested: true, uses: list("m/a")},
		{dir: "./c", path: "m/c", uses: list("m/a")}, {dir: "./d", path: "m/d", tested: true, uses: list("m/aa")}}
	if got := importersOf(packages, "./a"); !slices.Equal(got, list("./b")) {
		t.Errorf("%v", got)
	}
}

func list(names ...string) []string { return names }

// Every recorded survivor still stands in the code.
func TestRecordedSurvivorsStand(t *testing.T) {
	reasons, err := readReasons("survivors.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range reasons {
		source, err := os.ReadFile("../../" + r.file)
		if err != nil || !strings.Contains(string(source), r.source) {
			t.Errorf("%s has no line %q: %v", r.file, r.source, err)
		}
	}
}

func TestASurvivorWithoutReasonFails(t *testing.T) {
	results := []result{{mutant: mutant{file: "a.go", kind: "K", source: "x < y"}, outcome: survived}, {outcome: killed}}
	var out strings.Builder
	if report(&out, results, nil) || !strings.Contains(out.String(), "NO REASON") ||
		!strings.Contains(out.String(), "1 killed of 2 (50.0 %)") {
		t.Errorf("%s", &out)
	}
	if !report(&out, results, []reason{{"a.go", "K", "x < y", "equal on purpose"}}) {
		t.Errorf("%s", &out)
	}
}

// A vector that is no example stays where it kills a mutant that no other one kills, and the best of several does.
func TestTheCorpusIsAsSmallAsItsKills(t *testing.T) {
	corpus := []vector{{"r/a", true}, {"r/b", true}, {"r/c", false}, {"r/d", false}, {"r/e", false}, {"r/f", false}}
	kill := func(line int, broken bool, by ...string) result {
		return result{mutant{file: "a.go", kind: "K", line: line}, killed, by, broken}
	}
	var out strings.Builder
	admit(&out, []result{kill(1, false, "r/a", "r/c"), kill(2, false, "r/d"), kill(3, false, "r/e", "r/f"),
		kill(4, true, "r/f"), kill(5, true), {outcome: survived}}, corpus)
	const want = "alone     r/d  a.go:2:0 K  \nspare     r/c\nspare     r/e\n" +
		"6 vectors: 2 are examples, 2 are needed beside them, 2 are spare\n"
	if out.String() != want {
		t.Errorf("got\n%swant\n%s", &out, want)
	}
}
