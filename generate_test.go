package coselling_test

import (
	"pgregory.net/rapid"

	"github.com/coselling/coselling"
	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/internal/factgen"
	"github.com/coselling/coselling/value"
)

// deals are deals that are well formed, mostly nonsense.
func deals() *rapid.Generator[coselling.Deal] {
	exchange := rapid.SampledFrom([]value.ExchangeRate{{}, rate("1 EUR = 1.0825 USD on 2026-11-02"), rate("1 JPY = 0.0067 USD on 2026-11-02")})
	return rapid.Custom(func(t *rapid.T) coselling.Deal {
		return coselling.Deal{
			ID: factgen.ID().Draw(t, "id"), Account: factgen.Text().Draw(t, "account"), Partner: factgen.ID().Draw(t, "partner"), Vendor: factgen.ID().Draw(t, "vendor"),
			Amount: factgen.Money().Draw(t, "amount"), AmountAt: factgen.Perhaps().Draw(t, "amount at"),
			PartnerQuota: factgen.Money().Draw(t, "partner quota"), VendorQuota: factgen.Money().Draw(t, "vendor quota"), Exchange: exchange.Draw(t, "exchange"),
			Opening: factgen.Opening().Draw(t, "opening"), Signals: factgen.Signals().Draw(t, "signals"), Team: factgen.Team().Draw(t, "team"),
			Payees: factgen.Some(factgen.Payee(), 3).Draw(t, "payees"), People: factgen.Some(factgen.Member(), 3).Draw(t, "people"),
			Zone: factgen.Text().Draw(t, "zone"), Agreed: factgen.Perhaps().Draw(t, "agreed"), Scope: factgen.Scope().Draw(t, "scope"),
			Registrations: factgen.Texts().Draw(t, "registrations"), PartnerExecutive: factgen.Text().Draw(t, "partner executive"),
			VendorExecutive: factgen.Text().Draw(t, "vendor executive"), ExecutivesAt: factgen.Perhaps().Draw(t, "executives at"),
		}
	})
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
	return rapid.Custom(func(t *rapid.T) coselling.Record {
		return coselling.Record{
			Events: factgen.Some(factgen.Event(), 4).Draw(t, "events"), Facts: factgen.Some(factgen.Fact(), 4).Draw(t, "facts"),
			Activities: factgen.Some(factgen.Activity(), 4).Draw(t, "activities"), Claims: factgen.Some(factgen.Claim(), 3).Draw(t, "claims"),
			Blockers: distinct(factgen.Some(blockers(), 3).Draw(t, "blockers")),
		}
	})
}

func blockers() *rapid.Generator[coselling.Blocker] {
	return rapid.Custom(func(t *rapid.T) coselling.Blocker {
		b := coselling.Blocker{
			ID: factgen.ID().Draw(t, "id"), Kind: escalation.Kind(factgen.ID().Draw(t, "kind")), Raised: factgen.Instant().Draw(t, "raised"),
			By: factgen.Anybody().Draw(t, "by"), Note: factgen.Text().Draw(t, "note"), Internal: rapid.Bool().Draw(t, "internal"),
			Acknowledged: factgen.Some(factgen.Handled(), 2).Draw(t, "acknowledged"),
		}
		if rapid.Bool().Draw(t, "over") {
			b.Resolved = factgen.Handled().Draw(t, "resolved")
		}
		return b
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
