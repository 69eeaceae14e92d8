package assess

import (
	"slices"
	"sort"
	"time"

	"github.com/coselling/coselling/stage"
)

// playback keeps how a deal was played after each instant with events, so that the next question goes on from
// there: what happened before does not depend on the instant of a question, but for the opening and the facts.
type playback struct {
	opening stage.Opening // on which it was played
	facts   []stage.Fact  // that were recorded up to the last mark
	marks   []mark        // the first is the opening itself
	missing []missing     // up to the last mark
	refused []refusal     // up to the last mark
}

// mark is the state of a deal after the events of one instant.
type mark struct {
	at                              time.Time
	events, facts, missing, refused int // how many of each there were
	progress                        stage.Progress
	won                             time.Time
}

// forget drops what was played at an instant and later.
func (b *playback) forget(at time.Time) {
	b.marks = slices.DeleteFunc(b.marks, func(m mark) bool { return !m.at.Before(at) && m.events > 0 })
}

// reopen begins a playback, unless the one that is kept began on the same opening.
func (b *playback) reopen(opening stage.Opening, p stage.Progress, won time.Time) {
	if len(b.marks) == 0 || b.opening != opening {
		*b = playback{opening: opening, marks: []mark{{progress: p, won: won}}}
	}
}

// resume returns the last mark up to an instant, without marks that other facts led to.
func (b *playback) resume(asOf time.Time, facts []stage.Fact) mark {
	after := func(i int) bool { return b.marks[i].events > 0 && b.marks[i].at.After(asOf) }
	n := sort.Search(len(b.marks), after)
	for n > 1 && !b.led(&b.marks[n-1], facts) {
		n--
		b.marks = b.marks[:n]
	}
	return b.marks[n-1]
}

// led reports whether the same facts led to a mark.
func (b *playback) led(m *mark, facts []stage.Fact) bool {
	return until(facts, m.at) == m.facts && slices.Equal(facts[:m.facts], b.facts[:m.facts])
}

// until returns how many facts there are up to and including an instant.
func until(facts []stage.Fact, at time.Time) int {
	n, _ := slices.BinarySearchFunc(facts, at, func(f stage.Fact, at time.Time) int {
		if f.At.After(at) {
			return 1
		}
		return -1
	})
	return n
}

// follow plays the events up to the instant of the question, from the last mark on that still holds.
func (r *replay) follow(facts []stage.Fact) {
	b := &r.past
	if i := slices.IndexFunc(r.record.Events, hasOverride); i >= 0 {
		r.override = r.record.Events[i].At
		b.forget(r.override) // the cases depend on more than the events and the facts
	}
	m := b.resume(r.asOf, facts)
	r.progress, r.won = m.progress, m.won
	r.notes = notes{missing: slices.Clip(b.missing[:m.missing])}
	r.refused = slices.Clip(b.refused[:m.refused])
	events, rest := r.record.Events, facts[m.facts:]
	for from, n := m.events, m.events; from < len(events) && !events[from].At.After(r.asOf); from = n {
		at := events[from].At
		rest = r.noteUntil(at, rest)
		for n < len(events) && events[n].At.Equal(at) {
			n++
		}
		r.playInstant(events[from:n])
		b.facts, b.missing, b.refused = facts[:len(facts)-len(rest)], r.missing, r.refused
		b.marks = append(b.marks, mark{at, n, len(b.facts), len(b.missing), len(b.refused), r.progress, r.won})
	}
	r.noteUntil(r.asOf, rest)
}
