package comms

import "time"

// subject is one thing that rules are checked on: a question, a thread, a day. It
// is judged anew only after a fact about it became known or its time came.
type subject interface {
	judge(k *known) verdict
	kept() *record
}

// verdict is what holds of a subject now, and when that changes without new facts.
type verdict struct {
	findings []Finding
	due      []Due
	next     time.Time // zero is never
}

// at notes an instant at which the verdict may change.
func (v *verdict) at(t time.Time) {
	if v.next.IsZero() || t.Before(v.next) {
		v.next = t
	}
}

func (v *verdict) find(f Finding) { v.findings = append(v.findings, f) }

// record is what a subject's last verdict left behind.
type record struct {
	writes int  // how often it was judged
	found  int  // findings of the last verdict
	asked  int  // due items of the last verdict
	queued bool // waits to be judged
	gone   bool // is judged no more
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

// retire takes back what a subject said, for good.
func (k *known) retire(s subject) {
	s.kept().gone = true
	k.queue(s)
}

// settle judges what changed up to now.
func (k *known) settle() {
	for s, ok := k.alarms.pop(k.now); ok; s, ok = k.alarms.pop(k.now) {
		s.kept().alarm = time.Time{}
		k.queue(s)
	}
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
	k.findings.stale += r.found
	k.due.stale += r.asked
	r.writes++
	var v verdict
	if !r.gone {
		v = s.judge(k)
	}
	r.found, r.asked = len(v.findings), len(v.due)
	k.findings.add(v.findings, r)
	k.due.add(v.due, r)
	if !v.next.IsZero() && !v.next.Equal(r.alarm) {
		r.alarm = v.next
		k.alarms.push(v.next, s)
	}
}
