package comms

import (
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// subject is something that a rule judges, such as an activity, a thread or a day: after a new fact, or at its alarm.
type subject interface {
	judge(k *known, v *verdict)
	kept() *record
}

// verdict holds the findings and due items of a subject, and when they change by time.
type verdict struct {
	findings []Finding
	due      []Due
	next     time.Time // zero: never
	stale    bool      // a later verdict replaced this one
}

// at asks for another verdict at an instant.
func (v *verdict) at(t time.Time) {
	if v.next.IsZero() || t.Before(v.next) {
		v.next = t
	}
}

// find adds a finding about activities, in which the caller may set missing.
func (v *verdict) find(side model.Side, since, until time.Time, evidence []string, code value.Code, template string,
	operands ...value.Operand) *Finding {
	reason := value.NewReason(code, template, operands...).At(evidence...)
	v.findings = append(v.findings, Finding{Reason: reason, Side: side, Since: since, Until: until})
	return &v.findings[len(v.findings)-1]
}

// ask adds a due item about activities.
func (v *verdict) ask(side model.Side, at time.Time, evidence []string, code value.Code, template string,
	operands ...value.Operand) {
	v.due = append(v.due, Due{Reason: value.NewReason(code, template, operands...).At(evidence...), Side: side, At: at})
}

// record holds what is kept of a subject between its verdicts.
type record struct {
	said   *verdict // the last one; nil where it was empty
	queued bool     // it waits to be judged
	alarm  time.Time
}

func (r *record) kept() *record { return r }

// queue puts a subject among those that settle judges.
func (k *known) queue(s subject) {
	if r := s.kept(); !r.queued {
		r.queued = true
		k.waiting = append(k.waiting, s)
	}
}

// learn takes the entries that are known by now, and queues the subjects whose time came.
func (k *known) learn() {
	for e, ok := k.arriving.pop(k.now); ok; e, ok = k.arriving.pop(k.now) {
		k.take(e)
	}
	for s, ok := k.alarms.pop(k.now); ok; s, ok = k.alarms.pop(k.now) {
		s.kept().alarm = time.Time{}
		k.queue(s)
	}
}

// settle judges all subjects that changed up to now.
func (k *known) settle() {
	k.learn()
	for _, s := range k.waiting {
		k.rejudge(s)
	}
	clear(k.waiting)
	k.waiting = k.waiting[:0]
	k.findings.settle()
	k.due.settle()
}

func (k *known) rejudge(s subject) {
	r := s.kept()
	r.queued = false
	if said := r.said; said != nil {
		r.said, said.stale = nil, true
		k.findings.stale = k.findings.stale || said.findings != nil
		k.due.stale = k.due.stale || said.due != nil
	}
	k.verdict = verdict{}
	s.judge(k, &k.verdict)
	if next := k.verdict.next; !next.IsZero() && !next.Equal(r.alarm) {
		r.alarm = next
		k.alarms.push(next, s)
	}
	if k.verdict.findings != nil || k.verdict.due != nil {
		said := k.verdict
		r.said = &said
		k.findings.add(said.findings, r.said)
		k.due.add(said.due, r.said)
	}
}
