package comms

import "github.com/coselling/coselling/value"

// takeWord lays out a notification. One that names nothing tells of every
// interaction of its side that ended shortly before.
func (k *known) takeWord(e *entry) {
	k.name(e, func(f *facts) **entry { return &f.word })
	if len(e.About) > 0 {
		return
	}
	k.words[e.Side] = insert(k.words[e.Side], e, byStart)
	list := k.contacts[e.Side]
	for _, told := range list[from(list, e.At.Add(-k.rules.policy.NotifyWithin), overOf):from(list, e.At.Add(1), overOf)] {
		k.queue(told.facts)
	}
}

// notify checks comm.notify: the other side took part in an interaction with the
// prospect, or gets word of it in time.
func (k *known) notify(v *verdict, f *facts) {
	e := f.entry
	if !e.interaction() || e.here[e.Side.Other()] {
		return
	}
	if k.now.Before(e.over) {
		v.at(e.over)
		return
	}
	end, word := e.over.Add(k.rules.policy.NotifyWithin), f.word
	words := k.words[e.Side]
	if i := from(words, e.over, startOf); i < len(words) && !words[i].At.After(end) {
		word = earlier(word, words[i])
	}
	k.judgeTerm(v, term{
		code: Notify, side: e.Side, due: end, done: word, evidence: []string{e.ID},
		asks:     "the {side} tells the {other} of its {kind} with the prospect by {due}",
		broken:   "the {side} did not tell the {other} of its {kind} with the prospect by {due}",
		operands: append(e.sides(), value.Op("kind", e.Kind.String())),
	})
}
