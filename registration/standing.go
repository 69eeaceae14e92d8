package registration

import (
	"slices"
	"time"

	"github.com/coselling/coselling/registration/matching"
	"github.com/coselling/coselling/value"
)

// Standing is how a claim stands at an instant, for the vendor alone: a partner gets an [Answer]. The slices belong
// to the caller. An instant that has not come is zero.
type Standing struct {
	Claim     Claim
	Status    Status
	Active    bool      // approved, not ended and, if it is for both sides, confirmed by the other party
	Confirmed bool      // for the claimant's own side alone, or confirmed by the other party
	Behind    []string  // of a queued claim: the ids of the earlier claims that it waits for, in their order
	Due       time.Time // when the decision is or was due; zero if queued, withdrawn or beaten by another claim
	Approved  time.Time // when it was approved; kept after its end
	Until     time.Time // end of the protection of an approved claim, exclusive; kept when it ends before
	Ended     time.Time // when it became final
	// of a rejected claim: the id of the earlier claim that was approved; empty if a channel owner rejected it
	BeatenBy  string
	Reminders []time.Time    // instants before Until, earliest first, past ones too; nil if the claim is not approved
	Findings  []value.Reason // [ApprovalLate], [ExistingCustomer], then [Unconfirmed]; nil if there is none
}

// node is a claim among others: its own life, changed by the earlier claims.
type node struct {
	life
	claim  *Claim
	end    time.Time // zero: open
	clock  time.Time // when the time for the decision began
	behind []int     // earlier claims that are not decided
	loses  time.Time // when an earlier claim took the account from it
	winner int       // the claim that took it; -1: none
}

// owns reports whether the claim owned its account for some time.
func (n *node) owns() bool {
	return !n.approved.IsZero() && (n.end.IsZero() || n.approved.Before(n.end))
}

// live reports whether the claim has not ended at an instant.
func (n *node) live(at time.Time) bool { return n.end.IsZero() || n.end.After(at) }

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
		return Decision{}, value.NewError(ClaimUnknown, value.Quote(id), "is not a claim that is known here")
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

func (r *Rules) resolve(claims []Claim, asOf time.Time) []node {
	nodes := make([]node, 0, len(claims))
	for i := range claims {
		if c := &claims[i]; !c.Submitted.After(asOf) {
			nodes = append(nodes, node{life: r.life(c, asOf), claim: c, clock: c.Submitted, winner: -1})
		}
	}
	slices.SortFunc(nodes, func(a, b node) int { return compareClaims(*a.claim, *b.claim) })
	var elders []int // earlier claims that were live when the next one was submitted
	for i := range nodes {
		n := &nodes[i]
		elders = slices.DeleteFunc(elders, func(j int) bool { return !nodes[j].live(n.claim.Submitted) })
		for _, j := range elders {
			if r.conflict(nodes[j].claim, n.claim) {
				n.meet(&nodes[j], j)
			}
		}
		n.settle()
		elders = append(elders, i)
	}
	return nodes
}

// conflict reports whether two claims are rivals (reg.same_account).
func (r *Rules) conflict(a, b *Claim) bool {
	return a.Claimant != b.Claimant && a.Filing.Scope.Overlaps(b.Filing.Scope) &&
		r.accounts.Relation(a.Key, b.Key) == matching.Same
}

// meet notes the effect of an earlier rival on n.
func (n *node) meet(elder *node, index int) {
	switch {
	case elder.owns():
		taken := elder.approved
		if taken.Before(n.claim.Submitted) {
			taken = n.claim.Submitted
		}
		if n.loses.IsZero() || taken.Before(n.loses) {
			n.loses, n.winner = taken, index
		}
	case elder.end.IsZero():
		n.behind = append(n.behind, index)
	case elder.end.After(n.clock):
		n.clock = elder.end
	}
}

// settle decides how n stands once all earlier rivals are noted.
func (n *node) settle() {
	n.end = n.ended
	if n.status == Approved {
		n.end = n.until
	}
	if n.loses.IsZero() || !n.end.IsZero() && !n.loses.Before(n.end) {
		n.winner = -1
		if n.status == Submitted && len(n.behind) > 0 {
			n.status = Queued
		}
		return
	}
	n.status, n.ended, n.end = Rejected, n.loses, n.loses
}

func (r *Rules) standing(nodes []node, i int, asOf time.Time) Standing {
	n := &nodes[i]
	s := Standing{
		Claim: *n.claim, Status: n.status, Confirmed: n.claim.confirmed(n.life),
		Approved: n.approved, Until: n.until, Ended: n.ended,
	}
	if n.winner >= 0 {
		s.BeatenBy = nodes[n.winner].claim.ID
	}
	if n.status == Queued {
		for _, j := range n.behind {
			s.Behind = append(s.Behind, nodes[j].claim.ID)
		}
		return s
	}
	if n.winner < 0 && n.status != Withdrawn {
		s.Due, s.Findings = r.due(n, asOf)
	}
	if n.status == Approved {
		s.Active = s.Confirmed
		s.Reminders = r.reminders(n.life)
	}
	if n.status == Approved && r.isExisting(n.claim) {
		s.Findings = append(s.Findings, value.NewReason(ExistingCustomer,
			"the account is a customer of the vendor, and no exception admits the claim"))
	}
	if n.status == Approved && !s.Active {
		s.Findings = append(s.Findings, value.NewReason(Unconfirmed,
			"the claim is for both sides, and {party} has not confirmed it",
			value.Op("party", n.claim.Filing.With.String())))
	}
	return s
}

// due returns when the decision is due, and the finding reg.approval_late if it came later.
func (r *Rules) due(n *node, asOf time.Time) (time.Time, []value.Reason) {
	due, err := r.workplace.Deadline(n.clock, r.policy.ApproveWithin)
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
	late := value.NewReason(ApprovalLate, template, value.Op("due", value.End(due)), value.Op("decided", decided))
	return due, []value.Reason{late}
}

func (r *Rules) reminders(l life) []time.Time {
	total := r.policy.Protection
	if l.extended {
		total += r.policy.Extension
	}
	var found []time.Time
	for _, before := range r.policy.Reminders {
		if before < total {
			found = append(found, r.end(l.approved, total-before))
		}
	}
	return found
}
