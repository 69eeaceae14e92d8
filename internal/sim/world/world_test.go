package world

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/coselling/coselling/internal/naive/store"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/memstore"
)

// reg.atomic, reg.first_wins, comp.cumulative, comp.conserve, next.closure, view.side: a small world holds, and every
// fault happens in it. The program plays larger ones, in which every rule happens too.
func TestAWorldHolds(t *testing.T) {
	deals := 14
	if testing.Short() {
		deals = 4
	}
	r := play(t, Options{Seed: 5, Deals: deals})
	for _, p := range r.Problems {
		t.Error(p)
	}
	if missing := never(r.Faults, everyFault[:]); missing != nil && !testing.Short() {
		t.Errorf("%q never happened", missing)
	}
	t.Logf("%d deals, %d steps, %d days, trace %s", r.Deals, r.Steps, r.Days, r.Trace)
}

func play(t *testing.T, o Options) Report {
	t.Helper()
	r, err := Play(o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// The same seed gives the same trace, another seed another one.
func TestATraceFollowsFromItsSeed(t *testing.T) {
	one, again, other := play(t, Options{Seed: 3, Deals: 2}), play(t, Options{Seed: 3, Deals: 2}),
		play(t, Options{Seed: 4, Deals: 2})
	if one.Trace != again.Trace || one.Trace == other.Trace {
		t.Errorf("seed 3: %s and %s, seed 4: %s", one.Trace, again.Trace, other.Trace)
	}
}

// spoilt is a store whose views or writes are wrong.
type spoilt struct {
	registration.Store
	view  func(registration.Tx) registration.Tx
	write func(registration.Store, context.Context, registration.Subject, func(registration.Tx) error) error
}

func (s spoilt) Write(ctx context.Context, about registration.Subject, do func(registration.Tx) error) error {
	if s.write != nil {
		return s.write(s.Store, ctx, about, do)
	}
	return s.Store.Write(ctx, about, func(tx registration.Tx) error { return do(s.view(tx)) })
}

// blind finds no claim that is older than a day.
type blind struct{ registration.Tx }

func (b blind) ByTerms(terms []string) (young []registration.Claim, err error) {
	list, err := b.Tx.ByTerms(terms)
	for _, c := range list {
		if b.Now().Sub(c.Submitted) < 24*time.Hour {
			young = append(young, c)
		}
	}
	return young, err
}

// reg.atomic: a store that misses claims, and one that keeps what a crash left, are found.
func TestAWorldFindsABadStore(t *testing.T) {
	for name, bad := range map[string]spoilt{
		"that misses claims": {view: func(tx registration.Tx) registration.Tx { return blind{tx} }},
		"that keeps half of a write": {write: func(s registration.Store, ctx context.Context,
			about registration.Subject,
			do func(registration.Tx) error) (failed error) {
			err := s.Write(ctx, about, func(tx registration.Tx) error { failed = do(tx); return nil })
			if err != nil {
				return err
			}
			return failed
		}},
	} {
		both := func(now func() time.Time) ([]registration.Store, error) {
			bad.Store = memstore.NewStore(now, nil)
			return []registration.Store{store.New(now), bad}, nil
		}
		r := play(t, Options{Seed: 1, Deals: 20, Stores: both})
		if !strings.Contains(strings.Join(r.Problems, " "), "reg.") {
			t.Errorf("a store %s: %d deals, %v", name, r.Deals, r.Problems)
		}
	}
}
