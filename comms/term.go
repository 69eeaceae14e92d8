package comms

import (
	"slices"
	"sort"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// term is a duty that is in time up to and including an instant.
type term struct {
	code     value.Code
	side     model.Side
	due      time.Time // zero: the hold that is under way stops it
	done     *entry    // the entry that did it; nil while there is none
	evidence []string
	asks     string // the sentence while there is time
	broken   string // the sentence after it
	operands []value.Operand
}

// judgeTerm judges whether a duty was done in time.
func (k *known) judgeTerm(v *verdict, t term) {
	if t.done != nil && k.by(t.done.At, t.due) {
		return
	}
	k.turn(v)
	if t.due.IsZero() {
		return
	}
	operands := append([]value.Operand{value.Op("due", value.End(t.due))}, t.operands...)
	if !k.now.After(t.due) {
		v.ask(t.side, t.due, t.evidence, t.code, t.asks, operands...)
		v.at(t.due.Add(1))
		return
	}
	evidence, template, until := t.evidence, t.broken, time.Time{}
	if t.done != nil {
		until = t.done.At
		template += ", only on {done}"
		operands = append(operands, value.Op("done", until))
		evidence = append(slices.Clip(evidence), t.done.ID)
	}
	v.find(t.side, t.due, until, evidence, t.code, template, operands...)
}

// within returns the end of a term of what a side owes alone, or both (0); the holds known by now do not count. It is
// zero while one of them stops it.
func (k *known) within(t value.Term, start time.Time, side model.Side) time.Time {
	end, _ := k.rules.workplace.Of(int(side)).End(start, t, k.held...) // an error: it would end after the last year
	return end
}

// by reports whether an instant is not after the end of a term.
func (k *known) by(at, end time.Time) bool { return end.IsZero() || !at.After(end) }

// hold sets the holds that are known by now: one that is under way has no end yet.
func (k *known) hold() {
	list := k.deal.Holds
	known := 0
	for known < len(list) && !list[known].From.After(k.now) {
		known++
	}
	k.held, k.turns = list[:known], time.Time{}
	if known < len(list) {
		k.turns = list[known].From
	}
	if known > 0 && list[known-1].Until.After(k.now) {
		k.turns = list[known-1].Until
		k.held = slices.Clone(k.held)
		k.held[known-1].Until = time.Time{}
	}
}

// turn asks for another verdict when the next hold begins or ends.
func (k *known) turn(v *verdict) {
	if !k.turns.IsZero() {
		v.at(k.turns)
	}
}

// takeWord indexes a notification or a shared note; one that names nothing counts for all recent interactions of its
// side.
func (k *known) takeWord(e *entry) {
	k.name(e, func(f *facts) **entry { return &f.word })
	if len(e.About) == 0 {
		k.tell(e.Side, e, insert)
	}
}

// tell inserts what tells the other side of all recent interactions of a side, or removes it.
func (k *known) tell(side model.Side, e *entry, edit edit) {
	k.words[side] = edit(k.words[side], e, byOver)
	list := k.contacts[side]
	first := sort.Search(len(list), func(i int) bool {
		return k.by(e.over, k.within(k.rules.policy.NotifyWithin, list[i].over, side))
	})
	for _, contact := range list[first:max(first, from(list, e.over.Add(1), overOf))] {
		k.queue(contact.facts)
	}
}

// told returns the first that tells the other side of an interaction without naming it, by the end of a term; nil
// where nothing does.
func (k *known) told(e *entry, end time.Time) *entry {
	words := k.words[e.Side]
	for _, w := range words[from(words, e.over, overOf):] {
		if !k.by(w.over, end) {
			break
		}
		if !w.At.Before(e.over) {
			return w
		}
	}
	return nil
}

// notify checks comm.notify: the other side takes part in an interaction with the prospect, or hears of it in time.
func (k *known) notify(v *verdict, f *facts) {
	e := f.entry
	if !e.interaction() || e.here[e.Side.Other()] {
		return
	}
	if k.now.Before(e.over) {
		v.at(e.over)
		return
	}
	end, word := k.within(k.rules.policy.NotifyWithin, e.over, e.Side), f.word
	switch w := k.told(e, end); {
	case w == nil:
	case k.now.Before(w.over):
		v.at(w.over)
	default:
		word = earlier(word, w)
	}
	if e.Kind == Mail {
		if m := e.thread.root().missed.heard.after(e.Side.Other(), e); m != nil {
			word = earlier(word, m)
		}
	}
	k.judgeTerm(v, term{
		code: Notify, side: e.Side, due: end, done: word, evidence: []string{e.ID},
		asks:     "the {side} tells the {other} of its {kind} with the prospect by {due}",
		broken:   "the {side} did not tell the {other} of its {kind} with the prospect by {due}",
		operands: append(e.sides(), value.Op("kind", e.Kind.String())),
	})
}

// response checks comm.response: an internal question is answered in time.
func (k *known) response(v *verdict, f *facts) {
	e, other := f.entry, f.entry.Side.Other()
	k.judgeTerm(v, term{
		code: Response, side: other, due: k.within(k.rules.policy.AnswerWithin, e.At, other),
		done: f.answer, evidence: []string{e.ID},
		asks:     "the {other} answers the {side}'s question {subject} by {due}",
		broken:   "the {other} did not answer the {side}'s question {subject} by {due}",
		operands: append(e.sides(), value.Op("subject", e.title())),
	})
}

// takeNote indexes a note: a copy of the notes that it names, or a shared one that needs a copy.
func (k *known) takeNote(e *entry) {
	k.name(e, func(f *facts) **entry { return &f.copies[e.Side] })
	if !e.Shared {
		return
	}
	if k.takeWord(e); len(e.About) == 0 {
		k.concern(e)
	}
}

// sharedNotes checks comm.shared_notes: a shared note is copied into the other CRM in time.
func (k *known) sharedNotes(v *verdict, f *facts) {
	e, other := f.entry, f.entry.Side.Other()
	k.judgeTerm(v, term{
		code: SharedNotes, side: other, due: k.within(k.rules.policy.NotesWithin, e.At, other),
		done: f.copies[other], evidence: []string{e.ID},
		asks:     "the {other} copies the {side}'s note {subject} into its CRM by {due}",
		broken:   "the {other} did not copy the {side}'s note {subject} into its CRM by {due}",
		operands: append(e.sides(), value.Op("subject", e.title())),
	})
}
