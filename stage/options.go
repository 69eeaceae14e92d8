package stage

import (
	"cmp"
	"time"

	"github.com/coselling/coselling/model"
)

// Option is one way on for a deal: a verb, and everything that refuses it now apart
// from who asks.
type Option struct {
	Verb Verb  `json:"verb"`
	To   Stage `json:"to,omitzero"` // of advance: the next stage
	// the side that may do it; 0: either, where the verb needs it with the other's consent
	Owner model.Side `json:"owner,omitzero"`
	Shut  []Shut     `json:"shut,omitzero"` // nil: permitted
}

// Options returns what is permitted at an instant and why the rest is not: advance,
// send_back, hold, resume, win, lose, reopen and set_model, in this order; advance
// and win each where the stage lets the deal go. The caller owns the slices. Facts
// that the record lacks keep their gates shut. A zero progress has no options.
func (r *Rules) Options(p Progress, at time.Time) []Option {
	if p.state == nil {
		return nil
	}
	s := r.asOf(p.state, at)
	leader := s.engagement.Leader()
	mover := cmp.Or(leader, model.Partner)
	var options []Option
	for v := VerbAdvance; v <= VerbSetModel; v++ {
		o, e := Option{Verb: v}, Event{Verb: v, Move: Move{At: at}}
		if b := s.book; b != nil {
			atEnd := s.at+1 == len(b.Steps)
			switch {
			case v == VerbAdvance && atEnd, v == VerbWin && !atEnd:
				continue
			case v == VerbAdvance:
				o.To = b.Steps[s.at+1].Stage
				e.To = o.To
			case v == VerbSendBack:
				e.To = b.Steps[0].Stage
			}
		}
		if verbTable[v].led {
			o.Owner = leader
		}
		// as if everybody who has to had asked for it
		e.By.Party.Side = mover
		e.Consents = []model.Consent{{By: model.Person{Party: model.Party{Side: mover.Other()}}}}
		o.Shut = r.judge(s, &e)
		options = append(options, o)
	}
	return options
}
