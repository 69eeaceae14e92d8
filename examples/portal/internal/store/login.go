package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/coselling/coselling/model"
)

const (
	loginFor  = 10 * time.Minute // until it must be back
	maxLogins = 50               // that have begun from one address and are not back
)

// Login is a sign-in with a provider that has begun in a browser and is not back yet.
type Login struct {
	State    string // what the answer of the provider names it by
	Browser  string // a secret of the browser; only its hash is kept
	Address  string
	Issuer   string
	Nonce    string
	Verifier string // that of PKCE

	Invitation string // the id of the one that is to be accepted; empty: none
	Next       string // the page to which it leads
	Kept       string // a form that comes back afterwards
}

// BeginLogin stores a sign-in for ten minutes, and forgets those that came back too late. [ErrTooMany] where very many
// have begun from the address.
func (s *Store) BeginLogin(ctx context.Context, l Login) error {
	return s.write(ctx, model.Party{}, func(tx *sql.Tx) error {
		now := s.now()
		if _, err := tx.ExecContext(ctx, "DELETE FROM portal_login WHERE expiry <= $1", instant(now)); err != nil {
			return err
		}
		var n int
		if err := tx.QueryRowContext(ctx, "SELECT count(*) FROM portal_login WHERE address = $1", l.Address).Scan(
			&n); err != nil {
			return err
		}
		if n >= maxLogins {
			return ErrTooMany
		}
		_, err := tx.ExecContext(ctx, "INSERT INTO portal_login (state, browser, address, issuer, nonce, verifier,"+
			" invitation, next, kept, expiry) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)", l.State,
			digest([]byte(l.Browser)), l.Address, l.Issuer, l.Nonce, l.Verifier, l.Invitation, l.Next, l.Kept,
			instant(now.Add(loginFor)))
		return err
	})
}

// TakeLogin returns a sign-in to the browser in which it has begun, once. [ErrNotFound] the second time, in another
// browser and after ten minutes.
func (s *Store) TakeLogin(ctx context.Context, state, browser string) (Login, error) {
	l := Login{State: state, Browser: browser}
	err := s.write(ctx, model.Party{}, func(tx *sql.Tx) error {
		err := tx.QueryRowContext(ctx, "DELETE FROM portal_login WHERE state = $1 AND browser = $2 AND expiry > $3"+
			" RETURNING address, issuer, nonce, verifier, invitation, next, kept", state, digest([]byte(browser)),
			instant(s.now())).Scan(&l.Address, &l.Issuer, &l.Nonce, &l.Verifier, &l.Invitation, &l.Next, &l.Kept)
		if errors.Is(err, sql.ErrNoRows) {
			return ErrNotFound
		}
		return err
	})
	return l, err
}
