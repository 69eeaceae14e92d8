package deal

import (
	"slices"

	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/value"
)

// With returns the deal with a change: an edit of it, or a claim that its partner or its vendor files, which joins
// Registrations; any other change leaves it as it is. A claim with events was filed before, perhaps for another deal:
// an edit names it. After an error With returns the deal unchanged. Errors: those of [Change.Check], change.deal for
// an edit that names another deal, and those of [Deal.Check], all with paths below "change". The deal that it returns
// shares lists with d, and none with the change.
func (d Deal) With(c Change) (Deal, error) {
	if err := c.Check(); err != nil {
		return d, value.Below("change", err)
	}
	if claim := &c.Claim; d.files(claim) {
		next := d
		next.Registrations = append(slices.Clip(d.Registrations), claim.ID)
		if err := wire.CheckCounts(&next); err != nil {
			return d, value.Below("change.claim", err)
		}
		return next, nil
	}
	if c.Edit.IsZero() {
		return d, nil
	}
	edit := wire.Clone(c.Edit)
	if id := edit.Deal.ID; id != "" && id != d.ID {
		return d, value.Below("change.edit.id", value.NewError("change.deal", value.Quote(id),
			"is not the deal that is edited, which is "+value.Quote(d.ID)))
	}
	next := d
	wire.Merge(&next, &edit.Deal)
	for _, name := range edit.Clear {
		wire.Clear(&next, name)
	}
	if err := next.Check(); err != nil {
		return d, value.Below("change.edit", err)
	}
	return next, nil
}

// files reports whether a claim is a new one by a party of the deal, which the deal does not name yet.
func (d *Deal) files(c *registration.Claim) bool {
	ours := c.Claimant == model.PartnerOrg(d.Partner) || c.Claimant == model.VendorOrg(d.Vendor)
	return ours && len(c.Events) == 0 && !slices.Contains(d.Registrations, c.ID)
}

// With returns the record with a change; an edit of the deal leaves it as it is. A fact that the record has is
// taken and changes nothing. A claim whose events include all of those of its copies in the record replaces them;
// one with fewer events than a copy changes nothing. After an error the record is returned unchanged. Errors, all
// with paths below "change": those of [Change.Check]; [FactTwice] for an activity, a claim or a blocker whose id
// another one of the record has, and for a second resolution; fact.unknown for an event of a claim or a blocker
// that the record does not have; fact.excess. The record that it returns shares facts with r, and nothing with
// the change.
func (r Record) With(c Change) (Record, error) {
	err := c.Check()
	if err != nil {
		return r, value.Below("change", err)
	}
	c = wire.Clone(c)
	next := r
	switch c.members()[0] {
	case "event":
		next.Events = including(r.Events, c.Event, compareEvents)
	case "facts":
		for _, f := range c.Facts {
			next.Facts = including(next.Facts, f, compareFacts)
		}
	case "activity":
		next.Activities, err = r.withActivity(c.Activity)
	case "claim":
		next.Claims, err = r.withClaim(c.Claim)
	case "claim_event":
		next.Claims, err = r.withClaimEvent(c.ClaimEvent)
	case "blocker":
		next.Blockers, err = r.withBlocker(c.Blocker)
	case "blocker_event":
		next.Blockers, err = r.withBlockerEvent(c.BlockerEvent)
	}
	if err == nil {
		err = wire.CheckCounts(&next)
	}
	if err != nil {
		return r, value.Below("change", err)
	}
	return next, nil
}

// including returns a new list with x before the first element that comes after it, so that a sorted list stays
// sorted; the list itself where it has x.
func including[T any](list []T, x T, compare func(a, b T) int) []T {
	at := len(list)
	for i := range list {
		switch order := compare(list[i], x); {
		case order == 0:
			return list
		case order > 0:
			at = min(at, i)
		}
	}
	return slices.Insert(slices.Clip(list), at, x)
}

