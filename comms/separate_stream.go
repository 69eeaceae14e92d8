package comms

import (
	"slices"
	"strings"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// thread is a conversation of mails, linked by message ids or else by subject and people; root follows joins.
type thread struct {
	record
	into     *thread // the thread that this one was joined into
	size     int
	sent     [model.Vendor + 1]int // outbound mails of each side
	together bool                  // an outbound mail had somebody of the other side on it
	first    *entry                // the first outbound mail
	last     *entry                // the last one
	days     []*day                // the day of each outbound mail
	mails    []*entry              // all of them, by start
	few      [4]*entry             // where the first of them are kept
	missed   *missed               // nil while no mail missed anybody
}

// missed holds the mails of a thread that a lead rep missed, and those that end it, by start.
type missed struct {
	mails []*entry
	heard heard // with somebody of each side on them
	led   heard // with the lead rep of each side on them
}

// heard lists mails for each side.
type heard [model.Vendor + 1][]*entry

// after returns the first mail for a side that is not before another one; nil where there is none.
func (h *heard) after(side model.Side, e *entry) *entry {
	for _, m := range h[side][from(h[side], e.At, startOf):] {
		if m != e {
			return m
		}
	}
	return nil
}

// reach adds a mail to its thread, and queues what it ends: the thread, and the earlier mails that somebody on it
// missed.
func (k *known) reach(t *thread, e *entry) {
	if t.mails == nil {
		t.mails = t.few[:0]
	}
	t.mails = insert(t.mails, e, byStart)
	if t.missed != nil {
		k.queue(t)
		k.hear(t.missed, e)
	}
}

// miss adds a mail that a lead rep missed.
func (k *known) miss(t *thread, e *entry) {
	k.look(t)
	t.missed.mails = insert(t.missed.mails, e, byStart)
}

// look makes the lists of a thread that end what a mail broke.
func (k *known) look(t *thread) {
	if t.missed != nil {
		return
	}
	t.missed = &missed{}
	for _, m := range t.mails {
		k.hear(t.missed, m)
	}
}

func (k *known) hear(t *missed, e *entry) {
	for side := range e.here {
		if e.here[side] {
			k.end(t, &t.heard[side], e)
		}
		if e.leads[side] {
			k.end(t, &t.led[side], e)
		}
	}
}

// end adds a mail to a list, and queues the mails that it may end: those back to the mail before it in the list.
func (k *known) end(t *missed, list *[]*entry, e *entry) {
	*list = insert(*list, e, byStart)
	first := 0
	if i, _ := slices.BinarySearchFunc(*list, e, byStart); i > 0 {
		first = from(t.mails, (*list)[i-1].At, startOf)
	}
	for _, m := range t.mails[first:] {
		if m.At.After(e.At) {
			break
		}
		k.queue(m.facts)
	}
}

func (t *thread) root() *thread {
	for t.into != nil {
		if t.into.into != nil {
			t.into = t.into.into // shortens the way for the next call
		}
		t = t.into
	}
	return t
}

// threadOf returns the thread of a message id or a topic.
func (k *known) threadOf(index map[string]*thread, key string) *thread {
	t := index[key]
	if t == nil {
		t = k.allThreads.next()
		t.size = 1
		index[key] = t
	}
	return t.root()
}

// link puts a mail into its thread, and joins the threads that the mail connects.
func (k *known) link(e *entry) {
	e.thread = k.threadOf(k.threads, e.ID)
	for _, id := range e.Refs {
		e.thread = k.join(e.thread, k.threadOf(k.threads, id))
	}
	if len(e.Refs) > 0 {
		return
	}
	if subject := topic(e.Subject); subject != "" {
		e.thread = k.join(e.thread, k.threadOf(k.topics, subject+"\n"+everybody(e)))
	}
}

// everybody lists the people on a mail, its author included.
func everybody(e *entry) string {
	return strings.Join(setOf(append([]string{e.From}, e.To...)), " ")
}

// join joins the smaller of two threads into the larger one, and returns that. Their days are judged again.
func (k *known) join(a, b *thread) *thread {
	if a == b {
		return a
	}
	if a.size < b.size {
		a, b = b, a
	}
	b.into = a
	a.size += b.size
	for _, d := range b.days {
		k.queue(d)
	}
	k.pour(a, b)
	a.days = append(a.days, b.days...)
	if b.first != nil {
		a.sent[model.Partner] += b.sent[model.Partner]
		a.sent[model.Vendor] += b.sent[model.Vendor]
		a.together = a.together || b.together
		a.span(b.first)
		a.span(b.last)
		k.queue(a)
		k.queue(b)
	}
	b.days, b.first, b.last = nil, nil, nil
	return a
}

// pour moves the mails of thread b into thread a.
func (k *known) pour(a, b *thread) {
	if b.missed != nil {
		k.look(a)
		for _, m := range b.missed.mails {
			k.miss(a, m)
			k.queue(m.facts)
		}
	}
	for _, m := range b.mails {
		k.reach(a, m)
	}
	b.mails, b.few, b.missed = nil, [4]*entry{}, nil
}

// span extends the thread to an outbound mail.
func (t *thread) span(e *entry) {
	t.first = earlier(t.first, e)
	if t.last == nil || byStart(t.last, e) < 0 {
		t.last = e
	}
}

// send adds an outbound mail.
func (t *thread) send(e *entry, d *day) {
	t.size++
	t.sent[e.Side]++
	t.together = t.together || e.here[e.Side.Other()]
	t.span(e)
	t.days = append(t.days, d)
}

// judge checks comm.separate_stream, which is broken where only one side writes in a thread and its mails never
// include the other side, until another mail of the thread, such as a forward, reaches it.
func (t *thread) judge(_ *known, v *verdict) {
	partner, vendor := t.sent[model.Partner], t.sent[model.Vendor]
	if t.into != nil || t.together || (partner == 0) == (vendor == 0) {
		return
	}
	evidence := []string{t.first.ID}
	if t.last != t.first {
		evidence = append(evidence, t.last.ID)
	}
	var until time.Time
	if m := t.missed.heard.after(t.first.Side.Other(), t.first); m != nil {
		until = m.At
	}
	v.find(t.first.Side, t.first.At, until, evidence, SeparateStream,
		"the {side} writes to the prospect in a thread of its own, {subject}:"+
			" {count} of {count} mails leave the {other} out",
		append(t.first.sides(), value.Op("subject", t.first.title()), value.Op("count", partner+vendor))...)
}
