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

// Decision is the answer of the rules to a filing or an event, for the vendor alone: give a party [Decision.For].
type Decision struct {
	Accepted bool // the filing or event takes effect, true of a look; if not, Reasons says why
	// the claim as it is to be stored; unchanged if an event is refused, without an id if a filing is refused
	Claim    Claim
	Standing Standing // of the claim, after the decision
	// live claims of other parties that overlap the claim, and those that this decision rejects, by stamp, then id;
	// of a filing that is queued the first in front alone
	Rivals  []Rival
	Reasons []value.Reason // every reason at once, why it was not accepted; nil if there is none
}

// Rival is another claim that stands beside the one that was asked about.
type Rival struct {
	Standing Standing
	Scope    Scope          // the part that both claims share
	Match    matching.Match // why the accounts are the same, or near
}

// rivalWire is the form of a [Rival]; empty members are left out.
type rivalWire struct {
	Claim    string            `json:"claim"` // its id
	Holder   model.Party       `json:"holder"`
	Status   Status            `json:"status"`
	Until    time.Time         `json:"until,omitzero"`
	Scope    Scope             `json:"scope"`
	Relation matching.Relation `json:"relation"`
	Evidence []value.Reason    `json:"evidence,omitzero"` // why it is the same account
}

// MarshalJSON returns the claim of the rival in short, and why it is the same account. Nothing reads this form back.
func (r Rival) MarshalJSON() ([]byte, error) { return r.AppendJSON(nil) }

// AppendJSON appends the form that [Rival.MarshalJSON] returns.
func (r Rival) AppendJSON(b []byte) ([]byte, error) {
	c, s := &r.Standing.Claim, &r.Standing
	return wire.Append(b, &rivalWire{
		c.ID, s.Holder, s.Status, s.Until, r.Scope, r.Match.Relation, r.Match.Evidence,
	})
}

// Answer describes a claim as far as a party may know it: no byte depends on who else claims (reg.confidential).
type Answer struct {
	Claim string `json:"claim,omitzero"` // its id; empty if the filing was refused
	// the filing or the step takes effect, true of a look; if not, Reasons says why
	Accepted  bool      `json:"accepted,omitzero"`
	Status    Status    `json:"status,omitzero"`
	Active    bool      `json:"active,omitzero"` // whether it is in force
	Submitted time.Time `json:"submitted,omitzero"`
	Due       time.Time `json:"due,omitzero"` // when the decision of the vendor is due
	// end of the protection of the claim; of a refused filing, when the last claim in its way ends
	Until time.Time `json:"until,omitzero"`
	// the claims that stand in the way, or did when the claim was rejected, by Until, then scope, of a filing that is
	// queued just now the first in front alone; nil: none
	Held    []Holding      `json:"held,omitzero"`
	Reasons []value.Reason `json:"reasons,omitzero"` // why it stands so; nil: nothing to say
}

// Holding describes another party's claim as far as a party may know it.
type Holding struct {
	Scope  Scope      `json:"scope,omitzero"`  // the part that overlaps
	Until  time.Time  `json:"until,omitzero"`  // end of its protection; zero if it is not approved
	Holder model.Side `json:"holder,omitzero"` // the vendor, or another partner
}

// MarshalJSON returns the answer with its members in a fixed order. Nothing reads this form back.
func (a Answer) MarshalJSON() ([]byte, error) { return wire.Marshal(&a) }

// MarshalJSON returns the holding as an [Answer] contains it; a scope of everything is left out.
func (h Holding) MarshalJSON() ([]byte, error) { return wire.Marshal(&h) }

// For returns the answer to a party; a partner does not get what concerns others (reg.confidential). It does not
// check that the party may see the claim; [Registry.Answer] does. Reasons come in this order: those of the
// decision; the findings of the standing; why a channel owner rejected it; last, for a queued claim an [Order] and for
// a beaten one a [FirstWins] reason for each entry of Held, unless the decision already has a reason of that code.
func (d Decision) For(party model.Party) Answer {
	s := d.Standing
	a := Answer{
		Claim: d.Claim.ID, Accepted: d.Accepted, Status: s.Status, Active: s.Active,
		Submitted: d.Claim.Submitted, Due: s.Due, Until: s.Until,
	}
	for _, rival := range d.Rivals {
		other := rival.Standing.Claim
		if s.Claim.Filing.Scope.Overlaps(other.Filing.Scope) && ahead(s, rival.Standing) {
			a.Held = append(a.Held, Holding{rival.Scope, rival.Standing.Until, rival.Standing.Holder.Side})
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
	if s.Why != "" && s.Status == Rejected {
		a.Reasons = append(a.Reasons, value.NewReason(Life, "the vendor rejected the claim: {why}",
			value.Op("why", value.Quote(s.Why))))
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
				side, scope, value.Op("until", value.End(h.Until))))
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
