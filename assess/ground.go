package assess

import (
	"cmp"
	"time"

	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// ground returns the facts beside the views that actions need.
func (q *question) ground(team model.Team, k claims, l log, p played, r registered, s stage.Schedule,
	talk comms.Report) ground {
	d := q.deal
	g := ground{zone: q.rules.zone, local: q.rules.zone, account: d.Account, amount: d.Amount}
	if q.zone != nil && q.ofZone == nil {
		g.local = q.zone
	}
	day := func(at time.Time) value.Date {
		date, _ := value.DateOf(at, g.zone) // instants are checked
		return date
	}
	g.today, g.opened, g.sized = day(q.asOf), day(q.opened), day(cmp.Or(d.AmountAt, q.opened))
	g.threads = l.threads(talk)
	for _, side := range [...]model.Side{model.Partner, model.Vendor} {
		g.leads[side] = team.Rep("", side)
	}
	g.named[model.Partner], g.named[model.Vendor] = d.PartnerExecutive != "", d.VendorExecutive != ""
	g.claimed = r.decision.Standing.Holder.Side
	if reminders := r.decision.Standing.Reminders; len(reminders) > 0 && !q.asOf.Before(reminders[0]) {
		g.ending, g.extends, g.renewal = true, q.extends(k, &r.decision, &p, &s), q.renewal(k, &r.decision)
	}
	if r.registrant == model.NoRegistrant {
		g.holder, g.held = q.holder(k, r)
	}
	return g
}

// threads returns the thread of each mail that missed somebody, or of which the other side has to hear.
func (l *log) threads(talk comms.Report) map[string]string {
	var threads map[string]string
	add := func(r value.Reason) {
		if code := r.Code(); code == comms.SingleThread || code == comms.Notify {
			if threads == nil {
				threads = map[string]string{}
			}
			id := first(r.Paths())
			threads[id] = l.tracker.Thread(id)
		}
	}
	for _, f := range talk.Findings {
		if f.Until.IsZero() {
			add(f.Reason)
		}
	}
	for _, d := range talk.Due {
		add(d.Reason)
	}
	return threads
}

// renewal returns when the decision on a renewal of a claim is due; zero where none waits for one.
func (q *question) renewal(k claims, of *registration.Decision) (due time.Time) {
	if len(q.deal.Registrations) < 2 {
		return due
	}
	for _, other := range q.filed(k.known) {
		look, err := q.rules.claims.Look(k.known, other.ID, q.asOf)
		if err == nil && other.ID != of.Claim.ID && look.Standing.Status == registration.Submitted {
			due = look.Standing.Due
		}
	}
	return due
}

// extends reports whether the holder of a claim could extend it now (reg.extension).
func (q *question) extends(k claims, of *registration.Decision, p *played, s *stage.Schedule) bool {
	_, progress := q.activity(p, s)
	c := &of.Claim
	decision, err := q.rules.claims.Decide(k.known, c.ID, registration.Event{Do: registration.Extend, At: q.asOf,
		By: model.Person{Name: c.Filing.By, Party: of.Standing.Holder}, Progress: progress})
	return err == nil && decision.Accepted
}

// holder returns who holds the account beside the deal and until when: the holder of an active claim that is
// no party of the deal, and whose claim is a rival of the deal's or, where it has none, covers a part of it.
func (q *question) holder(k claims, r registered) (model.Party, time.Time) {
	rivals := r.decision.Rivals
	if r.decision.Claim.ID == "" {
		for _, s := range q.rules.claims.Standings(k.known, q.asOf) {
			if s.Claim.Filing.Scope.Overlaps(q.deal.Scope) {
				rivals = append(rivals, registration.Rival{Standing: s})
			}
		}
	}
	for _, rival := range rivals {
		if s := &rival.Standing; s.Active && s.Holder != q.partner && s.Holder != q.vendor {
			return s.Holder, s.Until
		}
	}
	return model.Party{}, time.Time{}
}
