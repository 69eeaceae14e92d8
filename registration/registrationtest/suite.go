package registrationtest

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/matching"
)

// Harness gives the suite its stores. New is needed.
type Harness struct {
	// New returns an empty store for one test, with now as its clock, and cleans up by t.Cleanup.
	New func(t testing.TB, now func() time.Time) registration.Store

	// Reopen returns the store after a restart. Nil if a store does not outlive its process.
	Reopen func(t testing.TB, s registration.Store, now func() time.Time) registration.Store

	// Process runs [Race] on the same store in another process and returns its result.
	// Several goroutines call it at once. Nil if no other process can use the store.
	Process func(t testing.TB, s registration.Store, party model.Party, accounts int) ([]int, error)

	Claimants int // Claimants is the number of parties that race at once; zero means 200.
}

// RunSuite runs the suite, one subtest for each guarantee.
func RunSuite(t *testing.T, h Harness) {
	t.Helper()
	if h.New == nil {
		t.Fatal("registrationtest: the harness has no New")
	}
	if h.Claimants == 0 {
		h.Claimants = 200
	}
	for _, guarantee := range [...]struct {
		name string
		test func(*suite)
	}{
		{"reg.first_wins one of many claims is first", firstOfMany},
		{"reg.first_wins one of many approvals succeeds", oneApproval},
		{"reg.first_wins a claim on an owned account is not stored", ownedIsRefused},
		{"reg.joins two accounts are not joined while they are claimed", joinedAtOnce},
		{"reg.atomic claims on chains of accounts wait for one another and end", chains},
		{"reg.atomic a filing sent many times is stored once", retries},
		{"reg.atomic a request is sent again after its answer was lost", killed},
		{"reg.atomic a write is tried again", triedAgain},
		{"reg.atomic nothing is stored after an error", nothingWritten},
		{"reg.atomic stamps of an account are distinct when the clock stands or goes back", stamps},
		{"reg.atomic a claim is found with all its facts", found},
		{"reg.atomic lists have the keys that were put last, in their order", keyed},
		{"reg.atomic the answers are those of a list after random steps", likeAList},
		{"reg.atomic claims outlive a restart", restart},
		{"reg.atomic of several processes one is first", processes},
	} {
		t.Run(guarantee.name, func(t *testing.T) { guarantee.test(newSuite(t, h)) })
	}
}

// suite holds the store of one test.
type suite struct {
	*testing.T
	harness  Harness
	clock    clock
	store    registration.Store
	registry *registration.Registry
}

// clock stands still until it is moved.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) move(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

const day = 24 * time.Hour

var (
	us   = model.VendorOrg("us")
	noor = model.Person{Name: "noor", Party: us}

	approval = registration.Event{Do: registration.Approve, By: noor}
)

func newSuite(t *testing.T, h Harness) *suite {
	t.Helper()
	s := &suite{T: t, harness: h, clock: clock{at: time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)}}
	s.store = h.New(t, s.clock.now)
	s.registry = s.open(s.store)
	return s
}

// SuiteRules returns the rules of the suite, for [Race]: the last two labels of a host are its registrable domain.
func SuiteRules() (*registration.Rules, error) {
	policy := registration.DefaultPolicy("us", "noor", "vic")
	return registration.Compile(policy, func(host string) (string, error) {
		labels := strings.Split(host, ".")
		if len(labels) < 2 {
			return "", errors.New("a host has two labels")
		}
		return strings.Join(labels[len(labels)-2:], "."), nil
	})
}

// Race files a claim of a party on each of a number of accounts, which are the same for
// every party, and returns the numbers of those on which the party was first.
func Race(ctx context.Context, registry *registration.Registry, party model.Party, accounts int) ([]int, error) {
	var first []int
	for i := range accounts {
		answer, err := registry.Submit(ctx, party, filing(fmt.Sprint("race ", i), fmt.Sprintf("race%d.com", i)))
		if err != nil {
			return nil, err
		}
		if answer.Status == registration.Submitted {
			first = append(first, i)
		}
	}
	return first, nil
}

// open returns the registry of a store under the rules of the suite.
func (s *suite) open(store registration.Store) *registration.Registry {
	s.Helper()
	rules, err := SuiteRules()
	s.done(err)
	registry, err := registration.Open(store, rules)
	s.done(err)
	return registry
}

func filing(key string, domains ...string) registration.Filing {
	return registration.Filing{Key: key, By: "ana", Account: matching.Account{Name: "Hooli", Domains: domains}}
}

func partner(i int) model.Party { return model.PartnerOrg(fmt.Sprint("partner", i)) }

// done ends the test if there is an error.
func (s *suite) done(err error) {
	s.Helper()
	if err != nil {
		s.Fatal(err)
	}
}

// answered returns the answer, or ends the test if there is an error.
func (s *suite) answered(answer registration.Answer, err error) registration.Answer {
	s.Helper()
	s.done(err)
	return answer
}

func (s *suite) submit(p model.Party, f registration.Filing) registration.Answer {
	s.Helper()
	return s.answered(s.registry.Submit(s.Context(), p, f))
}

func (s *suite) approve(id string) registration.Answer {
	s.Helper()
	return s.answered(s.registry.Act(s.Context(), id, approval))
}

func (s *suite) status(id string) registration.Status {
	s.Helper()
	return s.answered(s.registry.Answer(s.Context(), us, id, s.clock.now().Add(time.Second))).Status
}

// claims returns the stored claims on a domain.
func (s *suite) claims(domain string) []registration.Claim {
	s.Helper()
	var list []registration.Claim
	s.done(s.store.Read(s.Context(), func(tx registration.Tx) (err error) {
		list, err = tx.ByTerms([]string{"domain:" + domain})
		return err
	}))
	return list
}

// together calls do n times at once and returns the results; it reports errors.
func together[T any](s *suite, n int, do func(i int) (T, error)) []T {
	var group sync.WaitGroup
	start := make(chan struct{})
	done := make([]T, n)
	for i := range n {
		group.Go(func() {
			<-start
			var err error
			if done[i], err = do(i); err != nil {
				s.Error(err)
			}
		})
	}
	close(start)
	group.Wait()
	return done
}

func (s *suite) expect(what string, got, want any) {
	s.Helper()
	if got != want {
		s.Errorf("%s: %v, want %v", what, got, want)
	}
}
