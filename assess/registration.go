package assess

import (
	"cmp"
	"slices"
	"time"

	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// registered is the registration of the deal.
type registered struct {
	registrant model.Registrant
	decision   registration.Decision // of the deal's claim; zero where the record has none
	reasons    []value.Reason        // why it is not active; nil where it is
	owed       []escalation.Owed     // the confirmations of the deal's joint claims
	hidden     bool                  // the deal names a malformed claim of which its partner may not know
}

// name returns the name of the claim as a fact; nil where there is no claim.
func (r *registered) name() []string {
	if id := r.decision.Claim.ID; id != "" {
		return []string{claimName(id)}
	}
	return nil
}

// registration returns the deal's claim that is active, or was when won: the first filed, or of its renewals, which
// rank as what they renew, the one that ends last.
func (q *question) registration(k claims, p played) (r registered, n notes) {
	asOf := q.asOf
	if !p.won.IsZero() && p.won.Before(asOf) {
		asOf = p.won
	}
	standings := q.standings(&k, asOf)
	r.hidden = k.hidden
	var best *registration.Standing
	for _, claim := range q.filed(k.known) {
		s := standingOf(standings, claim.ID)
		if s == nil {
			continue
		}
		q.findClaim(&n, s)
		r.owed = append(r.owed, q.joint(s)...)
		who, reasons := s.Registrant(q.registrationDeal(p.won), asOf)
		switch {
		case who != model.NoRegistrant:
			if r.registrant == model.NoRegistrant || outranks(s, best) {
				r.registrant, r.reasons, best = who, nil, s
			}
		case r.registrant == model.NoRegistrant && (best == nil || q.nearness(s) >= q.nearness(best)):
			r.reasons, best = reasons, s
		}
	}
	if best != nil {
		r.decision, _ = q.rules.claims.Look(k.known, best.Claim.ID, asOf) // no error: it is known
	}
	if len(q.deal.Registrations) == 0 {
		r.registrant = p.reported(asOf)
		if r.registrant == model.NoRegistrant {
			n.miss(SectionRegistration, "deal.registrations", missingFact("says which claim registers the deal"))
		}
	}
	return r, n
}

// outranks reports whether a claim registers the deal in place of another one: it ranks before it, or belongs to the
// same chain of renewals and ends later.
func outranks(s, other *registration.Standing) bool {
	order := s.Ranks.Compare(other.Ranks)
	return order < 0 || order == 0 && s.Holder == other.Holder && s.Until.After(other.Until)
}

// nearness is how near a claim that does not register the deal is to doing so: one of who is no party of the deal is
// the farthest, then one that has ended, then one that waits; of those as near the last filed counts.
func (q *question) nearness(s *registration.Standing) int {
	switch {
	case !q.ofDeal(s):
		return 0
	case !s.Ended.IsZero():
		return 1
	}
	return 2
}

// findClaim adds the findings about one of the deal's claims.
func (q *question) findClaim(n *notes, s *registration.Standing) {
	var reader model.Party
	if !q.ofDeal(s) {
		reader = q.vendor
	}
	for _, reason := range s.Findings {
		f := Finding{Part: SectionRegistration, Side: model.Vendor, Reason: reason, // which decides on claims
			Facts: []string{claimName(s.Claim.ID)}}
		if reason.Code() == registration.Unconfirmed {
			f.Side, f.Until = model.Partner, s.Ended
		}
		n.find(finding{Finding: f, only: reader})
	}
}

// filed returns the deal's claims in the order in which they were filed.
func (q *question) filed(known []registration.Claim) []registration.Claim {
	claims := slices.DeleteFunc(slices.Clone(known),
		func(k registration.Claim) bool { return !slices.Contains(q.deal.Registrations, k.ID) })
	slices.SortFunc(claims, func(a, b registration.Claim) int {
		return cmp.Or(a.Submitted.Compare(b.Submitted), cmp.Compare(a.ID, b.ID))
	})
	return claims
}

// claimReader returns the only party that may know of the deal's claim; zero: every party.
func (w *answer) claimReader() model.Party {
	d := &w.claim.decision
	if d.Claim.ID == "" && w.claim.hidden || d.Claim.ID != "" && !ofDeal(w.partnership, &w.ground.deal, &d.Standing) {
		return w.vendor
	}
	return model.Party{}
}

// reported returns the registrant of a deal that names no claim, by the facts that the playbook accepted.
func (p *played) reported(asOf time.Time) model.Registrant {
	var last stage.Fact
	for _, e := range p.history {
		for _, f := range e.Evidence {
			if f.Kind == stage.Registered && !f.At.After(asOf) &&
				(f.At.After(last.At) || f.At.Equal(last.At) && f.Side > last.Side) {
				last = f
			}
		}
	}
	// a deal won at its very end is registered
	ended := !last.Until.IsZero() && (last.Until.Before(asOf) || last.Until.Equal(asOf) && !asOf.Equal(p.won))
	switch {
	case last.At.IsZero() || ended:
		return model.NoRegistrant
	case last.Side == model.Partner:
		return model.ByPartner
	default:
		return model.ByVendor
	}
}
