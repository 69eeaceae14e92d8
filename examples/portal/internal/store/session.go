package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/coselling/coselling/model"
)

// Sessions keeps the sessions of package scs in a table of the portal, so that they outlive a restart. They go by the
// clock of the machine, as scs does.
type Sessions struct{ store *Store }

// Sessions returns the sessions of the store.
func (s *Store) Sessions() Sessions { return Sessions{s} }

// FindCtx returns the data of a session that has not expired.
func (s Sessions) FindCtx(ctx context.Context, token string) (data []byte, found bool, err error) {
	err = s.store.db.QueryRowContext(ctx, "SELECT data FROM portal_session WHERE token = $1 AND expiry > $2", token,
		instant(time.Now())).Scan(&data)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, false, nil
	}
	return data, err == nil, err
}

// CommitCtx stores a session, and removes those that have expired.
func (s Sessions) CommitCtx(ctx context.Context, token string, data []byte, expiry time.Time) error {
	return s.store.write(ctx, model.Party{}, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, "DELETE FROM portal_session WHERE expiry <= $1",
			instant(time.Now())); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, "INSERT INTO portal_session (token, data, expiry) VALUES ($1, $2, $3)"+
			" ON CONFLICT (token) DO UPDATE SET data = excluded.data, expiry = excluded.expiry", token, data,
			instant(expiry))
		return err
	})
}

// DeleteCtx removes a session.
func (s Sessions) DeleteCtx(ctx context.Context, token string) error {
	return s.store.write(ctx, model.Party{}, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "DELETE FROM portal_session WHERE token = $1", token)
		return err
	})
}

// Find is [Sessions.FindCtx] without a context, which the interface of scs needs and never calls.
func (s Sessions) Find(token string) ([]byte, bool, error) {
	return s.FindCtx(context.Background(), token)
}

// Commit is [Sessions.CommitCtx] without a context.
func (s Sessions) Commit(token string, data []byte, expiry time.Time) error {
	return s.CommitCtx(context.Background(), token, data, expiry)
}

// Delete is [Sessions.DeleteCtx] without a context.
func (s Sessions) Delete(token string) error { return s.DeleteCtx(context.Background(), token) }
