package memstore

import (
	"iter"
	"slices"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/value"
)

// ReadOnly refuses to put a claim in a view that only reads.
const ReadOnly value.Code = "memstore.read_only"

// tx is the view of one call.
type tx struct {
	store  *Store
	writes bool
	last   time.Time // the last stamp before this call
	log    []change
}

// change is what one put did, to take it back.
type change struct {
	claim    uint32
	replaced bool
	old      registration.Claim
}

func (t *tx) Now() time.Time { return t.store.now() }

func (t *tx) NewID() (string, error) { return t.store.newID(), nil }

func (t *tx) Last() (time.Time, error) { return t.store.last, nil }

func (t *tx) Claim(id string) (registration.Claim, bool, error) {
	i, ok := t.store.find(id)
	if !ok {
		return registration.Claim{}, false, nil
	}
	return *t.store.claims.at(i), true, nil
}

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
			found, ok = *c, true // the first that came is the last in the chain
		}
	}
	return found, ok, nil
}

func (t *tx) ByTerm(term string) ([]registration.Claim, error) {
	var found []registration.Claim
	for _, c := range t.store.under(t.store.index.hash(term)) {
		if slices.Contains(c.Key.Terms(), term) {
			found = append(found, *c)
		}
	}
	return found, nil
}

func (t *tx) ByName(terms []string, limit int) ([]registration.Claim, error) {
	var found []registration.Claim
	seen := make(map[string]bool)
	for _, term := range terms {
		for _, c := range t.store.under(t.store.index.hash(term)) {
			if len(found) >= limit {
				return found, nil
			}
			if !seen[c.ID] && slices.Contains(c.Key.NameTerms(), term) {
				seen[c.ID] = true
				found = append(found, *c)
			}
		}
	}
	return found, nil
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

func (t *tx) Put(c registration.Claim, stamp time.Time) error {
	if !t.writes {
		return value.NewError(ReadOnly, "a view that reads", "cannot put a claim; use Write")
	}
	s := t.store
	if stamp.After(s.last) {
		s.last = stamp
	}
	if i, ok := s.find(c.ID); ok {
		t.log = append(t.log, change{claim: i, replaced: true, old: *s.claims.at(i)})
		s.replace(i, c)
		return nil
	}
	i := s.claims.add(c)
	s.briefs.add(s.index.brief(&c))
	for _, h := range s.index.hashes(&c) {
		s.index.add(h, i)
	}
	t.log = append(t.log, change{claim: i})
	return nil
}

func (s *Store) replace(i uint32, c registration.Claim) {
	*s.claims.at(i) = c
	*s.briefs.at(i) = s.index.brief(&c)
}

// undo takes back every put, the last one first.
func (t *tx) undo() {
	s := t.store
	for _, c := range slices.Backward(t.log) {
		if c.replaced {
			s.replace(c.claim, c.old)
			continue
		}
		for _, h := range slices.Backward(s.index.hashes(s.claims.at(c.claim))) {
			s.index.drop(h)
		}
		s.claims.drop()
		s.briefs.drop()
	}
	if t.writes {
		s.last = t.last
	}
}
