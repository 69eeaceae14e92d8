package comms

import (
	"slices"
	"time"

	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/value"
)

// stretch is a time in which weekly syncs are due: from start on and before stop, which is zero while it is open.
type stretch struct {
	record
	start, stop time.Time
}

// queueSyncs queues what depends on a sync: the next sync, and the end of its stretch.
func (k *known) queueSyncs(e *entry) {
	i, found := slices.BinarySearchFunc(k.syncs, e, byStart)
	if found {
		i++
	}
	if i < len(k.syncs) {
		k.queue(k.syncs[i].facts)
	}
	if s := k.stretchOf(e.At); s != nil {
		k.queue(s)
	}
}

// stretchOf returns the stretch in which t lies; nil where no syncs are due.
func (k *known) stretchOf(t time.Time) *stretch {
	for _, s := range k.cadence {
		if !t.Before(s.start) && (s.stop.IsZero() || t.Before(s.stop)) {
			return s
		}
	}
	return nil
}

// lastSync returns the last sync of a stretch before the i-th of all, or else the start of the stretch.
func (k *known) lastSync(s *stretch, i int) (at time.Time, evidence []string) {
	if i > 0 && !k.syncs[i-1].At.Before(s.start) {
		return k.syncs[i-1].At, []string{k.syncs[i-1].ID}
	}
	return s.start, nil
}

// syncBy returns the instant before which the next sync is in time: 24:00, in the account's zone, of the day so many
// days after that of the last one. A change of the clock moves nothing.
func (k *known) syncBy(last time.Time) time.Time {
	date, _ := value.DateOf(last, k.zone()) // never an error: the years of an activity are bounded
	date, _ = date.AddDays(k.rules.policy.SyncDays)
	return date.End(k.zone()).UTC()
}

// weeklySync checks comm.weekly_sync for one sync and the time before it, and comm.sync_length for the sync.
func (k *known) weeklySync(v *verdict, e *entry) {
	if e.interaction() || e.serves() != Sync {
		return
	}
	s := k.stretchOf(e.At)
	if s == nil {
		return
	}
	i, _ := slices.BinarySearchFunc(k.syncs, e, byStart)
	last, evidence := k.lastSync(s, i)
	if due := k.syncBy(last); !e.At.Before(due) {
		v.find(0, due, e.At, append(evidence, e.ID), WeeklySync,
			"the reps had no sync from {last} to {next}; one was due by {due}",
			value.Op("last", last), value.Op("next", e.At), value.Op("due", value.End(due)))
	}
	if took, most := e.over.Sub(e.At), k.rules.policy.SyncAtMost; took > most {
		if k.now.Before(e.over) {
			v.at(e.over)
			return
		}
		v.find(0, e.over, e.over, []string{e.ID}, SyncLength, "a sync took {took}; it takes {most} at most",
			value.Op("took", wire.FormatDuration(took)), value.Op("most", wire.FormatDuration(most)))
	}
}

// judge checks comm.weekly_sync after the last sync of a stretch.
func (s *stretch) judge(k *known, v *verdict) {
	if k.now.Before(s.start) {
		v.at(s.start)
		return
	}
	stopped := !s.stop.IsZero() && !k.now.Before(s.stop)
	end, until, after := k.now, time.Time{}, len(k.syncs)
	if stopped {
		end, until, after = s.stop, s.stop, from(k.syncs, s.stop, startOf)
	} else if !s.stop.IsZero() {
		v.at(s.stop)
	}
	last, evidence := k.lastSync(s, after)
	by := k.syncBy(last)
	operands := []value.Operand{value.Op("last", last), value.Op("due", value.End(by))}
	switch {
	case !end.Before(by):
		v.find(0, by, until, evidence, WeeklySync,
			"the reps had no sync since {last}; one was due by {due}", operands...)
	case !stopped:
		v.ask(0, by, evidence, WeeklySync,
			"the reps have their next sync by {due}; the last one, or the start, was on {last}", operands...)
		v.at(by)
	}
}
