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
	put        []string         // statements that store claims with their terms and keys, a list in JSON
	numbered   bool             // parameters are $1, $2 instead of ?
	passes     func(error) bool // reports whether a failure can pass and nothing was stored
}

const (
	insert  = "INSERT INTO coselling_registration_claim (id, side, org, filing_key, body) "
	replace = "ON CONFLICT (id) DO UPDATE SET body = excluded.body"
	keepOld = "ON CONFLICT DO NOTHING"

	insertTerms = "INSERT INTO coselling_registration_term (kind, term, claim) "
	insertKeys  = "INSERT INTO coselling_registration_entry (key, claim) "
	ofGiven     = "CROSS JOIN coselling_registration_claim AS c ON c.id = json_extract(g.value, '$.id')" // on SQLite
)

// postgres returns the dialect of PostgreSQL, in which one statement stores all, so that it is one round trip.
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
		put: []string{
			"WITH given AS MATERIALIZED (SELECT * FROM jsonb_to_recordset(CAST(CAST(? AS text) AS jsonb)) AS g " +
				"(id text, side smallint, org text, filing_key text, body text, terms jsonb, keys jsonb)), " +
				"stored AS (" + insert + "SELECT id, side, org, filing_key, body FROM given " + replace +
				" RETURNING seq, id), " +
				"claim AS (SELECT stored.seq, given.terms, given.keys FROM stored JOIN given USING (id)), " +
				"term AS (" + insertTerms + "SELECT t.kind, t.term, seq FROM claim, " +
				"jsonb_to_recordset(terms) AS t (kind smallint, term text) " + keepOld + "), " +
				"gone AS (DELETE FROM coselling_registration_entry AS e USING claim " +
				"WHERE e.claim = claim.seq AND NOT jsonb_exists(claim.keys, e.key)) " +
				insertKeys + "SELECT k, seq FROM claim, jsonb_array_elements_text(keys) AS k " + keepOld,
		},
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
		put: []string{
			insert + "SELECT json_extract(value, '$.id'), json_extract(value, '$.side'), " +
				"json_extract(value, '$.org'), json_extract(value, '$.filing_key'), json_extract(value, '$.body') " +
				"FROM json_each(?) WHERE true " + replace,
			insertTerms + "SELECT json_extract(t.value, '$.kind'), json_extract(t.value, '$.term'), c.seq " +
				"FROM json_each(?) AS g CROSS JOIN json_each(g.value, '$.terms') AS t " + ofGiven +
				" WHERE true " + keepOld,
			"DELETE FROM coselling_registration_entry WHERE claim IN " +
				"(SELECT c.seq FROM json_each(?) AS g " + ofGiven + ")",
			insertKeys + "SELECT k.value, c.seq FROM json_each(?) AS g " +
				"CROSS JOIN json_each(g.value, '$.keys') AS k " + ofGiven,
		},
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
