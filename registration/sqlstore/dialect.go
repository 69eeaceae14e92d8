package sqlstore

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"github.com/coselling/coselling/value"
)

// dialect is in what the databases differ.
type dialect struct {
	name       string // of its folder of migrations
	beginRead  string
	beginWrite string
	headRead   string // the latest stamp, the version, the server's clock in microseconds
	headLock   string // the same, under the lock that every write takes
	lockSchema string // taken before the tables are made; empty where BEGIN locks
	numbered   bool   // parameters are $1, $2 instead of ?
	oneWriter  bool
	passes     func(error) bool
}

const headSelect = "SELECT last, version, "

// Under READ COMMITTED each statement sees what was committed before it. After the
// lock nobody else commits, so that all that follows sees one state, the latest.
func postgres() dialect {
	const head = headSelect + "CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS bigint) FROM coselling_registration_head WHERE id = 1"
	return dialect{
		name:       "postgres",
		beginRead:  "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
		beginWrite: "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE",
		headRead:   head,
		headLock:   head + " FOR UPDATE",
		lockSchema: "SELECT pg_advisory_xact_lock(7163410287340115)",
		numbered:   true,
		passes:     passesPostgres,
	}
}

func sqlite() dialect {
	const head = headSelect + "0 FROM coselling_registration_head WHERE id = 1"
	return dialect{
		name:       "sqlite",
		beginRead:  "BEGIN DEFERRED",
		beginWrite: "BEGIN IMMEDIATE",
		headRead:   head,
		headLock:   head,
		oneWriter:  true,
		passes:     passesSQLite,
	}
}

// detect asks the database what it is.
func (s *Store) detect(ctx context.Context) error {
	var version string
	errLite := s.db.QueryRowContext(ctx, "SELECT sqlite_version()").Scan(&version)
	if errLite == nil {
		s.dialect = sqlite()
		return nil
	}
	if err := s.db.QueryRowContext(ctx, "SELECT version()").Scan(&version); err != nil {
		return errors.Join(errLite, err)
	}
	if !strings.HasPrefix(version, "PostgreSQL ") {
		return decided{value.NewError(DatabaseUnknown, value.Quote(version), "is neither PostgreSQL nor SQLite")}
	}
	s.dialect = postgres()
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
