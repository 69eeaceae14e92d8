package registration

import (
	"cmp"
	"slices"
	"time"

	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration/matching"
	"github.com/coselling/coselling/value"
)

// Decision is the answer of the rules to a filing or an event. It is for the vendor alone:
// give a party the answer of [Decision.For]. The slices belong to the caller.
type Decision struct {
	// the filing or event takes effect; if not, Reasons says why
	Accepted bool
	// the claim as it is to be stored; unchanged if an event is refused, without an id if a filing is refused
	Claim Claim
	// of the claim, after the decision
	Standing Standing
	// live claims of other parties that overlap the claim, and those that this decision rejects
	Rivals []Rival
	// every reason at once; nil if there is none
	Reasons []value.Reason
}

// Rival is another claim that stands beside the one that was asked about.
type Rival struct {
	Standing Standing
	Scope    Scope          // the part that both claims share
	Match    matching.Match // why the accounts are the same, or near
}

// rivalWire is the form of a [Rival]; empty members are left out.
type rivalWire struct {
	// its id
	Claim    string            `json:"claim"`
	Claimant model.Party       `json:"claimant"`
	Status   Status            `json:"status"`
	Until    time.Time         `json:"until,omitzero"`
	Scope    Scope             `json:"scope"`
	Relation matching.Relation `json:"relation"`
	// why it is the same account
	Evidence []value.Reason `json:"evidence,omitzero"`
}

// MarshalJSON returns the id, the claimant and the status of the claim, and why it is the same account: members in
// a fixed order, empty ones left out, instants in RFC 3339 in UTC. The form is for readers; nothing reads it back.
func (r Rival) MarshalJSON() ([]byte, error) { return r.AppendJSON(nil) }

// AppendJSON appends the form that [Rival.MarshalJSON] returns.
func (r Rival) AppendJSON(b []byte) ([]byte, error) {
	c, s := &r.Standing.Claim, &r.Standing
	return wire.Append(b, &rivalWire{
		c.ID, c.Claimant, s.Status, s.Until, r.Scope, r.Match.Relation, r.Match.Evidence,
	})
}

// Answer describes a claim as far as a party may know it (reg.confidential). It does not
// depend on the identity of other claimants: if that changes, no byte of the answer does.
type Answer struct {
	// its id; empty if the filing was refused
	Claim  string `json:"claim,omitzero"`
	Status Status `json:"status,omitzero"`
	// whether it is in force
	Active    bool      `json:"active,omitzero"`
	Submitted time.Time `json:"submitted,omitzero"`
	// when the decision of the vendor is due
	Due time.Time `json:"due,omitzero"`
	// end of the protection of the claim; of a refused filing, when the last claim in its way ends
	Until time.Time `json:"until,omitzero"`
	// the claims that stand in the way, or did when the claim was rejected, by Until
	Held []Holding `json:"held,omitzero"`
	// why it stands so
	Reasons []value.Reason `json:"reasons,omitzero"`
}

// Holding describes another party's claim as far as a party may know it.
type Holding struct {
	// the part that overlaps
	Scope Scope `json:"scope,omitzero"`
	// end of its protection; zero if it is not approved
	Until time.Time `json:"until,omitzero"`
	// the vendor, or another partner
	Holder model.Side `json:"holder,omitzero"`
}

// For returns the answer to a party. The vendor gets complete reasons, a partner gets them
// without the operands that concern others (reg.confidential).
func (d Decision) For(party model.Party) Answer {
	s := d.Standing
	a := Answer{
		Claim: d.Claim.ID, Status: s.Status, Active: s.Active,
		Submitted: d.Claim.Submitted, Due: s.Due, Until: s.Until,
	}
	for _, rival := range d.Rivals {
		other := rival.Standing.Claim
		if s.Claim.Filing.Scope.Overlaps(other.Filing.Scope) && ahead(s, rival.Standing) {
			a.Held = append(a.Held, Holding{rival.Scope, rival.Standing.Until, other.Claimant.Side})
		}
	}
	slices.SortFunc(a.Held, func(a, b Holding) int { // by what the party sees, so that the order gives nothing away
		return cmp.Or(a.Until.Compare(b.Until), cmp.Compare(a.Scope.String(), b.Scope.String()),
			cmp.Compare(a.Holder.String(), b.Holder.String()))
	})
	if s.Status == Refused && len(a.Held) > 0 {
		a.Until = a.Held[len(a.Held)-1].Until
	}
	for _, reason := range slices.Concat(d.Reasons, s.Findings) {
		a.Reasons = append(a.Reasons, party.View(reason))
	}
	for _, h := range a.Held {
		side, scope := value.Op("side", holder(h.Holder)), value.Op("scope", h.Scope.String())
		switch {
		case s.Status == Queued && !d.says(Order):
			a.Reasons = append(a.Reasons, value.NewReason(Order,
				"a claim of {side} for {scope} was filed before and is decided first", side, scope))
		case s.Status == Rejected && !d.says(FirstWins):
			a.Reasons = append(a.Reasons, value.NewReason(FirstWins,
				"a claim of {side} for {scope} was filed before and was approved until {until}",
				side, scope, value.Op("until", h.Until)))
		}
	}
	return a
}

// says reports whether a reason of the decision has a code.
func (d Decision) says(code value.Code) bool {
	return slices.ContainsFunc(d.Reasons, func(r value.Reason) bool { return r.Code() == code })
}

// ahead reports whether a rival stands in the way of s.
func ahead(s, rival Standing) bool {
	switch s.Status {
	case Refused:
		return rival.Status == Approved
	case Queued:
		return slices.Contains(s.Behind, rival.Claim.ID)
	case Rejected:
		return s.BeatenBy == rival.Claim.ID
	}
	return false
}

// holder names a claimant by its side, which is all that a rival may know.
func holder(s model.Side) string {
	if s == model.Vendor {
		return "the vendor"
	}
	return "another partner"
}
