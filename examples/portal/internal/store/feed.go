package store

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/base64"
	"errors"
	"time"
)

const feedBytes = 32

// NewFeed makes the calendar feed of a person, in place of the one before, and returns its secret. Nobody can read it
// again: what is stored is its SHA-256.
func (s *Store) NewFeed(ctx context.Context, who User) (secret string, err error) {
	random := make([]byte, feedBytes)
	_, _ = rand.Read(random) // never fails
	secret = base64.RawURLEncoding.EncodeToString(random)
	err = s.write(ctx, who.Party, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "INSERT INTO portal_feed (by_user, secret, at) VALUES ($1, $2, $3)"+
			" ON CONFLICT (by_user) DO UPDATE SET secret = excluded.secret, at = excluded.at", who.ID,
			digest([]byte(secret)), instant(s.now()))
		return err
	})
	return secret, err
}

// EndFeed ends the calendar feed of a person, if there is one.
func (s *Store) EndFeed(ctx context.Context, who User) error {
	return s.write(ctx, who.Party, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "DELETE FROM portal_feed WHERE by_user = $1", who.ID)
		return err
	})
}

// FeedMade returns when the calendar feed of a person was made; zero: there is none.
func (s *Store) FeedMade(ctx context.Context, who User) (time.Time, error) {
	var at string
	row := s.db.QueryRowContext(ctx, "SELECT at FROM portal_feed WHERE by_user = $1", who.ID)
	switch err := row.Scan(&at); {
	case errors.Is(err, sql.ErrNoRows):
		return time.Time{}, nil
	case err != nil:
		return time.Time{}, err
	}
	return time.Parse(time.RFC3339Nano, at)
}

// FeedOf returns the person whose calendar feed has a secret; [ErrNotFound] where nobody's has, or the person has been
// removed.
func (s *Store) FeedOf(ctx context.Context, secret string) (User, error) {
	var id string
	row := s.db.QueryRowContext(ctx, "SELECT by_user FROM portal_feed WHERE secret = $1", digest([]byte(secret)))
	switch err := row.Scan(&id); {
	case errors.Is(err, sql.ErrNoRows):
		return User{}, ErrNotFound
	case err != nil:
		return User{}, err
	}
	return s.User(ctx, id)
}
