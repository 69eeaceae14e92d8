package registration

import (
	"context"
	"slices"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration/matching"
	"github.com/coselling/coselling/value"
)

const maxNear = 100 // near claims that Explain returns

// Answer returns how a claim stands as of an instant, redacted for a party: its claimant, the other party of a
// claim for both sides, a party that it was to be handed to, or the vendor. Before the claim was submitted the status
// is unset. Errors: [ClaimUnknown], also for all other parties, and those of the store.
func (g *Registry) Answer(ctx context.Context, party model.Party, id string, asOf time.Time) (Answer, error) {
	d, err := g.decision(ctx, party, id, asOf)
	if err != nil {
		return Answer{}, err
	}
	return d.For(party), nil
}

// decision returns how a claim stands if the party may see it, not redacted.
func (g *Registry) decision(ctx context.Context, party model.Party, id string, asOf time.Time) (d Decision, err error) {
	err = g.read(ctx, func(tx Tx) error {
		c, err := g.seen(tx, party, id)
		if err == nil {
			d, err = g.look(tx, c, asOf)
		}
		return err
	})
	return d, err
}

// Claims returns claims by their ids, with all other claims on their accounts, each once, by stamp, then by id: what
// the record of a deal needs to know how its claims stand. They name every party, so they are for the host alone, which
// shows each party its view. No ids give nil. Errors: [ClaimUnknown] for an id that no claim has, claim.excess as for
// [Registry.Submit], and those of the store.
func (g *Registry) Claims(ctx context.Context, ids ...string) ([]Claim, error) {
	var list []Claim
	err := g.read(ctx, func(tx Tx) error {
		list = nil
		for _, id := range ids {
			c, ok, err := tx.Claim(id)
			if err != nil {
				return err
			}
			if !ok {
				return unknown(id)
			}
			claims, err := together(tx, c.Key, c.Key.Terms())
			if err != nil {
				return err
			}
			list = append(list, claims...)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	slices.SortFunc(list, func(a, b Claim) int { return compareClaims(&a, &b) })
	return slices.CompactFunc(list, func(a, b Claim) bool { return a.ID == b.ID }), nil
}

// Owner returns the approved claim that overlaps an account and scope as of an instant, the one with the earliest stamp
// of several, confirmed or not; false if there is none. Make the key with [matching.Rules.Key]. It names the claimant,
// so it is for the vendor alone. Errors are those of the store.
func (g *Registry) Owner(ctx context.Context, key matching.Key, scope Scope, asOf time.Time) (Claim, bool, error) {
	c := Claim{Key: key, Filing: Filing{Scope: scope}}
	var owner Claim
	found := false
	err := g.read(ctx, func(tx Tx) error {
		claims, err := together(tx, key, key.Terms())
		nodes := g.rules.resolve(claims, asOf)
		i := slices.IndexFunc(nodes, func(n node) bool { return n.status == Approved && g.rules.meets(n.claim, &c) })
		if found = i >= 0; found {
			owner = *nodes[i].claim
		}
		return err
	})
	return owner, found, err
}

// Explain returns how a claim stands as of an instant, with its rivals. Near are up to 100 live claims of others on
// near accounts (reg.same_account) whose scope overlaps, by stamp, then id, for review: they decide nothing. It names
// every party, so it is for the vendor alone. Errors: [ClaimUnknown], and those of the store.
func (g *Registry) Explain(ctx context.Context, id string, asOf time.Time) (d Decision, near []Rival, err error) {
	err = g.read(ctx, func(tx Tx) error {
		c, err := g.seen(tx, g.rules.vendor, id)
		if err != nil {
			return err
		}
		if d, err = g.look(tx, c, asOf); err != nil {
			return err
		}
		near, err = g.near(tx, c, d.Standing.Holder, asOf)
		return err
	})
	return d, near, err
}

// near returns the live claims of others than the holder whose accounts are near.
func (g *Registry) near(tx Tx, c Claim, holder model.Party, asOf time.Time) ([]Rival, error) {
	candidates, err := tx.ByName(c.Key.NameProbes(), 10*maxNear)
	if err != nil {
		return nil, err
	}
	list, err := tx.ByTerms(c.Key.Terms())
	if err != nil {
		return nil, err
	}
	candidates = append(candidates, list...)
	slices.SortFunc(candidates, func(a, b Claim) int { return compareClaims(&a, &b) })
	candidates = slices.CompactFunc(candidates, func(a, b Claim) bool { return a.ID == b.ID })
	var near []Rival
	for _, other := range candidates {
		m := g.rules.accounts.Match(other.Key, c.Key)
		if !other.Filing.Scope.Overlaps(c.Filing.Scope) ||
			m.Relation != matching.Near || len(near) == maxNear {
			continue
		}
		d, err := g.look(tx, other, asOf)
		if err != nil {
			return nil, err
		}
		if s := d.Standing; s.Status != 0 && s.Ended.IsZero() && s.Holder != holder {
			near = append(near, Rival{s, other.Filing.Scope.common(c.Filing.Scope), m})
		}
	}
	return near, nil
}

// Preview returns the decision that a filing would get now, with all reasons and rivals, and stores nothing. It
// names every party, so it is for the vendor alone. The claim has no id. A key that the claimant has used is no error.
// Errors are those of [Rules.Submit] and of the store.
func (g *Registry) Preview(ctx context.Context, claimant model.Party, f Filing) (Decision, error) {
	c, err := g.file(claimant, f)
	if err != nil {
		return Decision{}, err
	}
	c.ID = "preview"
	var d Decision
	err = g.read(ctx, func(tx Tx) (err error) {
		d, err = g.decide(tx, c, c.Key.Terms())
		d.Claim.ID, d.Standing.Claim.ID = "", ""
		return err
	})
	return d, err
}

// Merge stores claims of other replicas or of an import: all of them or, after an error, none. A stored claim keeps
// the events of both copies ([Claim.Union]). Give an approval its [Terms]: without them it follows the policy of the
// day on which somebody asks. Replicas that merge the same claims in any order give the same answers. Errors are those
// of [Rules.Import] and [Claim.Union] of every claim, with paths such as claims[2].id; an error of the store comes
// alone.
func (g *Registry) Merge(ctx context.Context, claims ...Claim) error {
	var now time.Time
	if err := g.read(ctx, func(tx Tx) error { now = tx.Now(); return nil }); err != nil {
		return err
	}
	var malformed value.Errors
	var about Subject
	ready := make([]Claim, len(claims)) // without an id where it is malformed
	for i, c := range claims {
		c, err := g.rules.Import(c, now)
		if err != nil {
			malformed.Add(value.Index("claims", i), err)
			continue
		}
		ready[i] = c
		about.Claims = append(about.Claims, c.ID)
		about.Terms = append(about.Terms, c.Key.Terms()...)
	}
	about.Reach = true
	return g.write(ctx, about, func(tx Tx) error {
		problems := slices.Clone(malformed)
		merged := make(map[string]Claim, len(ready))
		for i, c := range ready {
			if c.ID == "" {
				continue
			}
			switch err := merge(tx, merged, c).(type) {
			case nil, *value.Error, value.Errors:
				problems.Add(value.Index("claims", i), err)
			default:
				return err // of the store
			}
		}
		if err := problems.Err(); err != nil {
			return err
		}
		entries := make([]Keyed, 0, len(merged))
		for _, c := range merged {
			entries = append(entries, Keyed{Claim: c})
		}
		slices.SortFunc(entries, func(a, b Keyed) int { return compareClaims(&a.Claim, &b.Claim) })
		if err := tx.Put(entries...); err != nil {
			return err
		}
		return g.relist(tx, about.Claims)
	})
}

// merge adds a claim to those merged, with the events of the copy that is there or stored.
func merge(tx Tx, merged map[string]Claim, c Claim) (err error) {
	known, ok := merged[c.ID]
	if !ok {
		known, ok, err = tx.Claim(c.ID)
	}
	if err == nil && ok {
		c, err = known.Union(c)
	}
	if err == nil {
		merged[c.ID] = c
	}
	return err
}
