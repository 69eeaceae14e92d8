package registration

import (
	"context"
	"slices"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration/matching"
	"github.com/coselling/coselling/value"
)

// maxTogether bounds the claims that are decided together, of accounts that share a domain or identifier.
const maxTogether = 100_000

// Registry applies rules to a store. Make it with [Open] or the New function of a store's package; nil and the zero
// value refuse every call (registration.rules.missing). It is safe for concurrent use, and any number of registries,
// in any number of processes, can share a store.
type Registry struct {
	store Store
	rules *Rules
}

// Open returns the registry of a store under rules; nil, and rules that [Compile] did not make, are a
// registration.rules.missing error. After a change of the policy, open the store again with the new rules: the claims
// keep the keys that they were filed with.
func Open(store Store, rules *Rules) (*Registry, error) {
	if store == nil || rules.made() != nil {
		return nil, rulesMissing()
	}
	return &Registry{store, rules}, nil
}

// file returns the claim of a filing, or every problem of it.
func (g *Registry) file(claimant model.Party, f Filing) (Claim, error) {
	if g == nil || g.store == nil {
		return Claim{}, rulesMissing()
	}
	return g.rules.file(claimant, f)
}

func (g *Registry) read(ctx context.Context, do func(Tx) error) error {
	if g == nil || g.store == nil {
		return rulesMissing()
	}
	return g.store.Read(ctx, do)
}

func (g *Registry) write(ctx context.Context, about Subject, do func(Tx) error) error {
	if g == nil || g.store == nil {
		return rulesMissing()
	}
	return g.store.Write(ctx, about, do)
}

// Submit files a claim for a party and returns the answer, redacted for it (reg.first_wins, reg.confidential). A
// refused filing is not stored: it is no error, and its answer has the status [Refused]. A filing sent again
// returns its claim as it stands now; one that differs in anything under the same key of that party is a
// [FilingReused] error at key. The store gives the id and the stamp. Errors are those of [Rules.Submit],
// claim.excess above 100,000 claims of accounts that share a domain or identifier, and those of the context and
// of the store.
func (g *Registry) Submit(ctx context.Context, claimant model.Party, f Filing) (Answer, error) {
	d, err := g.submit(ctx, claimant, f)
	if err != nil {
		return Answer{}, err
	}
	return d.For(claimant), nil
}

// Admit is [Registry.Submit] for a partner's claim on a customer of the vendor, which a channel owner admits with a
// reason (reg.existing_customer). The decision is not redacted: it is for the vendor. Problems of the person and the
// reason are errors with paths such as events[0].by, [ApproverUnknown] for a person who is no channel owner. A claim
// that is filed already is admitted by [Registry.Act].
func (g *Registry) Admit(
	ctx context.Context, claimant model.Party, f Filing, by model.Person, reason string,
) (Decision, error) {
	return g.submit(ctx, claimant, f, Event{Do: Admit, By: by, Reason: reason})
}

func (g *Registry) submit(ctx context.Context, claimant model.Party, f Filing, admits ...Event) (Decision, error) {
	c, err := g.file(claimant, f)
	if err != nil {
		return Decision{}, err
	}
	var d Decision
	about := Subject{Terms: c.Key.Terms(), Claimant: claimant, Key: f.Key, Reach: true}
	err = g.write(ctx, about, func(tx Tx) error {
		known, ok, err := tx.Filed(claimant, f.Key)
		if err != nil {
			return err
		}
		if ok {
			d, err = g.again(tx, known, c.Filing)
			return err
		}
		c.Events = slices.Clone(admits)
		if c.ID, err = tx.NewID(); err != nil {
			return err
		}
		if d, err = g.decide(tx, c, about.Terms); err != nil || !d.Accepted {
			return err
		}
		return tx.Put(g.rules.entry(&d.Standing))
	})
	return d, err
}

// decide stamps a new claim, whose terms are given, and decides on it.
func (g *Registry) decide(tx Tx, c Claim, terms []string) (Decision, error) {
	claims, err := together(tx, c.Key, terms)
	if err != nil {
		return Decision{}, err
	}
	c.Submitted = stamp(tx.Now(), claims)
	return g.rules.submit(claims, c, nil)
}

