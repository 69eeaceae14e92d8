package main

import (
	"regexp"
	"testing"
)

// fewClaims are enough for a test.
const fewClaims = 2000

// TestCandidatesAgree makes sure that the candidates of every job do the same job. One
// that rounds in its own way must differ somewhere, or its mark is wrong.
func TestCandidatesAgree(t *testing.T) {
	for _, j := range jobs(fewClaims) {
		t.Run(j.name, func(t *testing.T) {
			all := j.prepare()
			for i, n := range differences(all, j.cases) {
				if c := all[i]; (n > 0) != c.rounds {
					t.Errorf("%s answers otherwise than %s in %d of %d cases", c.name, all[ours].name, n, j.cases)
				}
			}
		})
	}
}

// Every job answers both yes and no somewhere, or has many answers: what says the same
// to everything would agree with anything.
func TestAnswersSaySomething(t *testing.T) {
	for name, want := range map[string]string{
		"statement/payees=2": `^\[\{\d+ \d+\} \{\d+ \d+\}\]$`,
		"statement/payees=8": `^\[(\{\d+ \d+\} ?){8}\]$`,
		"transition/allowed": "^true$",
		"transition/refused": "^false$",
		"route/kinds=12":     "^(rep|manager|executive|deal_desk_legal)$",
		"registry/look-up":   "^partner[0-9]+$",
		"registry/refused":   "^false$",
		"registry/accepted":  "^true$",
	} {
		for _, c := range find(t, name).prepare() {
			c.run(0)
			if got := c.answer(); !regexp.MustCompile(want).MatchString(got) {
				t.Errorf("%s, %s answers %q, want %s", name, c.name, got, want)
			}
		}
	}
}

// The names are flags and benchmarks, so they are distinct and without spaces.
func TestNamesAreDistinct(t *testing.T) {
	seen := make(map[string]bool)
	for _, j := range jobs(fewClaims) {
		if seen[j.name] || !regexp.MustCompile(`^[a-z]+/[a-z=0-9-]+$`).MatchString(j.name) {
			t.Errorf("%q is no name of a job, or used twice", j.name)
		}
		seen[j.name] = true
		for _, c := range j.prepare() {
			if seen[j.name+c.name] {
				t.Errorf("%s has two candidates %q", j.name, c.name)
			}
			seen[j.name+c.name] = true
		}
	}
}

func find(tb testing.TB, name string) job {
	tb.Helper()
	for _, j := range jobs(fewClaims) {
		if j.name == name {
			return j
		}
	}
	tb.Fatalf("no job is called %q", name)
	return job{}
}

// BenchmarkJobs runs every candidate of every job alone: to profile one. Only the
// command compares.
func BenchmarkJobs(b *testing.B) {
	for _, j := range jobs(100_000) {
		b.Run(j.name, func(b *testing.B) {
			for _, c := range j.prepare() {
				b.Run(c.name, func(b *testing.B) {
					r := runner{candidate: c, cases: j.cases}
					b.ReportAllocs()
					for b.Loop() {
						r.do(1)
					}
				})
			}
		})
	}
}
