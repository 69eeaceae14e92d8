package comms

import (
	"cmp"
	"slices"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// entry is an activity of the log with its people looked up.
type entry struct {
	Activity
	over     time.Time // when it was over
	facts    *facts    // set where a rule on single activities may concern it
	thread   *thread   // of a known mail; its root counts
	prospect bool      // somebody of the prospect is on it
	inbound  bool      // the prospect wrote it
	others   uint32    // a bit for each participant with a rep on it
	foreign  bool      // a mail whose author is of neither side and not of the prospect
	further  int       // the place of the participant whose mail, meeting or quote it is, from one; 0: of a side
	here     sides     // somebody of the side is on it, maybe as a whole domain
	reps     sides     // a rep of the side is on it
	leads    sides     // the side's lead rep of that time is on it
}

// sides holds a flag for each side.
type sides [model.Vendor + 1]bool

// meet looks up the people on the activity.
func (e *entry) meet(who *roster) {
	e.prospect, e.inbound, e.further, e.others = false, false, 0, 0
	e.here, e.reps, e.leads = sides{}, sides{}, sides{}
	if e.From != "" {
		e.further = e.note(e.From, who)
		e.inbound = e.prospect
	}
	e.foreign = e.Kind == Mail && !e.inbound && !e.here[model.Partner] && !e.here[model.Vendor]
	for _, address := range e.To {
		e.note(address, who)
	}
}

// note adds somebody on the activity, and returns the place of the participant that it is of; 0: of none.
func (e *entry) note(address string, who *roster) (further int) {
	p := who.find(address, e.At)
	switch {
	case p == nil:
	case p.Prospect:
		e.prospect = true
	case who.further(p) > 0:
		further = who.further(p)
		if p.rep() {
			e.others |= 1 << further
		}
		return further
	default:
		side := p.Party.Side
		e.here[side] = true
		if p.rep() {
			e.reps[side] = true
			e.leads[side] = e.leads[side] || who.lead(side, e.At) == p
		}
	}
	return 0
}

// author returns the place of whose activity it is: that of its side, or after both that of a participant.
func (e *entry) author() int {
	if e.further > 0 {
		return int(model.Vendor) + e.further
	}
	return int(e.Side)
}

// by names whose activity it is.
func (e *entry) by(others []model.Participant) string {
	if e.further > 0 {
		return others[e.further-1].Party.String()
	}
	return e.Side.String()
}

// call reports whether it is a meeting or a call, which can be cancelled.
func (e *entry) call() bool { return e.Kind == Meeting || e.Kind == Call }

// outbound reports whether it is a mail of one of the sides to the prospect.
func (e *entry) outbound() bool { return e.Kind == Mail && e.prospect && !e.inbound && !e.foreign }

// interaction reports whether it is a mail, a meeting or a call of the sides with the prospect.
func (e *entry) interaction() bool {
	ofSides := e.further == 0 || e.here[model.Partner] || e.here[model.Vendor]
	return e.prospect && !e.foreign && ofSides && !e.Automatic && (e.Kind == Mail || e.call())
}

// talk reports whether it is a meeting or a call of the two sides without the prospect.
func (e *entry) talk() bool {
	return e.call() && !e.prospect && e.here[model.Partner] && e.here[model.Vendor]
}

// met reports whether it is a meeting or a call of any party with the prospect.
func (e *entry) met() bool { return e.prospect && !e.Automatic && e.call() }

// serves returns the purpose of a call; 0 unless both sides take part, in a sync with a rep each.
func (e *entry) serves() Purpose {
	sides := e.here
	if e.Purpose == Sync {
		sides = e.reps
	}
	if !sides[model.Partner] || !sides[model.Vendor] {
		return 0
	}
	return e.Purpose
}

// knownAt returns when the entry begins to count: at once for a prospect meeting, at its end for a prep or a debrief.
func (e *entry) knownAt() time.Time {
	switch {
	case e.Kind == Meeting && e.prospect:
		return time.Time{}
	case e.Purpose == PrepCall, e.Purpose == DebriefCall:
		return e.over
	default:
		return e.At
	}
}

// byStart orders entries by their starts, then by id.
func byStart(a, b *entry) int {
	if order := a.At.Compare(b.At); order != 0 {
		return order
	}
	return cmp.Compare(a.ID, b.ID)
}

// byOver orders entries by their ends, then by id.
func byOver(a, b *entry) int { return cmp.Or(a.over.Compare(b.over), cmp.Compare(a.ID, b.ID)) }

// insert puts x into a sorted list. Usually it is the last.
func insert(list []*entry, x *entry, order func(a, b *entry) int) []*entry {
	if n := len(list); n == 0 || order(list[n-1], x) <= 0 {
		return append(list, x)
	}
	i, _ := slices.BinarySearchFunc(list, x, order)
	return slices.Insert(list, i, x)
}

// remove takes x out of a sorted list; no other entry has its id.
func remove(list []*entry, x *entry, order func(a, b *entry) int) []*entry {
	if i, found := slices.BinarySearchFunc(list, x, order); found {
		return slices.Delete(list, i, i+1)
	}
	return list
}

// from returns the index of the first entry that is not before t.
func from(list []*entry, t time.Time, when func(*entry) time.Time) int {
	i, _ := slices.BinarySearchFunc(list, t, func(e *entry, t time.Time) int { return when(e).Compare(t) })
	return i
}

func startOf(e *entry) time.Time { return e.At }

func overOf(e *entry) time.Time { return e.over }

// earlier returns the earlier of two entries; the first may be nil.
func earlier(a, b *entry) *entry {
	if a == nil || byStart(b, a) < 0 {
		return b
	}
	return a
}

// sides returns the operands that name the entry's side and the other one.
func (e *entry) sides() []value.Operand {
	return []value.Operand{value.Op("side", e.Side.String()), value.Op("other", e.Side.Other().String())}
}

// title returns the name of the entry in a sentence, in which its id has no place.
func (e *entry) title() string {
	if e.Subject == "" {
		return "without a subject"
	}
	return value.Quote(e.Subject)
}
