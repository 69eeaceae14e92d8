package registrationtest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/matching"
)

// errLost is what a client sees of a connection that was killed.
var errLost = errors.New("connection lost")

// faulty is a store behind a bad connection.
type faulty struct {
	registration.Store
	write func(ctx context.Context, do func(registration.Tx) error) error
}

func (f faulty) Write(ctx context.Context, do func(registration.Tx) error) error {
	return f.write(ctx, do)
}

func killed(t *testing.T, s *suite) {
	after := open(t, faulty{s.store, func(ctx context.Context, do func(registration.Tx) error) error {
		if err := s.store.Write(ctx, do); err != nil {
			return err
		}
		return errLost // the answer, not the request
	}})
	if _, err := after.Submit(t.Context(), partner(0), filing("1", "hooli.com")); !errors.Is(err, errLost) {
		t.Fatal(err)
	}
	again := s.submit(t, partner(0), filing("1", "hooli.com"))
	expect(t, "the filing sent again", again.Status, registration.Submitted)
	expect(t, "claims stored", len(s.claims(t, "hooli.com")), 1)
	if _, err := after.Act(t.Context(), again.Claim, registration.Event{Do: registration.Approve, By: noor}); !errors.Is(err, errLost) {
		t.Fatal(err)
	}
	s.clock.move(time.Hour)
	expect(t, "the approval sent again", s.approve(t, again.Claim).Status, registration.Approved)
	expect(t, "events stored", len(s.claims(t, "hooli.com")[0].Events), 1)
}

// triedAgain: a store may call do more than once; only the last call counts.
func triedAgain(t *testing.T, s *suite) {
	shaky := open(t, faulty{s.store, func(ctx context.Context, do func(registration.Tx) error) error {
		err := s.store.Write(ctx, func(tx registration.Tx) error {
			if err := do(tx); err != nil {
				return err
			}
			return errLost // everything that was put is taken back
		})
		if !errors.Is(err, errLost) {
			return err
		}
		return s.store.Write(ctx, do)
	}})
	answer, err := shaky.Submit(t.Context(), partner(0), filing("1", "hooli.com"))
	if err != nil {
		t.Fatal(err)
	}
	list := s.claims(t, "hooli.com")
	if len(list) != 1 || list[0].ID != answer.Claim {
		t.Errorf("%d claims, the answer names %s", len(list), answer.Claim)
	}
}

func nothingWritten(t *testing.T, s *suite) {
	before := s.submit(t, partner(0), filing("1", "hooli.com"))
	kept := s.claims(t, "hooli.com")[0]
	err := s.store.Write(t.Context(), func(tx registration.Tx) error {
		changed := kept
		changed.Events = []registration.Event{{Do: registration.Approve, By: noor, At: kept.Submitted.Add(time.Hour)}}
		fresh := kept
		fresh.ID, fresh.Claimant = "fresh", partner(1)
		if err := errors.Join(tx.Put(changed, kept.Submitted.Add(time.Hour)), tx.Put(fresh, kept.Submitted.Add(2*time.Hour))); err != nil {
			return err
		}
		if c, ok, err := tx.Claim("fresh"); err != nil || !ok || c.ID != "fresh" {
			t.Errorf("what was put is not seen in the same view: %v %v", ok, err)
		}
		return errLost
	})
	if !errors.Is(err, errLost) {
		t.Fatalf("the error of do is lost: %v", err)
	}
	expect(t, "claims stored", len(s.claims(t, "hooli.com")), 1)
	expect(t, "the claim", text(t, s.claims(t, "hooli.com")[0]), text(t, kept))
	next := s.submit(t, partner(1), filing("1", "other.com"))
	expect(t, "the stamp after a write that failed", next.Submitted, before.Submitted.Add(time.Microsecond))

	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.registry.Submit(ctx, partner(2), filing("1", "late.com")); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled context: %v", err)
	}
	expect(t, "claims stored by it", len(s.claims(t, "late.com")), 0)
	err = s.store.Read(t.Context(), func(tx registration.Tx) error { return tx.Put(kept, kept.Submitted) })
	if err == nil {
		t.Error("a view that reads can put")
	}
}

