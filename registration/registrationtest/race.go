package registrationtest

import (
	"fmt"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
)

// firstOfMany tests that of many claims at once one is first and the others wait.
func firstOfMany(s *suite) {
	answers := together(s, s.harness.Claimants, func(i int) (registration.Answer, error) {
		return s.registry.Submit(s.Context(), partner(i), filing("1", "www.hooli.com"))
	})
	count := map[registration.Status]int{}
	at := map[time.Time]bool{}
	for _, a := range answers {
		count[a.Status]++
		at[a.Submitted] = true
	}
	s.expect("claims that are first", count[registration.Submitted], 1)
	s.expect("claims that wait", count[registration.Queued], len(answers)-1)
	s.expect("distinct stamps", len(at), len(answers))
	s.expect("claims stored", len(s.claims("hooli.com")), len(answers))
}

// oneApproval tests that of many approvals at once only that of the first claim succeeds.
func oneApproval(s *suite) {
	ids := make([]string, min(s.harness.Claimants, 50))
	for i := range ids {
		ids[i] = s.submit(partner(i), filing("1", "hooli.com")).Claim
	}
	s.approveAtOnce(ids)
	s.expect("the first", s.status(ids[0]), registration.Approved)
	for _, id := range ids[1:] {
		s.expect("a later one", s.status(id), registration.Rejected)
	}
}

func (s *suite) approveAtOnce(ids []string) {
	together(s, len(ids), func(i int) (registration.Answer, error) {
		return s.registry.Act(s.Context(), ids[i], approval)
	})
}

// ownedIsRefused tests that claims on an owned account are refused and not stored.
func ownedIsRefused(s *suite) {
	owner := s.submit(partner(0), filing("1", "hooli.com"))
	s.expect("the owner", s.approve(owner.Claim).Status, registration.Approved)
	for _, answer := range together(s, s.harness.Claimants, func(i int) (registration.Answer, error) {
		return s.registry.Submit(s.Context(), partner(i+1), filing("1", "shop.hooli.com"))
	}) {
		if answer.Status != registration.Refused || answer.Claim != "" {
			s.Errorf("a rival: %+v", answer)
		}
	}
	s.expect("claims stored", len(s.claims("hooli.com")), 1)
}

// joinedAtOnce tests claims on two accounts at once, beside a claim that joins them.
func joinedAtOnce(s *suite) {
	for round := range 10 {
		a, b := fmt.Sprintf("a%d.com", round), fmt.Sprintf("b%d.com", round)
		ids := together(s, 3, func(i int) (string, error) {
			claimed := filing(fmt.Sprint(round), [][]string{{a}, {b}, {a, b}}[i]...)
			answer, err := s.registry.Submit(s.Context(), partner(i), claimed)
			return answer.Claim, err
		})
		s.approveAtOnce(ids)
		alone := s.status(ids[0]) == registration.Approved || s.status(ids[1]) == registration.Approved
		if both := s.status(ids[2]) == registration.Approved; both && alone {
			s.Errorf("round %d: the joint claim and a single one are both approved", round)
		}
	}
}

// chains tests claims that join three accounts in a ring, filed and approved at once from eight goroutines: each of
// them ends, no two have one stamp, and one owns.
func chains(s *suite) {
	for round := range 5 {
		sites := make([]string, 3)
		for i := range sites {
			sites[i] = fmt.Sprintf("ring%d-%d.com", i, round)
		}
		pair := func(i int) []string { return []string{sites[i%3], sites[(i+1)%3]} }
		answers := together(s, 8, func(i int) (registration.Answer, error) {
			answer, err := s.registry.Submit(s.Context(), partner(i), filing(fmt.Sprint(round), pair(i)...))
			if err == nil && answer.Claim != "" {
				_, err = s.registry.Act(s.Context(), answer.Claim, approval)
			}
			return answer, err
		})
		stamps, stored, owners := map[time.Time]bool{}, 0, 0
		for _, a := range answers {
			if a.Claim == "" {
				continue // refused, as another one was approved before
			}
			stored++
			stamps[a.Submitted] = true
			if s.status(a.Claim) == registration.Approved {
				owners++
			}
		}
		if owners != 1 || len(stamps) != stored {
			s.Errorf("round %d: %d owners, %d stamps of %d claims", round, owners, len(stamps), stored)
		}
	}
}

// retries tests that a filing sent many times is stored once.
func retries(s *suite) {
	ids := together(s, min(s.harness.Claimants, 50), func(int) (string, error) {
		answer, err := s.registry.Submit(s.Context(), partner(0), filing("1", "hooli.com"))
		return answer.Claim, err
	})
	for _, id := range ids {
		s.expect("the claim of a filing sent again", id, ids[0])
	}
	s.expect("claims stored", len(s.claims("hooli.com")), 1)
	s.approve(ids[0])
	s.expect("an approval sent again", s.approve(ids[0]).Status, registration.Approved)
	s.expect("events stored", len(s.claims("hooli.com")[0].Events), 1)
	if _, err := s.registry.Submit(s.Context(), partner(0), filing("1", "other.com")); err == nil {
		s.Error("another filing under the same key is accepted")
	}
	s.expect("claims of the other filing", len(s.claims("other.com")), 0)
}

// processes tests that of several processes one is first on each account.
func processes(s *suite) {
	if s.harness.Process == nil {
		s.Skip("the harness has no Process")
	}
	const accounts = 50
	first := together(s, 3, func(i int) ([]int, error) {
		if i == 0 {
			return Race(s.Context(), s.registry, partner(i), accounts)
		}
		return s.harness.Process(s.T, s.store, partner(i), accounts)
	})
	winner := map[int]model.Party{}
	for i, list := range first {
		for _, account := range list {
			if other, taken := winner[account]; taken {
				s.Errorf("account %d: %v and %v are both first", account, other, partner(i))
			}
			winner[account] = partner(i)
		}
	}
	s.expect("accounts with a first claim", len(winner), accounts)
}
