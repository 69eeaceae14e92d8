package memstore

import (
	"iter"
	"math"
	"slices"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/matching"
	"github.com/coselling/coselling/value"
)

// tx is the view of one call.
type tx struct {
	store  *Store
	writes bool
	log    []change // one for each put
	few    [2]change
}

// change records one put, to undo it.
type change struct {
	claim uint32
	old   *registration.Keyed // nil: the claim is new
}

func (t *tx) Now() time.Time { return t.store.now() }

func (t *tx) NewID() (string, error) { return t.store.newID(), nil }

func (t *tx) Claim(id string) (registration.Claim, bool, error) {
	i, ok := t.store.find(id)
	if !ok {
		return registration.Claim{}, false, nil
	}
	return *t.store.claims.at(i), true, nil
}

// find returns the number of the claim with an id; false if there is none.
func (s *Store) find(id string) (uint32, bool) {
	for i, c := range s.under(s.index.hash(byID, id)) {
		if c.ID == id {
			return i, true
		}
	}
	return 0, false
}

func (t *tx) Filed(claimant model.Party, key string) (found registration.Claim, ok bool, err error) {
	for _, c := range t.store.under(t.store.index.filed(claimant, key)) {
		if c.Claimant == claimant && c.Filing.Key == key {
			found, ok = *c, true // the first that was put comes last
		}
	}
	return found, ok, nil
}

func (t *tx) ByTerms(terms []string) ([]registration.Claim, error) {
	return t.having(terms, math.MaxInt, matching.Key.HasTerm), nil
}

func (t *tx) ByName(terms []string, limit int) ([]registration.Claim, error) {
	return t.having(terms, limit, func(k matching.Key, term string) bool {
		return slices.Contains(k.NameTerms(), term)
	}), nil
}

// having returns up to limit claims whose key has one of terms, each once.
func (t *tx) having(terms []string, limit int, has func(matching.Key, string) bool) []registration.Claim {
	n := 0
	for _, term := range terms {
		for range t.store.index.all(t.store.index.hash(term)) {
			n++
		}
	}
	found := make([]registration.Claim, 0, max(min(n, limit), 0))
	seen := make(map[string]bool)
	for _, term := range terms {
		for _, c := range t.store.under(t.store.index.hash(term)) {
			if len(found) >= limit {
				return found
			}
			if !has(c.Key, term) || seen[c.ID] {
				continue
			}
			found = append(found, *c)
			if len(terms) > 1 {
				seen[c.ID] = true
			}
		}
	}
	return found
}

// under yields the claims that have a hash, with their numbers, the last one first.
func (s *Store) under(h uint64) iter.Seq2[uint32, *registration.Claim] {
	return func(yield func(uint32, *registration.Claim) bool) {
		for i := range s.index.all(h) {
			if !yield(i, s.claims.at(i)) {
				return
			}
		}
	}
}

func (t *tx) List(from, to string, limit int) ([]registration.Keyed, error) {
	var found []registration.Keyed
	for l := range t.store.lists.between(from, to) {
		if len(found) >= limit {
			break
		}
		found = append(found, registration.Keyed{Claim: *t.store.claims.at(l.claim), Keys: []string{l.key}})
	}
	return found, nil
}

func (t *tx) Put(entries ...registration.Keyed) error {
	if !t.writes {
		return value.NewError("memstore.read_only", "a view that reads", "cannot store a claim; only a write can")
	}
	for i := range entries {
		t.put(&entries[i])
	}
	return nil
}

func (t *tx) put(e *registration.Keyed) {
	s := t.store
	if i, ok := s.find(e.Claim.ID); ok {
		t.log = append(t.log, change{i, &registration.Keyed{Claim: *s.claims.at(i), Keys: *s.keys.at(i)}})
		s.replace(i, e)
		return
	}
	i := s.claims.add(e.Claim)
	s.briefs.add(s.index.brief(&e.Claim))
	for _, h := range s.index.hashes(&e.Claim) {
		s.index.add(h, i)
	}
	s.keys.add(nil)
	s.relist(i, e.Keys)
	t.log = append(t.log, change{claim: i})
}

func (s *Store) replace(i uint32, e *registration.Keyed) {
	*s.claims.at(i) = e.Claim
	*s.briefs.at(i) = s.index.brief(&e.Claim)
	s.relist(i, e.Keys)
}

// relist lists a claim under keys in place of those that it had.
func (s *Store) relist(i uint32, keys []string) {
	had := s.keys.at(i)
	for _, key := range *had {
		s.lists.remove(key)
	}
	for _, key := range keys {
		s.lists.add(key, i)
	}
	*had = keys
}

// undo undoes every put, the last one first.
func (t *tx) undo() {
	s := t.store
	for _, c := range slices.Backward(t.log) {
		if c.old != nil {
			s.replace(c.claim, c.old)
			continue
		}
		s.relist(c.claim, nil)
		for _, h := range slices.Backward(s.index.hashes(s.claims.at(c.claim))) {
			s.index.drop(h)
		}
		s.claims.drop()
		s.briefs.drop()
		s.keys.drop()
	}
}
