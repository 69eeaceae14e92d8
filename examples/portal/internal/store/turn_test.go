package store_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"

	"github.com/coselling/coselling"
	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/examples/portal/internal/store"
	"github.com/coselling/coselling/examples/portal/internal/testdb"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/matching"
	"github.com/coselling/coselling/stage"
)

// reg.atomic: servers that know nothing of one another share a database. Of two rivals who file at once one is first and
// one owner stands, of many who change one version of a deal one wins, and a limit is not exceeded.
func TestServersThatShareADatabaseTakeTurns(t *testing.T) { played.Both(t, takeTurns) }

func takeTurns(t *testing.T, p testdb.Place) {
	servers := []*store.Store{open(t, p.Open(t)), open(t, p.Open(t)), open(t, p.Open(t)), open(t, p.Open(t))}
	s := servers[0]
	rivals := []store.User{user(t, s, "ana@acme.example"), user(t, s, "bea@bolt.example")}
	all := func(do func(i int, s *store.Store)) {
		var all sync.WaitGroup
		for i, s := range servers {
			all.Go(func() { do(i, s) })
		}
		all.Wait()
	}
	filed := make([]store.Registered, len(servers))
	all(func(i int, s *store.Store) {
		var err error
		filed[i], err = s.Register(t.Context(), rivals[i%2], registration.Filing{Key: "turn",
			Account: matching.Account{Name: "Hooli", Domains: []string{"hooli.com"}}}, coselling.Deal{Account: "Hooli"})
		if err != nil {
			t.Error(err)
		}
	})
	statuses := map[registration.Status]int{}
	for i, f := range filed {
		statuses[f.Answer.Status]++
		if f.Deal != filed[i%2].Deal || f.Deal == filed[(i+1)%2].Deal || f.Deal == "" {
			t.Errorf("filing %d opened %q beside %q and %q", i, f.Deal, filed[0].Deal, filed[1].Deal)
		}
	}
	if statuses[registration.Submitted] != 2 || statuses[registration.Queued] != 2 {
		t.Errorf("the rivals were answered %v", statuses)
	}
	noor, approved := user(t, s, "noor@lumen.example"), make([]bool, len(servers))
	all(func(i int, s *store.Store) {
		a, err := s.Decide(t.Context(), noor, filed[i].Answer.Claim, registration.Event{Do: registration.Approve})
		if approved[i] = a.Accepted && a.Active; err != nil {
			t.Error(err)
		}
	})
	owners := 0
	for i, who := range rivals {
		seen, err := s.Deal(t.Context(), who, filed[i].Deal)
		if err != nil {
			t.Fatal(err)
		}
		if seen.View.Registration.Claim.Active {
			owners++
		}
	}
	if owners != 1 {
		t.Errorf("%d own the account; approved: %v", owners, approved)
	}
	oneWins(t, s, all, rivals[0], filed[0].Deal)
	limitHolds(t, all)
}

func oneWins(t *testing.T, s *store.Store, all func(func(int, *store.Store)), who store.User, id string) {
	for version := range 4 {
		won := make(chan int, 10)
		all(func(i int, s *store.Store) {
			event := stage.Event{Verb: stage.VerbHold}
			if version == 0 {
				event = stage.Event{Verb: stage.VerbSetModel, Engagement: model.PartnerLed}
			}
			o, err := s.Change(t.Context(), who, id, version, deal.Change{Event: event})
			switch {
			case err == nil && o.Accepted:
				won <- i
			case !errors.Is(err, store.ErrChanged):
				t.Errorf("version %d: %+v, %v", version, o, err)
			}
		})
		r, err := s.Replay(t.Context(), who, id, version+1)
		if err != nil || !r.Same() || len(won) != 1 {
			t.Errorf("version %d: %d won, the same bytes %t, %v", version, len(won), r.Same(), err)
		}
	}
}

// limitHolds tries to sign in as somebody from many addresses at once.
func limitHolds(t *testing.T, all func(func(int, *store.Store))) {
	tried := make(chan bool, 100)
	all(func(i int, s *store.Store) {
		for n := range 4 {
			_, err := s.TrySignIn(t.Context(), "ana@acme.example", fmt.Sprint(i, n))
			if err != nil && !errors.Is(err, store.ErrTooMany) {
				t.Error(err)
			}
			if err == nil {
				tried <- true
			}
		}
	})
	if len(tried) != 5 {
		t.Errorf("%d guesses were taken, want 5", len(tried))
	}
}
