package sqlstore

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"time"

	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/value"
)

// Codes of errors of this package.
const (
	// Busy is the error of a write that was not done because other claims came in between: run it again, and with it
	// the whole transaction in which it was.
	Busy value.Code = "sqlstore.busy"
	// DatabaseUnknown refuses a database that is neither PostgreSQL nor SQLite, and a store without one.
	DatabaseUnknown value.Code = "sqlstore.database.unknown"
	// SchemaNewer refuses tables that were made by a later version of this package.
	SchemaNewer value.Code = "sqlstore.schema.newer"
	// TransactionRefused refuses a transaction of the host in which no claim can be stored safely.
	TransactionRefused value.Code = "sqlstore.transaction"
	// SettingsInvalid refuses settings with a field out of its range, and a call without a context or function.
	SettingsInvalid value.Code = "sqlstore.settings"
)

// New returns a registry in a database, with [DefaultSettings], and makes or updates the tables. The caller closes
// the database. Errors are those of [registration.Compile] and of [NewStore].
func New(
	db *sql.DB, policy registration.Policy, registrable func(host string) (string, error),
) (*registration.Registry, error) {
	rules, err := registration.Compile(policy, registrable)
	if err != nil {
		return nil, err
	}
	store, err := NewStore(context.Background(), db, DefaultSettings())
	if err != nil {
		return nil, err
	}
	return registration.Open(store, rules)
}

// Store is a [registration.Store] in a database, safe for concurrent use. Any number of stores can share a database.
// Make it with [NewStore]; nil and the zero value are a [DatabaseUnknown] error of every call.
type Store struct {
	db       *sql.DB
	dialect  dialect
	settings Settings
	gate     chan struct{} // has one token for each writer
	queue    queue
}

// NewStore returns the store of a database, and makes or updates its tables if they are not up to date. Errors:
// [SettingsInvalid] for every field at once, with paths such as timeout or new_id; if there is none, [DatabaseUnknown],
// also for nil, [SchemaNewer], or one of the database or the context.
func NewStore(ctx context.Context, db *sql.DB, settings Settings) (*Store, error) {
	if err := settings.check(); err != nil {
		return nil, err
	}
	if db == nil {
		return nil, noDatabase()
	}
	if ctx == nil {
		return nil, nothingToDo()
	}
	ctx, cancel := context.WithTimeout(ctx, settings.Timeout)
	defer cancel()
	s := &Store{db: db, dialect: dialect{passes: passesAny}, settings: settings}
	if err := s.retry(ctx, s.detect); err != nil {
		return nil, err
	}
	s.dialect.files, _ = fs.Glob(migrations, path.Join("migrations", s.dialect.name, "*.up.sql")) // the pattern is good
	writers := settings.Writers
	if !s.dialect.locks {
		writers = 1
	}
	s.gate = make(chan struct{}, writers)
	if err := s.retry(ctx, s.migrate); err != nil {
		return nil, err
	}
	return s, nil
}

func noDatabase() error {
	return value.NewError(DatabaseUnknown, "nothing", "is given as the database; open one")
}

func nothingToDo() error {
	return value.NewError(SettingsInvalid, "nothing", "is given for the context or the function; give both")
}

// check returns an error if a call cannot be made.
func (s *Store) check(ctx context.Context, do func(registration.Tx) error) error {
	if s == nil || s.db == nil {
		return noDatabase()
	}
	if ctx == nil || do == nil {
		return nothingToDo()
	}
	return nil
}

// Read calls do in a transaction that only reads; see [registration.Store]. do must not call the store.
func (s *Store) Read(ctx context.Context, do func(registration.Tx) error) error {
	if err := s.check(ctx, do); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, s.settings.Timeout)
	defer cancel()
	return s.attempt(ctx, s.dialect.beginRead, nil, do)
}

// Write locks what it is about and calls do, and commits; see [registration.Store]. On SQLite it locks everything. If
// claims that come meanwhile join the accounts with others, it begins again, five times at most, then it is a [Busy]
// error. do must not call the store. If a connection is lost during the commit, an error is returned although the
// commit may have happened.
func (s *Store) Write(ctx context.Context, about registration.Subject, do func(registration.Tx) error) error {
	if err := s.check(ctx, do); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, s.settings.Timeout)
	defer cancel()
	if s.dialect.locks {
		leave, err := s.queue.enter(ctx, &about)
		if err != nil {
			return err
		}
		defer leave()
	}
	select {
	case s.gate <- struct{}{}:
		defer func() { <-s.gate }()
	case <-ctx.Done():
		return ctx.Err()
	}
	return s.attempt(ctx, s.dialect.beginWrite, &about, do)
}

const maxGrown = 5

// attempt calls do in a transaction, as often as retry allows.
func (s *Store) attempt(
	ctx context.Context, begin string, about *registration.Subject, do func(registration.Tx) error,
) error {
	grown := 0
	return s.retry(ctx, func(ctx context.Context) error {
		return s.transact(ctx, begin, func(conn *sql.Conn) error {
			t := &tx{ctx: ctx, conn: conn, store: s, about: about, seen: make(map[string]bool)}
			if err := t.begin(); err != nil {
				if errors.Is(err, Busy) {
					grown++
				}
				if grown == maxGrown {
					return decided{err}
				}
				return err
			}
			return t.run(do)
		})
	})
}

// transact runs do between BEGIN and COMMIT; the connection returns to the pool only if that is known to be over.
func (s *Store) transact(ctx context.Context, begin string, do func(*sql.Conn) error) error {
	conn, err := s.db.Conn(ctx)
	if err != nil {
		return err
	}
	open := true // even if BEGIN fails: perhaps only its answer was lost
	defer func() {
		if open {
			rollback(ctx, conn)
		}
		_ = conn.Close()
	}()
	if _, err = conn.ExecContext(ctx, begin); err != nil {
		return err
	}
	if err = do(conn); err != nil {
		return err
	}
	if err = ctx.Err(); err != nil {
		return err
	}
	if _, err = conn.ExecContext(ctx, "COMMIT"); err != nil {
		return commitError{err}
	}
	open = false
	return nil
}

const rollbackTimeout = 5 * time.Second

// rollback ends a transaction; if that fails, it ends the connection.
func rollback(ctx context.Context, conn *sql.Conn) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), rollbackTimeout)
	defer cancel()
	if _, err := conn.ExecContext(ctx, "ROLLBACK"); err != nil {
		_ = conn.Raw(func(any) error { return driver.ErrBadConn })
	}
}

// decided is an error of the caller, after which there is no further attempt.
type decided struct{ error }

// commitError is an error of COMMIT, after which nobody knows whether it has happened.
type commitError struct{ error }

func (e commitError) Unwrap() error { return e.error }
func (e commitError) Error() string {
	return fmt.Sprintf("sqlstore: the commit is not confirmed: %v", e.error)
}
