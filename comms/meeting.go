package comms

import (
	"strings"
	"time"

	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// queueMeetings has what a meeting changes judged again: itself, those beside it,
// between which calls that name no meeting are divided, and the first of all.
func (k *known) queueMeetings(e *entry) {
	k.queue(&k.message)
	k.queueGroup(from(k.met, e.At, startOf))
	k.queueGroup(from(k.met, e.At.Add(1), startOf))
	k.queueBefore(from(k.met, e.At, startOf))
}

// queueGroup has the meetings judged again that start with the i-th one.
func (k *known) queueGroup(i int) {
	for j := i; j < len(k.met) && k.met[j].At.Equal(k.met[i].At); j++ {
		k.queue(k.met[j].facts)
	}
}

// queueBefore has the last meetings judged again that start before the i-th one.
func (k *known) queueBefore(i int) {
	if i > 0 {
		k.queueGroup(from(k.met, k.met[i-1].At, startOf))
	}
}

// queueServed has the meetings judged again that a prep or a debrief serves: those that
// it names, else the next ones after a prep, the last ones before a debrief.
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

// served reports whether the entry is a meeting for which the playbook asks for a prep
// and a debrief.
func (k *known) served(e *entry) bool {
	return e.Kind == Meeting && e.prospect && k.deal.Size != model.Simplified
}

// demand is what a meeting asks of the preps or the debriefs that serve it.
type demand struct {
	code   value.Code
	by     time.Time     // when it is broken
	done   time.Time     // when it was met after all; zero where it was not
	length time.Duration // advice for planning
	open   parts         // what is missing by then
	calls  []*entry      // in time
	asks   string        // the sentence while there is time
	none   string        // the sentence after it where nothing was held
	some   string        // the sentence after it where what was held does not cover all
}

// judgeDemand finds out whether a meeting was served in time.
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
