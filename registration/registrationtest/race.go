package registrationtest

import (
	"fmt"
	"testing"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
)

func firstOfMany(t *testing.T, s *suite) {
	answers := make([]registration.Answer, s.harness.Claimants)
	together(len(answers), func(i int) {
		var err error
		if answers[i], err = s.registry.Submit(t.Context(), partner(i), filing("1", "www.hooli.com")); err != nil {
			t.Error(err)
		}
	})
	count := map[registration.Status]int{}
	at := map[time.Time]bool{}
	for _, a := range answers {
		count[a.Status]++
		at[a.Submitted] = true
	}
	expect(t, "claims that are first", count[registration.Submitted], 1)
	expect(t, "claims that wait", count[registration.Queued], len(answers)-1)
	expect(t, "distinct stamps", len(at), len(answers))
	expect(t, "claims stored", len(s.claims(t, "hooli.com")), len(answers))
}

func oneApproval(t *testing.T, s *suite) {
	n := min(s.harness.Claimants, 50)
	ids := make([]string, n)
	for i := range ids {
		ids[i] = s.submit(t, partner(i), filing("1", "hooli.com")).Claim
	}
	accepted := make([]registration.Answer, n)
	together(n, func(i int) {
		var err error
		if accepted[i], err = s.registry.Act(t.Context(), ids[i], registration.Event{Do: registration.Approve, By: noor}); err != nil {
			t.Error(err)
		}
	})
	expect(t, "the first", s.status(t, ids[0]), registration.Approved)
	for _, id := range ids[1:] {
		expect(t, "a later one", s.status(t, id), registration.Rejected)
	}
}

func ownedIsRefused(t *testing.T, s *suite) {
	owner := s.submit(t, partner(0), filing("1", "hooli.com"))
	expect(t, "the owner", s.approve(t, owner.Claim).Status, registration.Approved)
	together(s.harness.Claimants, func(i int) {
		answer, err := s.registry.Submit(t.Context(), partner(i+1), filing("1", "shop.hooli.com"))
		if err != nil || answer.Status != registration.Refused || answer.Claim != "" {
			t.Errorf("a rival: %+v, %v", answer, err)
		}
	})
	expect(t, "claims stored", len(s.claims(t, "hooli.com")), 1)
}

// joinedAtOnce: claims that name two accounts as one, while both are claimed.
func joinedAtOnce(t *testing.T, s *suite) {
	for round := range 10 {
		a, b := fmt.Sprintf("a%d.com", round), fmt.Sprintf("b%d.com", round)
		ids := make([]string, 3)
		together(3, func(i int) {
			answer, err := s.registry.Submit(t.Context(), partner(i), filing(fmt.Sprint(round), [][]string{{a}, {b}, {a, b}}[i]...))
			if err != nil {
				t.Error(err)
			}
			ids[i] = answer.Claim
		})
		together(3, func(i int) {
			if _, err := s.registry.Act(t.Context(), ids[i], registration.Event{Do: registration.Approve, By: noor}); err != nil {
				t.Error(err)
			}
		})
		alone := s.status(t, ids[0]) == registration.Approved || s.status(t, ids[1]) == registration.Approved
		if both := s.status(t, ids[2]) == registration.Approved; both && alone {
			t.Errorf("round %d: the joint claim and a single one are both approved", round)
		}
	}
}

func retries(t *testing.T, s *suite) {
	ids := make([]string, min(s.harness.Claimants, 50))
	together(len(ids), func(i int) {
		answer, err := s.registry.Submit(t.Context(), partner(0), filing("1", "hooli.com"))
		if err != nil {
			t.Error(err)
		}
		ids[i] = answer.Claim
	})
	for _, id := range ids {
		expect(t, "the claim of a filing sent again", id, ids[0])
	}
	expect(t, "claims stored", len(s.claims(t, "hooli.com")), 1)
	s.approve(t, ids[0])
	expect(t, "an approval sent again", s.approve(t, ids[0]).Status, registration.Approved)
	expect(t, "events stored", len(s.claims(t, "hooli.com")[0].Events), 1)
	if _, err := s.registry.Submit(t.Context(), partner(0), filing("1", "other.com")); err == nil {
		t.Error("another filing under the same key is accepted")
	}
	expect(t, "claims of the other filing", len(s.claims(t, "other.com")), 0)
}

func processes(t *testing.T, s *suite) {
	if s.harness.Process == nil {
		t.Skip("the harness has no other process")
	}
	const accounts = 50
	first := make([][]int, 3)
	together(len(first), func(i int) {
		var err error
		if i == 0 {
			first[i], err = Race(t.Context(), s.registry, partner(i), accounts)
		} else {
			first[i], err = s.harness.Process(t, s.store, partner(i), accounts)
		}
		if err != nil {
			t.Error(err)
		}
	})
	winner := map[int]model.Party{}
	for i, list := range first {
		for _, account := range list {
			if other, taken := winner[account]; taken {
				t.Errorf("account %d: %v and %v are both first", account, other, partner(i))
			}
			winner[account] = partner(i)
		}
	}
	expect(t, "accounts with a first claim", len(winner), accounts)
}
