package coselling_test

import (
	"pgregory.net/rapid"

	"github.com/coselling/coselling"
	"github.com/coselling/coselling/internal/wiregen"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// deals are deals that are well formed, mostly nonsense.
func deals() *rapid.Generator[coselling.Deal] {
	return wiregen.Of[coselling.Deal](wiregen.Words{"stage": {"discovery", "proposal"}})
}

func rate(text string) value.ExchangeRate {
	r, err := value.ParseExchangeRate(text)
	if err != nil {
		panic(err)
	}
	return r
}

// records are records that are well formed, mostly nonsense.
func records() *rapid.Generator[coselling.Record] {
	any := wiregen.Of[coselling.Record](wiregen.Words{
		"kind": {string(stage.ProposalSent), string(stage.Qualified), string(stage.Registered), "scheduling", "pricing"},
		"to":   {"discovery", "presentation", "pilot"},
	})
	return rapid.Map(any, func(r coselling.Record) coselling.Record {
		r.Blockers = distinct(r.Blockers)
		return r
	})
}

// distinct returns the blockers without those whose id stands before.
func distinct(list []coselling.Blocker) []coselling.Blocker {
	seen := map[string]bool{}
	var kept []coselling.Blocker
	for _, b := range list {
		if !seen[b.ID] {
			kept = append(kept, b)
		}
		seen[b.ID] = true
	}
	return kept
}
