package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/value"
)

// The kinds of terms.
const (
	accountTerm = 1
	nameTerm    = 2
)

const (
	byID    = "SELECT body FROM coselling_registration_claim WHERE id = ?"
	byFiled = "SELECT body FROM coselling_registration_claim " +
		"WHERE org = ? AND filing_key = ? AND side = ? ORDER BY seq LIMIT 1"
	byTerm = "SELECT c.body FROM coselling_registration_term t " +
		"JOIN coselling_registration_claim c ON c.seq = t.claim WHERE t.kind = ? AND t.term = ?"
	byName = "SELECT body FROM coselling_registration_claim WHERE seq IN " +
		"(SELECT claim FROM coselling_registration_term WHERE kind = ? AND term IN (?"
	move = "UPDATE coselling_registration_head SET last = ?, version = version + 1 WHERE id = 1 AND version = ?"
)

var (
	errOver = errors.New("sqlstore: the view was used after its call")
	errTorn = errors.New("sqlstore: the lock of the write was lost before its commit")
)

// tx is the view of one call, on a connection within a transaction.
type tx struct {
	ctx     context.Context
	conn    *sql.Conn
	store   *Store
	writes  bool
	failed  error           // the first error of the database, after which nothing is committed; errOver at the end
	put     time.Time       // the stamp in the head, once it was moved
	moved   bool            // the head was moved
	seen    map[string]bool // ids of the claims that were read or put, which are stored
	now     time.Time       // of the server; zero on SQLite
	last    time.Time       // the latest stamp
	version int64           // the version number in the head
}

// begin reads the head, and locks it in a write. It refuses tables that a later version of this package has made.
func (t *tx) begin(head string) error {
	var last, idle string
	var micros int64
	var schema int
	if err := t.conn.QueryRowContext(t.ctx, head).Scan(&last, &t.version, &schema, &micros, &idle); err != nil {
		return err
	}
	if err := checkSchema(schema, len(t.store.dialect.files)); err != nil {
		return err
	}
	if micros != 0 {
		t.now = time.UnixMicro(micros).UTC()
	}
	if last == "" {
		return nil
	}
	var err error
	t.last, err = time.Parse(time.RFC3339Nano, last)
	return err
}

// moveHead writes the head, before the first put (PostgreSQL refuses a claim otherwise) and again with a later stamp.
func (t *tx) moveHead() error {
	last := ""
	if !t.last.IsZero() {
		last = t.last.Format(time.RFC3339Nano)
	}
	result, err := t.conn.ExecContext(t.ctx, t.store.dialect.query(move), last, t.version)
	if err != nil {
		return err
	}
	if n, err := result.RowsAffected(); err != nil || n != 1 {
		return errors.Join(errTorn, err)
	}
	t.put, t.moved = t.last, true
	t.version++
	return nil
}

// end moves the head if the latest stamp has changed since the last move.
func (t *tx) end() error {
	if !t.moved || t.put.Equal(t.last) {
		return nil
	}
	return t.moveHead()
}

func (t *tx) Now() time.Time {
	switch {
	case t.store.settings.Now != nil:
		return t.store.settings.Now()
	case t.now.IsZero():
		return time.Now()
	}
	return t.now
}

func (t *tx) NewID() (string, error) { return t.store.settings.NewID(), nil }

func (t *tx) Last() (time.Time, error) { return t.last, nil }

func (t *tx) Claim(id string) (registration.Claim, bool, error) {
	if !storable(id) {
		return registration.Claim{}, false, nil
	}
	return one(t.claims(byID, id))
}

func (t *tx) Filed(claimant model.Party, key string) (registration.Claim, bool, error) {
	if !storable(claimant.Org) || !storable(key) {
		return registration.Claim{}, false, nil
	}
	return one(t.claims(byFiled, claimant.Org, key, int64(claimant.Side)))
}

func one(list []registration.Claim, err error) (registration.Claim, bool, error) {
	if err != nil || len(list) == 0 {
		return registration.Claim{}, false, err
	}
	return list[0], true, nil
}

func (t *tx) ByTerm(term string) ([]registration.Claim, error) {
	return t.claims(byTerm, accountTerm, indexed(term))
}

func (t *tx) ByName(terms []string, limit int) ([]registration.Claim, error) {
	if len(terms) == 0 || limit <= 0 {
		return nil, nil
	}
	args := []any{nameTerm}
	for _, term := range terms {
		args = append(args, indexed(term))
	}
	query := byName + strings.Repeat(",?", len(terms)-1) + ")) ORDER BY seq LIMIT ?"
	return t.claims(query, append(args, limit)...)
}

// claims returns the claims whose bodies a query selects.
func (t *tx) claims(query string, args ...any) ([]registration.Claim, error) {
	if t.failed != nil {
		return nil, t.failed
	}
	rows, err := t.conn.QueryContext(t.ctx, t.store.dialect.query(query), args...)
	if err != nil {
		return nil, t.fail(err)
	}
	defer rows.Close()
	var list []registration.Claim
	for rows.Next() {
		var body []byte
		if err := rows.Scan(&body); err != nil {
			return nil, t.fail(err)
		}
		var c registration.Claim
		if err := c.UnmarshalJSON(body); err != nil {
			return nil, t.fail(err)
		}
		list = append(list, c)
		t.seen[c.ID] = true
	}
	return list, t.fail(rows.Err())
}

// fail keeps the first error, after which the transaction cannot be committed even if do ignores it, and returns err.
func (t *tx) fail(err error) error {
	if t.failed == nil {
		t.failed = err
	}
	return err
}

func (t *tx) Put(c registration.Claim, stamp time.Time) error {
	if t.failed != nil {
		return t.failed
	}
	if !t.writes {
		return value.NewError(ReadOnly, "a view that reads", "cannot store a claim; only a write can")
	}
	if stamp.After(t.last) {
		t.last = stamp.UTC().Round(0)
	}
	if !t.moved {
		if err := t.moveHead(); err != nil {
			return t.fail(err)
		}
	}
	return t.fail(t.save(c))
}
