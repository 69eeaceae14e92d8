package stagetest

import (
	"time"

	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// windows dates the stages. A re-baseline moves its stage and the later ones, and so the end of the one before.
func (o *oracle) windows(asOf time.Time) []stage.Window {
	steps := o.book(o.now()).Steps
	list := make([]stage.Window, len(steps))
	for i := len(steps) - 1; i >= 0; i-- {
		of := steps[min(i+1, len(steps)-1)].Stage
		list[i] = stage.Window{Stage: steps[i].Stage, Last: o.ends(Plus(o.opening.Day, steps[i].Last-1), of, asOf)}
		if i+1 < len(steps) && !list[i].Last.Before(list[i+1].Last) { // moved to an earlier day
			list[i].Last = Plus(list[i+1].Last, -1)
		}
	}
	first := o.opening.Day
	for i := range list {
		list[i].First, first = first, Plus(list[i].Last, 1)
		for _, day := range []*value.Date{&list[i].First, &list[i].Last} {
			if day.Before(o.opening.Day) {
				*day = o.opening.Day
			}
		}
	}
	return list
}

// baseline returns the place in the log of the last re-baseline of a stage or of one before it, and the days by
// which it moved the playbook of its time; -1 where there is none.
func (o *oracle) baseline(of stage.Stage) (at, days int) {
	before, at := o.moments(), -1
	for i, e := range o.log {
		if e.Verb != stage.VerbRebaseline || before[i].stage.Compare(of) > 0 {
			continue
		}
		book := o.book(before[i])
		at, days = i, e.Day.Sub(Plus(o.opening.Day, book.Steps[Place(book, before[i].stage)].First-1))
	}
	return at, days
}

// ends moves an end by its re-baseline, and by the holds after it that began on the end or before; of a hold that was
// under way only the days from the day on count that was stated.
func (o *oracle) ends(end value.Date, of stage.Stage, asOf time.Time) value.Date {
	at, days := o.baseline(of)
	end = Plus(end, days)
	var from time.Time
	begun := -1
	add := func(i int, to time.Time) {
		start := dayOf(from)
		if begun < at && i > at && start.Before(o.log[at].Day) {
			start = o.log[at].Day
		}
		if i > at && !end.Before(start) && dayOf(to).After(start) {
			end = Plus(end, dayOf(to).Sub(start))
		}
		from = time.Time{}
	}
	if o.opening.Stage == stage.Lost {
		from = o.began()
	}
	for i, e := range o.log {
		switch e.Verb {
		case stage.VerbHold, stage.VerbLose:
			if from.IsZero() {
				from, begun = e.At, i
			}
		case stage.VerbResume, stage.VerbReopen:
			add(i, e.At)
		}
	}
	if o.now().status == stage.OnHold && asOf.After(from) {
		add(len(o.log), asOf)
	}
	return end
}
