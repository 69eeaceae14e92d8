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
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/pressly/goose/v3"
	_ "modernc.org/sqlite" // the driver

	"github.com/coselling/coselling"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/sqlstore"
)

//go:embed migrations
var migrations embed.FS

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
	claims *sqlstore.Store
	rules  []rules
	now    func() time.Time
	turn   chan struct{} // held by the one who writes: SQLite has one writer, and a queue is fairer than its waits
}

// maxConns is how many connections read at once; more requests wait, and cost neither memory nor files.
const maxConns = 16

// OpenSQLite opens a file, which is made if it does not exist, for the user of the process alone. Reads do not wait for
// writes, and a power failure loses no answer.
func OpenSQLite(file string) (*sql.DB, error) {
	made, err := os.OpenFile(file, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600) // SQLite's other files get this mode, too
	if err == nil {
		err = made.Close()
	}
	if err != nil && !errors.Is(err, fs.ErrExist) { // closing one that exists would end the locks of this process
		return nil, err
	}
	query := url.Values{"_pragma": {"journal_mode(WAL)", "synchronous(FULL)", "busy_timeout(5000)", "foreign_keys(1)"},
		"_txlock": {"immediate"}}
	address := url.URL{Scheme: "file", Opaque: url.PathEscape(file), RawQuery: query.Encode()}
	db, err := sql.Open("sqlite", address.String())
	if err == nil {
		db.SetMaxOpenConns(maxConns)
		db.SetMaxIdleConns(maxConns)
	}
	return db, err
}

// Open returns the store of a database that [OpenSQLite] opened, and makes or updates its tables. The tables of the
// registry come first: sqlstore makes them and keeps their version in a table of its own.
func Open(ctx context.Context, db *sql.DB, settings Settings) (*Store, error) {
	s := &Store{db: db, now: settings.Now, turn: make(chan struct{}, 1)}
	var err error
	if s.rules, err = compile(settings); err != nil {
		return nil, err
	}
	own := sqlstore.DefaultSettings()
	own.Now = s.now
	if s.claims, err = sqlstore.NewStore(ctx, db, own); err != nil {
		return nil, err
	}
	return s, migrate(ctx, db)
}

// migrate makes the portal's own tables. Two sets of migrations that are both numbered from 1 must not share a table
// of versions: each would take the other's for its own and skip them.
func migrate(ctx context.Context, db *sql.DB) error {
	files, err := fs.Sub(migrations, "migrations/sqlite")
	if err != nil {
		return err
	}
	provider, err := goose.NewProvider(goose.DialectSQLite3, db, files, goose.WithTableName("portal_schema"))
	if err != nil {
		return err
	}
	_, err = provider.Up(ctx)
	return err
}

// write runs a transaction that is stored whole or not at all, and again while other claims come in between.
func (s *Store) write(ctx context.Context, do func(*sql.Tx) error) error {
	for attempt := 1; ; attempt++ {
		err := s.once(ctx, do)
		if attempt == 5 || !errors.Is(err, sqlstore.Busy) {
			return err
		}
	}
}

func (s *Store) once(ctx context.Context, do func(*sql.Tx) error) error {
	select {
	case s.turn <- struct{}{}:
		defer func() { <-s.turn }()
	case <-ctx.Done():
		return ctx.Err()
	}
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() // has no effect after the commit
	if err := do(tx); err != nil {
		return err
	}
	return tx.Commit()
}

// registry returns the registry under the rules of an instant, within a transaction if there is one.
func (s *Store) registry(tx *sql.Tx, at time.Time) (*registration.Registry, error) {
	claims := registration.Store(s.claims)
	if tx != nil {
		claims = s.claims.Within(tx)
	}
	return registration.Open(claims, s.on(at).claims)
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
