package comms

import (
	"strings"
	"time"

	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// queueMeetings queues everything that a meeting changes: itself, the meetings before and
// after it, as calls that name no meeting belong to the nearest one, and the agreement on
// key messages, which is due before the first of all.
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

// queueServed queues the meetings that a prep or a debrief serves: those that it names, or
// else the next ones after a prep and the last ones before a debrief.
func (k *known) queueServed(e *entry) {
	for _, id := range e.About {
		k.queue(k.about(id))
	}
	switch {
	case len(e.About) > 0:
	case e.Purpose == Prep:
		k.queueGroup(from(k.met, e.over, startOf))
	default:
		k.queueBefore(from(k.met, e.At.Add(1), startOf))
	}
}

// served reports whether the entry is a meeting that needs a prep and a debrief.
func (k *known) served(e *entry) bool {
	return e.Kind == Meeting && e.prospect && k.deal.Size != model.Simplified
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
		value.Op("lacks", strings.Join(missing, ", "))}, operands...)
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
