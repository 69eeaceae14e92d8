package comms

import "github.com/coselling/coselling/value"

// takeNote lays out a note: one that names others copies them into its side's CRM,
// a shared one that names none asks for a copy.
func (k *known) takeNote(e *entry) {
	k.name(e, func(f *facts) **entry { return &f.copies[e.Side] })
	if len(e.About) == 0 && e.Shared {
		k.concern(e)
	}
}

// sharedNotes checks comm.shared_notes: a note for both CRMs stands in the other one.
func (k *known) sharedNotes(v *verdict, f *facts) {
	e, other := f.entry, f.entry.Side.Other()
	k.judgeTerm(v, term{
		code: SharedNotes, side: other, due: e.At.Add(k.rules.policy.NotesWithin),
		done: f.copies[other], evidence: []string{e.ID},
		asks:     "the {side}'s note {subject} stands in the {other}'s CRM too by {due}",
		broken:   "the {side}'s note {subject} did not stand in the {other}'s CRM by {due}",
		operands: append(e.sides(), value.Op("subject", e.title())),
	})
}
