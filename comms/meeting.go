package comms

import (
	"slices"
	"strings"
	"time"

	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// queueMeetings queues what a meeting changes: itself, its neighbours, whose calls may move, and the key messages.
func (k *known) queueMeetings(e *entry) {
	k.queue(&k.message)
	k.queueGroup(from(k.met, e.At, startOf))
	k.queueGroup(from(k.met, e.At.Add(1), startOf))
	k.queueBefore(from(k.met, e.At, startOf))
}

// queueGroup queues the i-th meeting and those that start at the same instant.
func (k *known) queueGroup(i int) {
	for j := i; j < len(k.met) && k.met[j].At.Equal(k.met[i].At); j++ {
		k.queue(k.met[j].facts)
	}
}

// queueBefore queues the last meetings that start before the i-th one.
func (k *known) queueBefore(i int) {
	if i > 0 {
		k.queueGroup(from(k.met, k.met[i-1].At, startOf))
	}
}

// queueServed queues the meetings that a call names, or else the next after a prep and the last before a debrief.
func (k *known) queueServed(e *entry) {
	for _, id := range e.About {
		k.queue(k.about(id))
	}
	switch {
	case len(e.About) > 0:
	case e.Purpose == PrepCall:
		k.queueGroup(from(k.met, e.over, startOf))
	default:
		k.queueBefore(from(k.met, e.At.Add(1), startOf))
	}
}

// served reports whether the entry is a meeting that needs a prep and a debrief, on the playbook that is in force when
// it starts, as far as that is known.
func (k *known) served(v *verdict, e *entry) bool {
	size := k.deal.Size
	for _, at := range k.deal.Resized {
		if at.After(e.At) {
			break
		}
		if at.After(k.now) {
			v.at(at)
			break
		}
		size = model.Standard + model.Simplified - size
	}
	return e.Kind == Meeting && e.prospect && size != model.Simplified
}

// demand is the duty to hold preps or debriefs for a meeting.
type demand struct {
	code   value.Code
	by     time.Time     // from when on it is broken
	done   time.Time     // when it was met after all; zero: not yet
	length time.Duration // advice for planning
	open   parts         // not covered by then
	calls  []*entry      // those that were in time
	asks   string        // the sentence while there is time
	none   string        // the sentence after it, without any call
	some   string        // the sentence after it, where the calls did not cover all parts
}

// judgeDemand judges whether the calls for a meeting covered all parts in time.
func (k *known) judgeDemand(v *verdict, e *entry, d demand, operands ...value.Operand) {
	if d.open == 0 {
		return
	}
	missing, evidence := d.open.names(), []string{e.ID}
	for _, call := range d.calls {
		evidence = append(evidence, call.ID)
	}
	operands = append([]value.Operand{value.Op("subject", e.title()), value.Op("start", e.At),
		value.Op("missing", value.Word(strings.Join(missing, ", ")))}, operands...)
	if k.now.Before(d.by) {
		v.ask(0, d.by, evidence, d.code, d.asks, append(operands, value.Op("length", wire.FormatDuration(d.length)))...)
		v.at(d.by)
		return
	}
	template := d.none
	if len(d.calls) > 0 {
		template = d.some
	}
	v.find(0, d.by, d.done, evidence, d.code, template, operands...).missing = missing
}

// prepsOf returns the preps before a meeting: those that name it, and unnamed ones since the meeting before it.
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
	if !k.served(v, e) {
		return
	}
	open, list := partsOf[PrepCall], k.prepsOf(f)
	for _, p := range list {
		open &^= covered(p.Covers)
	}
	k.judgeDemand(v, e, demand{
		code: Prep, by: e.At, length: k.rules.policy.PrepLength, open: open, calls: list,
		asks: "both sides prepare the meeting {subject} before it starts at {start}, in {length}: {missing}",
		none: "the meeting {subject} of {start} had no prep",
		some: "the prep of the meeting {subject} of {start} did not cover {missing}",
	})
}

// debriefsOf returns the debriefs after a meeting, by end: those that name it, and unnamed ones before the next.
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
	if !k.served(v, e) {
		return
	}
	if k.now.Before(e.over) {
		v.at(e.over)
		return
	}
	k.turn(v)
	end := k.within(value.BusinessDays(k.rules.policy.DebriefDays), e.over, 0)
	if end.IsZero() {
		return
	}
	open, inTime, done := partsOf[DebriefCall], []*entry(nil), time.Time{}
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
		code: Debrief, by: end, done: done, length: k.rules.policy.DebriefLength, open: open, calls: inTime,
		asks: "both sides debrief the meeting {subject} by {due}, in {length}: {missing}",
		none: "the meeting {subject} of {start} had no debrief by {due}",
		some: "the debrief of the meeting {subject} of {start} did not cover {missing} by {due}",
	}, value.Op("due", value.End(end)))
}

// message is the subject of comm.one_message, of which a deal has one.
type message struct{ record }

// judge checks comm.one_message: both sides agree on the key messages before the first prospect meeting starts.
func (*message) judge(k *known, v *verdict) {
	i := from(k.met, k.deal.Opened, startOf)
	if i == len(k.met) || !k.judged(k.met[i]) {
		return
	}
	first, agreed := k.met[i], k.deal.Agreed
	if agreed.After(k.now) {
		v.at(agreed)
		agreed = time.Time{}
	}
	evidence := []string{first.ID}
	operands := []value.Operand{value.Op("subject", first.title()), value.Op("start", first.At)}
	switch {
	case !agreed.IsZero() && !agreed.After(first.At):
	case k.now.Before(first.At):
		v.ask(0, first.At, evidence, OneMessage,
			"both sides agree on the key messages in the shared deal plan"+
				" before the first meeting {subject} of {start}", operands...)
		v.at(first.At)
	default:
		template := "no key messages were agreed before the first meeting {subject} of {start}"
		if !agreed.IsZero() {
			template += ", only on {agreed}"
			operands = append(operands, value.Op("agreed", agreed))
		}
		v.find(0, first.At, agreed, evidence, OneMessage, template, operands...)
	}
}
