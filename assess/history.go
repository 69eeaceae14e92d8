package assess

import (
	"cmp"
	"time"

	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// holds returns the times in which the deal was on hold or lost, and when it ended; zero while it runs.
func (q *question) holds(p *played) (holds []value.Pause, ended time.Time) {
	status := stage.Running
	switch q.deal.Opening.Stage {
	case stage.Lost: // imported as lost; reopening ends the hold
		status, ended = stage.OnHold, q.opened
		holds = append(holds, value.Pause{From: q.opened})
	case stage.Won:
		ended = q.opened
	}
	for _, e := range p.history {
		switch e.Verb {
		case stage.VerbHold, stage.VerbLose:
			if status == stage.Running {
				holds = append(holds, value.Pause{From: e.At})
			}
			status = stage.OnHold
			ended = time.Time{}
			if e.Verb == stage.VerbLose {
				ended = e.At
			}
		case stage.VerbResume, stage.VerbReopen:
			holds[len(holds)-1].Until = e.At
			status, ended = stage.Running, time.Time{}
		case stage.VerbWin:
			ended = e.At
		}
	}
	return holds, ended
}

// modelSet returns when an engagement model was first set; zero: never.
func (q *question) modelSet(p *played) time.Time {
	if q.deal.Opening.Engagement != 0 {
		return q.opened
	}
	for _, e := range p.history {
		if e.Verb == stage.VerbSetModel {
			return e.At
		}
	}
	return time.Time{}
}

// sizes returns the size of the playbook at the opening, and when it changed.
func (p *played) sizes() (first model.PlaybookSize, changes []time.Time) {
	first = cmp.Or(p.progress.Opening().Size, model.Standard)
	size := first
	for _, e := range p.history {
		if e.Verb == stage.VerbResize && e.Size != size {
			size, changes = e.Size, append(changes, e.At)
		}
	}
	return first, changes
}

// activity returns when the deal entered its stage and its last progress; zero where it is not running.
func (q *question) activity(p *played, s *stage.Schedule) (since, progress time.Time) {
	if p.progress.Status() != stage.Running {
		return time.Time{}, time.Time{}
	}
	since = q.opened
	for _, e := range p.history {
		switch e.Verb {
		case stage.VerbAdvance:
			since, progress = e.At, e.At
		case stage.VerbSendBack, stage.VerbResume, stage.VerbReopen:
			since = e.At
		}
	}
	progress = later(progress, p.progress.Worked())
	for _, item := range s.Items {
		if item.State == stage.Done && item.Task.Kind == stage.Required {
			progress = later(progress, item.At)
		}
	}
	return since, progress
}

// unanswered returns the first mail to the prospect after their last contact (esc.detect), and that contact; zero
// where there is none.
func unanswered(contacts []comms.Interaction) (oldest, answered time.Time) {
	for _, i := range contacts {
		switch {
		case i.Kind != comms.Mail || i.Inbound:
			oldest, answered = time.Time{}, i.At
		case oldest.IsZero():
			oldest = i.At
		}
	}
	return oldest, answered
}
