package registration

import (
	"cmp"
	"slices"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration/matching"
	"github.com/coselling/coselling/value"
)

// Decision is what the rules say to a filing or an event, for the vendor's eyes: give a
// party [Decision.For]. The slices belong to the caller.
type Decision struct {
	Accepted bool           // whether it takes effect; otherwise Reasons say why not
	Claim    Claim          // the claim as it is to be stored; unchanged, or without an id where a filing is refused
	Standing Standing       // how it then stands
	Rivals   []Rival        // live claims of other parties that overlap it, and those that were rejected by this decision
	Reasons  []value.Reason // every reason at once; nil where nothing is to say
}

// Rival is another claim beside one.
type Rival struct {
	Standing Standing
	Scope    Scope          // what both claim
	Match    matching.Match // why it is the same account, or near
}

// Answer is what a party may know of a claim (reg.confidential). It has no trace of
// who the other claimants are: a change of their identity changes no byte of it.
type Answer struct {
	Claim  string `json:"claim,omitzero"` // the id; empty where the filing was refused
	Status Status `json:"status,omitzero"`
	// whether it is in force
	Active    bool      `json:"active,omitzero"`
	Submitted time.Time `json:"submitted,omitzero"`
	Due       time.Time `json:"due,omitzero"` // by when the vendor decides
	// the end of protection of the own claim; of a refused filing that of the last claim in its way
	Until time.Time `json:"until,omitzero"`
	Held  []Holding `json:"held,omitzero"` // what stands in the way, or did when the claim was rejected, by Until
	// why it stands so
	Reasons []value.Reason `json:"reasons,omitzero"`
}

// Holding is what a party may know of somebody else's claim.
type Holding struct {
	Scope  Scope      `json:"scope,omitzero"`  // the part that overlaps
	Until  time.Time  `json:"until,omitzero"`  // when its protection ends; zero while it is not approved
	Holder model.Side `json:"holder,omitzero"` // the vendor, or another partner
}

// For returns the answer to a party: the vendor's reasons are complete, those of a
// partner lack what concerns others (reg.confidential).
func (d Decision) For(party model.Party) Answer {
	s := d.Standing
	a := Answer{Claim: d.Claim.ID, Status: s.Status, Active: s.Active, Submitted: d.Claim.Submitted, Due: s.Due, Until: s.Until}
	for _, rival := range d.Rivals {
		if s.Claim.Filing.Scope.Overlaps(rival.Standing.Claim.Filing.Scope) && ahead(s, rival.Standing) {
			a.Held = append(a.Held, Holding{Scope: rival.Scope, Until: rival.Standing.Until, Holder: rival.Standing.Claim.Claimant.Side})
		}
	}
	slices.SortFunc(a.Held, func(a, b Holding) int { // by what a party may see, so that the order tells nothing
		return cmp.Or(a.Until.Compare(b.Until), cmp.Compare(a.Scope.String(), b.Scope.String()), cmp.Compare(a.Holder.String(), b.Holder.String()))
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
			a.Reasons = append(a.Reasons, value.NewReason(Order, "a claim of {side} for {scope} was filed before and is decided first", side, scope))
		case s.Status == Rejected && !d.says(FirstWins):
			a.Reasons = append(a.Reasons, value.NewReason(FirstWins, "a claim of {side} for {scope} was filed before and was approved until {until}", side, scope, value.Op("until", h.Until)))
		}
	}
	return a
}

// says reports whether the reasons of the decision have a code.
func (d Decision) says(code value.Code) bool {
	return slices.ContainsFunc(d.Reasons, func(r value.Reason) bool { return r.Code() == code })
}

// ahead reports whether a rival stands in the way.
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

// holder says whose a claim is, as a rival may know it.
func holder(s model.Side) string {
	if s == model.Vendor {
		return "the vendor"
	}
	return "another partner"
}
