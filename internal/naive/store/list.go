// Package store is a registration store that is easy to check: a query looks through all claims, and a write works on
// a copy. Other stores are compared with it.
package store

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
)

// List is the store. Make it with [New].
type List struct {
	mu   sync.Mutex
	view listView
}

// New returns an empty store with a clock.
func New(now func() time.Time) *List { return &List{view: listView{now: now}} }

// listView is one call's view of a list.
type listView struct {
	now    func() time.Time
	claims []registration.Claim
	keys   map[string][]string // by the ids of the claims
}

// Read implements [registration.Store].
func (l *List) Read(_ context.Context, do func(registration.Tx) error) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	view := l.view
	return do(&view)
}

// Write implements [registration.Store].
func (l *List) Write(_ context.Context, _ registration.Subject, do func(registration.Tx) error) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	view := l.view
	view.claims, view.keys = slices.Clone(view.claims), maps.Clone(view.keys)
	if view.keys == nil {
		view.keys = make(map[string][]string)
	}
	err := do(&view)
	if err == nil {
		l.view = view
	}
	return err
}

func (v *listView) Now() time.Time { return v.now() }

func (v *listView) NewID() (string, error) {
	return fmt.Sprintf("list-%03d", len(v.claims)), nil // claims are never removed
}

// where returns the claims that fit, in the order in which they were put.
func (v *listView) where(fits func(registration.Claim) bool) []registration.Claim {
	var found []registration.Claim
	for _, c := range v.claims {
		if fits(c) {
			found = append(found, c)
		}
	}
	return found
}

func first(found []registration.Claim) (registration.Claim, bool, error) {
	if len(found) == 0 {
		return registration.Claim{}, false, nil
	}
	return found[0], true, nil
}

func (v *listView) Claim(id string) (registration.Claim, bool, error) {
	return first(v.where(func(c registration.Claim) bool { return c.ID == id }))
}

func (v *listView) Filed(claimant model.Party, key string) (registration.Claim, bool, error) {
	return first(v.where(func(c registration.Claim) bool { return c.Claimant == claimant && c.Filing.Key == key }))
}

func (v *listView) ByTerms(terms []string) ([]registration.Claim, error) {
	return v.where(func(c registration.Claim) bool { return common(c.Key.Terms(), terms) }), nil
}

func (v *listView) ByName(terms []string, limit int) ([]registration.Claim, error) {
	found := v.where(func(c registration.Claim) bool { return common(c.Key.NameTerms(), terms) })
	return found[:min(len(found), limit)], nil
}

func common(a, b []string) bool {
	return slices.ContainsFunc(a, func(term string) bool { return slices.Contains(b, term) })
}

func (v *listView) List(from, to string, limit int) ([]registration.Keyed, error) {
	var found []registration.Keyed
	for _, c := range v.claims {
		for _, key := range v.keys[c.ID] {
			if from <= key && key < to {
				found = append(found, registration.Keyed{Claim: c, Keys: []string{key}})
			}
		}
	}
	slices.SortFunc(found, func(a, b registration.Keyed) int { return strings.Compare(a.Keys[0], b.Keys[0]) })
	return found[:min(len(found), limit)], nil
}

func (v *listView) Put(entries ...registration.Keyed) error {
	for _, e := range entries {
		v.keys[e.Claim.ID] = e.Keys
		if i := slices.IndexFunc(v.claims, func(o registration.Claim) bool { return o.ID == e.Claim.ID }); i >= 0 {
			v.claims[i] = e.Claim
			continue
		}
		v.claims = append(v.claims, e.Claim)
	}
	return nil
}
