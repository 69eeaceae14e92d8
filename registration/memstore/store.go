package memstore

import (
	"cmp"
	"context"
	"crypto/rand"
	"iter"
	"slices"
	"sync"
	"time"

	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/value"
)

// New returns a registry in memory, with the clock of this process and random ids. Errors are those of
// [registration.Compile]. For another clock or workplace, or to save the claims, use [NewStore] and
// [registration.Open].
func New(
	policy registration.Policy, registrable func(host string) (string, error),
) (*registration.Registry, error) {
	rules, err := registration.Compile(policy, registrable)
	if err != nil {
		return nil, err
	}
	return registration.Open(NewStore(nil, nil), rules)
}

// Store is a [registration.Store] in memory. Make it with [NewStore]; nil and the zero value have no
// claims, and are a memstore.store.missing error of [Store.Read] and [Store.Write]. It is safe for concurrent use.
type Store struct {
	now   func() time.Time
	newID func() string

	mu     sync.RWMutex
	claims chunks[registration.Claim]
	briefs chunks[brief]    // of the same claims
	keys   chunks[[]string] // under which they are listed
	index  index
	lists  lists
}

// NewStore returns an empty store. now is its clock; if nil, time.Now. now must be safe for concurrent use. newID makes
// its ids and is called by one goroutine at a time; if nil, an id is 130 random bits.
func NewStore(now func() time.Time, newID func() string) *Store {
	if now == nil {
		now = time.Now
	}
	if newID == nil {
		newID = rand.Text
	}
	return &Store{now: now, newID: newID, index: newIndex()}
}

// check returns an error if a call cannot be made.
func (s *Store) check(ctx context.Context, do func(registration.Tx) error) error {
	if s == nil || s.now == nil || ctx == nil || do == nil {
		return value.NewError("memstore.store.missing", "nothing",
			"is given for the store, the context or the function; give each, and make the store first")
	}
	return ctx.Err()
}

// Read calls do with a view that does not change meanwhile; see [registration.Store]. do must not call the store.
// Errors are those of do and of the context; a nil argument is memstore.store.missing.
func (s *Store) Read(ctx context.Context, do func(registration.Tx) error) error {
	if err := s.check(ctx, do); err != nil {
		return err
	}
	s.mu.RLock()
	defer s.mu.RUnlock()
	return do(&tx{store: s})
}

// Write calls do while nobody else reads or writes, whatever it is about; see [registration.Store]. If do fails or
// panics, or if ctx is done at its end, nothing is stored. do must not call the store. Errors as of [Store.Read].
func (s *Store) Write(
	ctx context.Context, _ registration.Subject, do func(registration.Tx) error,
) error {
	if err := s.check(ctx, do); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	t := &tx{store: s, writes: true}
	t.log = t.few[:0]
	done := false
	defer func() {
		if !done {
			t.undo()
		}
	}()
	err := cmp.Or(do(t), ctx.Err())
	done = err == nil
	return err
}

// All yields every claim in the order in which they were first put, as it is now. The loop must not write to the
// store.
func (s *Store) All() iter.Seq[registration.Claim] {
	return func(yield func(registration.Claim) bool) {
		if s == nil {
			return
		}
		s.mu.RLock()
		defer s.mu.RUnlock()
		for i := range s.claims.n {
			if !yield(*s.claims.at(uint32(i))) {
				return
			}
		}
	}
}

const chunkLen = 1024

// chunks is a list that grows without copying its elements.
type chunks[T any] struct {
	list [][]T
	n    int
}

func (c *chunks[T]) at(i uint32) *T { return &c.list[i/chunkLen][i%chunkLen] }

func (c *chunks[T]) add(one T) uint32 {
	if c.n%chunkLen == 0 {
		c.list = append(c.list, make([]T, 0, chunkLen))
	}
	last := len(c.list) - 1
	c.list[last] = append(c.list[last], one)
	c.n++
	return uint32(c.n - 1)
}

// drop removes the last element.
func (c *chunks[T]) drop() {
	last := len(c.list) - 1
	n := len(c.list[last]) - 1
	c.list[last] = slices.Delete(c.list[last], n, n+1) // clears its pointers too
	if n == 0 {
		c.list = c.list[:last]
	}
	c.n--
}
