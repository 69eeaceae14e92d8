package comms

import (
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// known indexes the part of a log that is known at an instant. It only grows: an earlier instant needs a new one.
type known struct {
	rules *Rules
	deal  *Facts
	who   *roster
	now   time.Time
	held  []value.Pause // the holds known by now
	turns time.Time     // when the next hold begins or ends; zero: never

	arriving heap[*entry] // not known yet, by the instants from which on they count
	alarms   heap[subject]
	waiting  []subject
	verdict  verdict // of the subject that is being judged
	findings board[Finding]
	due      board[Due]

	facts    map[string]*facts          // by the id of their activity
	threads  map[string]*thread         // by message id
	topics   map[string]*thread         // by subject and people
	days     map[value.Date]*day        // outbound mails
	offers   map[Offer]*offer           // by folded item, quantity and months
	items    map[string]*item           // by folded name
	priced   sides                      // the side quoted something
	contacts [model.Vendor + 1][]*entry // interactions without the other side, by their ends
	words    [model.Vendor + 1][]*entry // what tells of interactions without naming any, by end
	met      []*entry                   // meetings with the prospect, by start
	serving  calls                      // preps and debriefs that name no meeting
	syncs    []*entry                   // by start
	cadence  []*stretch
	message  message

	allFacts   slab[facts]
	allThreads slab[thread]
}

// facts holds the known facts about one activity, which may not be logged yet.
type facts struct {
	record
	entry     *entry // the activity; nil until it counts, or where no rule may concern it
	cancelled bool
	answer    *entry                   // the first answer
	word      *entry                   // the first notification or shared note that names it
	copies    [model.Vendor + 1]*entry // the first copy in each side's CRM
	serving   calls                    // the preps and debriefs that name it
}

// calls holds preps sorted by their ends, and debriefs sorted by their starts.
type calls struct{ preps, debriefs []*entry }

// edit inserts an entry into a sorted list, or removes it.
type edit func(list []*entry, e *entry, order func(a, b *entry) int) []*entry

func (c *calls) edit(e *entry, edit edit) {
	if e.Purpose == PrepCall {
		c.preps = edit(c.preps, e, byOver)
	} else {
		c.debriefs = edit(c.debriefs, e, byStart)
	}
}

func newKnown(r *Rules, d *Facts, who *roster) *known {
	k := &known{
		rules: r, deal: d, who: who,
		facts: map[string]*facts{}, threads: map[string]*thread{}, topics: map[string]*thread{},
		days: map[value.Date]*day{}, offers: map[Offer]*offer{}, items: map[string]*item{},
		findings: board[Finding]{order: (*Finding).compare}, due: board[Due]{order: (*Due).compare},
		cadence: d.stretches(),
	}
	k.queue(&k.message)
	for _, s := range k.cadence {
		k.queue(s)
	}
	return k
}

// about returns the facts about the activity of an id.
func (k *known) about(id string) *facts {
	f := k.facts[id]
	if f == nil {
		f = k.allFacts.next()
		k.facts[id] = f
	}
	return f
}

// take indexes an entry that became known.
func (k *known) take(e *entry) {
	if e.Automatic || e.further > 0 && !e.counts() {
		return
	}
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

// concern queues an activity for the rules on single activities.
func (k *known) concern(e *entry) {
	e.facts = k.about(e.ID)
	e.facts.entry = e
	k.queue(e.facts)
}

// name queues the activities that an entry names, and keeps the entry where it is the first that names them.
func (k *known) name(e *entry, first func(*facts) **entry) {
	for _, id := range e.About {
		f := k.about(id)
		p := first(f)
		*p = earlier(*p, e)
		k.queue(f)
	}
}

// takeMail puts a mail into its thread and, where the prospect is on it, into the indexes.
func (k *known) takeMail(e *entry) {
	k.link(e)
	k.reach(e.thread.root(), e)
	switch {
	case !e.prospect || !k.judged(e):
		return
	case e.further > 0:
		k.takeOutreach(e)
		return
	case e.foreign:
		return
	}
	if !e.leads[model.Partner] || !e.leads[model.Vendor] { // otherwise it alone breaks no rule
		k.concern(e)
		k.place(e, insert)
		k.miss(e.thread.root(), e)
	}
	if e.outbound() {
		d := k.day(e)
		d.mails = insert(d.mails, e, byStart)
		k.queue(d)
		e.thread.send(e, d)
		k.queue(e.thread)
	}
}

// takeCall indexes a meeting or a call, unless it was cancelled.
func (k *known) takeCall(e *entry) {
	if f := k.facts[e.ID]; f != nil && f.cancelled || !e.interaction() && e.serves() == 0 && !e.talk() {
		return
	}
	k.concern(e)
	k.place(e, insert)
}

// cancel removes a meeting or a call from the indexes. Other activities stay.
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

// place inserts an entry into the lists in which rules on other activities look, or removes it.
func (k *known) place(e *entry, edit edit) {
	if e.talk() {
		k.tell(model.Partner, e, edit)
		k.tell(model.Vendor, e, edit)
	}
	switch {
	case e.interaction():
		if !e.here[e.Side.Other()] {
			k.contacts[e.Side] = edit(k.contacts[e.Side], e, byOver)
		}
		if e.Kind == Meeting {
			k.met = edit(k.met, e, byStart)
			k.queueMeetings(e)
		}
	case e.serves() == 0:
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

// judged reports whether an entry is between the opening and the end of the deal.
func (k *known) judged(e *entry) bool {
	return !e.At.Before(k.deal.Opened) && !k.deal.over(e.At, k.now)
}

// judge applies the rules on single activities. A rule ignores activities of other kinds.
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
		k.outside(v, e)
		k.notify(v, f)
		k.prep(v, f)
		k.debrief(v, f)
		k.weeklySync(v, e)
	}
}

// slab allocates values of one type in blocks, for many small values that live as long as their log.
type slab[T any] struct{ free []T }

const slabSize = 16

func (s *slab[T]) next() *T {
	if len(s.free) == 0 {
		s.free = make([]T, slabSize)
	}
	p := &s.free[0]
	s.free = s.free[1:]
	return p
}
