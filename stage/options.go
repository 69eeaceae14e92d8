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
	var options []Option
	for v := VerbAdvance; v <= VerbSetModel; v++ {
		if o, ok := r.option(r.asOf(p.state, at), v, at); ok {
			options = append(options, o)
		}
	}
	return options
}

func (r *Rules) option(s *state, v Verb, at time.Time) (Option, bool) {
	b := s.book
	o := Option{Verb: v}
	e := &Event{Verb: v, Move: Move{At: at}}
	if b != nil {
		atEnd := s.at+1 == len(b.Steps)
		if v == VerbAdvance && atEnd || v == VerbWin && !atEnd {
			return Option{}, false
		}
		switch v {
		case VerbAdvance:
			o.To = b.Steps[s.at+1].Stage
			e.To = o.To
		case VerbSendBack:
			e.To = b.Steps[0].Stage
		}
		if verbTable[v].by == owner {
			o.Owner = b.Engagement.Leader()
		}
	}
	// as if everybody who has to had asked for it
	leader := cmp.Or(s.engagement.Leader(), model.Partner)
	e.By.Party.Side = leader
	e.Consents = []model.Consent{{By: model.Person{Party: model.Party{Side: leader.Other()}}}}
	o.Shut = r.judge(s, e)
	return o, true
}
