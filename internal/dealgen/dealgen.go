// Package dealgen draws deals and records for property tests. Each is well formed.
package dealgen

import (
	"slices"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/internal/wiregen"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// AnyDeal draws a deal that is well formed, mostly nonsense.
func AnyDeal() *rapid.Generator[deal.Deal] {
	any := wiregen.Of[deal.Deal](wiregen.Words{"stage": {"discovery", "proposal"}})
	return rapid.Map(any, func(d deal.Deal) deal.Deal {
		if d.Committed.Before(d.Opening.Day) {
			d.Committed = d.Opening.Day
		}
		d.Participants = sound(d)
		for i := range d.PartnerShares {
			d.PartnerShares[i].Party = model.PartnerOrg(d.Partner)
			if i > 0 && i <= len(d.Participants) {
				d.PartnerShares[i].Party = d.Participants[i-1].Party
			}
		}
		return d
	})
}

// sound returns the participants of a deal as further partners, each once, whose days are in order.
func sound(d deal.Deal) []deal.Participant {
	seen := map[model.Party]bool{model.PartnerOrg(d.Partner): true}
	var kept []deal.Participant
	for _, p := range d.Participants {
		p.Party.Side = model.Partner
		if p.Until.Before(p.From) {
			p.Until = value.Date{}
		}
		if !seen[p.Party] && p.Party.Org != "" {
			kept = append(kept, p)
		}
		seen[p.Party] = true
	}
	return kept
}

// AnyRecord draws a record that is well formed, mostly nonsense.
func AnyRecord() *rapid.Generator[deal.Record] {
	any := wiregen.Of[deal.Record](wiregen.Words{
		"kind": {string(stage.ProposalSent), string(stage.Qualified), string(stage.Registered), "scheduling",
			"pricing"},
		"to": {"discovery", "presentation", "pilot"},
	})
	return rapid.Map(any, func(r deal.Record) deal.Record {
		r.Blockers = distinct(r.Blockers)
		return r
	})
}

// distinct returns the blockers without repeated ids, each concerning a company once.
func distinct(list []deal.Blocker) []deal.Blocker {
	seen := map[string]bool{}
	var kept []deal.Blocker
	for _, b := range list {
		if !seen[b.ID] {
			slices.SortFunc(b.Concerns, model.Party.Compare)
			b.Concerns = slices.Compact(b.Concerns)
			kept = append(kept, b)
		}
		seen[b.ID] = true
	}
	return kept
}

// AnyChange draws a change that is well formed, mostly nonsense.
func AnyChange() *rapid.Generator[deal.Change] {
	return rapid.Custom(func(t *rapid.T) deal.Change {
		return rapid.SampledFrom(Changes(AnyDeal().Draw(t, "deal"), AnyRecord().Draw(t, "record"))).Draw(t, "change")
	})
}

// Changes returns a change for each fact of a record, one for each event of a claim and each act on a blocker, and
// one that edits the whole deal.
func Changes(d deal.Deal, r deal.Record) []deal.Change {
	list := []deal.Change{{Edit: deal.Edit{Deal: d}}}
	for _, e := range r.Events {
		list = append(list, deal.Change{Event: e})
	}
	for _, f := range r.Facts {
		list = append(list, deal.Change{Facts: []stage.Fact{f}})
	}
	for _, a := range r.Activities {
		list = append(list, deal.Change{Activity: a})
	}
	for _, c := range r.Claims {
		list = append(list, deal.Change{Claim: c})
		for _, e := range c.Events {
			list = append(list, deal.Change{ClaimEvent: deal.ClaimEvent{Claim: c.ID, Event: e}})
		}
	}
	for _, b := range r.Blockers {
		list = append(list, deal.Change{Blocker: b})
		act := func(act escalation.Act, e escalation.Event) {
			list = append(list, deal.Change{BlockerEvent: deal.BlockerEvent{Blocker: b.ID, Act: act, Event: e}})
		}
		for _, e := range b.Acknowledged {
			act(escalation.Acknowledged, e)
		}
		if !b.Resolved.At.IsZero() {
			act(escalation.Resolved, b.Resolved)
		}
	}
	return list
}