func stamps(t *testing.T, s *suite) {
	last := time.Time{}
	for i, d := range []time.Duration{0, 0, -time.Hour, time.Microsecond, 2 * time.Hour, -day, 0} {
		s.clock.move(d)
		at := s.submit(t, partner(i), filing("1", "hooli.com")).Submitted
		if !at.After(last) {
			t.Errorf("stamp %d: %v is not after %v", i, at, last)
		}
		if want := s.clock.now(); at.Before(want) {
			t.Errorf("stamp %d: %v is before the clock, %v", i, at, want)
		}
		last = at
	}
	s.clock.move(day)
	merged := make([]registration.Claim, 3) // in one write, the latest stamp not last
	for i, d := range []time.Duration{time.Hour, 3 * time.Hour, 2 * time.Hour} {
		merged[i] = registration.Claim{ID: fmt.Sprint("m", i), Claimant: partner(i), Filing: filing("m", "merged.com"), Submitted: last.Add(d)}
	}
	if err := s.registry.Merge(t.Context(), merged...); err != nil {
		t.Fatal(err)
	}
	expect(t, "the stamp after a merge", s.submit(t, partner(0), filing("after", "hooli.com")).Submitted, last.Add(3*time.Hour+time.Microsecond))
}

// found: every fact of a claim comes back.
func found(t *testing.T, s *suite) {
	at := s.clock.now().UTC()
	c := registration.Claim{
		ID: "Ünï-1", Claimant: model.PartnerOrg("acme 'x' \"y\" \\"), Submitted: at.Add(-day + time.Microsecond),
		Filing: registration.Filing{
			Key: "key;--", By: "ana", With: us, Scope: registration.Scope{Products: []registration.Product{"crm", "erp"}, Regions: []registration.Region{"EMEA"}},
			Account: matching.Account{Name: "Hööli 株式会社", Country: "JP", Domains: []string{"www.hooli.com", "hooli.jp"}, IDs: []matching.Identifier{{Scheme: matching.DUNS, Value: "15-048-3782"}}},
		},
		Exception: &registration.Exception{By: noor, Reason: "agreed"},
		Events: []registration.Event{
			{Do: registration.Approve, By: noor, At: at.Add(-time.Hour)},
			{Do: registration.Extend, By: noor, At: at, Reason: "moving", Progress: at.Add(-time.Minute)},
		},
	}
	if err := s.registry.Merge(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	other := filing("key;--", "bolt.com")
	other.Account.Name = "Bolt"
	s.submit(t, partner(1), other)
	err := s.store.Read(t.Context(), func(tx registration.Tx) error {
		byID, ok, err := tx.Claim(c.ID)
		filed, ok2, err2 := tx.Filed(c.Claimant, c.Filing.Key)
		if err := errors.Join(err, err2); err != nil || !ok || !ok2 {
			t.Fatalf("the claim is not found: %v %v %v", ok, ok2, err)
		}
		want := text(t, byID)
		expect(t, "by the party's key", text(t, filed), want)
		byID.Key = matching.Key{}
		expect(t, "the claim without its key", text(t, byID), text(t, c))
		for _, term := range []string{"id:duns:150483782", "domain:hooli.com", "domain:hooli.jp"} {
			list, err := tx.ByTerm(term)
			if err != nil || len(list) != 1 || text(t, list[0]) != want {
				t.Errorf("by %s: %d claims, %v", term, len(list), err)
			}
		}
		list, err := tx.ByName(append(filed.Key.NameTerms(), filed.Key.NameTerms()...), 5)
		if err != nil || len(list) != 1 || text(t, list[0]) != want {
			t.Errorf("by name: %d claims, %v", len(list), err)
		}
		for _, term := range []string{"", "domain:", "domain:none.com", "domain:hooli.co"} {
			if list, err := tx.ByTerm(term); err != nil || len(list) > 0 {
				t.Errorf("by %q: %d claims, %v", term, len(list), err)
			}
		}
		_, ok, err = tx.Filed(partner(9), c.Filing.Key)
		if ok || err != nil {
			t.Errorf("a key of another party: %v, %v", ok, err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func text(t *testing.T, c registration.Claim) string {
	t.Helper()
	b, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func restart(t *testing.T, s *suite) {
	if s.harness.Reopen == nil {
		t.Skip("the harness cannot reopen a store")
	}
	before := s.submit(t, partner(0), filing("1", "hooli.com"))
	s.approve(t, before.Claim)
	s.store = s.harness.Reopen(t, s.store, s.clock.now)
	s.registry = open(t, s.store)
	expect(t, "the claim after a restart", s.status(t, before.Claim), registration.Approved)
	expect(t, "the filing sent again", s.submit(t, partner(0), filing("1", "hooli.com")).Claim, before.Claim)
	after := s.submit(t, partner(1), filing("1", "other.com"))
	if !after.Submitted.After(before.Submitted.Add(time.Microsecond)) {
		t.Errorf("the stamp after a restart, %v, is not after the last one", after.Submitted)
	}
}
