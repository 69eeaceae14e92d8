package sqlstore

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"github.com/coselling/coselling/value"
)

// dialect holds the differences between the databases.
type dialect struct {
	name       string   // of its folder of migrations
	files      []string // migrations in their order
	beginRead  string
	beginWrite string
	head       string           // a query for the version of the tables and the server's time, 0 for none
	locks      bool             // a write locks accounts with [open]; else BEGIN locks everything
	lockSchema string           // a query that locks the making of the tables; empty if BEGIN does
	among      string           // a condition: is one of the texts of a parameter, a list in JSON
	put        []string         // statements that store a new claim: its columns, then its terms
	numbered   bool             // parameters are $1, $2 instead of ?
	passes     func(error) bool // reports whether a failure can pass and nothing was stored
}

const (
	insert = "INSERT INTO coselling_registration_claim (id, side, org, filing_key, body) " +
		"VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET body = excluded.body"
	insertTerms = "INSERT INTO coselling_registration_term (kind, term, claim) "
	keepOld     = " ON CONFLICT DO NOTHING"
)

// postgres returns the dialect of PostgreSQL, in which one statement stores a claim with its terms.
func postgres() dialect {
	return dialect{
		name:       "postgres",
		beginRead:  "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
		beginWrite: "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE",
		head: "SELECT max(version), CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS bigint) " +
			"FROM coselling_registration_schema",
		locks:      true,
		lockSchema: "SELECT pg_advisory_xact_lock(7163410287340115)",
		among:      " = ANY (ARRAY(SELECT jsonb_array_elements_text(CAST(CAST(? AS text) AS jsonb))))",
		put: []string{"WITH claim AS (" + insert + " RETURNING seq) " + insertTerms +
			"SELECT terms.kind, terms.term, claim.seq FROM claim, " +
			"jsonb_to_recordset(CAST(CAST(? AS text) AS jsonb)) AS terms (kind smallint, term text)" + keepOld},
		numbered: true,
		passes:   passesPostgres,
	}
}

// sqlite returns the dialect of SQLite, which has one writer at a time.
func sqlite() dialect {
	return dialect{
		name:       "sqlite",
		beginRead:  "BEGIN DEFERRED",
		beginWrite: "BEGIN IMMEDIATE",
		head:       "SELECT max(version), 0 FROM coselling_registration_schema",
		among:      " IN (SELECT value FROM json_each(?))",
		put: []string{insert, insertTerms + "SELECT json_extract(terms.value, '$.kind'), " +
			"json_extract(terms.value, '$.term'), claim.seq FROM json_each(?) AS terms, " +
			"coselling_registration_claim AS claim WHERE claim.id = ?" + keepOld},
		passes: passesSQLite,
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
	s.dialect = postgres()
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
