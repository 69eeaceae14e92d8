package registration

import (
	"cmp"
	"slices"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration/matching"
	"github.com/coselling/coselling/value"
)

// Decide applies an event to a claim (reg.life). The claims are those of [Rules.Standings] and include the claim. An
// approval gets the terms of the policy, whatever the event says. The event is refused with reasons: [Life] if the
// claim cannot take the step, [Extension] if it cannot be extended; for an approval [Order] for each earlier claim that
// is to be decided first, [FirstWins] for each that owns the account; for a handover [FirstWins] for each earlier claim
// of the holder on the account. An event that the claim has already, even at another instant, is accepted and changes
// nothing.
//
// Errors: [ClaimUnknown] alone, with the path claim; else all at once, with paths inside the event: fact.instant,
// claim.order for an event before the last one or the submission, filing.by, side.unknown, party.org and
// filing.vendor for a malformed person, [ActionUnknown], approver.submitted for an approval or rejection by the person
// who submitted the claim, [ApproverUnknown], [ActorForbidden], event.reason.missing, event.progress.missing, party.org
// for a handover to nobody, and claim.excess for the 65th event. Classes: [value.NotFound] of an unknown claim,
// [value.Forbidden] of a person who may not take the step.
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
	if e.Terms = nil; e.Do == Approve {
		e.Terms = r.Terms()
	}
	l := r.fold(&c, e.At)
	if err := r.checkEvent(c, l.holder, e); err != nil {
		return Decision{}, err
	}
	before := r.resolve(claims, e.At)
	var reasons []value.Reason
	repeated := l.has(&c, e)
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
	return value.Below("claim", refused(value.NotFound, ClaimUnknown, id, "is not a claim that the party may see"))
}

// refused returns the error of a class about a text.
func refused(class value.Class, code value.Code, got, problem string) error {
	return &value.Error{Code: code, Got: value.Quote(got), Problem: problem, Class: class}
}

// repeats reports whether o is the same event, sent at another instant.
func (e Event) repeats(o Event) bool {
	o.At, o.Terms = e.At, e.Terms
	return compareEvents(e, o) == 0
}

// has reports whether a claim has an event already. A claim can be handed to a party again that has given it away.
func (l *life) has(c *Claim, e Event) bool {
	done := e.Do != Hand || e.To == l.holder || l.handing != nil && e.repeats(*l.handing)
	return done && slices.ContainsFunc(c.Events, e.repeats)
}

func (r *Rules) checkEvent(c Claim, holder model.Party, e Event) error {
	var problems value.Errors
	if len(c.Events) >= maxEvents {
		problems.Refuse("", claimExcess, "another event", "is one more than a claim can have")
	}
	problems.Add("at", checkInstant(e.At, c.last(), e.At))
	problems.Add("by", r.checkPerson(e.By))
	problems.Add("reason", checkReason(e.Reason, e.Do == Reject || e.Do == Admit))
	problems.Add("to", r.checkReceiver(e))
	if err := actionNames.Check(e.Do); err != nil {
		problems.Add("do", err)
		return problems
	}
	problems.Add("by", r.checkActor(c, holder, e))
	if e.Do == Extend && e.Progress.IsZero() {
		problems.Refuse("progress", "event.progress.missing", "nothing",
			"says when a stage was advanced or a task done since the approval")
	}
	return problems.Err()
}

// checkReceiver refuses a handover to nobody, and a malformed party.
func (r *Rules) checkReceiver(e Event) error {
	if e.Do != Hand && e.To.IsZero() {
		return nil
	}
	return r.checkParty(e.To)
}

