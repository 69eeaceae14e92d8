package registration

import (
	"cmp"
	"slices"
	"time"

	"github.com/coselling/coselling/registration/matching"
	"github.com/coselling/coselling/value"
)

// Decide applies an event to a claim (reg.life). The claims are those of [Rules.Standings] and include the claim.
// The event is refused with reasons: [Life] if the claim cannot take the step, [Extension] if it cannot be extended;
// for an approval [Order] for each earlier claim that is to be decided first, [FirstWins] for each that owns the
// account. An event that the claim has already, even at another instant, is accepted and changes nothing.
//
// Errors: [ClaimUnknown] alone, with the path claim; else all at once, with paths inside the event: fact.instant,
// claim.order for an event before the last one or the submission, filing.by, side.unknown, party.org and
// filing.vendor for a malformed person, [ActionUnknown], approver.submitted for an approval or rejection by the person
// who submitted the claim, [ApproverUnknown], [ActorForbidden], event.reason.missing, event.progress.missing, and
// claim.excess for the 65th event.
func (r *Rules) Decide(claims []Claim, id string, e Event) (Decision, error) {
	if err := r.made(); err != nil {
		return Decision{}, err
	}
	at := slices.IndexFunc(claims, func(c Claim) bool { return c.ID == id })
	if at < 0 {
		return Decision{}, unknown(id)
	}
	c := claims[at]
	e.At, e.Progress = e.At.UTC().Round(0), e.Progress.UTC().Round(0)
	if err := r.checkEvent(c, e); err != nil {
		return Decision{}, err
	}
	before := r.resolve(claims, e.At)
	var reasons []value.Reason
	repeated := slices.ContainsFunc(c.Events, e.repeats)
	if !repeated {
		reasons = r.shut(before, &c, e)
	}
	if repeated || len(reasons) > 0 {
		d := r.decision(before, c, e.At, nil)
		d.Accepted, d.Reasons = repeated, reasons
		return d, nil
	}
	c.Events = append(slices.Clone(c.Events), e)
	next := slices.Clone(claims)
	next[at] = c
	d := r.decision(r.resolve(next, e.At), c, e.At, before)
	d.Accepted = true
	return d, nil
}

func unknown(id string) error {
	return value.Below("claim", value.NewError(ClaimUnknown, value.Quote(id), "is not a claim that the party may see"))
}

// repeats reports whether o is the same event, sent at another instant.
func (e Event) repeats(o Event) bool {
	o.At = e.At
	return compareEvents(e, o) == 0
}

func (r *Rules) checkEvent(c Claim, e Event) error {
	var problems value.Errors
	if len(c.Events) >= maxEvents {
		problems.Refuse("", claimExcess, "another event", "is one more than a claim can have")
	}
	problems.Add("at", checkInstant(e.At, c.last(), e.At))
	problems.Add("by", r.checkPerson(e.By))
	problems.Add("reason", checkReason(e.Reason, e.Do == Reject))
	if err := actionNames.Check(e.Do); err != nil {
		problems.Add("do", err)
		return problems
	}
	problems.Add("by", r.checkActor(c, e))
	if e.Do == Extend && e.Progress.IsZero() {
		problems.Refuse("progress", "event.progress.missing", "nothing",
			"says when a stage was advanced or a task done since the approval")
	}
	return problems.Err()
}

// checkActor refuses a person who may not take the action.
func (r *Rules) checkActor(c Claim, e Event) error {
	claimant, owner := e.By.Party == c.Claimant, r.owner(e.By)
	allowed := claimant || owner
	switch e.Do {
	case Approve, Reject:
		switch {
		case claimant && e.By.Name == c.Filing.By:
			return value.NewError("approver.submitted", value.Quote(e.By.Name),
				"has submitted the claim; another channel owner decides on it")
		case !owner:
			return value.NewError(ApproverUnknown, value.Quote(e.By.Name), "is not a channel owner of the policy")
		}
	case Confirm:
		allowed = e.By.Party == c.Filing.With && !c.Filing.With.IsZero()
	case Withdraw:
		allowed = claimant
	}
	if !allowed {
		return value.NewError(ActorForbidden, value.Quote(e.By.Party.String()), "must not "+e.Do.String()+" this claim")
	}
	return nil
}

// shut returns every reason why a claim cannot take a step; nil if it can.
func (r *Rules) shut(nodes []node, c *Claim, e Event) []value.Reason {
	i := find(nodes, c.ID)
	if i < 0 {
		return []value.Reason{value.NewReason(Life, "the claim is not submitted yet")}
	}
	n := &nodes[i]
	if n.winner >= 0 {
		return []value.Reason{lifeReason(n.life, e)}
	}
	if _, refusal := r.step(r.fold(c, e.At), c, e); !refusal.IsZero() {
		return []value.Reason{refusal}
	}
	if e.Do != Approve {
		return nil
	}
	var reasons []value.Reason
	for _, j := range n.behind {
		elder := nodes[j].claim
		reasons = append(reasons, r.claimReason(Order, "an earlier claim of {side}, of {submitted}, is decided first",
			elder, value.Op("submitted", elder.Submitted)))
	}
	for j := range nodes { // later claims too, which another replica may have approved
		if other := &nodes[j]; other.status == Approved && r.conflict(other.claim, c) {
			reasons = append(reasons, r.ownedReason(other, c))
		}
	}
	sortReasons(reasons)
	return reasons
}

// sortReasons orders reasons by code, then by the sentence that every party sees.
func sortReasons(reasons []value.Reason) {
	slices.SortStableFunc(reasons, func(a, b value.Reason) int {
		return cmp.Or(cmp.Compare(a.Code(), b.Code()), cmp.Compare(a.String(), b.String()))
	})
}

// decision returns the standing of a claim and its rivals, including those that were live in before.
func (r *Rules) decision(nodes []node, c Claim, at time.Time, before []node) Decision {
	i := find(nodes, c.ID)
	if i < 0 {
		return Decision{Claim: c, Standing: Standing{Claim: c}}
	}
	rivals := r.rivals(nodes, &c, at, func(j int, n *node) bool {
		live := n.live(at) || j == nodes[i].winner
		if !live {
			was := find(before, n.claim.ID)
			live = was >= 0 && before[was].live(at)
		}
		return live && r.conflict(n.claim, &c)
	})
	return Decision{Claim: c, Standing: r.standing(nodes, i, at), Rivals: rivals}
}

// inTheWay returns the live rivals of a claim that is not among the nodes, and the owners of accounts that it joins.
func (r *Rules) inTheWay(nodes []node, c *Claim) []Rival {
	return r.rivals(nodes, c, c.Submitted, func(_ int, n *node) bool {
		joined := n.status == Approved && n.claim.Claimant != c.Claimant &&
			r.accounts.Relation(n.claim.Key, c.Key) == matching.Same
		return n.live(c.Submitted) && (joined || r.conflict(n.claim, c))
	})
}

// rivals returns the nodes that count as rivals of a claim, with their standings.
func (r *Rules) rivals(nodes []node, c *Claim, at time.Time, counts func(int, *node) bool) []Rival {
	var rivals []Rival
	for j := range nodes {
		if n := &nodes[j]; counts(j, n) {
			scope := n.claim.Filing.Scope.common(c.Filing.Scope)
			rivals = append(rivals, Rival{r.standing(nodes, j, at), scope, r.accounts.Match(n.claim.Key, c.Key)})
		}
	}
	return rivals
}

// find returns the place of a claim among nodes, or -1.
func find(nodes []node, id string) int {
	return slices.IndexFunc(nodes, func(n node) bool { return n.claim.ID == id })
}
