package comms

import (
	"slices"
	"time"

	"github.com/coselling/coselling/value"
)

// debriefsOf returns the debriefs that began after a meeting, sorted by their ends: those
// that name it, and those that name no meeting and began before the next one started.
func (k *known) debriefsOf(f *facts) []*entry {
	e, named, others := f.entry, f.serving.debriefs, k.serving.debriefs
	end := len(others)
	if next := from(k.met, e.At.Add(1), startOf); next < len(k.met) {
		end = from(others, k.met[next].At, startOf)
	}
	list := slices.Concat(named[from(named, e.over, startOf):], others[min(end, from(others, e.over, startOf)):end])
	slices.SortFunc(list, byOver)
	return list
}

// debrief checks comm.debrief: debriefs that cover all parts follow a meeting.
func (k *known) debrief(v *verdict, f *facts) {
	e := f.entry
	if !k.served(e) {
		return
	}
	if k.now.Before(e.over) {
		v.at(e.over)
		return
	}
	end, err := k.rules.workplace.Deadline(e.over, k.rules.policy.DebriefDays)
	if err != nil {
		return // never: the years of an activity are bounded
	}
	open, inTime, done := partsOf[Debrief], []*entry(nil), time.Time{}
	late := open
	for _, d := range k.debriefsOf(f) {
		late &^= covered(d.Covers)
		if d.over.Before(end) {
			open, inTime = late, append(inTime, d)
		}
		if late == 0 {
			done = d.over
			break
		}
	}
	k.judgeDemand(v, e, demand{
		code: DebriefRule, by: end, done: done, length: k.rules.policy.DebriefLength, open: open, calls: inTime,
		asks: "both sides debrief the meeting {subject} before {due}, in {length}: {lacks}",
		none: "the meeting {subject} at {start} had no debrief before {due}",
		some: "the debrief of the meeting {subject} at {start} did not cover {lacks} by {due}",
	}, value.Op("due", end))
}
