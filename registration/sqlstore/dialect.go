package sqlstore

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/coselling/coselling/value"
)

// dialect holds the differences between the databases.
type dialect struct {
	name       string   // of its folder of migrations
	files      []string // migrations in their order; their number is the version of the tables
	read       access
	write      access // its head takes the lock of every write
	lockSchema string // a query that locks the making of the tables; empty if BEGIN does
	numbered   bool   // parameters are $1, $2 instead of ?
	oneWriter  bool
	passes     func(error) bool // reports whether a failure can pass and nothing was stored
}

// access begins a transaction: a statement, and a query for the head, the version of the tables and the server's time.
type access struct{ begin, head string }

const (
	headSelect = "SELECT last, version, schema, "
	headFrom   = " FROM coselling_registration_head WHERE id = 1"
)

// postgres returns the dialect of PostgreSQL. While a write has the lock nobody else commits, so all its statements
// see the latest state. The server ends a transaction that is idle for longer than a write may take, so that a
// client that has disappeared does not hold the lock.
func postgres(timeout time.Duration) dialect {
	idle := strconv.FormatInt(max(timeout.Milliseconds(), 1), 10)
	head := headSelect + "CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS bigint), " +
		"set_config('idle_in_transaction_session_timeout', '" + idle + "', true)" + headFrom
	return dialect{
		name:       "postgres",
		read:       access{"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", head},
		write:      access{"BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE", head + " FOR UPDATE"},
		lockSchema: "SELECT pg_advisory_xact_lock(7163410287340115)",
		numbered:   true,
		passes:     passesPostgres,
	}
}

func sqlite() dialect {
	const head = headSelect + "0, ''" + headFrom
	return dialect{
		name:      "sqlite",
		read:      access{"BEGIN DEFERRED", head},
		write:     access{"BEGIN IMMEDIATE", head},
		oneWriter: true,
		passes:    passesSQLite,
	}
}

// detect asks the database which one it is, first as a server, which would log a query that it does not know.
func (s *Store) detect(ctx context.Context) error {
	var version string
	err := s.db.QueryRowContext(ctx, "SELECT version()").Scan(&version)
	if err != nil {
		if errLite := s.db.QueryRowContext(ctx, "SELECT sqlite_version()").Scan(&version); errLite != nil {
			return errors.Join(err, errLite)
		}
		s.dialect = sqlite()
		return nil
	}
	if !strings.HasPrefix(version, "PostgreSQL ") {
		return value.NewError(DatabaseUnknown, value.Quote(version), "is neither PostgreSQL nor SQLite")
	}
	s.dialect = postgres(s.settings.Timeout)
	return nil
}

// query returns a query, whose parameters are question marks, in the form of the database.
func (d dialect) query(q string) string {
	if !d.numbered {
		return q
	}
	var b strings.Builder
	for n := 1; ; n++ {
		before, after, ok := strings.Cut(q, "?")
		b.WriteString(before)
		if !ok {
			return b.String()
		}
		b.WriteByte('$')
		b.WriteString(strconv.Itoa(n))
		q = after
	}
}
