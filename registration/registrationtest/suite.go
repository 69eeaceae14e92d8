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

// Harness is how the suite reaches a store.
type Harness struct {
	// New returns a store without claims that no other test shares, with this clock as its
	// own; it cleans up with t.Cleanup. It is needed.
	New func(t testing.TB, now func() time.Time) registration.Store

	// Reopen returns the store as it is after a restart: of the server, or of all that
	// this process has opened. Nil where a store does not outlive its process.
	Reopen func(t testing.TB, s registration.Store, now func() time.Time) registration.Store

	// Process runs [Race] on the same store in another process and returns what that
	// returned. It is called by several goroutines at once. Nil where there is no other process.
	Process func(t testing.TB, s registration.Store, party model.Party, accounts int) ([]int, error)

	// Claimants is how many race at once; zero is 200.
	Claimants int
}

// Run runs the suite on a store, a subtest a guarantee.
func Run(t *testing.T, h Harness) {
	t.Helper()
	if h.New == nil {
		t.Fatal("registrationtest: a harness needs New")
	}
	if h.Claimants == 0 {
		h.Claimants = 200
	}
	for _, guarantee := range [...]struct {
		name string
		test func(*suite)
	}{
		{"reg.first_wins one of many is first", firstOfMany},
		{"reg.first_wins one of many approvals", oneApproval},
		{"reg.first_wins an owned account is refused and nothing stored", ownedIsRefused},
		{"reg.joins accounts owned apart, at once", joinedAtOnce},
		{"reg.atomic the same filing sent at once and again", retries},
		{"reg.atomic a connection killed between request and answer", killed},
		{"reg.atomic a write that is tried again", triedAgain},
		{"reg.atomic an error leaves nothing written", nothingWritten},
		{"reg.atomic stamps are distinct when the clock stands or goes back", stamps},
		{"reg.atomic what is put is found as it was", found},
		{"reg.atomic whatever happens, the answers are those of a list", likeAList},
		{"reg.atomic a restart", restart},
		{"reg.atomic two processes", processes},
	} {
		t.Run(guarantee.name, func(t *testing.T) { guarantee.test(newSuite(t, h)) })
	}
}

// suite is what one test works with.
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

// Rules returns the rules that the suite decides by, for another process that runs
// [Race]. The registrable domain of a host is its last two labels.
func Rules() (*registration.Rules, error) {
	policy := registration.DefaultPolicy("us", "noor", "vic")
	policy.Accounts.SharedDomains = nil
	return registration.Compile(policy, func(host string) (string, error) {
		labels := strings.Split(host, ".")
		if len(labels) < 2 {
			return "", errors.New("a host has two labels")
		}
		return strings.Join(labels[len(labels)-2:], "."), nil
	})
}

// Race files a claim of a party on so many accounts, the same ones for every party, and
// returns on which of them it was the first.
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

func (s *suite) open(store registration.Store) *registration.Registry {
	s.Helper()
	rules, err := Rules()
	s.done(err)
	registry, err := registration.Open(store, rules)
	s.done(err)
	return registry
}

func filing(key string, domains ...string) registration.Filing {
	return registration.Filing{Key: key, By: "ana", Account: matching.Account{Name: "Hooli", Domains: domains}}
}

func partner(i int) model.Party { return model.PartnerOrg(fmt.Sprint("partner", i)) }

// done ends the test at an error.
func (s *suite) done(err error) {
	s.Helper()
	if err != nil {
		s.Fatal(err)
	}
}

// answered ends the test where there is no answer.
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

// claims returns what is stored on a domain.
func (s *suite) claims(domain string) []registration.Claim {
	s.Helper()
	var list []registration.Claim
	s.done(s.store.Read(s.Context(), func(tx registration.Tx) (err error) {
		list, err = tx.ByTerm("domain:" + domain)
		return err
	}))
	return list
}

// together runs n functions at once and returns what each did; errors are reported.
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
