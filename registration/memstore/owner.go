package memstore

import (
	"context"
	"slices"
	"time"

	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/matching"
)

// Owner returns the id of the claim that owns an account and scope as of an instant, and the end of its protection;
// false if no claim does, and for rules that nobody compiled. It is a faster [registration.Registry.Owner] that seldom
// allocates, for the vendor alone. Make the key with [matching.Rules.Key] under the same rules.
func (s *Store) Owner(
	rules *registration.Rules, key matching.Key, scope registration.Scope, asOf time.Time,
) (id string, until time.Time, ok bool) {
	if s == nil || rules.Accounts() == nil {
		return "", time.Time{}, false
	}
	owner, until, sure := s.holder(rules, key, scope, asOf)
	if sure {
		return owner, until, owner != ""
	}
	registry, err := registration.Open(s, rules)
	if err != nil {
		return "", time.Time{}, false
	}
	c, ok, _ := registry.Owner(context.Background(), key, scope, asOf) // a store in memory has no errors
	_, until = rules.Protected(&c, asOf)
	return c.ID, until, ok
}

// holder is the quick part of Owner. It is not sure if several claims may own the account.
func (s *Store) holder(
	rules *registration.Rules, key matching.Key, scope registration.Scope, asOf time.Time,
) (owner string, until time.Time, sure bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	q := query{s, rules, scope, asOf}
	for h := range s.index.terms(&key) {
		another, end, found := q.under(h, &key)
		switch {
		case !found || owner != "" && another != "" && owner != another: // the registry decides which one owns
			return "", time.Time{}, false
		case another != "":
			owner, until = another, end
		}
	}
	return owner, until, true
}

// query is one look-up in a store that is locked.
type query struct {
	store *Store
	rules *registration.Rules
	scope registration.Scope
	asOf  time.Time
}

// under looks for an owner under a hash; it is not sure if it finds several, or one that may be beaten.
func (q *query) under(h uint64, key *matching.Key) (owner string, until time.Time, sure bool) {
	s := q.store
	if head := s.index.heads.get(h); head&only != 0 {
		if owner, until, sure = q.briefly(head&^only, h, key); sure {
			return owner, until, true
		}
	}
	for _, c := range s.under(h) {
		if !c.Filing.Scope.Overlaps(q.scope) || q.rules.Accounts().Relation(c.Key, *key) != matching.Same {
			continue
		}
		from, to := q.rules.Protected(c, q.asOf)
		if from.IsZero() || !q.asOf.Before(to) {
			continue
		}
		if owner != "" || !q.unbeaten(c) {
			return "", time.Time{}, false
		}
		owner, until = c.ID, to
	}
	return owner, until, true
}

// unbeaten reports whether no claim of another party, and none beside a handover, has protected a term of c since c
// was submitted.
func (q *query) unbeaten(c *registration.Claim) bool {
	hands := func(e registration.Event) bool { return e.Do == registration.Hand }
	handed := slices.ContainsFunc(c.Events, hands)
	for h := range q.store.index.terms(&c.Key) {
		for _, other := range q.store.under(h) {
			from, to := q.rules.Protected(other, q.asOf)
			rival := other.Claimant != c.Claimant ||
				other.ID != c.ID && (handed || slices.ContainsFunc(other.Events, hands))
			if rival && !from.IsZero() && to.After(c.Submitted) {
				return false
			}
		}
	}
	return true
}
