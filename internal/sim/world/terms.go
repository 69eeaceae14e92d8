package world

import (
	"fmt"
	"slices"
	"time"

	"github.com/coselling/coselling/internal/naive/terms"
	"github.com/coselling/coselling/value"
)

// anyPlace draws a place where people work.
func (w *world) anyPlace() (terms.Place, error) {
	p := terms.Usual()
	var err error
	p.Zone, err = time.LoadLocation(pick(w.rand, zones[:]...))
	if w.chance(3) {
		p.Working = pick(w.rand, []time.Weekday{time.Sunday, time.Monday, time.Tuesday, time.Wednesday},
			[]time.Weekday{time.Saturday})
	}
	if w.chance(3) {
		p.From, p.Until = 7*time.Hour+30*time.Minute, pick(w.rand, 12*time.Hour, 24*time.Hour)
	}
	for range w.rand.IntN(4) {
		p.Holidays = append(p.Holidays, fmt.Sprintf("2026-%02d-%02d", 10+w.rand.IntN(2), 1+w.rand.IntN(30)))
	}
	return p, err
}

// anyPauses draws pauses in their order, the last one sometimes without an end.
func (w *world) anyPauses(at time.Time) (list terms.Pauses) {
	half := func(n int) time.Duration { return time.Duration(w.rand.IntN(n)) * 30 * time.Minute }
	for range w.rand.IntN(4) {
		p := value.Pause{From: at.Add(half(pick(w.rand, 20, 300)))}
		at = p.From.Add(30*time.Minute + half(pick(w.rand, 20, 400)))
		if p.Until = at; w.chance(12) {
			p.Until = time.Time{}
			return append(list, p)
		}
		list = append(list, p)
	}
	return list
}

// terms asks when terms of one place end, and counts each off by hand.
func (w *world) terms() {
	place, err := w.anyPlace()
	at, errPlace := place.Workplace()
	if err != nil || errPlace != nil {
		w.wrong("a place of %v: %v %v", place, err, errPlace)
		return
	}
	begin := time.Date(2026, time.October, 1, 0, 0, 0, 0, time.UTC) // some clocks change in October and November
	pauses := w.anyPauses(begin.Add(time.Duration(w.rand.IntN(40*24)) * time.Hour))
	for range 4 {
		start, n := begin.Add(time.Duration(w.rand.IntN(40*48))*30*time.Minute), 1+w.rand.IntN(pick(w.rand, 4, 40))
		term := pick(w.rand, value.Hours(n), value.Days(n), value.BusinessHours(n), value.BusinessDays(n))
		got, err := at.End(start, term, slices.Clone(pauses)...)
		var want time.Time
		switch term {
		case value.Hours(n):
			want = pauses.Hours(start, n)
		case value.Days(n):
			want = pauses.Hours(start, 24*n)
		case value.BusinessHours(n):
			want = pauses.BusinessHours(place, start, n)
		default:
			want = pauses.BusinessDays(place, start, n)
		}
		w.trace(term, got)
		if err != nil || !got.Equal(want) {
			w.wrong("esc.timeout: %s from %v without %v at %+v end at %v, want %v, %v", term, start, pauses, place,
				got, want, err)
		}
	}
}
