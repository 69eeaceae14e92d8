package assess

import (
	"cmp"
	"slices"
	"time"

	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// askClaims reads the claims of the record, and finds when those of the deal register
// it: what gate.registered reads.
func (c *inquiry) askClaims() {
	if book := c.engine.claims.Vendor(); c.vendor != book {
		c.lacks(OfRegistration, "deal.vendor", value.NewError(VendorOther, value.Quote(c.vendor.Org), "is not the vendor of the book, "+value.Quote(book.Org)+", whose registrations these are"))
	}
	for _, list := range copies(c.record.Claims, c.asOf) {
		claim, err := c.union(list)
		if err != nil {
			c.lacksFor(c.reader(list), OfRegistration, claimName(list[0].ID), err)
			continue
		}
		c.known = append(c.known, claim)
	}
	for _, id := range slices.Compact(slices.Sorted(slices.Values(c.deal.Registrations))) {
		if !slices.ContainsFunc(c.record.Claims, func(k registration.Claim) bool { return k.ID == id && !k.Submitted.After(c.asOf) }) {
			c.lacks(OfRegistration, claimName(id), missingFact("in the record is the claim that the deal names"))
			continue
		}
		c.registered = append(c.registered, c.registers(id)...)
	}
	c.registered = furthest(c.registered)
}

// unclaimed returns the facts without those that say that the deal is registered, where
// the deal names the claims that do: nobody can open its gate beside them (SPEC 6).
func (c *inquiry) unclaimed(facts []stage.Fact, name func(*stage.Fact) string) []stage.Fact {
	if len(c.deal.Registrations) == 0 {
		return facts
	}
	return slices.DeleteFunc(deal.Sorted(facts), func(f stage.Fact) bool {
		if f.Kind != stage.Registered {
			return false
		}
		if !f.At.After(c.asOf) {
			c.lacks(OfPlaybook, name(&f), value.NewError(FactClaimed, string(f.Kind), "counts only where the deal names no claim; its registrations say when it is registered"))
		}
		return true
	})
}

// furthest keeps the registrations that last longer than all those before them. Gates
// read the latest alone, so one inside another would end the deal's registration early.
func furthest(facts []stage.Fact) []stage.Fact {
	slices.SortFunc(facts, func(a, b stage.Fact) int {
		return cmp.Or(a.At.Compare(b.At), b.Until.Compare(a.Until), deal.Compare(a, b))
	})
	var until time.Time
	return slices.DeleteFunc(facts, func(f stage.Fact) bool {
		inside := !f.Until.After(until)
		until = later(until, f.Until)
		return inside
	})
}

// copies groups the claims that are known by id, in the order of the ids, with what is
// known of each.
func copies(claims []registration.Claim, asOf time.Time) [][]registration.Claim {
	claims = slices.DeleteFunc(slices.Clone(claims), func(c registration.Claim) bool { return c.Submitted.After(asOf) })
	slices.SortFunc(claims, func(a, b registration.Claim) int { return cmp.Or(cmp.Compare(a.ID, b.ID), deal.Compare(a, b)) })
	var groups [][]registration.Claim
	for i, claim := range claims {
		claim.Events = slices.DeleteFunc(slices.Clone(claim.Events), func(e registration.Event) bool { return e.At.After(asOf) })
		if i == 0 || claim.ID != claims[i-1].ID {
			groups = append(groups, nil)
		}
		last := len(groups) - 1
		groups[last] = append(groups[last], claim)
	}
	return groups
}

// union returns what the copies of one claim say together.
func (c *inquiry) union(list []registration.Claim) (registration.Claim, error) {
	var one registration.Claim
	for i, claim := range list {
		if c.engine.host.Registrable == nil && !claim.Key.Decides() {
			return claim, value.In("key", value.NewError(RegistrableMissing, "nothing", "says which account it is; give the claim's key, or Host.Registrable, such as domains.Registrable"))
		}
		claim, err := c.engine.claims.Import(claim, c.asOf)
		if err == nil && i > 0 {
			claim, err = one.Union(claim)
		}
		if err != nil {
			return registration.Claim{}, err
		}
		one = claim
	}
	return one, nil
}

// reader is who may know of a claim that was refused: its one claimant, or the vendor.
func (c *inquiry) reader(list []registration.Claim) model.Party {
	for _, claim := range list {
		if claim.Claimant != c.partner {
			return c.vendor
		}
	}
	return model.Party{}
}

// registers returns the time in which a claim registers the deal, as a fact that gates
// read; nil where it does not.
func (c *inquiry) registers(id string) []stage.Fact {
	look, err := c.engine.claims.Look(c.known, id, c.asOf)
	if err != nil || look.Standing.Approved.IsZero() || look.Standing.BeatenBy != "" {
		return nil
	}
	from := active(look.Standing)
	until := cmp.Or(look.Standing.Ended, look.Standing.Until)
	if from.IsZero() || !from.Before(until) {
		return nil
	}
	then, err := c.engine.claims.Look(c.known, id, from)
	if err != nil {
		return nil
	}
	if who, _ := then.Standing.Registrant(c.registrationDeal(time.Time{}), from); who == model.NoRegistrant {
		return nil
	}
	return []stage.Fact{{Kind: stage.Registered, Side: look.Claim.Claimant.Side, At: from, Until: until, By: look.Claim.Filing.By}}
}

// active returns since when a claim is: approved, and confirmed by the other party.
func active(s registration.Standing) time.Time {
	with := s.Claim.Filing.With
	if with.IsZero() || with.Side == model.Vendor {
		return s.Approved
	}
	for _, e := range s.Claim.Events {
		if e.Do == registration.Confirm && e.By.Party == with {
			if e.At.After(s.Approved) {
				return e.At
			}
			return s.Approved
		}
	}
	return time.Time{}
}

func (c *inquiry) registrationDeal(won time.Time) registration.Deal {
	return registration.Deal{Partner: c.partner, Vendor: c.vendor, Scope: c.deal.Scope, Won: won}
}

// askRegistration says who holds the registration: the first that was filed of the
// deal's claims that are active, at the latest when the deal was won. Of it and its
// renewals it tells the one that ends last.
func (c *inquiry) askRegistration() {
	asOf := c.asOf
	if !c.won.IsZero() && c.won.Before(asOf) {
		asOf = c.won
	}
	a := &c.answer
	for _, id := range c.filed() {
		look, err := c.engine.claims.Look(c.known, id, asOf)
		if err != nil {
			continue
		}
		c.findClaim(&look)
		who, reasons := look.Standing.Registrant(c.registrationDeal(c.won), asOf)
		switch last := &a.claim.Claim; {
		case who != model.NoRegistrant:
			if a.registrant == model.NoRegistrant || who == a.registrant && look.Standing.Until.After(a.claim.Standing.Until) {
				a.registrant, a.claim, a.unclaimed = who, look, nil
			}
		case a.registrant == model.NoRegistrant && (last.ID == "" || a.ofDeal(&look.Claim) || !a.ofDeal(last)):
			a.claim, a.unclaimed = look, reasons
		}
	}
	if len(c.deal.Registrations) == 0 {
		c.answer.registrant = c.reported(asOf)
		if c.answer.registrant == model.NoRegistrant {
			c.lacks(OfRegistration, "deal.registrations", missingFact("says which claim registers the deal"))
		}
	}
}

// findClaim finds what is wrong with one of the deal's claims.
func (c *inquiry) findClaim(look *registration.Decision) {
	var reader model.Party
	if !c.answer.ofDeal(&look.Claim) {
		reader = c.vendor
	}
	for _, reason := range look.Standing.Findings {
		side := model.Vendor // decides on claims
		if reason.Code() == registration.Unconfirmed {
			side = look.Claim.Filing.With.Side
		}
		c.find(finding{Finding{Part: OfRegistration, Side: side, Reason: reason, Facts: []string{claimName(look.Claim.ID)}}, reader})
	}
}

// filed are the ids of the deal's claims in the order in which they were filed.
func (c *inquiry) filed() []string {
	claims := slices.DeleteFunc(slices.Clone(c.known), func(k registration.Claim) bool { return !slices.Contains(c.deal.Registrations, k.ID) })
	slices.SortFunc(claims, func(a, b registration.Claim) int {
		return cmp.Or(a.Submitted.Compare(b.Submitted), cmp.Compare(a.ID, b.ID))
	})
	ids := make([]string, len(claims))
	for i := range claims {
		ids[i] = claims[i].ID
	}
	return ids
}

// ofDeal reports whether a claim is of a party of the deal, or for one, and of nobody
// beside them: with whom else the vendor filed is not the deal's partner's to know.
func (w *answer) ofDeal(c *registration.Claim) bool {
	return c.Claimant == w.partner || c.Filing.With == w.partner || c.Claimant == w.vendor && c.Filing.With.IsZero()
}

// claimReader is who alone may know of the deal's claim: nobody is everybody, as there
// is none, or it is of a party of the deal.
func (w *answer) claimReader() model.Party {
	if c := &w.claim.Claim; c.ID == "" || w.ofDeal(c) {
		return model.Party{}
	}
	return w.vendor
}

func (c *inquiry) claimFacts() []string {
	if id := c.answer.claim.Claim.ID; id != "" {
		return []string{claimName(id)}
	}
	return nil
}

// reported is who holds the registration by the record's own facts, where the deal names
// no claim. It reads the facts that the playbook took, the evidence of moves among them.
func (c *inquiry) reported(asOf time.Time) model.Registrant {
	var last stage.Fact
	for _, e := range c.history {
		for _, f := range e.Evidence {
			if f.Kind == stage.Registered && !f.At.After(asOf) && (f.At.After(last.At) || f.At.Equal(last.At) && f.Side > last.Side) {
				last = f
			}
		}
	}
	ended := !last.Until.IsZero() && (last.Until.Before(asOf) || last.Until.Equal(asOf) && !asOf.Equal(c.won)) // for won its very end counts
	switch {
	case last.At.IsZero() || ended:
		return model.NoRegistrant
	case last.Side == model.Partner:
		return model.ByPartner
	default:
		return model.ByVendor
	}
}
