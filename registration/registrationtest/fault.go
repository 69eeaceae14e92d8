package registrationtest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/matching"
)

// errLost is the error that a client gets from a connection that was killed.
var errLost = errors.New("connection lost")

// faulty is a store behind a bad connection: its writes fail as write does, which can call the good one.
type faulty struct {
	registration.Store
	write func(good func(work) error, do work) error
}

// work is the function that a write calls with its view.
type work = func(registration.Tx) error

func (f faulty) Write(ctx context.Context, about registration.Subject, do work) error {
	return f.write(func(do work) error { return f.Store.Write(ctx, about, do) }, do)
}

// killed tests that a filing and an approval can be sent again after their answers were lost.
func killed(s *suite) {
	after := s.open(faulty{s.store, func(good func(work) error, do work) error {
		if err := good(do); err != nil {
			return err
		}
		return errLost // the answer, not the request
	}})
	if _, err := after.Submit(s.Context(), partner(0), filing("1", "hooli.com")); !errors.Is(err, errLost) {
		s.Fatal(err)
	}
	again := s.submit(partner(0), filing("1", "hooli.com"))
	s.expect("the filing sent again", again.Status, registration.Submitted)
	s.expect("claims stored", len(s.claims("hooli.com")), 1)
	if _, err := after.Act(s.Context(), again.Claim, approval); !errors.Is(err, errLost) {
		s.Fatal(err)
	}
	s.clock.move(time.Hour)
	s.expect("the approval sent again", s.approve(again.Claim).Status, registration.Approved)
	s.expect("events stored", len(s.claims("hooli.com")[0].Events), 1)
}

// triedAgain tests a store that calls do twice: only the last call counts.
func triedAgain(s *suite) {
	shaky := s.open(faulty{s.store, func(good func(work) error, do work) error {
		err := good(func(tx registration.Tx) error {
			if err := do(tx); err != nil {
				return err
			}
			return errLost // so that all that was put is removed again
		})
		if !errors.Is(err, errLost) {
			return err
		}
		return good(do)
	}})
	answer, err := shaky.Submit(s.Context(), partner(0), filing("1", "hooli.com"))
	s.done(err)
	list := s.claims("hooli.com")
	if len(list) != 1 || list[0].ID != answer.Claim {
		s.Errorf("%d claims, the answer names %s", len(list), answer.Claim)
	}
}

// nothingWritten tests that nothing is stored after an error of do or of the context.
func nothingWritten(s *suite) {
	before := s.submit(partner(0), filing("1", "hooli.com"))
	kept := s.claims("hooli.com")[0]
	about := registration.Subject{Terms: kept.Key.Terms(), Claims: []string{kept.ID, "fresh"}}
	err := s.store.Write(s.Context(), about, func(tx registration.Tx) error {
		changed := kept
		later := kept.Submitted.Add(time.Hour)
		changed.Events = []registration.Event{{Do: registration.Approve, By: noor, At: later}}
		fresh := kept
		fresh.ID, fresh.Claimant = "fresh", partner(1)
		if err := tx.Put(registration.Keyed{Claim: changed}, registration.Keyed{Claim: fresh}); err != nil {
			return err
		}
		if c, ok, err := tx.Claim("fresh"); err != nil || !ok || c.ID != "fresh" {
			s.Errorf("the view does not show a claim that it has put: %v %v", ok, err)
		}
		return errLost
	})
	if !errors.Is(err, errLost) {
		s.Fatalf("the error of do is not returned: %v", err)
	}
	s.expect("claims stored", len(s.claims("hooli.com")), 1)
	s.expect("the claim", s.text(s.claims("hooli.com")[0]), s.text(kept))
	next := s.submit(partner(1), filing("1", "hooli.com"))
	s.expect("the stamp after a write that failed", next.Submitted, before.Submitted.Add(time.Microsecond))

	ctx, cancel := context.WithCancel(s.Context())
	cancel()
	if _, err := s.registry.Submit(ctx, partner(2), filing("1", "late.com")); !errors.Is(err, context.Canceled) {
		s.Errorf("a cancelled context: %v", err)
	}
	s.expect("claims stored by it", len(s.claims("late.com")), 0)
	err = s.store.Read(s.Context(), func(tx registration.Tx) error { return tx.Put(registration.Keyed{Claim: kept}) })
	if err == nil {
		s.Error("a view that only reads can put a claim")
	}
}

