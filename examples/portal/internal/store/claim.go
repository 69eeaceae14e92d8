package store

import (
	"context"
	"database/sql"
	"slices"
	"time"

	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/matching"
	"github.com/coselling/coselling/value"
)

// Waiting is a claim that waits for a channel owner, with what speaks against it, for the vendor alone.
type Waiting struct {
	registration.Listed
	Rivals []registration.Rival // claims on the same account
	Near   []registration.Rival // claims on accounts with a similar name, which decide nothing
}

// Inbox returns a page of the claims that wait for a decision, the earliest due first, and the cursor of the next page.
func (s *Store) Inbox(ctx context.Context, who User, after string) (waiting []Waiting, next string, err error) {
	f := registration.Filter{Status: registration.Submitted, After: after, Limit: PageSize}
	err = s.readClaims(ctx, who, func(registry *registration.Registry) error {
		page, err := registry.List(ctx, who.Party, f)
		if err != nil {
			return err
		}
		for _, l := range page.Claims {
			decision, near, err := registry.Explain(ctx, l.Claim, page.AsOf)
			if err != nil {
				return err
			}
			waiting = append(waiting, Waiting{l, decision.Rivals, near})
		}
		next = page.Next
		return nil
	})
	return waiting, next, err
}

// Ending returns a page of the approved claims whose protection ends before an instant, the earliest due first, and the
// cursor of the next page.
func (s *Store) Ending(ctx context.Context, who User, before time.Time, after string) (list []registration.Listed,
	next string, err error) {
	f := registration.Filter{Status: registration.Approved, DueBefore: before, After: after, Limit: PageSize}
	err = s.readClaims(ctx, who, func(registry *registration.Registry) error {
		for len(list) < PageSize {
			page, err := registry.List(ctx, who.Party, f)
			if err != nil {
				return err
			}
			for _, l := range page.Claims {
				if l.Until.Before(before) { // of others only a reminder is due
					list = append(list, l)
				}
			}
			if f.After = page.Next; f.After == "" {
				break
			}
		}
		return nil
	})
	return list, f.After, err
}

// readClaims calls do with the claims as they are now.
func (s *Store) readClaims(ctx context.Context, who User, do func(*registration.Registry) error) error {
	return s.read(ctx, who.Party, func(tx *sql.Tx) error { return s.registry(ctx, tx, s.now(), do) })
}

// Decide takes a step with a claim. The person comes from the session and the instant from the clock. A step that
// cannot be taken is no error: the answer has the reasons.
func (s *Store) Decide(ctx context.Context, who User, claim string, e registration.Event) (registration.Answer, error) {
	var answer registration.Answer
	err := s.write(ctx, who.Party, func(tx *sql.Tx) error {
		e.By = who.Person()
		return s.registry(ctx, tx, s.now(), func(registry *registration.Registry) (err error) {
			answer, err = registry.Act(ctx, claim, e)
			return err
		})
	})
	return answer, err
}

// Own returns the live claims of the party of a person on an account and on those with a similar name. Before a party
// files it learns of no others.
func (s *Store) Own(ctx context.Context, who User, account matching.Account) (list []registration.Listed, err error) {
	accounts := s.on(s.now()).claims.Accounts()
	asked, err := accounts.Key(account)
	if err != nil {
		return nil, value.Below("account", err)
	}
	live := []registration.Status{registration.Submitted, registration.Queued, registration.Approved}
	err = s.readClaims(ctx, who, func(registry *registration.Registry) error {
		for f := (registration.Filter{Limit: 1000}); ; {
			page, err := registry.List(ctx, who.Party, f)
			if err != nil {
				return err
			}
			for _, l := range page.Claims {
				key, err := accounts.Key(l.Account)
				alike := err == nil && accounts.Match(asked, key).Relation != matching.Different
				if alike && slices.Contains(live, l.Status) {
					list = append(list, l)
				}
			}
			if f.After = page.Next; f.After == "" {
				return nil
			}
		}
	})
	return list, err
}
