package assess

import (
	"cmp"
	"slices"
	"time"

	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/matching"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// ground returns the facts beside the views that actions need.
func (q *question) ground(team model.Team, k claims, l log, p played, r registered, s stage.Schedule,
	talk comms.Report) ground {
	d := q.deal
	g := ground{partnership: q.partnership, rules: q.rules, deal: d, record: q.record, progress: p.progress,
		claims: k.known, last: r.decision.Standing, zone: q.rules.zone, local: q.rules.zone, account: d.Account,
		amount: d.Amount}
	if q.zone != nil && q.ofZone == nil {
		g.local = q.zone
	}
	g.everybody, g.partners = q.everybody.Reps, q.partners.All
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
	if behind := r.decision.Standing.Behind; len(behind) > 0 {
		i := slices.IndexFunc(k.known, func(c registration.Claim) bool { return c.ID == behind[0] })
		g.elder = k.known[i]
	}
	if reminders := r.decision.Standing.Reminders; len(reminders) > 0 && !q.asOf.Before(reminders[0]) {
		g.ending, g.extends, g.renewal = true, q.extends(k, &r.decision, &p, &s), q.renewal(k, &r.decision)
	}
	for i := range k.standings {
		s := &k.standings[i]
		waits := s.Ended.IsZero() && (s.Claim.ID != g.last.Claim.ID || !s.Confirmed)
		if waits && slices.Contains(d.Registrations, s.Claim.ID) && q.ofDeal(s) {
			g.live = append(g.live, *s)
		}
	}
	if r.registrant == model.NoRegistrant {
		g.holder, g.held = q.holder(k, r, p.progress.Engagement().Leader())
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

// renewal returns the standing of a renewal of a claim, by its holder, that waits for a decision; zero where none does.
func (q *question) renewal(k claims, of *registration.Decision) (s registration.Standing) {
	if len(q.deal.Registrations) < 2 {
		return s
	}
	for _, other := range q.filed(k.known) {
		waits := standingOf(k.standings, other.ID)
		if waits != nil && other.ID != of.Claim.ID && waits.Holder == of.Standing.Holder &&
			waits.Status == registration.Submitted {
			s = *waits
		}
	}
	return s
}

// extends returns the progress on which the holder of a claim could extend it now (reg.extension); zero where there is
// none.
func (q *question) extends(k claims, of *registration.Decision, p *played, s *stage.Schedule) time.Time {
	_, progress := q.activity(p, s)
	c := &of.Claim
	decision, err := q.rules.claims.Decide(k.known, c.ID, registration.Event{Do: registration.Extend, At: q.asOf,
		By: model.Person{Name: c.Filing.By, Party: of.Standing.Holder}, Progress: progress})
	if err != nil || !decision.Accepted || len(decision.Claim.Events) == len(c.Events) { // or it is that extension
		return time.Time{}
	}
	return progress
}

// holder returns who holds the account against the deal and until when: the holder of an active claim that is a rival
// of the deal's or, where it has none of its own, covers a part of it and is not on another account. A claim of who
// may register the deal holds nothing against it.
func (q *question) holder(k claims, r registered, leader model.Side) (model.Party, time.Time) {
	rivals, own := r.decision.Rivals, q.ofDeal(&r.decision.Standing)
	if own {
		leader = r.decision.Standing.Holder.Side
	} else {
		rivals = nil
		account, _ := q.rules.claims.Accounts().Key(matching.Account{Name: q.deal.Account,
			Domains: domainsOf(q.rules, &q.deal)}) // where the deal does not say who buys, no key is another one
		for _, s := range k.standings {
			if s.Claim.Filing.Scope.Overlaps(q.deal.Scope) && !q.rules.differ(account, s.Claim.Key) {
				rivals = append(rivals, registration.Rival{Standing: s})
			}
		}
	}
	for _, rival := range rivals {
		s := &rival.Standing
		registers := q.ofDeal(s) && (leader == 0 || s.Holder.Side == leader)
		if s.Active && !registers {
			return s.Holder, s.Until
		}
	}
	return model.Party{}, time.Time{}
}

// differ reports whether two accounts can be compared, by domains or by names, and are not alike.
func (e *Rules) differ(a, b matching.Key) bool {
	comparable := len(a.Domains) > 0 && len(b.Domains) > 0 || len(a.NameTerms()) > 0 && len(b.NameTerms()) > 0
	return comparable && e.claims.Accounts().Relation(a, b) == matching.Different
}
