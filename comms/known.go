package comms

import (
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// known is the part of a log that is known at an instant, laid out so that each
// rule finds what it needs without reading the rest. It only grows: a question
// about an earlier instant starts a new one.
type known struct {
	rules *Rules
	deal  *Deal
	who   *roster
	now   time.Time

	alarms   heap[subject]
	waiting  []subject
	findings board[Finding]
	due      board[Due]

	facts    map[string]*facts          // by the id that they are about
	threads  map[string]*thread         // by message id
	topics   map[string]*thread         // by subject and people
	days     map[value.Date]*day        // outbound mails
	offers   map[Offer]*offer           // by what is compared, without the price
	contacts [model.Vendor + 1][]*entry // interactions that the other side did not see, by when they were over
	words    [model.Vendor + 1][]*entry // notifications that name no interaction, by instant
	met      []*entry                   // meetings with the prospect, by start
	preps    []*entry                   // preps that name no meeting, by when they were over
	debriefs []*entry                   // debriefs that name no meeting, by start
	syncs    []*entry                   // by start
	cadence  []*tail
	message  *message
}

// facts is what is known about one activity, logged or not yet.
type facts struct {
	entry     *entry // the activity, once it counts and something may concern it
	cancelled bool
	answer    *entry                   // the first answer
	word      *entry                   // the first notification that names it
	copies    [model.Vendor + 1]*entry // the first copy in each side's CRM
	preps     []*entry                 // the preps that name it
	debriefs  []*entry                 // the debriefs that name it

	contact  *contact
	meeting  *meeting
	question *question
	note     *note
	gap      *gap
}

func newKnown(r *Rules, d *Deal, who *roster) *known {
	k := &known{
		rules: r, deal: d, who: who,
		facts: map[string]*facts{}, threads: map[string]*thread{}, topics: map[string]*thread{},
		days: map[value.Date]*day{}, offers: map[Offer]*offer{},
		message:  &message{},
		findings: board[Finding]{order: Finding.compare}, due: board[Due]{order: Due.compare},
	}
	k.queue(k.message)
	for _, s := range d.stretches() {
		t := &tail{stretch: s}
		k.cadence = append(k.cadence, t)
		k.queue(t)
	}
	return k
}

// about returns the facts about an id.
func (k *known) about(id string) *facts {
	f := k.facts[id]
	if f == nil {
		f = &facts{}
		k.facts[id] = f
	}
	return f
}

// take lays out one entry that became known.
func (k *known) take(e *entry) {
	switch e.Kind {
	case Mail:
		k.takeMail(e)
	case Meeting, Call:
		k.takeCall(e)
	case Note:
		k.takeNote(e)
	case Question:
		k.takeQuestion(e)
	case Answer:
		k.takeAnswer(e)
	case Quote:
		k.takeQuote(e)
	case Notification:
		k.takeWord(e)
	case Cancellation:
		for _, id := range e.About {
			k.cancel(k.about(id))
		}
	}
}

// judged reports whether the rules on single events hold at the instant of an
// entry: from the opening on and before the end.
func (k *known) judged(e *entry) bool {
	return !e.At.Before(k.deal.Opened) && !k.deal.over(e.At, k.now)
}

// takeCall lays out a meeting or a call, unless it was cancelled.
func (k *known) takeCall(e *entry) {
	if f := k.facts[e.ID]; f != nil && f.cancelled {
		return
	}
	if e.interaction() {
		k.takeContact(e)
		if e.Kind == Meeting {
			k.takeMeeting(e)
		}
		return
	}
	switch e.serves() {
	case Sync:
		k.about(e.ID).entry = e
		k.takeSync(e)
	case Prep:
		k.about(e.ID).entry = e
		k.takePrep(e)
	case Debrief:
		k.about(e.ID).entry = e
		k.takeDebrief(e)
	}
}

// cancel takes a meeting or a call back out; what is no such thing stays.
func (k *known) cancel(f *facts) {
	if f.cancelled {
		return
	}
	f.cancelled = true
	e := f.entry
	if e == nil || e.Kind != Meeting && e.Kind != Call {
		return
	}
	if e.interaction() {
		k.dropContact(f)
		if e.Kind == Meeting {
			k.dropMeeting(f)
		}
		return
	}
	switch e.Purpose {
	case Sync:
		k.dropSync(f)
	case Prep:
		k.dropPrep(e)
	case Debrief:
		k.dropDebrief(e)
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
		v.due = append(v.due, due(t.side, t.due, t.evidence, t.code, t.asks, operands...))
		v.at(t.due.Add(1))
		return
	}
	evidence, template, until := t.evidence, t.broken, time.Time{}
	if t.done != nil {
		until = t.done.At
		template += ", only at {done}"
		operands = append(operands, value.Op("done", until))
		evidence = append(evidence[:len(evidence):len(evidence)], t.done.ID)
	}
	v.find(finding(t.side, t.due, until, evidence, t.code, template, operands...))
}
