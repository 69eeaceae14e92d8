package comms

import "github.com/coselling/coselling/value"

// takeNote indexes a note. One that names others copies them into its side's CRM; a
// shared one that names none needs a copy.
func (k *known) takeNote(e *entry) {
	k.name(e, func(f *facts) **entry { return &f.copies[e.Side] })
	if len(e.About) == 0 && e.Shared {
		k.concern(e)
	}
}

// sharedNotes checks comm.shared_notes: a shared note is copied into the other CRM in time.
func (k *known) sharedNotes(v *verdict, f *facts) {
	e, other := f.entry, f.entry.Side.Other()
	k.judgeTerm(v, term{
		code: SharedNotes, side: other, due: e.At.Add(k.rules.policy.NotesWithin),
		done: f.copies[other], evidence: []string{e.ID},
		asks:     "the {other} copies the {side}'s note {subject} into its CRM by {due}",
		broken:   "the {other} did not copy the {side}'s note {subject} into its CRM by {due}",
		operands: append(e.sides(), value.Op("subject", e.title())),
	})
}