// again answers a filing that was sent before.
func (g *Registry) again(tx Tx, known Claim, f Filing) (Decision, error) {
	if !known.Filing.equal(f) {
		return Decision{}, value.Below("key", refused(value.Conflict, FilingReused, f.Key,
			"is the key of another filing; a new filing needs a new key"))
	}
	claims, err := together(tx, known.Key, known.Key.Terms())
	if err != nil {
		return Decision{}, err
	}
	return g.rules.Look(claims, known.ID, stamp(tx.Now(), claims))
}

// look returns how a stored claim stands.
func (g *Registry) look(tx Tx, c Claim, asOf time.Time) (Decision, error) {
	claims, err := together(tx, c.Key, c.Key.Terms())
	if err != nil {
		return Decision{}, err
	}
	return g.rules.Look(claims, c.ID, asOf)
}

// Act takes a step with a claim (reg.life). The person of the event acts for their party, and the answer is
// redacted for that party. The store stamps the event; At is ignored. If the step cannot be taken, the answer is not
// accepted and has the reasons, which is no error, and the claim stays as it is. Errors are those of [Rules.Decide],
// of the context and of the store; [ClaimUnknown] also for a claim that the party may not see.
func (g *Registry) Act(ctx context.Context, id string, e Event) (Answer, error) {
	var d Decision
	err := g.write(ctx, Subject{Claims: []string{id}, Reach: true}, func(tx Tx) error {
		c, err := g.seen(tx, e.By.Party, id)
		if err != nil {
			return err
		}
		claims, err := together(tx, c.Key, c.Key.Terms())
		if err != nil {
			return err
		}
		e.At = stamp(tx.Now(), claims)
		d, err = g.rules.Decide(claims, id, e)
		if err != nil || !d.Accepted || len(d.Claim.Events) == len(c.Events) {
			return err
		}
		return tx.Put(g.rules.moved(claims, d.Claim, e.At)...)
	})
	if err != nil {
		return Answer{}, err
	}
	return d.For(e.By.Party), nil
}

// seen returns a claim to its claimant, the other parties of a claim for several, the vendor, and a party that it
// was to be handed to.
func (g *Registry) seen(tx Tx, p model.Party, id string) (Claim, error) {
	c, ok, err := tx.Claim(id)
	if err != nil {
		return Claim{}, err
	}
	holds := func(e Event) bool { return e.Do == Hand && e.To == p } // or has been offered it
	if !ok || p.IsZero() || p != c.Claimant && !c.Filing.names(p) && p != g.rules.vendor &&
		!slices.ContainsFunc(c.Events, holds) {
		return Claim{}, unknown(id)
	}
	return c, nil
}

// stamp returns the later of the store's instant and one microsecond after the last instant of the claims, all that
// can touch the account, in whole microseconds.
func stamp(now time.Time, claims []Claim) time.Time {
	now = now.UTC().Round(0).Truncate(time.Microsecond)
	for i := range claims {
		if next := claims[i].last().Truncate(time.Microsecond).Add(time.Microsecond); now.Before(next) {
			now = next
		}
	}
	return now
}

// together returns the claims that share a term with key, whose terms are given, directly or through other claims.
func together(tx Tx, key matching.Key, terms []string) ([]Claim, error) {
	claims, err := tx.ByTerms(terms)
	asked, found := setOf(terms), map[string]bool{}
	for looked := 0; err == nil && len(claims) <= maxTogether; {
		var next []string
		for i := looked; i < len(claims); i++ {
			for _, term := range otherTerms(&claims[i].Key, &key) {
				if !asked[term] {
					asked[term] = true
					next = append(next, term)
				}
			}
		}
		if len(next) == 0 {
			return claims, nil
		}
		for _, c := range claims[looked:] {
			found[c.ID] = true
		}
		looked = len(claims)
		var list []Claim
		list, err = tx.ByTerms(next)
		for _, c := range list {
			if !found[c.ID] {
				claims = append(claims, c)
			}
		}
	}
	if err != nil {
		return nil, err
	}
	return nil, value.NewError(claimExcess, "the account",
		"has more claims, with those that share a domain or identifier, than can be decided together")
}

// otherTerms returns the terms of a key, or nil for the key that was asked about, which most claims have.
func otherTerms(k, asked *matching.Key) []string {
	if slices.Equal(k.IDs, asked.IDs) && slices.Equal(k.Domains, asked.Domains) {
		return nil
	}
	return k.Terms()
}

func setOf(list []string) map[string]bool {
	set := make(map[string]bool, len(list))
	for _, s := range list {
		set[s] = true
	}
	return set
}