// checkActor refuses a person who may not take the action.
func (r *Rules) checkActor(c Claim, holder model.Party, e Event) error {
	holds, owner := e.By.Party == holder, r.owner(e.By)
	allowed := holds || owner
	switch e.Do {
	case Approve, Reject, Admit:
		switch {
		case e.Do != Admit && e.By.Party == c.Claimant && e.By.Name == c.Filing.By:
			return refused(value.Forbidden, "approver.submitted", e.By.Name,
				"has submitted the claim; another channel owner decides on it")
		case !owner:
			return refused(value.Forbidden, ApproverUnknown, e.By.Name, "is not a channel owner of the policy")
		}
	case Confirm:
		allowed = c.Filing.names(e.By.Party)
	case Withdraw:
		allowed = holds
	case Hand:
		allowed = owner || holds && holder.Side == model.Partner
	}
	if !allowed {
		return refused(value.Forbidden, ActorForbidden, e.By.Party.String(), "must not "+e.Do.String()+" this claim")
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
		return []value.Reason{lifeReason(n.life, &e)}
	}
	next, refusal := r.step(r.fold(c, e.At), c, &e)
	if !refusal.IsZero() {
		return []value.Reason{refusal}
	}
	var reasons []value.Reason
	if e.Do == Hand && next.holder != n.holder {
		for j := range nodes[:i] {
			if elder := &nodes[j]; elder.status == Approved && elder.holder == n.holder && r.meets(elder.claim, c) {
				reasons = append(reasons, r.claimReason(FirstWins,
					"{side} holds an earlier claim on the account until {until}; that one goes first", elder,
					value.Op("until", value.End(elder.until))))
			}
		}
	}
	if e.Do != Approve {
		return reasons
	}
	for _, j := range r.behind(nodes, i) {
		elder := &nodes[j]
		reasons = append(reasons, r.claimReason(Order, "an earlier claim of {side}, of {submitted}, is decided first",
			elder, value.Op("submitted", elder.claim.Submitted)))
	}
	for j := range nodes { // later claims too, which another replica may have approved
		if other := &nodes[j]; other.status == Approved && r.rivals(other, n) {
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

// decision returns the standing of a claim and its rivals, including those that were live in before, which has the same
// claims.
func (r *Rules) decision(nodes []node, c Claim, at time.Time, before []node) Decision {
	i := find(nodes, c.ID)
	if i < 0 {
		return Decision{Claim: c, Standing: Standing{Claim: c, Holder: c.Claimant}}
	}
	rivals := r.beside(nodes, &c, at, func(j int, n *node) bool {
		live := n.live(at) || before != nil && before[j].live(at)
		return j == nodes[i].winner || live && r.rivals(n, &nodes[i])
	})
	d := Decision{Claim: c, Standing: r.standing(nodes, i, at), Rivals: rivals}
	d.Standing.Behind = r.names(nodes, i)
	return d
}

// inTheWay returns the live rivals of a claim that is not among the nodes, and the owners of accounts that it joins.
func (r *Rules) inTheWay(nodes []node, c *Claim) []Rival {
	return r.beside(nodes, c, c.Submitted, func(_ int, n *node) bool {
		return n.holder != c.Claimant && n.live(c.Submitted) && (r.meets(n.claim, c) ||
			n.status == Approved && r.accounts.Relation(n.claim.Key, c.Key) == matching.Same)
	})
}

// beside returns the nodes that count as rivals of a claim, with their standings.
func (r *Rules) beside(nodes []node, c *Claim, at time.Time, counts func(int, *node) bool) []Rival {
	var rivals []Rival
	for j := range nodes {
		if n := &nodes[j]; counts(j, n) {
			rivals = append(rivals, r.rival(nodes, j, c, at))
		}
	}
	return rivals
}

// rival returns a claim as it stands beside another one.
func (r *Rules) rival(nodes []node, j int, c *Claim, at time.Time) Rival {
	other := nodes[j].claim
	scope := other.Filing.Scope.common(c.Filing.Scope)
	return Rival{r.standing(nodes, j, at), scope, r.accounts.Match(other.Key, c.Key)}
}

// find returns the place of a claim among nodes, or -1.
func find(nodes []node, id string) int {
	return slices.IndexFunc(nodes, func(n node) bool { return n.claim.ID == id })
}
