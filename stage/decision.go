package stage

import (
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// Decision is the outcome of a verb. Where something is shut, nothing has changed.
type Decision struct {
	Progress Progress // the next state; the old one where the verb is refused
	Shut     []Shut   // everything that refuses it, in the order of the gates; nil where it took effect
}

// Shut is one thing that stands in the way of a verb: a gate or another rule of SPEC
// section 3.
type Shut struct {
	Code    value.Code   `json:"code"`             // of the gate or the rule
	Owner   model.Side   `json:"owner,omitzero"`   // the side whose work is missing; 0: both sides', or nobody's
	Missing value.Reason `json:"missing,omitzero"` // what is missing
}

// shutOut collects what is shut.
type shutOut []Shut

func (l *shutOut) add(code value.Code, owner model.Side, template string, operands ...value.Operand) {
	*l = append(*l, Shut{code, owner, value.NewReason(code, template, operands...)})
}

// Check returns everything that refuses a move, without making it: nil where the
// verb would take effect. The verb is one of those that a Move alone describes: VerbAdvance,
// VerbSendBack, VerbHold, VerbResume, VerbWin, VerbLose, VerbReopen or VerbRecord;
// another is a [VerbUnknown] error. Other errors are those of the verb's method.
func (r *Rules) Check(p Progress, v Verb, m Move) ([]Shut, error) {
	if v == 0 || v > VerbRecord || v == VerbSetModel || v == VerbResize {
		return nil, value.In("verb", value.NewError(VerbUnknown, value.Quote(v.String()), "is no verb that a move describes"))
	}
	if v == VerbAdvance && p.state != nil && p.state.clear(&m) {
		return nil, nil
	}
	e := Event{Verb: v, Move: m}
	var known model.Parties
	if err := r.admit(p, &e, &known); err != nil {
		return nil, err
	}
	return r.judge(p.state, &e), nil
}

// admit refuses malformed events; known becomes the organisations met then.
func (r *Rules) admit(p Progress, e *Event, known *model.Parties) error {
	if p.state == nil {
		return notOpened()
	}
	if e.Verb == 0 || int(e.Verb) >= len(verbTable) {
		return value.In("verb", verbNames.Check(0))
	}
	*known = p.state.parties
	return r.check(p.state, e, known)
}

func notOpened() error {
	return value.NewError(NotOpened, "a progress that was not opened", "is no deal; begin with Open")
}

// judge returns everything that refuses a well-formed event.
func (r *Rules) judge(s *state, e *Event) []Shut {
	var shut shutOut
	row := verbTable[e.Verb]
	if row.from&(1<<s.status) == 0 {
		shut.add(StageState, 0, "a deal that is {status} takes no {verb}", value.Op("status", s.status.String()), value.Op("verb", e.Verb.String()))
		return shut
	}
	b := s.book
	if b == nil && !row.unset {
		shut.add(GateModelSet, 0, "no engagement model is set; until then only set_model, hold, resume and lose are open, and what records facts")
		return shut
	}
	if row.led && b != nil {
		shut.authority(b.Engagement, e)
	}
	switch e.Verb {
	case VerbAdvance, VerbWin:
		r.judgeLeave(s, b, e, &shut)
	case VerbSendBack:
		if b.position(e.To) >= s.at {
			shut.add(GateOrder, 0, "{to} is not before {stage}", value.Op("to", string(e.To)), value.Op("stage", string(s.stage)))
		}
	case VerbReopen:
		if !r.look(s, e.Evidence).registeredFor(e.Verb, e.At) {
			shut.add(GateRegistered, s.engagement.Leader(), "no active registration is recorded; a lost deal is reopened with one")
		}
	case VerbResize:
		r.judgeResize(s, b, e, &shut)
	case VerbDone, VerbWaive, VerbRaise:
		r.judgeTask(s, b, e, &shut)
	}
	return shut
}

// authority lets the side that owns the relationship move the deal, under true
// co-sell either with the other's consent (stage.authority).
func (l *shutOut) authority(under model.Engagement, e *Event) {
	mover := e.By.Party.Side
	if leader := under.Leader(); leader != 0 {
		if mover != leader {
			l.add(StageAuthority, leader, "the {side} owns the relationship and moves the deal", value.Op("side", leader.String()))
		}
		return
	}
	for _, c := range e.Consents {
		if c.By.Party.Side == mover.Other() {
			return
		}
	}
	l.add(StageAuthority, mover.Other(), "the {side} has not consented to the move", value.Op("side", mover.Other().String()))
}
