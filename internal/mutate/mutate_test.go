package main

import (
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
		changed, line, err := c.m.apply([]byte(source))
		if c.want == "" {
			if err == nil {
				t.Errorf("%v: %q", c.m, changed)
			}
			continue
		}
		if err != nil || string(changed) != "package p\n\t"+c.want+"\n" || line != "if a <= b && c != -d {" {
			t.Errorf("%v: %q of %q, %v; want %q", c.m, changed, line, err, c.want)
		}
	}
}

func TestSeedDecidesTheSample(t *testing.T) {
	var all []mutant
	for i := range 100 {
		all = append(all, mutant{file: "a/b.go", line: i})
	}
	one, again, other := sample(all, 1, 10), sample(all, 1, 10), sample(all, 2, 10)
	if !slices.Equal(one, again) || slices.Equal(one, other) || len(one) != 10 || len(sample(all, 1, 1000)) != 100 {
		t.Errorf("%v, %v, %v", one, again, other)
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
	results := []result{{mutant: mutant{file: "a.go", kind: "K"}, source: "x < y", outcome: survived}, {outcome: killed}}
	var out strings.Builder
	if report(&out, results, nil) || !strings.Contains(out.String(), "NO REASON") ||
		!strings.Contains(out.String(), "1 killed of 2 (50.0 %)") {
		t.Errorf("%s", &out)
	}
	if !report(&out, results, []reason{{"a.go", "K", "x < y", "equal on purpose"}}) {
		t.Errorf("%s", &out)
	}
}
