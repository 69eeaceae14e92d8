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

	arriving heap[*entry] // not known yet, by when they count
	alarms   heap[subject]
	waiting  []subject
	verdict  verdict // that of the subject which is being judged
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
	serving  calls                      // preps and debriefs that name no meeting
	syncs    []*entry                   // by start
	cadence  []*stretch
	message  message

	allFacts   slab[facts]
	allThreads slab[thread]
}

// facts is what is known about one activity, logged or not yet.
type facts struct {
	record
	entry     *entry // the activity, once it counts and a rule may concern it
	cancelled bool
	answer    *entry                   // the first answer
	word      *entry                   // the first notification that names it
	copies    [model.Vendor + 1]*entry // the first copy in each side's CRM
	serving   calls                    // the preps and debriefs that name it
}

// calls are preps, by when they were over, and debriefs, by start.
type calls struct{ preps, debriefs []*entry }

// edit puts an entry into a sorted list, or takes it out.
type edit func(list []*entry, e *entry, order func(a, b *entry) int) []*entry

func (c *calls) edit(e *entry, edit edit) {
	if e.Purpose == Prep {
		c.preps = edit(c.preps, e, byOver)
	} else {
		c.debriefs = edit(c.debriefs, e, byStart)
	}
}

func newKnown(r *Rules, d *Deal, who *roster) *known {
	k := &known{
		rules: r, deal: d, who: who,
		facts: map[string]*facts{}, threads: map[string]*thread{}, topics: map[string]*thread{},
		days: map[value.Date]*day{}, offers: map[Offer]*offer{},
		findings: board[Finding]{order: (*Finding).compare}, due: board[Due]{order: (*Due).compare},
		cadence: d.stretches(),
	}
	k.queue(&k.message)
	for _, s := range k.cadence {
		k.queue(s)
	}
	return k
}

// about returns the facts about an id.
func (k *known) about(id string) *facts {
	f := k.facts[id]
	if f == nil {
		f = k.allFacts.next()
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
		k.concern(e)
	case Answer:
		k.name(e, func(f *facts) **entry { return &f.answer })
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

// concern has an activity judged by the rules on single activities.
func (k *known) concern(e *entry) {
	e.facts = k.about(e.ID)
	e.facts.entry = e
	k.queue(e.facts)
}

// name has the activities that an entry names judged again, of which it may be the
// first that does something.
func (k *known) name(e *entry, first func(*facts) **entry) {
	for _, id := range e.About {
		f := k.about(id)
		p := first(f)
		*p = earlier(*p, e)
		k.queue(f)
	}
}

// takeMail lays out a mail: its thread, and for mails with the prospect what the rules
// look at.
func (k *known) takeMail(e *entry) {
	k.link(e)
	if !e.prospect || !k.judged(e) {
		return
	}
	if !e.leads[model.Partner] || !e.leads[model.Vendor] { // else nothing can be wrong with it alone
		k.concern(e)
		k.place(e, insert)
	}
	if e.outbound() {
		d := k.day(e)
		d.mails = insert(d.mails, e, byStart)
		k.queue(d)
		e.thread.send(e, d)
		k.queue(e.thread)
	}
}

// takeCall lays out a meeting or a call, unless it was cancelled.
func (k *known) takeCall(e *entry) {
	if f := k.facts[e.ID]; f != nil && f.cancelled || !e.interaction() && e.serves() == 0 {
		return
	}
	k.concern(e)
	k.place(e, insert)
}

// cancel takes a meeting or a call back out; what is no such thing stays.
func (k *known) cancel(f *facts) {
	if f.cancelled {
		return
	}
	f.cancelled = true
	if f.entry != nil && f.entry.call() {
		k.place(f.entry, remove)
		k.queue(f)
	}
}

// place puts what takes place where the rules on others look for it, or takes it out.
func (k *known) place(e *entry, edit edit) {
	switch {
	case e.interaction():
		if !e.here[e.Side.Other()] {
			k.contacts[e.Side] = edit(k.contacts[e.Side], e, byOver)
		}
		if e.Kind == Meeting {
			k.met = edit(k.met, e, byStart)
			k.queueMeetings(e)
		}
	case e.serves() == Sync:
		k.syncs = edit(k.syncs, e, byStart)
		k.queueSyncs(e)
	default:
		for _, id := range e.About {
			k.about(id).serving.edit(e, edit)
		}
		if len(e.About) == 0 {
			k.serving.edit(e, edit)
		}
		k.queueServed(e)
	}
}

// judged reports whether the rules on single events hold at the instant of an
// entry: from the opening on and before the end.
func (k *known) judged(e *entry) bool {
	return !e.At.Before(k.deal.Opened) && !k.deal.over(e.At, k.now)
}

// judge asks the rules on single activities; each is silent on those that do not concern it.
func (f *facts) judge(k *known, v *verdict) {
	e := f.entry
	if e == nil || f.cancelled && e.call() || !k.judged(e) {
		return
	}
	switch e.Kind {
	case Note:
		k.sharedNotes(v, f)
	case Question:
		k.response(v, f)
	default:
		k.singleThread(v, e)
		k.notify(v, f)
		k.prep(v, f)
		k.debrief(v, f)
		k.weeklySync(v, e)
	}
}
