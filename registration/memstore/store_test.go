package memstore_test

import (
	"errors"
	"testing"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/matching"
	"github.com/coselling/coselling/registration/memstore"
	"github.com/coselling/coselling/registration/registrationtest"
	"github.com/coselling/coselling/value"
)

func TestStoreConforms(t *testing.T) {
	registrationtest.RunSuite(t, registrationtest.Harness{
		New: func(_ testing.TB, now func() time.Time) registration.Store { return memstore.NewStore(now, nil) },
	})
}

// Another store can load the claims of All: that is how a store in memory is saved.
func TestSavedClaimsAreLoadedIntoAnotherStore(t *testing.T) {
	registrationtest.RunSuite(t, registrationtest.Harness{
		New: func(_ testing.TB, now func() time.Time) registration.Store { return memstore.NewStore(now, nil) },
		Reopen: func(t testing.TB, s registration.Store, now func() time.Time) registration.Store {
			rules, err := registrationtest.SuiteRules()
			if err != nil {
				t.Fatal(err)
			}
			fresh := memstore.NewStore(now, nil)
			registry, err := registration.Open(fresh, rules)
			if err != nil {
				t.Fatal(err)
			}
			for c := range s.(*memstore.Store).All() {
				if err := registry.Merge(t.Context(), c); err != nil {
					t.Fatal(err)
				}
			}
			return fresh
		},
		Claimants: 10,
	})
}

func TestHolderAllocatesNothing(t *testing.T) {
	rules, err := registrationtest.SuiteRules()
	if err != nil {
		t.Fatal(err)
	}
	store := memstore.NewStore(nil, nil)
	registry, err := registration.Open(store, rules)
	if err != nil {
		t.Fatal(err)
	}
	account := matching.Account{Name: "Hooli", Domains: []string{"hooli.com", "hooli.de"},
		IDs: []matching.Identifier{{Scheme: matching.DUNS, Value: "150483782"}}}
	a, err := registry.Submit(t.Context(), model.PartnerOrg("acme"),
		registration.Filing{Key: "1", By: "ana", Account: account})
	if err != nil {
		t.Fatal(err)
	}
	key, err := rules.Accounts().Key(account)
	if err != nil {
		t.Fatal(err)
	}
	if id, _, ok := store.Owner(rules, key, registration.Scope{}, time.Now()); ok {
		t.Errorf("reg.first_wins: a claim that is not approved, %s, owns", id)
	}
	noor := model.Person{Name: "noor", Party: model.VendorOrg("us")}
	a, err = registry.Act(t.Context(), a.Claim, registration.Event{Do: registration.Approve, By: noor})
	if err != nil {
		t.Fatal(err)
	}
	at := time.Now().Add(time.Hour)
	id, until, ok := store.Owner(rules, key, registration.Scope{}, at)
	if !ok || id != a.Claim || !until.Equal(a.Until) {
		t.Errorf("reg.first_wins: %s until %v, %v", id, until, ok)
	}
	if n := testing.AllocsPerRun(100, func() { store.Owner(rules, key, registration.Scope{}, at) }); n != 0 {
		t.Errorf("a look-up allocates %v times", n)
	}
	if id, _, ok := store.Owner(rules, key, registration.Scope{}, until); ok {
		t.Errorf("reg.life: %s owns at its end", id)
	}
}

// reg.first_wins: the only claim on an account owns what is in its scope, and nothing else.
func TestTheOnlyClaimOwnsItsScopeAlone(t *testing.T) {
	rules, err := registrationtest.SuiteRules()
	if err != nil {
		t.Fatal(err)
	}
	account := matching.Account{Name: "Hooli", Domains: []string{"hooli.com"}}
	key, err := rules.Accounts().Key(account)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ own, other registration.Scope }{
		{registration.Scope{Products: []string{"suite"}}, registration.Scope{Products: []string{"cloud"}}},
		{registration.Scope{Regions: []string{"DE"}}, registration.Scope{Regions: []string{"FR"}}},
		{registration.Scope{Functions: []model.Function{model.Resale}}, registration.Scope{Functions: []model.Function{model.Integration}}},
	} {
		store := memstore.NewStore(nil, nil)
		registry, err := registration.Open(store, rules)
		if err != nil {
			t.Fatal(err)
		}
		a, err := registry.Submit(t.Context(), model.PartnerOrg("acme"),
			registration.Filing{Key: "1", By: "ana", Account: account, Scope: c.own})
		if err != nil {
			t.Fatal(err)
		}
		noor := model.Person{Name: "noor", Party: model.VendorOrg("us")}
		if a, err = registry.Act(t.Context(), a.Claim, registration.Event{Do: registration.Approve, By: noor}); err != nil {
			t.Fatal(err)
		}
		at := time.Now().Add(time.Hour)
		if id, _, ok := store.Owner(rules, key, c.own, at); !ok || id != a.Claim {
			t.Errorf("%+v is owned by %q, want %q", c.own, id, a.Claim)
		}
		if id, _, ok := store.Owner(rules, key, c.other, at); ok {
			t.Errorf("%+v is owned by %q, whose scope is %+v", c.other, id, c.own)
		}
	}
}

// After a write that panics the store is usable.
func TestWriteThatPanicsStoresNothing(t *testing.T) {
	store := memstore.NewStore(nil, nil)
	func() {
		defer func() {
			if recover() == nil {
				t.Error("the panic is lost")
			}
		}()
		_ = store.Write(t.Context(), registration.Subject{}, func(tx registration.Tx) error {
			if err := tx.Put(registration.Keyed{Claim: registration.Claim{ID: "x"}, Keys: []string{"x"}}); err != nil {
				t.Error(err)
			}
			panic("in do")
		})
	}()
	for c := range store.All() {
		t.Errorf("claim %s was written", c.ID)
	}
}

// A store that nobody made, and a call without a function, are refused and store nothing.
func TestStoreThatNobodyMadeIsRefused(t *testing.T) {
	missing := value.Code("memstore.store.missing")
	do := func(registration.Tx) error { return nil }
	for _, s := range []*memstore.Store{nil, {}} {
		if err := s.Read(t.Context(), do); !errors.Is(err, missing) {
			t.Error(err)
		}
		if err := s.Write(t.Context(), registration.Subject{}, do); !errors.Is(err, missing) {
			t.Error(err)
		}
		rules, _ := registrationtest.SuiteRules()
		if _, _, ok := s.Owner(rules, matching.Key{}, registration.Scope{}, time.Time{}); ok {
			t.Error("an empty store has an owner")
		}
		for c := range s.All() {
			t.Errorf("an empty store has %+v", c)
		}
	}
	s := memstore.NewStore(nil, nil)
	if err := errors.Join(s.Read(t.Context(), nil), s.Write(t.Context(), registration.Subject{}, nil)); !errors.Is(err, missing) {
		t.Error(err)
	}
	if _, _, ok := s.Owner(nil, matching.Key{}, registration.Scope{}, time.Time{}); ok {
		t.Error("no rules name an owner")
	}
}
