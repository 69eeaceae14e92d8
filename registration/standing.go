package registration

import (
	"slices"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// Standing is how a claim stands at an instant, for the vendor alone: a partner gets an [Answer]. The slices belong
// to the caller. An instant that has not come is zero.
type Standing struct {
	Claim     Claim
	Status    Status
	Holder    model.Party // who owns the claim: the claimant, until it is handed over
	Handing   Event       // the half of a handover that waits for the other half; zero: none
	Active    bool        // approved, not ended and, if it is for several parties, confirmed by another one
	Confirmed bool        // for the claimant alone, or confirmed by another party that it names
	// the parties beside the claimant that it is for: who has confirmed it, and the vendor by its approval; nil: none
	Shared []model.Party
	// the stamp by which it ranks among the claims of a deal: of the claim that it renews, else its own. A claim renews
	// an approved one of the same holder that it overlaps and that has not ended when it is filed
	Ranks time.Time
	// of a queued claim: the ids of the earlier claims that it waits for, in their order; of one that was filed just
	// now the first alone, and of a rival nil
	Behind   []string
	Due      time.Time // when the decision is or was due; zero if queued, withdrawn or beaten by another claim
	Approved time.Time // when it was approved; kept after its end
	// end of the protection of an approved claim, exclusive; kept when it ends before. While the claim is not
	// confirmed, the end of the days to confirm it
	Until time.Time
	Ended time.Time // when it became final
	Why   string    // the reason of a channel owner who rejected it; empty otherwise
	// of a rejected claim: the id of the earlier claim that was approved; empty if a channel owner rejected it
	BeatenBy  string
	Reminders []time.Time    // instants before Until, earliest first, past ones too; nil if the claim is not active
	Findings  []value.Reason // [LateApproval], [ExistingCustomer], then [Unconfirmed]; nil if there is none
}

// Standings returns how each claim stands as of an instant, by stamp, then by id (reg.first_wins). Claims and events
// after the instant are ignored, those at it count, and an approved claim has expired at its Until. It needs all
// claims that share a term of their keys, directly or through other claims, in any order, with their events in the
// order of their instants. It checks nothing: [Rules.Import] does.
//
// An earlier claim that overlaps a later one and owns the account while the later one waits or owns beats it: the
// later one is rejected from then on. So each account and scope has at most one owner at a time, in every replica.
func (r *Rules) Standings(claims []Claim, asOf time.Time) []Standing {
	if r.made() != nil {
		return nil
	}
	nodes := r.resolve(claims, asOf)
	standings := make([]Standing, len(nodes))
	for i := range nodes {
		standings[i] = r.standing(nodes, i, asOf)
		standings[i].Behind = r.names(nodes, i)
	}
	return standings
}

// Look returns how one claim stands as of an instant, with its rivals, for the vendor alone. The claims are those
// of [Rules.Standings]. A claim that was submitted later has an unset status. Errors: [ClaimUnknown], without a path,
// if the claim is not among them.
func (r *Rules) Look(claims []Claim, id string, asOf time.Time) (Decision, error) {
	if err := r.made(); err != nil {
		return Decision{}, err
	}
	i := slices.IndexFunc(claims, func(c Claim) bool { return c.ID == id })
	if i < 0 {
		return Decision{}, refused(value.NotFound, ClaimUnknown, id, "is not a claim that is known here")
	}
	d := r.decision(r.resolve(claims, asOf), claims[i], asOf, nil)
	d.Accepted = true
	return d, nil
}

// Protected returns from when to when a claim protects its account by its own events up to asOf, half-open: from
// its approval to the midnight, in the zone of the workplace, that ends its last day, or to the event that ends
// it earlier; zero instants if it was not approved by then, and for nil. [Rules.Standings] also sees whether an
// earlier claim beats it. It allocates nothing.
func (r *Rules) Protected(c *Claim, asOf time.Time) (from, to time.Time) {
	if r == nil || c == nil {
		return time.Time{}, time.Time{}
	}
	l := r.fold(c, asOf)
	switch {
	case l.approved.IsZero():
		return time.Time{}, time.Time{}
	case !l.ended.IsZero():
		return l.approved, l.ended
	}
	return l.approved, l.until
}

func (r *Rules) standing(nodes []node, i int, asOf time.Time) Standing {
	n := &nodes[i]
	s := Standing{
		Claim: *n.claim, Status: n.status, Holder: n.holder, Confirmed: n.confirmed, Ranks: n.ranks,
		Approved: n.approved, Until: n.until, Ended: n.ended,
	}
	s.Shared = n.shared(asOf)
	if n.handing != nil && n.status == Approved {
		s.Handing = *n.handing
	}
	if n.winner >= 0 {
		s.BeatenBy = nodes[n.winner].claim.ID
	} else if n.status == Rejected {
		s.Why = n.why
	}
	if n.status == Queued {
		return s
	}
	if n.winner < 0 && n.status != Withdrawn {
		s.Due, s.Findings = r.due(n, asOf)
	}
	if n.status == Approved {
		s.Active = s.Confirmed
	}
	if s.Active {
		s.Reminders = r.reminders(&n.life)
	}
	if n.status == Approved && !n.admitted && r.isExisting(n.claim) {
		s.Findings = append(s.Findings, value.NewReason(ExistingCustomer,
			"the account is a customer of the vendor, and no exception admits the claim"))
	}
	if !s.Confirmed {
		s.Findings = append(s.Findings, unconfirmed(n)...)
	}
	return s
}

// unconfirmed returns the finding on a claim for several parties of which none has confirmed it.
func unconfirmed(n *node) []value.Reason {
	f := &n.claim.Filing
	named := slices.DeleteFunc(append([]model.Party{f.With}, f.Also...), model.Party.IsZero)
	who, others := value.Op("party", named[0].String()), len(named) > 1
	switch {
	case n.status == Approved && others:
		return []value.Reason{value.NewReason(Unconfirmed,
			"the claim is for several parties, and none has confirmed it")}
	case n.status == Expired && others:
		return []value.Reason{value.NewReason(Unconfirmed,
			"the claim was for several parties and ended, because none of them confirmed it")}
	case n.status == Approved:
		return []value.Reason{value.NewReason(Unconfirmed,
			"the claim is for both sides, and {party} has not confirmed it", who)}
	case n.status == Expired:
		return []value.Reason{value.NewReason(Unconfirmed,
			"the claim was for both sides and ended, because {party} did not confirm it", who)}
	}
	return nil
}

// shared returns who has confirmed the claim, the vendor by its approval.
func (n *node) shared(asOf time.Time) (parties []model.Party) {
	f := &n.claim.Filing
	if f.With.IsZero() && len(f.Also) == 0 {
		return nil
	}
	for i := range n.claim.Events {
		e := &n.claim.Events[i]
		if e.At.After(asOf) || !n.ended.IsZero() && !e.At.Before(n.ended) {
			break
		}
		by := e.By.Party
		says := e.Do == Confirm && f.names(by) || e.Do == Approve && by == f.With && e.At.Equal(n.approved)
		if says && !slices.Contains(parties, by) {
			parties = append(parties, by)
		}
	}
	return parties
}

// due returns when the decision is due, and the finding reg.late_approval if it came later.
func (r *Rules) due(n *node, asOf time.Time) (time.Time, []value.Reason) {
	due, err := r.workplace.End(n.clock, value.BusinessDays(r.policy.ApproveWithin))
	if err != nil {
		return time.Time{}, nil // after the last year of the calendar
	}
	decided := asOf
	switch {
	case !n.approved.IsZero():
		decided = n.approved
	case n.status == Rejected:
		decided = n.ended
	}
	if decided.Before(due) {
		return due, nil
	}
	template := "the claim was to be decided by {due}"
	if n.status != Submitted {
		template += " and was decided on {decided}"
	}
	late := value.NewReason(LateApproval, template, value.Op("due", value.End(due)), value.Op("decided", decided))
	return due, []value.Reason{late}
}

func (r *Rules) reminders(l *life) []time.Time {
	total := l.terms.Protection + l.extended*l.terms.Extension
	var found []time.Time
	for _, before := range l.terms.Reminders {
		if before < total {
			found = append(found, r.end(l.approved, total-before))
		}
	}
	slices.SortFunc(found, time.Time.Compare)
	return found
}
