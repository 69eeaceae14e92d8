package store

import (
	"context"
	"database/sql"
	"time"

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

// MaySignIn returns [ErrTooMany] where too many attempts for an account or from an address have failed of late. It does
// not say whether the account exists.
func (s *Store) MaySignIn(ctx context.Context, email, address string) error {
	from := instant(s.now().Add(-failuresFor))
	for subject, most := range map[string]int{"account " + email: maxAccount, "address " + address: maxAddress} {
		var n int
		row := s.db.QueryRowContext(ctx, "SELECT count(*) FROM portal_failure WHERE subject = $1 AND at > $2",
			subject, from)
		if err := row.Scan(&n); err != nil {
			return err
		}
		if n >= most {
			return ErrTooMany
		}
	}
	return nil
}

// SignedIn records an attempt to sign in: a failure counts, a success forgives those of the account. It forgets what no
// longer counts.
func (s *Store) SignedIn(ctx context.Context, email, address string, success bool) error {
	return s.write(ctx, func(tx *sql.Tx) error {
		at := s.now()
		if _, err := tx.ExecContext(ctx, "DELETE FROM portal_failure WHERE at <= $1",
			instant(at.Add(-failuresFor))); err != nil {
			return err
		}
		if success {
			_, err := tx.ExecContext(ctx, "DELETE FROM portal_failure WHERE subject = $1", "account "+email)
			return err
		}
		_, err := tx.ExecContext(ctx, "INSERT INTO portal_failure (subject, at) VALUES ($1, $3), ($2, $3)",
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
