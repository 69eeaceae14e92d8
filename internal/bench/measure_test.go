package main

import (
	"testing"
	"time"
)

func TestSpread(t *testing.T) {
	if got, want := spreadOf([]float64{9, 1, 3, 5, 7}), (spread{1, 3, 5, 7, 9}); got != want {
		t.Errorf("of five %v, want %v", got, want)
	}
	if got, want := spreadOf([]float64{4}), (spread{4, 4, 4, 4, 4}); got != want {
		t.Errorf("of one %v, want %v", got, want)
	}
}

// A ratio is formed within one round: where the machine is slower in one round than in
// another, it stays what it is.
func TestRatiosAreOfOneRound(t *testing.T) {
	for _, r := range ratios([]float64{20, 200, 40}, []float64{10, 100, 20}) {
		if r != 2 {
			t.Errorf("%v, want 2", r)
		}
	}
}

var kept []byte

// Each candidate visits its cases one after the other, and what it allocates is counted.
func TestMeasure(t *testing.T) {
	var visits [3]int
	all := []candidate{
		{name: "floor", run: func(int) {}, answer: func() string { return "" }},
		{name: "ours", run: func(i int) {
			visits[i]++
			kept = make([]byte, 512)
		}, answer: func() string { return "" }},
	}
	got := measure(all, len(visits), 3, []int{0, 7})
	if got[floor].allocations != 0 || got[floor].bytes != 0 || got[ours].allocations != 1 || got[ours].bytes != 512 {
		t.Errorf("allocations are %+v", got)
	}
	if got[floor].toFloor != (spread{1, 1, 1, 1, 1}) || got[ours].toOurs != (spread{1, 1, 1, 1, 1}) || got[ours].differ != 7 || got[ours].name != "ours" {
		t.Errorf("%+v", got)
	}
	if got[ours].nanoseconds <= 0 || got[ours].toFloor.median <= 0 || time.Duration(got[ours].nanoseconds) > time.Second {
		t.Errorf("%+v", got)
	}
	if least, most := min(visits[0], visits[1], visits[2]), max(visits[0], visits[1], visits[2]); least == 0 || most-least > 1 {
		t.Errorf("the cases were visited %v times", visits)
	}
}
