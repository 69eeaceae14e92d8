package comms

import "github.com/coselling/coselling/value"

// question is an internal question.
type question struct {
	record
	entry *entry
	facts *facts
}

func (k *known) takeQuestion(e *entry) {
	if !k.judged(e) {
		return
	}
	f := k.about(e.ID)
	f.entry, f.question = e, &question{entry: e, facts: f}
	k.queue(f.question)
}

func (k *known) takeAnswer(e *entry) {
	for _, id := range e.About {
		f := k.about(id)
		f.answer = earlier(f.answer, e)
		if f.question != nil {
			k.queue(f.question)
		}
	}
}

// judge checks comm.response.
func (q *question) judge(k *known) verdict {
	var v verdict
	other := q.entry.Side.Other()
	k.judgeTerm(&v, term{
		code: Response, side: other, due: q.entry.At.Add(k.rules.policy.AnswerWithin), done: q.facts.answer, evidence: []string{q.entry.ID},
		asks:     "the {other} answers the {side}'s question {subject} by {due}",
		broken:   "the {other} did not answer the {side}'s question {subject} by {due}",
		operands: []value.Operand{value.Op("side", q.entry.Side.String()), value.Op("other", other.String()), value.Op("subject", q.entry.title())},
	})
	return v
}
