package stage

import (
	"slices"

	"github.com/coselling/coselling/value"
)

// findings returns the broken rules: the deal is slipping, tasks are overdue, the rules of gates, in this order.
func (d *dated) findings(schedule Schedule) []value.Reason {
	var found []value.Reason
	s, w := d.s, schedule.Windows[d.s.at]
	if (s.status == Running || s.status == OnHold) && d.today.After(w.Last) {
		found = append(found, value.NewReason(StageSlipping, "the deal is still in {stage}, whose last day was {last}",
			value.Op("stage", value.Word(w.Stage)), value.Op("last", w.Last)).At("stages."+string(w.Stage)))
	}
	for _, item := range schedule.Items {
		if item.Overdue {
			found = append(found, value.NewReason(StageOverdue, "due on {due} and not done: {says}",
				value.Op("task", value.Word(item.Task.ID)), value.Op("due", item.Due),
				value.Op("says", item.Task.Says)).At("tasks."+string(item.Task.ID)))
		}
	}
	if s.status == ClosedLost {
		return found
	}
	if !s.third.IsZero() && (s.engaged.IsZero() || s.engaged.After(s.third)) {
		found = append(found, value.NewReason(GatePartnerEngaged,
			"the partner did not take part before the deal left its second stage on {left}", value.Op("left", s.third)))
	}
	if s.qualified.Negative && s.status != ClosedWon && !s.overruled() {
		found = append(found, value.NewReason(GateQualified,
			"the debrief of {at} decided that the opportunity is not qualified; record the loss",
			value.Op("at", s.qualified.At)))
	}
	if s.live > 1 {
		found = append(found, value.NewReason(GateSingleProposal,
			"{count} proposals are live; withdraw or supersede all but one", value.Op("count", s.live)))
	}
	return append(append(found, d.lapsed()...), d.late()...)
}

// overruled reports whether a deal left the stage whose gate found it not qualified, by an override.
func (s *state) overruled() bool {
	if s.book == nil {
		return false
	}
	bit := gateSet(1) << slices.Index(gateTable[:], GateQualified)
	home, decides := s.book.homes[Qualified]
	return decides && s.book.steps[home].asks&bit != 0 && s.overruledAt(home) ||
		s.owed.gates&bit != 0 && s.overruledAt(s.owed.at)
}

// overruledAt reports whether a deal last left a stage by an override of gate.qualified, after the decision.
func (s *state) overruledAt(at int) bool {
	given := func(o override) bool { return o.Gate == GateQualified && o.stage == s.book.Steps[at].Stage }
	if s.at <= at || !slices.ContainsFunc(s.overrides, given) {
		return false
	}
	for h := s.history; h != nil; h = h.before {
		if e := h.effect; e != nil && e.Verb == VerbAdvance && e.To == s.book.Steps[at+1].Stage {
			return !e.At.Before(s.qualified.At)
		}
	}
	return false
}

// lapsed finds the first time without an active registration between leaving the first stage and won (reg.lapsed).
// A deal without a recorded registration has none.
func (d *dated) lapsed() []value.Reason {
	s, until := d.s, d.q.AsOf
	if s.status == ClosedWon {
		until = s.since
	}
	claims := slices.DeleteFunc(s.facts.after(0), func(f Fact) bool { return f.Kind != Registered })
	slices.SortFunc(claims, func(a, b Fact) int {
		switch {
		case a.after(&b):
			return 1
		case b.after(&a):
			return -1
		default:
			return 0
		}
	})
	for i, claim := range claims {
		next := until
		if i+1 < len(claims) && claims[i+1].At.Before(until) {
			next = claims[i+1].At
		}
		if s.second.IsZero() || claim.Until.IsZero() || !claim.Until.Before(next) || !next.After(s.second) {
			continue
		}
		return []value.Reason{value.NewReason(RegistrationLapsed,
			"the protection of the registration ended on {end}, before the deal closed",
			value.Op("end", value.End(claim.Until)))}
	}
	return nil
}
