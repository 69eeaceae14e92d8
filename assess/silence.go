package assess

import (
	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// silence sets what the sides left undone for one another (esc.detect).
func (c *calls) silence(d *escalation.Facts, p *played, s *stage.Schedule, r *registered, talk comms.Report) {
	for i := range talk.Findings {
		switch f := &talk.Findings[i]; f.Reason.Code() {
		case comms.Response:
			d.Questions = append(d.Questions, escalation.Owed{Side: f.Side, At: f.Since, Done: f.Until})
		case comms.WeeklySync:
			d.Syncs = append(d.Syncs, c.missed(f)...)
		}
	}
	d.Confirmations, d.Claims = c.support(p, s), r.owed
}

// mostMissed is how many days of syncs a policy may count (esc.detect).
const mostMissed = 100

// missed returns the days of syncs that passed in a finding of comm.weekly_sync.
func (c *calls) missed(f *comms.Finding) (days []escalation.Owed) {
	zone := c.zone
	if zone == nil {
		zone = c.rules.zone
	}
	end := f.Until
	if end.IsZero() {
		end = c.asOf.Add(1)
	}
	for at := f.Since; at.Before(end) && len(days) < mostMissed; {
		days = append(days, escalation.Owed{At: at, Done: f.Until})
		day, err := value.DateOf(at.Add(-1), zone)
		if err == nil {
			day, err = day.AddDays(c.rules.syncDays)
		}
		if err != nil {
			break // after the last year
		}
		at = day.End(zone).UTC()
	}
	return days
}

// support returns the confirmations of support that sides owe in the present stage, or to its gate: since the opening,
// or since the last event that asked for them anew.
func (c *calls) support(p *played, s *stage.Schedule) (owed []escalation.Owed) {
	if s.Provisional || p.progress.Status() != stage.Running && p.progress.Status() != stage.OnHold {
		return nil
	}
	since := later(c.opened, c.modelSet(p))
	for _, e := range p.history {
		if e.Verb == stage.VerbSetModel || e.Verb == stage.VerbResize ||
			e.Verb == stage.VerbSendBack && e.To == stage.Identification {
			since = e.At
		}
	}
	for i := range s.Items {
		item := &s.Items[i]
		if item.Task.Fact != stage.SupportConfirmed || item.State != stage.Open ||
			item.Stage != p.progress.Stage() && !p.shuts(stage.GateSupportConfirmed) {
			continue
		}
		for _, side := range [...]model.Side{model.Partner, model.Vendor} {
			if item.Task.Owner.Includes(side) && (item.Owes == 0 || item.Owes == side) {
				owed = append(owed, escalation.Owed{Side: side, At: since})
			}
		}
	}
	return owed
}

// shuts reports whether a gate is shut on the way to another stage.
func (p *played) shuts(gate value.Code) bool {
	for i := range p.state.Options {
		for _, shut := range p.state.Options[i].Shut {
			if shut.Code == gate {
				return true
			}
		}
	}
	return false
}

// joint returns what the other party of one of the deal's claims owes: its confirmation, or the vendor's decision. A
// claim that waits for an earlier one is not its turn yet.
func (q *question) joint(s *registration.Standing) (owed []escalation.Owed) {
	with := q.asked(&q.deal, &s.Claim.Filing)
	if with.IsZero() || q.further(&q.deal, with) || s.Status == registration.Queued || !q.ofDeal(s) {
		return nil
	}
	o := escalation.Owed{Side: with.Side, At: s.Claim.Submitted, Done: s.Ended}
	for _, e := range s.Claim.Events {
		done := e.Do == registration.Confirm && len(s.Shared) > 0 && e.By.Party == s.Shared[0] ||
			e.Do == registration.Approve && with.Side == model.Vendor
		if done && (o.Done.IsZero() || e.At.Before(o.Done)) {
			o.Done = e.At
		}
	}
	return []escalation.Owed{o}
}
