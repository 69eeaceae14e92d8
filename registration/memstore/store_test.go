package memstore_test

import (
	"testing"
	"time"

	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/memstore"
	"github.com/coselling/coselling/registration/registrationtest"
)

func TestStoreConforms(t *testing.T) {
	registrationtest.Run(t, registrationtest.Harness{
		New: func(_ testing.TB, now func() time.Time) registration.Store { return memstore.NewStore(now, nil) },
	})
}

// What All gives, another store takes: that is how a store in memory is saved.
func TestSavedClaimsComeBack(t *testing.T) {
	registrationtest.Run(t, registrationtest.Harness{
		New: func(_ testing.TB, now func() time.Time) registration.Store { return memstore.NewStore(now, nil) },
		Reopen: func(t testing.TB, s registration.Store, now func() time.Time) registration.Store {
			rules, err := registrationtest.Rules()
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
