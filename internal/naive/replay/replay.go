// Package replay plays the record of a deal by the words of next.try: fact after fact and event after event, each given
// to package stage, which has a naive model of its own. What package assess says of random records is compared.
package replay

import (
	"cmp"
	"slices"

	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage"
)

// fate is the outcome of a recorded event.
type fate uint8

const (
	holds fate = 1 + iota
	waits
	refused
	malformed
)

// played is a deal as it stands at the end of its record.
type played struct {
	progress stage.Progress
	fates    []fate // of the events of the record
}

// order has the verbs of one instant: what is recorded, the playbook in force, its tasks, the moves, the ends, what
// undoes them, and the answers to events that wait.
var order = []stage.Verb{stage.VerbRecord, stage.VerbSetModel, stage.VerbSetLead, stage.VerbResize,
	stage.VerbRebaseline, stage.VerbRaise, stage.VerbDone, stage.VerbWaive, stage.VerbSendBack, stage.VerbAdvance,
	stage.VerbWin, stage.VerbHold, stage.VerbLose, stage.VerbResume, stage.VerbReopen, stage.VerbRefuse,
	stage.VerbConsent}

// play plays a record.
func play(rules *stage.Rules, d *deal.Deal, r *deal.Record) (played, error) {
	p, err := rules.Open(d.Opening)
	if err != nil {
		return played{}, err
	}
	facts := append(met(r), r.Facts...)
	slices.SortStableFunc(facts, func(a, b stage.Fact) int { return a.At.Compare(b.At) })
	left := make([]int, len(r.Events)) // numbers of events
	for i := range left {
		left[i] = i
	}
	slices.SortFunc(left, func(i, j int) int {
		a, b := &r.Events[i], &r.Events[j]
		return cmp.Or(a.At.Compare(b.At), cmp.Compare(slices.Index(order, a.Verb), slices.Index(order, b.Verb)))
	})
	end := played{p, make([]fate, len(r.Events))}
	for len(left) > 0 {
		at := r.Events[left[0]].At
		for len(facts) > 0 && !facts[0].At.After(at) {
			if err := end.note(rules, facts[0]); err != nil {
				return played{}, err
			}
			facts = facts[1:]
		}
		n := slices.IndexFunc(left, func(i int) bool { return r.Events[i].At.After(at) })
		if n < 0 {
			n = len(left)
		}
		for _, i := range end.instant(r, slices.Clone(left[:n])) {
			end.event(rules, r.Events[i], i)
		}
		left = left[n:]
	}
	for _, f := range facts {
		if err := end.note(rules, f); err != nil {
			return played{}, err
		}
	}
	for i := range r.Events { // one consent is enough, as there are two sides
		if c := &r.Events[i]; c.Verb == stage.VerbConsent && end.fates[i] == holds {
			j := slices.IndexFunc(r.Events, func(e stage.Event) bool { return e.Verb == c.Of && e.At.Equal(c.Asked) })
			end.fates[j] = holds
		}
	}
	return end, nil
}

// met returns every meeting of the partner with the prospect.
func met(r *deal.Record) (facts []stage.Fact) {
	for _, a := range r.Activities {
		if a.Kind == comms.Call && a.Side == model.Partner {
			facts = append(facts, stage.Fact{Kind: stage.PartnerEngaged, At: a.At})
		}
	}
	return facts
}

func (p *played) note(rules *stage.Rules, f stage.Fact) error {
	d, err := rules.Apply(p.progress, stage.Event{Verb: stage.VerbRecord,
		Move: stage.Move{By: bo, At: f.At, Evidence: []stage.Fact{f}}})
	if err == nil {
		p.progress = d.Progress
	}
	return err
}

// instant puts the end of a hold or of a loss before the other decisions of an instant, where the deal waits for it. An
// event that does so and a later one of the instant do not follow each other, so that one look is enough.
func (p *played) instant(r *deal.Record, list []int) []int {
	first := func(i int) bool {
		return r.Events[i].Verb == stage.VerbResume && p.progress.Status() == stage.OnHold ||
			r.Events[i].Verb == stage.VerbReopen && p.progress.Status() == stage.ClosedLost
	}
	slices.SortStableFunc(list, func(i, j int) int {
		a, b := first(i), first(j)
		switch {
		case a == b, r.Events[i].Verb == stage.VerbRecord, r.Events[j].Verb == stage.VerbRecord:
			return 0
		case a:
			return -1
		}
		return 1
	})
	return list
}

func (p *played) event(rules *stage.Rules, e stage.Event, i int) {
	d, err := rules.Apply(p.progress, e)
	if err != nil {
		p.fates[i] = malformed
		return
	}
	p.progress = d.Progress
	switch {
	case len(d.Pending)+len(d.Further) > 0:
		p.fates[i] = waits
	case len(d.Shut) > 0:
		p.fates[i] = refused
	default:
		p.fates[i] = holds
	}
}