// stamps tests that each stamp is later than all before it that can touch the same account, whatever the clock does,
// and that claims on other accounts move no stamp.
func stamps(s *suite) {
	s.expect("the stamp of another account", s.submit(partner(0), filing("2", "other.com")).Submitted, s.clock.now())
	last := time.Time{}
	for i, d := range []time.Duration{0, 0, -time.Hour, time.Microsecond, 2 * time.Hour, -day, 0} {
		s.clock.move(d)
		at := s.submit(partner(i), filing("1", "hooli.com")).Submitted
		if !at.After(last) {
			s.Errorf("stamp %d: %v is not after %v", i, at, last)
		}
		if want := s.clock.now(); at.Before(want) {
			s.Errorf("stamp %d: %v is before the clock, %v", i, at, want)
		}
		if last.IsZero() {
			s.expect("the first stamp", at, s.clock.now())
		}
		last = at
	}
	s.clock.move(day)
	merged := make([]registration.Claim, 3) // in one write, the latest stamp not last
	for i, d := range []time.Duration{time.Hour, 3 * time.Hour, 2 * time.Hour} {
		merged[i] = registration.Claim{
			ID: fmt.Sprint("m", i), Claimant: partner(i), Filing: filing("m", "merged.com", "bridge.com"),
			Submitted: last.Add(d),
		}
	}
	s.done(s.registry.Merge(s.Context(), merged...))
	want := last.Add(3*time.Hour + time.Microsecond)
	joined := s.submit(partner(0), filing("after", "hooli.com", "bridge.com"))
	s.expect("the stamp after a merge", joined.Submitted, want)
	through := s.submit(partner(0), filing("through", "hooli.com"))
	s.expect("the stamp through another claim", through.Submitted, want.Add(time.Microsecond))
	s.expect("the stamp of an account apart", s.submit(partner(1), filing("2", "other.com")).Submitted, s.clock.now())
}

// found tests that every query finds a claim, and with all its facts.
func found(s *suite) {
	at := s.clock.now().UTC()
	c := registration.Claim{
		ID: "Ünï-1", Claimant: model.PartnerOrg("acme 'x' \"y\" \\"), Submitted: at.Add(-day + time.Microsecond),
		Filing: registration.Filing{
			Key: "key;--", By: "ana", With: us,
			Scope: registration.Scope{Products: []string{"crm", "erp"}, Regions: []string{"EMEA"}},
			Account: matching.Account{
				Name: "Hööli 株式会社", Country: "JP", Domains: []string{"www.hooli.com", "hooli.jp"},
				IDs: []matching.Identifier{{Scheme: matching.DUNS, Value: "15-048-3782"}},
			},
		},
		Events: []registration.Event{
			{Do: registration.Admit, By: noor, At: at.Add(-day + time.Microsecond), Reason: "agreed"},
			{Do: registration.Approve, By: noor, At: at.Add(-time.Hour), Terms: &registration.Terms{Protection: 60,
				Extension: 7, Extensions: 3, ConfirmWithin: 5, Reminders: []int{9, 2}}},
			{Do: registration.Extend, By: noor, At: at, Reason: "moving", Progress: at.Add(-time.Minute)},
			{Do: registration.Hand, By: noor, At: at, To: partner(2)},
		},
	}
	s.done(s.registry.Merge(s.Context(), c))
	other := filing("key;--", "bolt.com")
	other.Account.Name = "Bolt"
	s.submit(partner(1), other)
	s.done(s.store.Read(s.Context(), func(tx registration.Tx) error {
		byID, ok, err := tx.Claim(c.ID)
		filed, ok2, err2 := tx.Filed(c.Claimant, c.Filing.Key)
		if err := errors.Join(err, err2); err != nil || !ok || !ok2 {
			s.Fatalf("the claim is not found: %v %v %v", ok, ok2, err)
		}
		want := s.text(byID)
		s.expect("by the party's key", s.text(filed), want)
		byID.Key = matching.Key{}
		s.expect("the claim without its key", s.text(byID), s.text(c))
		check := func(what string, count int, list []registration.Claim, err error) {
			if err != nil || len(list) != count || count == 1 && s.text(list[0]) != want {
				s.Errorf("%s: %d claims, %v", what, len(list), err)
			}
		}
		for term, count := range map[string]int{
			"id:duns:150483782": 1, "domain:hooli.com": 1, "domain:hooli.jp": 1,
			"": 0, "domain:": 0, "domain:none.com": 0, "domain:hooli.co": 0,
		} {
			list, err := tx.ByTerms([]string{term})
			check("by "+term, count, list, err)
		}
		list, err := tx.ByTerms([]string{"domain:hooli.jp", "domain:hooli.com", "domain:none.com", "domain:hooli.jp"})
		check("by several terms", 1, list, err)
		list, err = tx.ByTerms(nil)
		check("by no term", 0, list, err)
		list, err = tx.ByName(append(filed.Key.NameTerms(), filed.Key.NameTerms()...), 5)
		check("by name", 1, list, err)
		if _, ok, err = tx.Filed(partner(9), c.Filing.Key); ok || err != nil {
			s.Errorf("a key of another party: %v, %v", ok, err)
		}
		return nil
	}))
}

func (s *suite) text(v any) string {
	s.Helper()
	b, err := json.Marshal(v)
	s.done(err)
	return string(b)
}

// restart tests that claims and their stamps outlive a restart.
func restart(s *suite) {
	if s.harness.Reopen == nil {
		s.Skip("the harness has no Reopen")
	}
	before := s.submit(partner(0), filing("1", "hooli.com"))
	s.approve(before.Claim)
	s.store = s.harness.Reopen(s.T, s.store, s.clock.now)
	s.registry = s.open(s.store)
	s.expect("the claim after a restart", s.status(before.Claim), registration.Approved)
	s.expect("the filing sent again", s.submit(partner(0), filing("1", "hooli.com")).Claim, before.Claim)
	after := s.submit(partner(0), filing("2", "hooli.com")) // of the same party, as the account is owned
	s.expect("the stamp after a restart", after.Submitted, before.Submitted.Add(2*time.Microsecond))
}
