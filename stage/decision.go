package stage

import (
	"cmp"
	"time"

	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// Decision is the outcome of a verb. A verb that is refused changes nothing, and one that waits for consents moves
// nothing (stage.consent): under true co-sell a move of the deal needs the consent of the other side, and in every
// model a change of the model does. [StageState] comes alone in Shut, then
// [GateModelSet] alone, where no model is set; else [StageAuthority], [GateOrder], the gates in the order of their
// constants, then those of a host's own. A gate has an entry for each side that has to act, partner first;
// [GateTasks] has one for each task, and for each side's part of it, in the order of the playbook.
type Decision struct {
	Progress Progress // the next state; the old one where the verb is refused
	Shut     []Shut   // every reason to refuse it; nil where it took effect, or waits
	// whose consent it waits for, the vendor or the partner that leads; nil where it took effect, or is refused
	Pending []model.Side
	Further []model.Party // the participants whose consent it waits for; nil: none
}

// Shut is one gate, or another rule, that refuses a verb.
type Shut struct {
	Code    value.Code   `json:"code"`             // of the gate or the rule
	Owner   model.Side   `json:"owner,omitzero"`   // the side whose work is missing; 0: both sides, or neither
	Party   model.Party  `json:"party,omitzero"`   // the participant whose work is missing; zero: none
	Missing value.Reason `json:"missing,omitzero"` // the missing work in words
}

// shutOut collects the gates and rules that refuse a verb.
type shutOut []Shut

func (l *shutOut) add(code value.Code, owner model.Side, template string, operands ...value.Operand) {
	*l = append(*l, Shut{Code: code, Owner: owner, Missing: value.NewReason(code, template, operands...)})
}

// Judge returns every reason to refuse a move, without making it, in the order of [Decision]; where there is none, a
// [StageConsent] for each side whose consent is missing; nil where it would take effect at once. The verb is advance,
// send_back, hold, resume, win, lose, reopen or record; any other is an event.unknown error at verb. Other errors are
// those of the verb's method.
func (r *Rules) Judge(p Progress, v Verb, m Move) ([]Shut, error) {
	if err := r.missing(); err != nil {
		return nil, err
	}
	if v == 0 || v > VerbRecord || v == VerbSetModel || v == VerbResize {
		err := value.NewError(verbUnknown, value.Quote(v.String()), "is no verb that a move describes")
		return nil, value.Below("verb", err)
	}
	if v == VerbAdvance && p.state != nil && p.state.clear(&m) {
		return nil, nil
	}
	e := Event{Verb: v, Move: m}
	var known model.Parties
	if err := r.admit(p, &e, &known); err != nil {
		return nil, err
	}
	shut := shutOut(r.judge(p.state, &e))
	if len(shut) == 0 {
		for _, party := range p.state.missing(&e) {
			shut.add(StageConsent, party.Side, "the {side} has not consented to the move",
				value.Op("side", party.Side.String()))
		}
	}
	return shut, nil
}

// admit refuses malformed events. It sets known to the organisations met so far, with those of the event.
func (r *Rules) admit(p Progress, e *Event, known *model.Parties) error {
	if err := r.missing(); err != nil {
		return err
	}
	if p.state == nil {
		return notOpened()
	}
	if e.Verb == 0 || int(e.Verb) >= len(verbTable) {
		return value.Below("verb", verbNames.Check(0))
	}
	*known = p.state.parties
	return r.check(p.state, e, known)
}

func notOpened() error {
	return value.NewError("progress.not_opened", "a progress that was not opened", "is no deal; open it first")
}

// judge returns every reason to refuse a well-formed event.
func (r *Rules) judge(s *state, e *Event) []Shut {
	var shut shutOut
	row := verbTable[e.Verb]
	if row.from&(1<<s.status) == 0 {
		shut.add(StageState, 0, "a deal that is {status} does not take this step: {verb}",
			value.Op("status", value.Word(s.status.String())), value.Op("verb", value.Word(e.Verb.String())))
		return shut
	}
	b := s.book
	if b == nil && !row.unset {
		shut.add(GateModelSet, 0, "no engagement model is set; "+
			"until then a deal can only be put on hold, resumed or lost, its model set and facts recorded")
		return shut
	}
	leader := s.engagement.Leader()
	if s.further(e.By.Party) && !s.mayFurther(e) {
		shut.add(StageAuthority, leader, "{party} takes part and does not lead; {lead} or the vendor does this",
			value.Op("party", e.By.Party.Org), value.Op("lead", s.lead.Org))
	} else if s.led(e) && leader != 0 && e.By.Party.Side != leader && !r.overridden(s, e, StageAuthority) {
		shut.add(StageAuthority, leader, "the {side} owns the relationship and moves the deal",
			value.Op("side", leader.String()))
	}
	switch e.Verb {
	case VerbAdvance, VerbWin:
		r.judgeLeave(s, b, e, &shut)
	case VerbSendBack:
		if b.position(e.To) >= s.at {
			shut.add(GateOrder, 0, "{to} is not before {stage}",
				value.Op("to", value.Word(e.To)), value.Op("stage", value.Word(s.stage)))
		}
	case VerbReopen:
		if !r.look(s, e.Evidence).registeredFor(e.Verb, e.At) {
			shut.add(GateRegistered, s.engagement.Leader(),
				"no active registration is recorded; a lost deal is reopened with one")
		}
	case VerbResize:
		r.judgeResize(s, b, e, &shut)
	case VerbDone, VerbWaive, VerbRaise:
		r.judgeTask(s, b, e, &shut)
	case VerbSetLead:
		r.judgeLead(s, e, &shut)
	case VerbConsent:
		forced := s.forced(e)
		return r.judge(s, &forced)
	}
	return shut
}

// led reports whether only the side that owns the relationship may do an event, and under true co-sell either with
// the other's consent. From the day of its review on either side may resume a hold, or name another day
// (stage.hold_review).
func (s *state) led(e *Event) bool {
	reviews := s.status == OnHold && (e.Verb == VerbHold || e.Verb == VerbResume) && !e.At.Before(s.review)
	return verbTable[e.Verb].led && !reviews
}

// foresee keeps for clear the next stage of a running deal, and the gates before it that are shut.
func (s *state) foresee() {
	s.next, s.closed = "", 0
	if b := s.book; b != nil && s.status == Running && s.at+1 < len(b.steps) && s.lead.Org == "" {
		s.next, s.closed = b.Steps[s.at+1].Stage, s.asks()&^s.open
	}
}

// clear reports whether the simplest advance is permitted: by the leader, without evidence, every gate open. All
// else is left to admit and judge, which give the same answer. It halves the time of [Rules.Judge].
func (s *state) clear(m *Move) bool {
	return s.next == m.To && s.next != "" && s.engagement.Leader() == m.By.Party.Side &&
		(s.closed == 0 || s.closed == registeredBit && s.registeredFor(VerbAdvance, m.At)) && s.plain(m)
}

// plain reports whether a move by a known person, in time and without lists, is certainly well formed.
func (s *state) plain(m *Move) bool {
	return len(m.Consents)|len(m.Evidence)|len(m.Overrides) == 0 && len(m.By.Name) > 0 && m.By.Name[0] > ' ' &&
		len(m.By.Name)+len(m.Reason) <= maxText && s.parties.Has(m.By.Party) &&
		!m.At.Before(s.last) && wire.CheckInstant(m.At, "") == nil
}

// Way is one verb for a deal with every reason to refuse it now, whoever asks.
type Way struct {
	Verb  Verb       `json:"verb"`
	To    Stage      `json:"to,omitzero"`    // of advance: the next stage; else empty, and without a model
	Owner model.Side `json:"owner,omitzero"` // who may do it; 0: either side, under true co-sell mostly with consent
	Shut  []Shut     `json:"shut,omitzero"`  // nil: permitted
}

// Options returns the verbs of a deal at an instant, without its later events, permitted or not: advance, send_back,
// hold, resume, win, lose, reopen and set_model, in this order. In its last stage a deal has win and no advance, in
// any other advance and no win; without a model both. Only recorded facts open gates; send_back is judged for the
// first stage. The caller owns the slices. A zero progress has no options, nor have nil and zero rules.
func (r *Rules) Options(p Progress, at time.Time) []Way {
	if p.state == nil || r.missing() != nil {
		return nil
	}
	s := r.asOf(p.state, at)
	leader := s.engagement.Leader()
	mover := cmp.Or(leader, model.Partner)
	var options []Way
	for v := VerbAdvance; v <= VerbSetModel; v++ {
		o, e := Way{Verb: v}, Event{Verb: v, Move: Move{At: at}}
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
		if s.led(&e) {
			o.Owner = leader
		}
		if e.By.Party = s.lead; mover == model.Vendor { // as if a side that may had asked
			e.By.Party = model.Party{Side: mover}
		}
		o.Shut = r.judge(s, &e)
		options = append(options, o)
	}
	return options
}
