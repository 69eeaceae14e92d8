package comms

import (
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// counts reports whether a rule is about an activity of a participant: what it writes to the prospect and quotes, a
// meeting that it holds, which the sides may be at, and a cancellation. Its other activities are between it and those
// who are on them.
func (e *entry) counts() bool {
	switch e.Kind {
	case Mail, Quote, Meeting, Call, Cancellation:
		return true
	}
	return false
}

// takeOutreach indexes a mail of a participant to the prospect.
func (k *known) takeOutreach(e *entry) {
	d := k.day(e)
	d.mails = insert(d.mails, e, byStart)
	k.queue(d)
	t := e.thread.root()
	t.days = append(t.days, d)
	k.concern(e)
}

// outside checks party.outside: a participant that is not in front of the prospect does not write to it.
func (k *known) outside(v *verdict, e *entry) {
	if e.further == 0 || e.Kind != Mail || k.deal.Others[e.further-1].Front {
		return
	}
	v.find(model.Partner, e.At, time.Time{}, []string{e.ID}, codeOutside,
		"{party} wrote to the prospect, {subject}, and is not in front of it",
		value.Op("party", e.by(k.deal.Others)), value.Op("subject", e.title()))
}
