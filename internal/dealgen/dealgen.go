// Package dealgen draws deals and records for property tests. Each is well formed.
package dealgen

import (
	"pgregory.net/rapid"

	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/internal/wiregen"
	"github.com/coselling/coselling/stage"
)

// AnyDeal draws a deal that is well formed, mostly nonsense.
func AnyDeal() *rapid.Generator[deal.Deal] {
	return wiregen.Of[deal.Deal](wiregen.Words{"stage": {"discovery", "proposal"}})
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

// distinct returns the blockers without repeated ids.
func distinct(list []deal.Blocker) []deal.Blocker {
	seen := map[string]bool{}
	var kept []deal.Blocker
	for _, b := range list {
		if !seen[b.ID] {
			kept = append(kept, b)
		}
		seen[b.ID] = true
	}
	return kept
}
