package stage

import (
	"slices"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// ledger is the sum of facts and ticks: the tasks that are done, and the values that the gates read.
type ledger struct {
	done  taskSet                   // or waived
	parts [model.Vendor + 1]taskSet // each side's part of tasks that each side does

	open         gateSet // the open gates; without gate.registered, which depends on the instant
	registration Fact    // the latest
	support      bySide
	qualified    Fact // the latest decision
	engaged      time.Time
	live         int // proposals
	pricing      bySide
	contracts    bool
	crm          bySide
}

// bySide holds a flag for each side, by its number.
type bySide [model.Vendor + 1]bool

func (s bySide) both() bool { return s[model.Partner] && s[model.Vendor] }

// look returns the ledger of the state with more facts.
func (r *Rules) look(s *state, more []Fact) *ledger {
	if len(more) == 0 {
		return &s.ledger
	}
	l := s.ledger
	r.readMore(s, more, more, &l)
	return &l
}

// renew brings a state's own ledger up to date after an event. Where the event changed nothing by which facts are read
// (the playbook, the send-backs, the time in which the partner should take part), only new facts are read.
func (r *Rules) renew(s, before *state) {
	voided := len(s.voided) != len(before.voided) || len(s.voided) > 0 && &s.voided[0] != &before.voided[0]
	if voided || s.book != before.book || s.engagement != before.engagement || s.second != before.second ||
		s.lead != before.lead {
		r.refresh(s)
		return
	}
	r.readMore(s, s.facts.after(before.facts.len()), nil, &s.ledger)
	s.foresee()
}

// refresh makes the state's own ledger anew; the state must not be shared yet.
func (r *Rules) refresh(s *state) {
	s.ledger = ledger{done: s.done, parts: s.parts} // the tasks stay done
	r.readMore(s, s.facts.after(0), nil, &s.ledger)
	s.foresee()
}

// builtIn holds the gates of the table, which are judged by the sum of all facts.
const builtIn gateSet = 1<<len(gateTable) - 1

// readMore reads further facts of a state into a ledger: it ticks their tasks and judges the gates. Beside those that
// the state has there may be others, which it has not.
func (r *Rules) readMore(s *state, more, beside []Fact, l *ledger) {
	b, view, proposed := s.book, facts{nil, s.voided}, false
	more = s.settled(more)
	l.engage(s.partTick, s.second)
	for i := range more {
		f := &more[i]
		l.tick(b, f)
		if f.Side == model.Partner && f.Kind != Registered && f.Org == "" {
			l.engage(f.At, s.second) // a partner's part of a task, which no send-back undoes
		}
		if view.counts(f) && (f.Org == "" || f.Side == 0) {
			r.readFact(s, f, l)
		}
		proposed = proposed || f.Kind == ProposalSent || f.Kind == ProposalWithdrawn || f.Kind == PricingApproved
	}
	if proposed {
		l.live, l.pricing = 0, bySide{}
		view.list = s.settled(append(s.facts.after(0), beside...))
		view.proposals(l)
	}
	if b != nil {
		if s.engagement != 0 {
			l.tick(b, &Fact{Kind: ModelSet})
		}
		l.open &^= builtIn
		l.judge(b.Engagement)
		l.set(GateTasks, s.undone(l) == taskSet{})
	}
}

func (r *Rules) readFact(s *state, f *Fact, l *ledger) {
	switch f.Kind {
	case Registered:
		latest(&l.registration, f)
	case SupportConfirmed:
		l.support[f.Side] = true
	case PartnerEngaged:
		l.engage(f.At, s.second)
	case Qualified:
		latest(&l.qualified, f)
	case ContractsExecuted:
		l.contracts = true
	case CRMUpdated:
		l.crm[f.Side] = true
	case ProposalSent, ProposalWithdrawn, PricingApproved: // together, in proposals
	default:
		if i := slices.Index(r.gates, value.Code(f.Kind)); i >= 0 {
			l.open |= 1 << i
		}
	}
}

// latest keeps the later of two facts.
func latest(kept, f *Fact) {
	if kept.Kind == "" || f.after(kept) {
		*kept = *f
	}
}

// engage notes when the partner first took part; before since it does not count.
func (l *ledger) engage(at, since time.Time) {
	if since.IsZero() || at.Before(since) {
		return
	}
	if l.engaged.IsZero() || at.Before(l.engaged) {
		l.engaged = at
	}
}

// tick ticks the tasks of a fact.
func (l *ledger) tick(b *book, f *Fact) {
	if b == nil {
		return
	}
	for _, t := range b.facts {
		switch {
		case t.task.Owner == ByEach:
			for _, side := range sides {
				if f.does(t.task, side) {
					l.part(t.number, side)
				}
			}
		case f.does(t.task, 0):
			l.done.add(t.number)
		}
	}
}

// does reports whether a fact ticks a side's part of a task, or the whole task where side is 0. A fact with a side
// ticks the part of that side; one without a side, and a registration, ticks the whole task.
func (f *Fact) does(t *Task, side model.Side) bool {
	switch {
	case f.Org != "" && (f.Side != 0 || f.Kind != t.Fact):
		return false // it is that of a participant
	case f.Kind != t.Fact:
		return side != 0 && t.Fact == PricingApproved && f.Kind == ProposalSent && f.Without == side
	case f.Side == 0 || f.Kind == Registered || t.Owner == Jointly:
		return true
	default:
		return side == f.Side || side == 0 && t.Owner.side() == f.Side
	}
}

// part ticks one side's part of a task that each side does.
func (l *ledger) part(number int, side model.Side) {
	l.parts[side].add(number)
	if l.parts[model.Partner].has(number) && l.parts[model.Vendor].has(number) {
		l.done.add(number)
	}
}

// hasPart reports whether a side's part of a task is done.
func (l *ledger) hasPart(number int, side model.Side) bool {
	return l.done.has(number) || l.parts[side].has(number)
}

// judge opens the gates that do not depend on the instant.
func (l *ledger) judge(e model.Engagement) {
	l.set(GateSupportConfirmed, l.support[e.Leader().Other()] || l.support.both()) // under true co-sell both
	l.set(GatePartnerEngaged, !l.engaged.IsZero())
	l.set(GateQualified, l.qualified.Kind != "" && !l.qualified.Negative)
	l.set(GateSingleProposal, l.live == 1)
	l.set(GatePricingApproved, l.pricing.both())
	l.set(GateContractsExecuted, l.contracts)
	l.set(GateCRMUpdated, l.crm.both())
}

func (l *ledger) set(gate value.Code, open bool) {
	if open {
		l.open |= 1 << slices.Index(gateTable[:], gate)
	}
}

// registeredFor reports whether the registration is active for a verb; at its very end it is, for winning alone.
func (l *ledger) registeredFor(v Verb, t time.Time) bool {
	f := &l.registration
	return f.Kind != "" && !f.At.After(t) && (f.Until.IsZero() || t.Before(f.Until) || v == VerbWin && t.Equal(f.Until))
}