func twice(path, id, kind string) error {
	return value.Below(path, value.NewError(FactTwice, value.Quote(id),
		"is the id of "+kind+" that the record has with other contents; give each its own"))
}

func unknown(path, id, kind string) error {
	return value.Below(path, value.NewError("fact.unknown", value.Quote(id), "is no "+kind+" of the record"))
}

func (r Record) withActivity(a comms.Activity) ([]comms.Activity, error) {
	other := false
	for i := range r.Activities {
		if known := &r.Activities[i]; known.ID == a.ID {
			if byMembers(*known, a) == 0 {
				return r.Activities, nil
			}
			other = true
		}
	}
	if other {
		return nil, twice("activity.id", a.ID, "an activity")
	}
	return append(slices.Clip(r.Activities), a), nil
}

func (r Record) withClaim(c registration.Claim) ([]registration.Claim, error) {
	kept := make([]registration.Claim, 0, len(r.Claims)+1)
	known := false
	for _, k := range r.Claims {
		if k.ID == c.ID {
			if !sameFiling(k, c) {
				return nil, twice("claim.id", c.ID, "a claim")
			}
			if extends(k, c) {
				known = true
			} else if extends(c, k) {
				continue
			} else {
				return nil, twice("claim.id", c.ID, "a claim")
			}
		}
		kept = append(kept, k)
	}
	if known {
		return r.Claims, nil
	}
	return including(kept, c, compareClaims), nil
}

// sameFiling reports whether two claims differ in their events at most.
func sameFiling(a, b registration.Claim) bool {
	a.Events, b.Events = nil, nil
	return byMembers(a, b) == 0
}

// extends reports whether a claim has all events of another one.
func extends(a, b registration.Claim) bool {
	return !slices.ContainsFunc(b.Events, func(e registration.Event) bool { return !contains(a.Events, e) })
}

func contains[T any](list []T, x T) bool {
	return slices.ContainsFunc(list, func(y T) bool { return byMembers(x, y) == 0 })
}

func (r Record) withClaimEvent(e ClaimEvent) ([]registration.Claim, error) {
	next, known := slices.Clone(r.Claims), false
	for i := range next {
		c := &next[i]
		if c.ID != e.Claim {
			continue
		}
		known = true
		if contains(c.Events, e.Event) {
			continue
		}
		at := len(c.Events) // after the last one that is not later, because events stand in the order of their instants
		for at > 0 && c.Events[at-1].At.After(e.At) {
			at--
		}
		c.Events = slices.Insert(slices.Clip(c.Events), at, e.Event)
	}
	if !known {
		return nil, unknown("claim_event.claim", e.Claim, "claim")
	}
	return next, nil
}

func (r Record) withBlocker(b Blocker) ([]Blocker, error) {
	for _, known := range r.Blockers {
		if known.ID == b.ID && byMembers(known, b) != 0 {
			return nil, twice("blocker.id", b.ID, "a blocker")
		}
	}
	return including(r.Blockers, b, compareBlockers), nil
}

func (r Record) withBlockerEvent(e BlockerEvent) ([]Blocker, error) {
	next, known := slices.Clone(r.Blockers), false
	for i := range next {
		b := &next[i]
		if b.ID != e.Blocker {
			continue
		}
		known = true
		switch {
		case e.Act == escalation.Resolved && b.Resolved.At.IsZero():
			b.Resolved = e.Event
		case e.Act == escalation.Resolved && byMembers(b.Resolved, e.Event) != 0:
			return nil, value.Below("blocker_event.act", value.NewError(FactTwice, e.Act.String(),
				"stands in the record already, with other contents; a blocker is resolved once"))
		case e.Act == escalation.Acknowledged && !contains(b.Acknowledged, e.Event):
			b.Acknowledged = append(slices.Clip(b.Acknowledged), e.Event)
		}
	}
	if !known {
		return nil, unknown("blocker_event.blocker", e.Blocker, "blocker")
	}
	return next, nil
}
