package assess

import (
	"slices"
	"time"

	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage"
)

// size is that of the playbook on which the deal opened: the one stated, else the one
// that the first change of size left, else that of the amount.
func (r *replay) size() model.PlaybookSize {
	if r.deal.Opening.Size != 0 {
		return r.deal.Opening.Size
	}
	for _, e := range r.events {
		if e.Verb == stage.VerbResize && e.Size != 0 && !e.At.After(r.asOf) {
			return model.Standard + model.Simplified - e.Size // the other one
		}
	}
	size, err := r.rules.stages.Size(r.deal.Amount, r.deal.Exchange)
	if err != nil {
		r.lacksOne(OfPlaybook, "deal.exchange", err)
		return model.Standard
	}
	return size
}

// engagedFacts says when a rep of the partner was with the prospect: the first time
// after the opening and after each advance, as taking part counts from a stage on.
func (q *question) engagedFacts(l log) []stage.Fact {
	var met []time.Time
	for _, i := range l.contacts {
		if i.Kind != comms.Mail && i.Partner {
			met = append(met, i.At)
		}
	}
	var facts []stage.Fact
	add := func(from time.Time) {
		if i, _ := slices.BinarySearchFunc(met, from, time.Time.Compare); i < len(met) {
			facts = append(facts, stage.Fact{Kind: stage.PartnerEngaged, At: met[i]})
		}
	}
	add(time.Time{})
	add(q.opened) // an import stands beyond the first stage from there
	for i := range q.record.Events {
		if e := &q.record.Events[i]; e.Verb == stage.VerbAdvance {
			add(e.At)
		}
	}
	slices.SortFunc(facts, func(a, b stage.Fact) int { return a.At.Compare(b.At) })
	return slices.Compact(facts)
}
