package registration_test

import (
	"cmp"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	naive "github.com/coselling/coselling/internal/naive/claims"
	"github.com/coselling/coselling/internal/reachtest"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/matching"
)

// inFront returns the ids of the undecided claims that a claim waits for, and when the time for its decision began, by
// comparing it with every earlier one.
func inFront(rules *registration.Rules, earlier []registration.Standing, s registration.Standing) ([]string, time.Time) {
	var ids []string
	clock := s.Claim.Submitted
	for _, e := range earlier {
		if e.Claim.Claimant == s.Claim.Claimant || !e.Claim.Filing.Scope.Overlaps(s.Claim.Filing.Scope) ||
			rules.Accounts().Relation(e.Claim.Key, s.Claim.Key) != matching.Same {
			continue
		}
		end := e.Ended
		if e.Status == registration.Approved {
			end = e.Until
		}
		owned := !e.Approved.IsZero() && (end.IsZero() || e.Approved.Before(end))
		switch {
		case owned:
		case end.IsZero():
			ids = append(ids, e.Claim.ID)
		case end.After(clock) && (decision(s).IsZero() || !end.After(decision(s))):
			clock = end
		}
	}
	return ids, clock
}

// decision returns when a claim was decided; zero: it is not.
func decision(s registration.Standing) time.Time { return cmp.Or(s.Approved, s.Ended) }

// reg.order: a queued claim names every earlier one that it waits for, and where it waits for none, the time for its
// decision begins when the last of them has ended.
func TestQueueIsThatOfAComparisonWithEveryEarlierClaim(t *testing.T) {
	rules := compile(t, policy())
	seen := reachtest.Seen{}
	reachtest.Check(t, seen, func(t *rapid.T) {
		claims := anyClaims().Draw(t, "claims")
		claims = slices.DeleteFunc(claims, func(c registration.Claim) bool {
			return slices.ContainsFunc(c.Events, func(e registration.Event) bool { return e.Do == registration.Hand })
		})
		for i, c := range claims {
			var err error
			if claims[i], err = rules.Import(c, start); err != nil {
				t.Fatal(err)
			}
		}
		asOf := start.Add(-200*day + time.Duration(rapid.IntRange(0, 150).Draw(t, "days"))*day)
		standings := rules.Standings(claims, asOf)
		for i, s := range standings {
			ids, clock := inFront(rules, standings[:i], s)
			look, err := rules.Look(claims, s.Claim.ID, asOf)
			if s.Status != registration.Queued {
				ids = nil
			}
			if err != nil || !slices.Equal(s.Behind, ids) || !slices.Equal(look.Standing.Behind, ids) {
				t.Errorf("%s waits for %v, in a look for %v, want %v, %v", s.Claim.ID, s.Behind, look.Standing.Behind, ids, err)
			}
			seen["a claim that waits"] += len(ids)
			if due := (&naive.Registry{}).BusinessDays(clock, 2); !s.Due.IsZero() && !s.Due.Equal(due) {
				t.Errorf("%s is due %v, want %v", s.Claim.ID, s.Due, due)
			}
			if clock.After(s.Claim.Submitted) && !s.Due.IsZero() {
				seen["a clock that began later"]++
			}
		}
	}, "a claim that waits", "a clock that began later")
}
