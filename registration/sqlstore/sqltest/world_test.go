package sqltest

import (
	"testing"
	"time"

	"github.com/coselling/coselling/internal/sim/world"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/memstore"
)

// reg.atomic, reg.first_wins: what people and faults do to a made-up market has the same answers and leaves the same
// claims in memory and in both databases, whose servers and files are opened again in between.
func TestAWorldIsTheSameInEveryDatabase(t *testing.T) {
	places := []place{sqliteFile(t), postgresDatabase(t)}
	var stores []registration.Store
	r, err := world.Play(world.Options{Seed: 2, Deals: 6,
		Stores: func(now func() time.Time) ([]registration.Store, error) {
			stores = append(stores, memstore.NewStore(now, nil))
			for _, at := range places {
				stores = append(stores, at.open(t, now))
			}
			return stores, nil
		},
		Reopen: func(number int, now func() time.Time) (registration.Store, error) {
			if number == 0 {
				return stores[0], nil // memory does not outlive its process
			}
			stores[number] = harness(nil).Reopen(t, stores[number], now)
			return stores[number], nil
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range r.Problems {
		t.Error(p)
	}
	if r.Faults["a restart of the stores"] == 0 {
		t.Error("no store was opened again")
	}
	t.Logf("%d deals, %d steps, %d days, %v", r.Deals, r.Steps, r.Days, r.Faults)
}
