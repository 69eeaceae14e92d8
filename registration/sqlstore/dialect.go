package sqlstore

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/coselling/coselling/value"
)

// dialect is in what the databases differ.
type dialect struct {
	name       string   // of its folder of migrations
	files      []string // the migrations in their order; their number is the version of the tables
	read       access
	write      access // under the lock that every write takes
	lockSchema string // taken before the tables are made; empty where BEGIN locks
	numbered   bool   // parameters are $1, $2 instead of ?
	oneWriter  bool
	passes     func(error) bool
}

// access is how a transaction begins. Its head is a query for the latest stamp, the
// version, that of the tables and the server's clock in microseconds.
type access struct{ begin, head string }

const (
	headSelect = "SELECT last, version, schema, "
	headFrom   = " FROM coselling_registration_head WHERE id = 1"
)

// Under READ COMMITTED each statement sees what was committed before it. After the
// lock nobody else commits, so that all that follows sees one state, the latest. A
// client that is gone without a word must not hold the lock until TCP finds out: the
// server ends a transaction that has been idle for longer than a write may take.
func postgres(timeout time.Duration) dialect {
	idle := strconv.FormatInt(max(timeout.Milliseconds(), 1), 10)
	head := headSelect + "CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS bigint), set_config('idle_in_transaction_session_timeout', '" + idle + "', true)" + headFrom
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

// detect asks the database what it is. A server writes a question that it does not
// understand to its log, SQLite has none.
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

// query writes the parameters of a query, each a question mark, as the database has them.
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
