package comms

import "github.com/coselling/coselling/value"

// response checks comm.response: an internal question is answered in time.
func (k *known) response(v *verdict, f *facts) {
	e, other := f.entry, f.entry.Side.Other()
	k.judgeTerm(v, term{
		code: Response, side: other, due: e.At.Add(k.rules.policy.AnswerWithin),
		done: f.answer, evidence: []string{e.ID},
		asks:     "the {other} answers the {side}'s question {subject} by {due}",
		broken:   "the {other} did not answer the {side}'s question {subject} by {due}",
		operands: append(e.sides(), value.Op("subject", e.title())),
	})
}
