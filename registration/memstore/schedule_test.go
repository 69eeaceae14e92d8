package memstore_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	naive "github.com/coselling/coselling/internal/naive/store"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/matching"
	"github.com/coselling/coselling/registration/memstore"
	"github.com/coselling/coselling/registration/registrationtest"
)

// stuck is how long a claimant that got its turn may take to its next call before it counts as waiting for a lock.
const stuck = 3 * time.Millisecond

// turns lets claimants call a store in a given order, one call at a time.
type turns struct {
	ready [2]chan bool // a claimant stands before a call; closed: it is done
	goOn  [2]chan bool
}

// wait is called by a claimant before each of its calls.
func (s *turns) wait(who int) {
	s.ready[who] <- true
	<-s.goOn[who]
}

// play gives turns in an order; what is left of it goes to whoever has calls left. It returns the calls that each made.
func (s *turns) play(order []int) (calls [2]int) {
	var at, done [2]bool // before a call
	look := func(who int) {
		select {
		case _, more := <-s.ready[who]:
			at[who], done[who] = more, !more
		case <-time.After(stuck):
		}
	}
	for len(order) > 0 || !done[0] || !done[1] {
		who := calls[0] % 2
		if len(order) > 0 {
			who, order = order[0], order[1:]
		}
		if done[who] || !at[who] {
			if !done[who] {
				look(who)
			}
			if done[who] || !at[who] {
				if who = 1 - who; done[who] {
					continue
				}
				if !at[who] {
					look(who)
				}
				if !at[who] {
					continue
				}
			}
		}
		at[who] = false
		calls[who]++
		s.goOn[who] <- true
		look(who)
	}
	return calls
}

// turned is a store of one claimant, whose calls wait for their turns. Without its own lock nothing keeps the calls of
// two writes apart.
type turned struct {
	registration.Store
	turns  *turns
	who    int
	unlock bool
}

func (s turned) Write(ctx context.Context, about registration.Subject, do func(registration.Tx) error) error {
	s.turns.wait(s.who)
	if s.unlock {
		return do(unlocked{s})
	}
	return s.Store.Write(ctx, about, func(tx registration.Tx) error { return do(inTurn{tx, s}) })
}

// inTurn is a view whose calls wait for their turns.
type inTurn struct {
	registration.Tx
	store turned
}

func (v inTurn) Filed(p model.Party, key string) (registration.Claim, bool, error) {
	v.store.turns.wait(v.store.who)
	return v.Tx.Filed(p, key)
}

func (v inTurn) ByTerms(terms []string) ([]registration.Claim, error) {
	v.store.turns.wait(v.store.who)
	return v.Tx.ByTerms(terms)
}

func (v inTurn) Claim(id string) (registration.Claim, bool, error) {
	v.store.turns.wait(v.store.who)
	return v.Tx.Claim(id)
}

func (v inTurn) Put(entries ...registration.Keyed) error {
	v.store.turns.wait(v.store.who)
	return v.Tx.Put(entries...)
}

// unlocked is a view in which each call is a transaction of its own.
type unlocked struct{ store turned }

func (u unlocked) each(do func(registration.Tx) error) {
	u.store.turns.wait(u.store.who)
	_ = u.store.Store.Write(context.Background(), registration.Subject{}, do) // a list has no errors
}

func (u unlocked) Now() (at time.Time) {
	_ = u.store.Read(context.Background(), func(tx registration.Tx) error { at = tx.Now(); return nil })
	return at
}

func (u unlocked) NewID() (string, error) { return fmt.Sprint("claim of ", u.store.who), nil }

func (u unlocked) Claim(id string) (c registration.Claim, ok bool, err error) {
	u.each(func(tx registration.Tx) error { c, ok, err = tx.Claim(id); return err })
	return c, ok, err
}

func (u unlocked) Filed(p model.Party, key string) (c registration.Claim, ok bool, err error) {
	u.each(func(tx registration.Tx) error { c, ok, err = tx.Filed(p, key); return err })
	return c, ok, err
}

func (u unlocked) ByTerms(terms []string) (list []registration.Claim, err error) {
	u.each(func(tx registration.Tx) error { list, err = tx.ByTerms(terms); return err })
	return list, err
}

func (u unlocked) ByName([]string, int) ([]registration.Claim, error) { return nil, nil }

func (u unlocked) List(string, string, int) ([]registration.Keyed, error) { return nil, nil }

func (u unlocked) Put(entries ...registration.Keyed) (err error) {
	u.each(func(tx registration.Tx) error { err = tx.Put(entries...); return err })
	return err
}

// turnsOf returns all orders of so many calls of each of two claimants.
func turnsOf(a, b int) (list [][]int) {
	if a == 0 && b == 0 {
		return [][]int{nil}
	}
	if a > 0 {
		for _, rest := range turnsOf(a-1, b) {
			list = append(list, append([]int{0}, rest...))
		}
	}
	if b > 0 {
		for _, rest := range turnsOf(a, b-1) {
			list = append(list, append([]int{1}, rest...))
		}
	}
	return list
}

// race lets two claimants file a claim on one account, their calls of the store in an order. It returns their statuses,
// in order, and how many calls each made.
func race(t *testing.T, rules *registration.Rules, store registration.Store, unlock bool, order []int) (string, [2]int) {
	t.Helper()
	s := &turns{}
	var group sync.WaitGroup
	var status [2]string
	for who := range 2 {
		s.ready[who], s.goOn[who] = make(chan bool), make(chan bool)
		registry, err := registration.Open(turned{store, s, who, unlock}, rules)
		if err != nil {
			t.Fatal(err)
		}
		group.Go(func() {
			defer close(s.ready[who])
			answer, err := registry.Submit(t.Context(), claimant(who), registration.Filing{Key: "1", By: "ana",
				Account: matching.Account{Domains: []string{"one.com"}}})
			status[who] = fmt.Sprint(answer.Status)
			if err != nil {
				status[who] = err.Error()
			}
		})
	}
	calls := s.play(order)
	group.Wait()
	slices.Sort(status[:])
	return strings.Join(status[:], " "), calls
}

// reg.atomic: two claimants file on one account, and their calls of the store come in all orders of four of each: one is
// first, and the other waits. Where nothing keeps the calls of two writes apart, an order is found in which both are.
func TestAllOrdersOfTheCallsOfTwoClaimants(t *testing.T) {
	rules, err := registrationtest.SuiteRules()
	if err != nil {
		t.Fatal(err)
	}
	now := func() time.Time { return time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC) }
	orders := turnsOf(4, 4)
	if len(orders) != 70 {
		t.Fatalf("%d orders", len(orders))
	}
	const one = "queued submitted"
	both := 0
	for _, order := range orders {
		got, calls := race(t, rules, memstore.NewStore(now, nil), false, order)
		if got != one || calls != [2]int{4, 4} {
			t.Errorf("reg.first_wins: in the order %v the claims are %s, after %v calls", order, got, calls)
		}
		if got, _ := race(t, rules, naive.New(now), true, order); got != one {
			both++
		}
	}
	if both == 0 {
		t.Error("no order of calls without a lock makes both claimants the first")
	}
	t.Logf("without a lock %d of %d orders fail", both, len(orders))
}
