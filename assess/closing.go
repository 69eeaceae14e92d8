package assess

import (
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// Closing is the day on which the reps expect to close, beside the end of the playbook (stage.commit).
type Closing struct {
	Committed value.Date `json:"committed"`        // the committed close of the deal
	Planned   value.Date `json:"planned,omitzero"` // the last day of the playbook; zero: it has no dates
	Days      int        `json:"days,omitzero"`    // from Planned to Committed; negative: before the playbook ends
}

// closing compares the committed close with the playbook, and finds one that has passed on an open deal.
func (q *question) closing(p played, s stage.Schedule) (c Closing, n notes) {
	c.Committed = q.deal.Committed
	if c.Committed.IsZero() {
		return c, n
	}
	if windows := s.Windows; len(windows) > 0 {
		c.Planned = windows[len(windows)-1].Last
		c.Days = c.Committed.Sub(c.Planned)
	}
	status := p.progress.Status()
	today, _ := value.DateOf(q.asOf, q.rules.zone) // of the years 1 to 9000
	if open := status == stage.Running || status == stage.OnHold; open && today.After(c.Committed) {
		reason := value.NewReason(committedClose, "the deal was to close on {day} and is still open",
			value.Op("day", c.Committed))
		n.find(finding{Finding: Finding{Part: SectionPlaybook, Side: p.progress.Engagement().Leader(),
			Since: q.since(reason), Reason: reason, Facts: []string{"deal.committed_close"}}})
	}
	return c, n
}
