package comms

import "github.com/coselling/coselling/value"

// takeWord indexes a notification. One that names no interaction counts for every one of
// its side that ended within the policy's time before it.
func (k *known) takeWord(e *entry) {
	k.name(e, func(f *facts) **entry { return &f.word })
	if len(e.About) > 0 {
		return
	}
	k.words[e.Side] = insert(k.words[e.Side], e, byStart)
	list := k.contacts[e.Side]
	first, end := from(list, e.At.Add(-k.rules.policy.NotifyWithin), overOf), from(list, e.At.Add(1), overOf)
	for _, contact := range list[first:end] {
		k.queue(contact.facts)
	}
}

// notify checks comm.notify: the other side takes part in an interaction with the
// prospect, or hears of it in time.
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
