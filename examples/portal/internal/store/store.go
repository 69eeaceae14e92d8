// Package store keeps the portal's people and deals in a database, beside the claims of the registry: what happened
// to a deal is a list of events that only grows, each with the version of the deal and of the book on which it was
// decided.
//
//	db, err := store.OpenSQLite("portal.db")
//	portal, err := store.Open(ctx, db, store.Settings{Books: books, Host: host, Now: time.Now})
//	deals, err := portal.Deals(ctx, who, store.Query{})
package store

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/coselling/coselling"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/sqlstore"
)

// Errors of this package, beside those of the library and of the database.
var (
	ErrNotFound = errors.New("there is no such thing, or this person may not see it")
	ErrChanged  = errors.New("somebody changed the deal in the meantime")
	ErrTooMany  = errors.New("too many attempts")
	ErrTaken    = errors.New("an account speaks for somebody already")

	errRefused = errors.New("the rules refuse it") // undoes a transaction; its caller has the decision
)

// Settings say by which books a store decides, and by which clock.
type Settings struct {
	Books []coselling.Book // in the order of their first days; at least one
	Host  coselling.Host
	Now   func() time.Time
}

// Store keeps everything of a portal. It is safe for concurrent use, and any number of processes can share its
// database.
type Store struct {
	db     *sql.DB
	walled bool // on PostgreSQL, whose policies wall off companies
	claims *sqlstore.Store
	rules  []rules
	now    func() time.Time
	turn   chan struct{} // held by the one who writes: a queue is fairer than waits in the database
}

// Open returns the store of a database that [OpenSQLite] or [OpenPostgres] opened. In a file it makes or updates the
// tables; on PostgreSQL [Migrate] has done that as their owner, and Open refuses a role that policies do not bind.
func Open(ctx context.Context, db *sql.DB, settings Settings) (*Store, error) {
	s := &Store{db: db, walled: isPostgres(db), now: settings.Now, turn: make(chan struct{}, 1)}
	var err error
	if s.rules, err = compile(settings); err != nil {
		return nil, err
	}
	if s.walled {
		err = checkRole(ctx, db)
	} else {
		err = Migrate(ctx, db)
	}
	if err != nil {
		return nil, err
	}
	own := sqlstore.DefaultSettings()
	own.Now = s.now
	s.claims, err = sqlstore.NewStore(ctx, db, own)
	return s, err
}

// read runs a transaction that shows one instant, to a party.
func (s *Store) read(ctx context.Context, party model.Party, do func(*sql.Tx) error) error {
	tx, err := s.db.BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true})
	if err != nil {
		return err
	}
	defer tx.Rollback() // there is nothing to commit
	if err := s.name(ctx, tx, party, false); err != nil {
		return err
	}
	return do(tx)
}

// write runs a transaction of a party that is stored whole or not at all, and again while other claims come in between.
// One writes at a time, so that what a decision was made from is what is stored: limits are counted, and an audit finds
// the same facts. The zero party is nobody's, of which the database shows and takes no deals.
func (s *Store) write(ctx context.Context, party model.Party, do func(*sql.Tx) error) error {
	for attempt := 1; ; attempt++ {
		err := s.once(ctx, party, do)
		if attempt == 5 || !errors.Is(err, sqlstore.Busy) {
			return err
		}
	}
}

func (s *Store) once(ctx context.Context, party model.Party, do func(*sql.Tx) error) error {
	select {
	case s.turn <- struct{}{}:
		defer func() { <-s.turn }()
	case <-ctx.Done():
		return ctx.Err()
	}
	tx, err := s.db.BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelReadCommitted})
	if err != nil {
		return err
	}
	defer tx.Rollback() // has no effect after the commit
	if err := s.name(ctx, tx, party, true); err != nil {
		return err
	}
	if err := do(tx); err != nil {
		return err
	}
	return tx.Commit()
}

// registry calls do with the registry under the rules of an instant, within a transaction. After an error the
// transaction must end.
func (s *Store) registry(ctx context.Context, tx *sql.Tx, at time.Time, do func(*registration.Registry) error) error {
	registry, err := registration.Open(s.claims.Within(tx), s.on(at).claims)
	if err != nil {
		return err
	}
	return s.asRegistry(ctx, tx, func() error { return do(registry) })
}

// querier is a database or a transaction.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
}

// each calls do after it has scanned a row into to, for every row.
func each(ctx context.Context, q querier, query string, args, to []any, do func() error) error {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := rows.Scan(to...); err != nil {
			return err
		}
		if err := do(); err != nil {
			return err
		}
	}
	return rows.Err()
}

// marks returns the placeholders of n arguments, the first with number from.
func marks(from, n int) string {
	list := make([]string, n)
	for i := range list {
		list[i] = fmt.Sprintf("$%d", from+i)
	}
	return strings.Join(list, ", ")
}

// instant returns the text of an instant, of one length, so that texts have the order of their instants.
func instant(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000000000Z") }

// newID returns an id that nobody can guess.
func newID() string { return rand.Text() }
