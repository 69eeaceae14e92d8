package store

import (
	"context"
	"database/sql"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
)

// The limits. Failures of an account keep guesses apart, those of an address a list of accounts.
const (
	MaxFilings  = 30 // of a party within an hour, those that are refused too
	maxAccount  = 5  // failures of one account to sign in
	maxAddress  = 50 // failures from one address
	filingsIn   = time.Hour
	failuresFor = 15 * time.Minute
)

// TrySignIn counts an attempt to sign in as a failure, before anybody knows whether it is one, so that attempts at once
// count, too. It returns the instant of the attempt, and [ErrTooMany] where too many for the account or from the
// address have failed of late. It does not say whether the account exists, and forgets what no longer counts.
func (s *Store) TrySignIn(ctx context.Context, email, address string) (at time.Time, err error) {
	err = s.write(ctx, model.Party{}, func(tx *sql.Tx) error {
		at = s.now()
		if _, err := tx.ExecContext(ctx, "DELETE FROM portal_failure WHERE at <= $1",
			instant(at.Add(-failuresFor))); err != nil {
			return err
		}
		for subject, most := range map[string]int{"account " + email: maxAccount, "address " + address: maxAddress} {
			var n int
			err := tx.QueryRowContext(ctx, "SELECT count(*) FROM portal_failure WHERE subject = $1", subject).Scan(&n)
			if err != nil {
				return err
			}
			if n >= most {
				return ErrTooMany
			}
			if _, err := tx.ExecContext(ctx, "INSERT INTO portal_failure (subject, at) VALUES ($1, $2)", subject,
				instant(at)); err != nil {
				return err
			}
		}
		return nil
	})
	return at, err
}

// SignedIn records that the attempt of an instant was a success: it was no failure of the address, and those of the
// account are forgiven.
func (s *Store) SignedIn(ctx context.Context, email, address string, at time.Time) error {
	return s.write(ctx, model.Party{}, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "DELETE FROM portal_failure WHERE subject = $1 OR subject = $2 AND at = $3",
			"account "+email, "address "+address, instant(at))
		return err
	})
}

// mayFile returns [ErrTooMany] where a party has filed too often of late.
func mayFile(ctx context.Context, tx *sql.Tx, who User, at time.Time) error {
	var n int
	err := tx.QueryRowContext(ctx, "SELECT count(*) FROM portal_filing WHERE side = $1 AND org = $2 AND at > $3",
		who.Party.Side.String(), who.Party.Org, instant(at.Add(-filingsIn))).Scan(&n)
	if err == nil && n >= MaxFilings {
		return ErrTooMany
	}
	return err
}

// logFiling records a filing with its answer.
func logFiling(ctx context.Context, tx *sql.Tx, who User, at time.Time, f registration.Filing,
	answer registration.Answer) error {
	_, err := tx.ExecContext(ctx, "INSERT INTO portal_filing (at, by_user, side, org, account, status, claim)"+
		" VALUES ($1, $2, $3, $4, $5, $6, $7)", instant(at), who.ID, who.Party.Side.String(), who.Party.Org,
		f.Account.Name, answer.Status.String(), answer.Claim)
	return err
}
