package registration

import (
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration/matching"
	"github.com/coselling/coselling/value"
)

const maxQueue = 1000 // live claims of other parties on one account

// Submit decides on a new claim (reg.first_wins). It is accepted and waits for the vendor's decision, or refused:
// the account is owned ([FirstWins], for each owner), would be joined with another one ([Joins]), is a customer of
// the vendor ([ExistingCustomer]), or has 1,000 claims of others that own it or wait, or as many of the claimant that
// wait as the policy allows ([QueueFull] for each); in this order. Of the claims in front of one that is queued the
// decision names the first; [Rules.Look] names all.
//
// The claims are those of [Rules.Standings]. The new claim needs a new id, a claimant, a filing and a stamp later
// than all others, which Submit does not check against claims. Its key is ignored, and so are its events but
// those that admit it, which get the stamp: with one the account may be a customer.
//
// Errors, all at once, with paths inside the claim, those of the filing without the word filing, such as account.name:
// claim.id, fact.instant, filing.key, filing.by, side.unknown, party.org, filing.vendor for another vendor than the
// policy's, filing.beneficiary for a With of the claimant's side, scope.id, [AccountUndecided] and those of
// [matching.Rules.Key], event.reason.missing and [ApproverUnknown] for an event that admits the claim.
func (r *Rules) Submit(claims []Claim, c Claim) (Decision, error) {
	if err := r.made(); err != nil {
		return Decision{}, err
	}
	filed, err := r.file(c.Claimant, c.Filing)
	filed.ID, filed.Submitted = c.ID, c.Submitted
	for _, e := range c.Events {
		if e.Do == Admit {
			filed.Events = append(filed.Events, e)
		}
	}
	return r.submit(claims, filed, err)
}

// submit decides on a claim; err is the error of its filing, whose problems are reported with its own.
func (r *Rules) submit(claims []Claim, c Claim, err error) (Decision, error) {
	var problems value.Errors
	problems.Add("", err)
	problems.Add("id", checkText(claimID, c.ID, maxKey, "is not an id of a claim"))
	problems.Add("submitted", checkInstant(c.Submitted, time.Time{}, c.Submitted))
	for i, e := range c.Events {
		e.At, e.Terms = c.Submitted.UTC().Round(0), nil
		c.Events[i] = e
		problems.Add(value.Index("events", i), r.checkEvent(Claim{Submitted: e.At, Filing: c.Filing}, c.Claimant, e))
	}
	if err := problems.Err(); err != nil {
		return Decision{}, err
	}
	at := c.Submitted.UTC().Round(0)
	c.Submitted = at
	before := r.scene(claims, at)
	if reasons := r.refusals(before.nodes, &c); len(reasons) > 0 {
		d := Decision{Reasons: reasons, Rivals: r.inTheWay(before.nodes, &c)}
		c.ID, c.Submitted, c.Events = "", time.Time{}, nil
		d.Claim, d.Standing = c, Standing{Claim: c, Status: Refused, Holder: c.Claimant}
		return d, nil
	}
	before.add(&c, at)
	last := len(before.nodes) - 1
	d := Decision{Accepted: true, Claim: c, Standing: r.standing(before.nodes, last, at)}
	if first := before.nodes[last].behind; first >= 0 {
		d.Standing.Behind = []string{before.nodes[first].claim.ID}
		d.Rivals = []Rival{r.rival(before.nodes, first, &c, at)}
	}
	return d, nil
}

func checkReason(s string, needed bool) error {
	if s == "" && !needed {
		return nil
	}
	return checkText("event.reason.missing", s, maxReason, "is not a reason; write 1 to 4096 bytes of text")
}

// isExisting reports whether a partner claims an account that was a customer of the vendor when the claim was filed,
// and the policy does not admit it (reg.existing_customer); an event of the claim may.
func (r *Rules) isExisting(c *Claim) bool {
	return c.Claimant.Side == model.Partner && !r.policy.ExistingCustomers && r.customer(c.Key, c.Submitted)
}

// refusals returns every reason to refuse a new claim.
func (r *Rules) refusals(nodes []node, c *Claim) []value.Reason {
	var reasons []value.Reason
	waiting, own := 0, 0
	for i := range nodes {
		n := &nodes[i]
		if n.claim.Claimant == c.Claimant && (n.status == Submitted || n.status == Queued) &&
			r.accounts.Relation(n.claim.Key, c.Key) == matching.Same {
			own++
		}
		if !n.live(c.Submitted) || n.holder == c.Claimant || !r.meets(n.claim, c) {
			continue
		}
		waiting++
		if n.status == Approved {
			reasons = append(reasons, r.ownedReason(n, c))
		}
	}
	sortReasons(reasons)
	if reason := r.joins(nodes, c); !reason.IsZero() {
		reasons = append(reasons, reason)
	}
	if len(c.Events) == 0 && r.isExisting(c) {
		reasons = append(reasons, value.NewReason(ExistingCustomer,
			"the account is a customer of the vendor; a channel owner can admit the claim"))
	}
	if waiting >= maxQueue {
		reasons = append(reasons, value.NewReason(QueueFull,
			"{waiting} claims wait for the account; more are not taken", value.Op("waiting", waiting)))
	}
	if own >= r.policy.WaitingClaims {
		reasons = append(reasons, value.NewReason(QueueFull,
			"{waiting} claims of the party itself wait on the account; more are taken once one of them is decided",
			value.Op("waiting", own)))
	}
	return reasons
}

func (r *Rules) ownedReason(n *node, c *Claim) value.Reason {
	scope := n.claim.Filing.Scope.common(c.Filing.Scope)
	return r.claimReason(FirstWins, "{side} holds the account for {scope} until {until}", n,
		value.Op("scope", scope.String()), value.Op("until", value.End(n.until)))
}

// claimReason makes a reason about a rival claim, which only the vendor learns by name.
func (r *Rules) claimReason(code value.Code, template string, rival *node, more ...value.Operand) value.Reason {
	vendor := model.OnlyFor(r.vendor)
	operands := append([]value.Operand{value.Op("side", holder(rival.holder.Side))}, more...)
	return value.NewReason(code, template, append(operands,
		value.Op("holder", rival.holder.String()).To(vendor), value.Op("claim", rival.claim.ID).To(vendor))...)
}

// joins returns the reason reg.joins if the claim would join accounts of different owners; else the zero reason.
func (r *Rules) joins(nodes []node, c *Claim) value.Reason {
	var owned []*node
	for i := range nodes {
		n := &nodes[i]
		if n.status == Approved && r.accounts.Relation(n.claim.Key, c.Key) == matching.Same {
			owned = append(owned, n)
		}
	}
	for i, a := range owned {
		for _, b := range owned[:i] {
			if a.holder != b.holder && r.accounts.Relation(a.claim.Key, b.claim.Key) != matching.Same {
				vendor := model.OnlyFor(r.vendor)
				return value.NewReason(Joins,
					"the claim names two accounts as one that are owned apart: {first} and {second}",
					value.Op("first", b.claim.ID+" of "+b.holder.String()).To(vendor),
					value.Op("second", a.claim.ID+" of "+a.holder.String()).To(vendor))
			}
		}
	}
	return value.Reason{}
}
