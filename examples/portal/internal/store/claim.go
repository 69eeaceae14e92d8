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
	page, registry, err := s.claimsOf(ctx, who, registration.Filter{Status: registration.Submitted, After: after})
	if err != nil {
		return nil, "", err
	}
	for _, l := range page.Claims {
		decision, near, err := registry.Explain(ctx, l.Claim, page.AsOf)
		if err != nil {
			return nil, "", err
		}
		waiting = append(waiting, Waiting{l, decision.Rivals, near})
	}
	return waiting, page.Next, nil
}

// Ending returns a page of the approved claims whose protection ends before an instant, the earliest due first, and the
// cursor of the next page.
func (s *Store) Ending(ctx context.Context, who User, before time.Time, after string) (list []registration.Listed,
	next string, err error) {
	f := registration.Filter{Status: registration.Approved, DueBefore: before, After: after}
	for len(list) < PageSize {
		page, _, err := s.claimsOf(ctx, who, f)
		if err != nil {
			return nil, "", err
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
	return list, f.After, nil
}

func (s *Store) claimsOf(ctx context.Context, who User, f registration.Filter) (registration.Page,
	*registration.Registry, error) {
	registry, err := s.registry(nil, s.now())
	if err != nil {
		return registration.Page{}, nil, err
	}
	f.Limit = PageSize
	page, err := registry.List(ctx, who.Party, f)
	return page, registry, err
}

// Decide takes a step with a claim. The person comes from the session and the instant from the clock. A step that
// cannot be taken is no error: the answer has the reasons.
func (s *Store) Decide(ctx context.Context, who User, claim string, e registration.Event) (registration.Answer, error) {
	var answer registration.Answer
	err := s.write(ctx, func(tx *sql.Tx) error {
		registry, err := s.registry(tx, s.now())
		if err != nil {
			return err
		}
		e.By = who.Person()
		answer, err = registry.Act(ctx, claim, e)
		return err
	})
	return answer, err
}

// Own returns the live claims of the party of a person on an account and on those with a similar name. Before a party
// files it learns of no others.
func (s *Store) Own(ctx context.Context, who User, account matching.Account) (list []registration.Listed, err error) {
	at := s.now()
	registry, err := s.registry(nil, at)
	if err != nil {
		return nil, err
	}
	accounts := s.on(at).claims.Accounts()
	asked, err := accounts.Key(account)
	if err != nil {
		return nil, value.Below("account", err)
	}
	live := []registration.Status{registration.Submitted, registration.Queued, registration.Approved}
	for f := (registration.Filter{Limit: 1000}); ; {
		page, err := registry.List(ctx, who.Party, f)
		if err != nil {
			return nil, err
		}
		for _, l := range page.Claims {
			key, err := accounts.Key(l.Account)
			alike := err == nil && accounts.Match(asked, key).Relation != matching.Different
			if alike && slices.Contains(live, l.Status) {
				list = append(list, l)
			}
		}
		if f.After = page.Next; f.After == "" {
			return list, nil
		}
	}
}
