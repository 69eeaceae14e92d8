package comms

import "github.com/coselling/coselling/value"

// contact is a prospect interaction in which the other side took no part.
type contact struct {
	record
	entry *entry
	facts *facts
}

// takeContact lays out an interaction, unless the other side took part.
func (k *known) takeContact(e *entry) {
	together := e.here[e.Side.Other()]
	if together && e.Kind == Mail {
		return // nothing more can concern it: a mail is not cancelled
	}
	f := k.about(e.ID)
	f.entry = e
	if together {
		return
	}
	f.contact = &contact{entry: e, facts: f}
	k.contacts[e.Side] = insert(k.contacts[e.Side], e, byOver)
	k.queue(f.contact)
}

func (k *known) dropContact(f *facts) {
	if f.contact == nil {
		return
	}
	k.contacts[f.entry.Side] = remove(k.contacts[f.entry.Side], f.entry, byOver)
	k.retire(f.contact)
	f.contact = nil
}

// takeWord lays out a notification. One that names nothing tells of every
// interaction of its side that ended shortly before.
func (k *known) takeWord(e *entry) {
	for _, id := range e.About {
		f := k.about(id)
		f.word = earlier(f.word, e)
		if f.contact != nil {
			k.queue(f.contact)
		}
	}
	if len(e.About) > 0 {
		return
	}
	k.words[e.Side] = insert(k.words[e.Side], e, byStart)
	list := k.contacts[e.Side]
	for i := from(list, e.At.Add(-k.rules.policy.NotifyWithin), overOf); i < len(list) && !list[i].over.After(e.At); i++ {
		k.queue(k.facts[list[i].ID].contact)
	}
}

// judge checks comm.notify.
func (c *contact) judge(k *known) verdict {
	var v verdict
	e := c.entry
	if !k.judged(e) {
		return v
	}
	if k.now.Before(e.over) {
		v.at(e.over)
		return v
	}
	end := e.over.Add(k.rules.policy.NotifyWithin)
	word := c.facts.word
	words := k.words[e.Side]
	if i := from(words, e.over, startOf); i < len(words) && !words[i].At.After(end) {
		word = earlier(word, words[i])
	}
	k.judgeTerm(&v, term{
		code: Notify, side: e.Side, due: end, done: word, evidence: []string{e.ID},
		asks:   "the {side} tells the {other} of its {kind} with the prospect by {due}",
		broken: "the {side} did not tell the {other} of its {kind} with the prospect by {due}",
		operands: []value.Operand{value.Op("side", e.Side.String()), value.Op("other", e.Side.Other().String()),
			value.Op("kind", e.Kind.String())},
	})
	return v
}
