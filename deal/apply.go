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

// Apply returns a deal and its record with a change. An edit replaces or clears members of the deal. A new claim that
// the deal's partner or vendor files registers the deal: it joins Registrations. One with events was filed before,
// perhaps for another deal; an edit names it. A fact that the record has is taken and changes nothing. A claim whose
// events include all of those of its copies in the record replaces them; one with fewer events than a copy changes
// nothing.
//
// After an error both are returned unchanged. Errors, all with paths below "change": those of [Change.Check];
// change.deal for an edit that names another deal; those of [Deal.Check] for the edited deal; [FactTwice] for an
// activity, a claim or a blocker whose id another one of the record has, and for a second resolution; fact.unknown
// for an event of a claim or a blocker that the record does not have; fact.excess. What it returns shares lists with
// d and r, and none with the change.
func (c Change) Apply(d Deal, r Record) (Deal, Record, error) {
	next, record := d, r
	record.Activities = slices.Clip(r.Activities)
	if err := c.Join(&next, &record); err != nil {
		return d, r, err
	}
	return next, record, nil
}

// Join changes a deal and its record in place; [Change.Apply] returns new ones and has the same errors. After an error
// neither is changed. An activity is appended to the list that the record has, so the spare room of that list must be
// the caller's alone.
func (c Change) Join(d *Deal, r *Record) error {
	if err := c.Check(); err != nil {
		return value.Below("change", err)
	}
	c = wire.Clone(c)
	next, err := c.edited(*d, *r)
	if err != nil {
		return value.Below("change", err)
	}
	record, err := c.recorded(*r)
	if err != nil {
		return value.Below("change", err)
	}
	*d, *r = next, record
	return nil
}

// edited returns the deal with an edit or a filing.
func (c *Change) edited(d Deal, r Record) (Deal, error) {
	next := d
	if c.files(&d, &r) {
		next.Registrations = append(slices.Clip(d.Registrations), c.Claim.ID)
		return next, value.Below("claim", wire.CheckCounts(&next))
	}
	if c.Edit.IsZero() {
		return d, nil
	}
	if id := c.Edit.Deal.ID; id != "" && id != d.ID {
		return d, value.Below("edit.id", value.NewError("change.deal", value.Quote(id),
			"is not the deal that is edited, which is "+value.Quote(d.ID)))
	}
	wire.Merge(&next, &c.Edit.Deal)
	for _, name := range c.Edit.Clear {
		wire.Clear(&next, name)
	}
	return next, value.Below("edit", next.Check())
}

// files reports whether the change is a new claim by a party of the deal, which is not known yet.
func (c *Change) files(d *Deal, r *Record) bool {
	by := c.Claim.Claimant
	ours := by == model.PartnerOrg(d.Partner) || by == model.VendorOrg(d.Vendor) || d.hasParticipant(by)
	return ours && len(c.Claim.Events) == 0 && !slices.Contains(d.Registrations, c.Claim.ID) &&
		!slices.ContainsFunc(r.Claims, func(k registration.Claim) bool { return k.ID == c.Claim.ID })
}

// recorded returns the record with a fact.
func (c *Change) recorded(r Record) (next Record, err error) {
	next = r
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
	return next, err
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
	return value.Below(path, &value.Error{Code: FactTwice, Got: value.Quote(id), Class: value.Conflict,
		Problem: "is the id of " + kind + " that the record has with other contents; give each its own"})
}

func unknown(path, id, kind string) error {
	return value.Below(path, &value.Error{Code: "fact.unknown", Got: value.Quote(id), Class: value.NotFound,
		Problem: "is no " + kind + " of the record"})
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
	return append(r.Activities, a), nil
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
