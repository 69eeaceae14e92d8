package stage

import (
	"github.com/coselling/coselling/value"
)

// findings returns what is wrong as of the instant, in this order: the deal is
// slipping, tasks are overdue, gates whose record shows a broken rule.
func (d *dated) findings(schedule Schedule) []value.Reason {
	var found []value.Reason
	if d.s.status == Running || d.s.status == OnHold {
		found = append(found, d.slipping(schedule.Windows)...)
	}
	for _, item := range schedule.Items {
		if item.Overdue {
			found = append(found, value.NewReason(StageOverdue, "{task} was due on {due}: {says}",
				value.Op("task", string(item.Task.ID)), value.Op("due", item.Due), value.Op("says", item.Task.Says)).At("tasks."+string(item.Task.ID)))
		}
	}
	return append(found, d.gates()...)
}

func (d *dated) slipping(windows []Window) []value.Reason {
	w := windows[d.s.at]
	if !d.today.After(w.Last) {
		return nil
	}
	return []value.Reason{value.NewReason(StageSlipping, "the deal is still in {stage}, whose last day was {last}",
		value.Op("stage", string(w.Stage)), value.Op("last", w.Last)).At("stages." + string(w.Stage))}
}

func (d *dated) gates() []value.Reason {
	var found []value.Reason
	s := d.s
	if s.status == ClosedLost {
		return nil
	}
	if !s.third.IsZero() && (s.engaged.IsZero() || s.engaged.After(s.third)) {
		found = append(found, value.NewReason(GatePartnerEngaged, "the partner did not take part before the deal left its second stage at {left}", value.Op("left", s.third)))
	}
	if s.qualified.Negative && s.status != ClosedWon {
		found = append(found, value.NewReason(GateQualified, "the debrief of {at} decided that the opportunity is not qualified; record the loss", value.Op("at", s.qualified.At)))
	}
	if s.live > 1 {
		found = append(found, value.NewReason(GateSingleProposal, "{count} proposals are live; withdraw or supersede all but one", value.Op("count", s.live)))
	}
	if s.status != ClosedWon && s.at > 0 && s.registration.Kind != "" && !s.registeredAt(d.q.AsOf) {
		found = append(found, value.NewReason(RegistrationLapsed, "the registration ended at {end}, before the deal closed",
			value.Op("end", s.registration.Until)))
	}
	return found
}
