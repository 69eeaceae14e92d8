package main

import (
	"strings"
	"testing"
)

// The table is Markdown, and its columns are straight in a terminal.
func TestTable(t *testing.T) {
	j := job{title: "A job", note: "What it does.", cases: 1024, more: func() string { return "More." }}
	got := table(j, []result{
		{name: "floor", nanoseconds: 7.456, toFloor: spread{1, 1, 1, 1, 1}, toOurs: spread{median: 0.0754}},
		{name: "coselling, 1×", toFloor: spread{9.9949, 12, 13.25, 99.95, 1234.5}, toOurs: spread{median: 1}, allocations: 1, bytes: 1792, differ: 883},
	})
	want := `
What it does. More. The floor took 7.46 ns a call.

| A job         | × floor | half of the rounds | all rounds | × coselling | allocations | bytes | other answers |
| ------------- | ------: | -----------------: | ---------: | ----------: | ----------: | ----: | ------------: |
| floor         |    1.00 |          1.00–1.00 |  1.00–1.00 |        0.08 |           0 |     0 |             0 |
| coselling, 1× |    13.2 |           12.0–100 | 9.99–1,235 |        1.00 |           1 | 1,792 |  883 of 1,024 |
`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestThousands(t *testing.T) {
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1,000", 12345678: "12,345,678"} {
		if got := thousands(n); got != want {
			t.Errorf("%d prints as %q", n, got)
		}
	}
}

func TestNoCellBreaksATable(t *testing.T) {
	for _, j := range jobs(fewClaims) {
		if strings.ContainsAny(j.title+j.note, "|\n") {
			t.Errorf("%s: %q, %q", j.name, j.title, j.note)
		}
		for _, c := range j.prepare() {
			if strings.ContainsAny(c.name, "|\n") {
				t.Errorf("%s: %q", j.name, c.name)
			}
		}
	}
}
