package registrationtest_test

import (
	"context"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/memstore"
	"github.com/coselling/coselling/registration/registrationtest"
)

// broken is a store that breaks one guarantee; nil functions keep it.
type broken struct {
	registration.Store
	write func(good good, do work) error
	view  func(registration.Tx) registration.Tx
}

func (b broken) Read(ctx context.Context, do func(registration.Tx) error) error {
	return b.Store.Read(ctx, func(t registration.Tx) error { return do(b.seen(t)) })
}

// good calls a store that keeps all guarantees.
type good struct {
	registration.Store
	ctx   context.Context
	about registration.Subject
}

type work = func(registration.Tx) error

func (g good) write(do work) error { return g.Store.Write(g.ctx, g.about, do) }

func (b broken) Write(ctx context.Context, about registration.Subject, do work) error {
	seen := func(t registration.Tx) error { return do(b.seen(t)) }
	g := good{b.Store, ctx, about}
	if b.write == nil {
		return g.write(seen)
	}
	return b.write(g, seen)
}

func (b broken) seen(t registration.Tx) registration.Tx {
	if b.view == nil {
		return t
	}
	return b.view(t)
}

// The views that break a guarantee, each in one method.
type (
	oneOnly  struct{ registration.Tx }
	anyKey   struct{ registration.Tx }
	rounded  struct{ registration.Tx }
	nameless struct{ registration.Tx }
	twice    struct{ registration.Tx }
	sameID   struct{ registration.Tx }
	forgets  struct{ registration.Tx }
	unlists  struct{ registration.Tx }
	shuffled struct{ registration.Tx }
	ended    struct{ registration.Tx }
)

func (o oneOnly) ByTerms(terms []string) ([]registration.Claim, error) {
	list, err := o.Tx.ByTerms(terms)
	return list[:min(len(list), 1)], err
}

func (a anyKey) Filed(claimant model.Party, _ string) (registration.Claim, bool, error) {
	return a.Tx.Filed(claimant, "1")
}

func (r rounded) Put(entries ...registration.Keyed) error {
	for i := range entries {
		entries[i].Claim.Submitted = entries[i].Claim.Submitted.Truncate(time.Millisecond)
	}
	return r.Tx.Put(entries...)
}

func (nameless) ByName([]string, int) ([]registration.Claim, error) { return nil, nil }

func (o twice) ByName(terms []string, limit int) ([]registration.Claim, error) {
	list, err := o.Tx.ByName(terms, limit)
	return slices.Concat(list, list), err
}

func (sameID) NewID() (string, error) { return "id", nil }

func (f forgets) Put(entries ...registration.Keyed) error {
	for i := range entries {
		c := &entries[i].Claim
		c.Events = c.Events[:min(len(c.Events), 1)]
	}
	return f.Tx.Put(entries...)
}

func (u unlists) Put(entries ...registration.Keyed) error {
	for i, e := range entries { // adds the new keys to the old ones
		c, ok, err := u.Tx.Claim(e.Claim.ID)
		if err != nil {
			return err
		}
		if ok {
			had, err := u.Tx.List("", "\xff", 1000)
			if err != nil {
				return err
			}
			for _, old := range had {
				if old.Claim.ID == c.ID {
					entries[i].Keys = append(slices.Clip(entries[i].Keys), old.Keys...)
				}
			}
		}
	}
	return u.Tx.Put(entries...)
}

func (s shuffled) List(from, to string, limit int) ([]registration.Keyed, error) {
	list, err := s.Tx.List(from, to, limit)
	slices.Reverse(list)
	return list, err
}

func (e ended) List(from, to string, limit int) ([]registration.Keyed, error) {
	return e.Tx.List(from, to+"\x00", limit)
}

// looksFirst decides by a read and writes later without reading again.
func looksFirst(good good, do work) error {
	var puts []registration.Keyed
	if err := good.Read(good.ctx, func(t registration.Tx) error { return do(collect{t, &puts}) }); err != nil {
		return err
	}
	time.Sleep(time.Millisecond)
	return good.write(func(t registration.Tx) error { return t.Put(puts...) })
}

type collect struct {
	registration.Tx
	puts *[]registration.Keyed
}

func (c collect) Put(entries ...registration.Keyed) error {
	*c.puts = append(*c.puts, entries...)
	return nil
}

// keeps stores the claims that were put before an error.
func keeps(good good, do work) error {
	var failed error
	err := good.write(func(t registration.Tx) error { failed = do(t); return nil })
	if failed != nil {
		return failed
	}
	return err
}

func swallows(good good, do work) error {
	_ = good.write(do)
	return nil
}

func withoutContext(good good, do work) error {
	return good.Write(context.Background(), good.about, do)
}

var stores = map[string]broken{
	"none":            {},
	"looks first":     {write: looksFirst},
	"keeps":           {write: keeps},
	"swallows":        {write: swallows},
	"without context": {write: withoutContext},
	"one only":        {view: func(t registration.Tx) registration.Tx { return oneOnly{t} }},
	"any key":         {view: func(t registration.Tx) registration.Tx { return anyKey{t} }},
	"rounded":         {view: func(t registration.Tx) registration.Tx { return rounded{t} }},
	"nameless":        {view: func(t registration.Tx) registration.Tx { return nameless{t} }},
	"twice":           {view: func(t registration.Tx) registration.Tx { return twice{t} }},
	"same id":         {view: func(t registration.Tx) registration.Tx { return sameID{t} }},
	"forgets":         {view: func(t registration.Tx) registration.Tx { return forgets{t} }},
	"unlists":         {view: func(t registration.Tx) registration.Tx { return unlists{t} }},
	"shuffled":        {view: func(t registration.Tx) registration.Tx { return shuffled{t} }},
	"ended":           {view: func(t registration.Tx) registration.Tx { return ended{t} }},
}

const brokenStore = "COSELLING_BROKEN_STORE"

// The suite fails on every store that breaks a guarantee, and passes on one that keeps them
// all (reg.atomic). It runs in another process, because a failure there is no failure here.
func TestSuiteFindsBrokenStores(t *testing.T) {
	if name, ok := os.LookupEnv(brokenStore); ok {
		registrationtest.RunSuite(t, registrationtest.Harness{
			New: func(_ testing.TB, now func() time.Time) registration.Store {
				b := stores[name]
				b.Store = memstore.NewStore(now, nil)
				return b
			},
			Claimants: 50,
		})
		return
	}
	for name := range stores {
		c := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestSuiteFindsBrokenStores$", "-test.timeout=1m")
		c.Env = append(os.Environ(), brokenStore+"="+name)
		out, err := c.CombinedOutput()
		if failed := err != nil && strings.Contains(string(out), "--- FAIL") &&
			!strings.Contains(string(out), "panic:"); failed != (name != "none") {
			t.Errorf("a store that breaks %s: %v\n%s", name, err, out)
		}
	}
}
