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
// the vendor ([ExistingCustomer]) or has 1,000 claims of others that own it or wait ([QueueFull]); in this order.
//
// The claims are those of [Rules.Standings]. The new claim needs a new id, a claimant, a filing and a stamp later
// than all others, which Submit does not check against claims; an exception admits a customer; key and events are
// ignored.
//
// Errors, all at once, with paths inside the claim, those of the filing without the word filing, such as account.name:
// claim.id, fact.instant, filing.key, filing.by, side.unknown, party.org, filing.vendor for another vendor than the
// policy's, filing.beneficiary for a With of the claimant's side, scope.id, [AccountUndecided] and those of
// [matching.Rules.Key], event.reason.missing and [ApproverUnknown] for an exception.
func (r *Rules) Submit(claims []Claim, c Claim) (Decision, error) {
	if err := r.made(); err != nil {
		return Decision{}, err
	}
	filed, err := r.file(c.Claimant, c.Filing)
	filed.ID, filed.Submitted, filed.Exception = c.ID, c.Submitted, c.Exception
	return r.submit(claims, filed, err)
}

// submit decides on a claim; err is the error of its filing, whose problems are reported with its own.
func (r *Rules) submit(claims []Claim, c Claim, err error) (Decision, error) {
	var problems value.Errors
	problems.Add("", err)
	problems.Add("id", checkText(claimID, c.ID, maxKey, "is not an id of a claim"))
	problems.Add("submitted", checkInstant(c.Submitted, time.Time{}, c.Submitted))
	problems.Add("exception", r.checkException(c.Exception))
	if err := problems.Err(); err != nil {
		return Decision{}, err
	}
	at := c.Submitted.UTC().Round(0)
	c.Submitted = at
	before := r.resolve(claims, at)
	if reasons := r.refusals(before, &c); len(reasons) > 0 {
		d := Decision{Reasons: reasons, Rivals: r.inTheWay(before, &c)}
		c.ID, c.Submitted, c.Exception = "", time.Time{}, nil
		d.Claim, d.Standing = c, Standing{Claim: c, Status: Refused}
		return d, nil
	}
	d := r.decision(r.resolve(append(claims[:len(claims):len(claims)], c), at), c, at, nil)
	d.Accepted = true
	return d, nil
}

func (r *Rules) checkException(e *Exception) error {
	if e == nil {
		return nil
	}
	var problems value.Errors
	problems.Add("by", r.checkPerson(e.By))
	if !r.owner(e.By) {
		problems.Refuse("by", ApproverUnknown, value.Quote(e.By.Name), "is not a channel owner of the policy")
	}
	problems.Add("reason", checkReason(e.Reason, true))
	return problems.Err()
}

func checkReason(s string, needed bool) error {
	if s == "" && !needed {
		return nil
	}
	return checkText("event.reason.missing", s, maxReason, "is not a reason; write 1 to 4096 bytes of text")
}

// isExisting reports whether a partner claims a customer of the vendor, and neither the policy nor an exception
// admits it (reg.existing_customer).
func (r *Rules) isExisting(c *Claim) bool {
	return c.Claimant.Side == model.Partner && c.Exception == nil && !r.policy.ExistingCustomers && r.customer(c.Key)
}

// refusals returns every reason to refuse a new claim.
func (r *Rules) refusals(nodes []node, c *Claim) []value.Reason {
	var reasons []value.Reason
	waiting := 0
	for i := range nodes {
		n := &nodes[i]
		if !n.live(c.Submitted) || !r.conflict(n.claim, c) {
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
	if r.isExisting(c) {
		reasons = append(reasons, value.NewReason(ExistingCustomer,
			"the account is a customer of the vendor; a channel owner can admit the claim"))
	}
	if waiting >= maxQueue {
		reasons = append(reasons, value.NewReason(QueueFull,
			"{waiting} claims wait for the account; more are not taken", value.Op("waiting", waiting)))
	}
	return reasons
}

func (r *Rules) ownedReason(n *node, c *Claim) value.Reason {
	scope := n.claim.Filing.Scope.common(c.Filing.Scope)
	return r.claimReason(FirstWins, "{side} holds the account for {scope} until {until}", n.claim,
		value.Op("scope", scope.String()), value.Op("until", value.End(n.until)))
}

// claimReason makes a reason about a rival claim, which only the vendor learns by name.
func (r *Rules) claimReason(code value.Code, template string, rival *Claim, more ...value.Operand) value.Reason {
	vendor := model.OnlyFor(r.vendor)
	operands := append([]value.Operand{value.Op("side", holder(rival.Claimant.Side))}, more...)
	return value.NewReason(code, template, append(operands,
		value.Op("holder", rival.Claimant.String()).To(vendor), value.Op("claim", rival.ID).To(vendor))...)
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
			if a.claim.Claimant != b.claim.Claimant && r.accounts.Relation(a.claim.Key, b.claim.Key) != matching.Same {
				vendor := model.OnlyFor(r.vendor)
				return value.NewReason(Joins,
					"the claim names two accounts as one that are owned apart: {first} and {second}",
					value.Op("first", b.claim.ID+" of "+b.claim.Claimant.String()).To(vendor),
					value.Op("second", a.claim.ID+" of "+a.claim.Claimant.String()).To(vendor))
			}
		}
	}
	return value.Reason{}
}
