package comms

import (
	"github.com/coselling/coselling/value"
)

// note is a note for both CRMs.
type note struct {
	record
	entry *entry
	facts *facts
}

// takeNote lays out a note: one that names others copies them into its side's CRM,
// a shared one that names none asks for a copy.
func (k *known) takeNote(e *entry) {
	for _, id := range e.About {
		f := k.about(id)
		f.copies[e.Side] = earlier(f.copies[e.Side], e)
		if f.note != nil {
			k.queue(f.note)
		}
	}
	if len(e.About) > 0 || !e.Shared || !k.judged(e) {
		return
	}
	f := k.about(e.ID)
	f.entry, f.note = e, &note{entry: e, facts: f}
	k.queue(f.note)
}

// judge checks comm.shared_notes.
func (n *note) judge(k *known) verdict {
	var v verdict
	lacks := n.entry.Side.Other()
	k.judgeTerm(&v, term{
		code: SharedNotes, side: lacks, due: n.entry.At.Add(k.rules.policy.NotesWithin), done: n.facts.copies[lacks], evidence: []string{n.entry.ID},
		asks:     "the {side}'s note {subject} stands in the {other}'s CRM too by {due}",
		broken:   "the {side}'s note {subject} did not stand in the {other}'s CRM by {due}",
		operands: []value.Operand{value.Op("side", n.entry.Side.String()), value.Op("other", lacks.String()), value.Op("subject", n.entry.title())},
	})
	return v
}
