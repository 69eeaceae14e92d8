package comms

import (
	"slices"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// subject is what rules are checked on: an activity, a thread, a day, an offer, a time
// of cadence, the key messages. It is judged again only after something about it became
// known or its time came.
type subject interface {
	judge(k *known, v *verdict)
	kept() *record
}

// verdict is what holds of a subject now, and when that changes without new facts.
type verdict struct {
	findings []Finding
	due      []Due
	next     time.Time // zero is never
	stale    bool      // the subject was judged again
}

// at notes an instant at which the verdict may change.
func (v *verdict) at(t time.Time) {
	if v.next.IsZero() || t.Before(v.next) {
		v.next = t
	}
}

// find notes a finding about activities, whose missing the caller may set.
func (v *verdict) find(side model.Side, since, until time.Time, evidence []string, code value.Code, template string, operands ...value.Operand) *Finding {
	reason := value.NewReason(code, template, operands...).At(evidence...)
	v.findings = append(v.findings, Finding{Reason: reason, Side: side, Since: since, Until: until})
	return &v.findings[len(v.findings)-1]
}

// ask notes a due item about activities.
func (v *verdict) ask(side model.Side, at time.Time, evidence []string, code value.Code, template string, operands ...value.Operand) {
	v.due = append(v.due, Due{Reason: value.NewReason(code, template, operands...).At(evidence...), Side: side, At: at})
}

// record is what a subject's last verdict left behind.
type record struct {
	said   *verdict // nil where it said nothing
	queued bool     // waits to be judged
	alarm  time.Time
}

func (r *record) kept() *record { return r }

// queue has a subject judged at the next settlement.
func (k *known) queue(s subject) {
	if r := s.kept(); !r.queued {
		r.queued = true
		k.waiting = append(k.waiting, s)
	}
}

// learn takes up what is known by now, and queues what changes by time alone.
func (k *known) learn() {
	for e, ok := k.arriving.pop(k.now); ok; e, ok = k.arriving.pop(k.now) {
		k.take(e)
	}
	for s, ok := k.alarms.pop(k.now); ok; s, ok = k.alarms.pop(k.now) {
		s.kept().alarm = time.Time{}
		k.queue(s)
	}
}

// settle judges what changed up to now.
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
		k.findings.stale = k.findings.stale || len(said.findings) > 0
		k.due.stale = k.due.stale || len(said.due) > 0
	}
	k.verdict = verdict{}
	s.judge(k, &k.verdict)
	if next := k.verdict.next; !next.IsZero() && !next.Equal(r.alarm) {
		r.alarm = next
		k.alarms.push(next, s)
	}
	if len(k.verdict.findings) > 0 || len(k.verdict.due) > 0 {
		said := k.verdict
		r.said = &said
		k.findings.add(said.findings, r.said)
		k.due.add(said.due, r.said)
	}
}

// term is a duty that ends at an instant, which is still in time.
type term struct {
	code     value.Code
	side     model.Side
	due      time.Time
	done     *entry // what did it; nil while nothing has
	evidence []string
	asks     string // the sentence while there is time
	broken   string // the sentence after it; mended is added where it was done late
	operands []value.Operand
}

// judgeTerm finds out whether a duty was done in time.
func (k *known) judgeTerm(v *verdict, t term) {
	if t.done != nil && !t.done.At.After(t.due) {
		return
	}
	operands := append([]value.Operand{value.Op("due", t.due)}, t.operands...)
	if !k.now.After(t.due) {
		v.ask(t.side, t.due, t.evidence, t.code, t.asks, operands...)
		v.at(t.due.Add(1))
		return
	}
	evidence, template, until := t.evidence, t.broken, time.Time{}
	if t.done != nil {
		until = t.done.At
		template += ", only at {done}"
		operands = append(operands, value.Op("done", until))
		evidence = append(slices.Clip(evidence), t.done.ID)
	}
	v.find(t.side, t.due, until, evidence, t.code, template, operands...)
}
