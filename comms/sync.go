package comms

import (
	"time"

	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/value"
)

// gap is a sync, and the time that the deal went without one before it.
type gap struct {
	record
	entry *entry
}

// tail is a time of cadence, and how long its last sync is ago.
type tail struct {
	record
	stretch
}

func (k *known) takeSync(e *entry) {
	f := k.about(e.ID)
	f.gap = &gap{entry: e}
	k.syncs = insert(k.syncs, e, byStart)
	k.queue(f.gap)
	k.queueAfter(e)
}

func (k *known) dropSync(f *facts) {
	k.syncs = remove(k.syncs, f.entry, byStart)
	k.retire(f.gap)
	k.queueAfter(f.entry)
}

// queueAfter has what looks back at a sync judged again: the next sync, and the end
// of its stretch.
func (k *known) queueAfter(e *entry) {
	for i := from(k.syncs, e.At, startOf); i < len(k.syncs); i++ {
		if byStart(k.syncs[i], e) > 0 {
			k.queue(k.facts[k.syncs[i].ID].gap)
			break
		}
	}
	if t := k.stretchOf(e.At); t != nil {
		k.queue(t)
	}
}

// stretchOf returns the time of cadence in which t lies; nil where the cadence does
// not hold. They are few: one more than the deal has holds.
func (k *known) stretchOf(t time.Time) *tail {
	for _, s := range k.cadence {
		if !t.Before(s.start) && (s.stop.IsZero() || t.Before(s.stop)) {
			return s
		}
	}
	return nil
}

// lastSync returns the last sync of a stretch before the i-th of all, and when the
// week that it began started.
func (k *known) lastSync(s *tail, i int) (at time.Time, evidence []string) {
	if i > 0 && !k.syncs[i-1].At.Before(s.start) {
		return k.syncs[i-1].At, []string{k.syncs[i-1].ID}
	}
	return s.start, nil
}

// judge checks comm.weekly_sync as far as one sync and the time before it go.
func (g *gap) judge(k *known) verdict {
	var v verdict
	e := g.entry
	s := k.stretchOf(e.At)
	if s == nil {
		return v
	}
	i := from(k.syncs, e.At, startOf)
	for k.syncs[i] != e {
		i++
	}
	last, evidence := k.lastSync(s, i)
	if due := last.Add(k.rules.policy.SyncEvery); e.At.After(due) {
		v.find(finding(0, due, e.At, append(evidence, e.ID), WeeklySync,
			"the reps had no sync from {last} to {next}; one was due by {due}",
			value.Op("last", last), value.Op("next", e.At), value.Op("due", due)))
	}
	if most := k.rules.policy.SyncAtMost; e.over.Sub(e.At) > most {
		if k.now.Before(e.over) {
			v.at(e.over)
			return v
		}
		v.find(finding(0, e.over, e.over, []string{e.ID}, WeeklySync, "a sync took {took}; it takes {most} at most",
			value.Op("took", wire.FormatDuration(e.over.Sub(e.At))), value.Op("most", wire.FormatDuration(most))))
	}
	return v
}

// judge checks comm.weekly_sync from the last sync of a stretch on.
func (t *tail) judge(k *known) verdict {
	var v verdict
	if k.now.Before(t.start) {
		v.at(t.start)
		return v
	}
	stopped := !t.stop.IsZero() && !k.now.Before(t.stop)
	end, until, after := k.now, time.Time{}, len(k.syncs)
	if stopped {
		end, until, after = t.stop, t.stop, from(k.syncs, t.stop, startOf)
	} else if !t.stop.IsZero() {
		v.at(t.stop)
	}
	last, evidence := k.lastSync(t, after)
	due := last.Add(k.rules.policy.SyncEvery)
	operands := []value.Operand{value.Op("last", last), value.Op("due", due)}
	switch {
	case end.After(due):
		v.find(finding(0, due, until, evidence, WeeklySync, "the reps had no sync since {last}; one was due by {due}", operands...))
	case !stopped:
		v.due = append(v.due, dueSync(due, evidence, operands))
		v.at(due.Add(1))
	}
	return v
}

func dueSync(at time.Time, evidence []string, operands []value.Operand) Due {
	return due(0, at, evidence, WeeklySync, "the reps have their next sync by {due}; the last one, or the start, was at {last}", operands...)
}
