package comms

import "slices"

// prepsOf returns the preps that ended before a meeting started: those that name it, and
// those that name no meeting and ended after the start of the meeting before it.
func (k *known) prepsOf(f *facts) []*entry {
	start, named, others := f.entry.At, f.serving.preps, k.serving.preps
	i := 0
	if before := from(k.met, start, startOf); before > 0 {
		i = from(others, k.met[before-1].At.Add(1), overOf)
	}
	return slices.Concat(named[:from(named, start.Add(1), overOf)], others[i:from(others, start.Add(1), overOf)])
}

// prep checks comm.prep: preps that cover all parts come before a meeting.
func (k *known) prep(v *verdict, f *facts) {
	e := f.entry
	if !k.served(e) {
		return
	}
	open, list := partsOf[Prep], k.prepsOf(f)
	for _, p := range list {
		open &^= covered(p.Covers)
	}
	k.judgeDemand(v, e, demand{
		code: PrepRule, by: e.At, length: k.rules.policy.PrepLength, open: open, calls: list,
		asks: "both sides prepare the meeting {subject} before it starts at {start}, in {length}: {lacks}",
		none: "the meeting {subject} at {start} had no prep",
		some: "the prep of the meeting {subject} at {start} did not cover {lacks}",
	})
}
