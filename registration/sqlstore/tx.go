package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"time"

	"github.com/coselling/coselling/internal/wire"
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
	withTerm = "SELECT body FROM coselling_registration_claim WHERE seq IN " +
		"(SELECT claim FROM coselling_registration_term WHERE kind = ? AND term"
	listed = "SELECT e.key, c.body FROM coselling_registration_entry AS e " +
		"JOIN coselling_registration_claim AS c ON c.seq = e.claim " +
		"WHERE e.key >= ? AND e.key < ? ORDER BY e.key LIMIT ?"
)

var errOver = errors.New("sqlstore: the view was used after its call")

// conn is a connection within a transaction.
type conn interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// tx is the view of one call, on a connection within a transaction.
type tx struct {
	ctx    context.Context
	conn   conn
	store  *Store
	about  *registration.Subject // of a write; nil in a read
	hosted bool                  // the transaction is one of the host
	held   *held                 // by a write that locks accounts; else the database is asked
	failed error                 // the first error of the database: nothing is committed after it; errOver at the end
	seen   map[string]bool       // ids of the claims that were read or put, which are stored
	now    time.Time             // of the server; zero on SQLite
}

// begin locks what a write is about, if BEGIN has not locked it, or reads the head.
func (t *tx) begin() error {
	switch timeout := t.store.settings.Timeout; {
	case t.about == nil:
	case t.store.dialect.locks && t.hosted:
		return t.lock(0, 0)
	case t.store.dialect.locks:
		return t.lock(max(timeout, time.Millisecond), max(timeout/waitPart, time.Millisecond))
	case t.hosted:
		if _, err := t.conn.ExecContext(t.ctx, lockAll); err != nil && t.store.dialect.passes(err) {
			return errors.Join(refusedTransaction("the transaction",
				"was not begun IMMEDIATE, and somebody else writes; begin it so"), err)
		} else if err != nil {
			return err
		}
	}
	var version int
	var micros int64
	if err := t.conn.QueryRowContext(t.ctx, t.store.dialect.head).Scan(&version, &micros); err != nil {
		return err
	}
	return t.start(version, micros)
}

// start notes the server's time. It refuses tables that a later version of this package has made.
func (t *tx) start(version int, micros int64) error {
	if micros != 0 {
		t.now = time.UnixMicro(micros).UTC()
	}
	return checkSchema(version, t.store.dialect.latest())
}

// run calls do with the view, which ends with it.
func (t *tx) run(do func(registration.Tx) error) error {
	err := do(t)
	failed := t.failed
	t.failed, t.held = errOver, nil
	switch {
	case failed != nil:
		return failed // rather than the error that do makes of it, which may not pass
	case err != nil:
		return decided{err}
	}
	return nil
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

func (t *tx) Claim(id string) (registration.Claim, bool, error) {
	if h := t.held; h != nil {
		if i, ok := h.places[id]; ok || slices.Contains(h.about.Claims, id) {
			return one(h.claims[i:], ok)
		}
	}
	if !storable(id) {
		return registration.Claim{}, false, nil
	}
	return first(t.claims(byID, id))
}

func (t *tx) Filed(claimant model.Party, key string) (registration.Claim, bool, error) {
	if h := t.held; h != nil && h.about.Reach && h.about.Claimant == claimant && h.about.Key == key {
		i := slices.IndexFunc(h.claims, func(c registration.Claim) bool {
			return c.Claimant == claimant && c.Filing.Key == key
		})
		return one(h.claims[max(i, 0):], i >= 0)
	}
	if !storable(claimant.Org) || !storable(key) {
		return registration.Claim{}, false, nil
	}
	return first(t.claims(byFiled, claimant.Org, key, int64(claimant.Side)))
}

func one(list []registration.Claim, ok bool) (registration.Claim, bool, error) {
	if !ok {
		return registration.Claim{}, false, nil
	}
	return list[0], true, nil
}

func first(list []registration.Claim, err error) (registration.Claim, bool, error) {
	if err != nil {
		return registration.Claim{}, false, err
	}
	return one(list, len(list) > 0)
}

func (t *tx) ByTerms(terms []string) ([]registration.Claim, error) {
	if t.held != nil && t.held.about.Reach && t.failed == nil {
		return t.held.byTerms(terms)
	}
	return t.having(accountTerm, terms, ")")
}

func (t *tx) ByName(terms []string, limit int) ([]registration.Claim, error) {
	if limit <= 0 {
		return nil, nil
	}
	return t.having(nameTerm, terms, ") ORDER BY seq LIMIT ?", limit)
}

// having returns the claims with one of terms.
func (t *tx) having(kind int, terms []string, end string, more ...any) ([]registration.Claim, error) {
	if len(terms) == 0 {
		return nil, nil
	}
	keys := distinct(terms)
	list, err := wire.Marshal(&keys)
	if err != nil {
		return nil, err
	}
	return t.claims(withTerm+t.store.dialect.among+end, append([]any{kind, string(list)}, more...)...)
}

// claims returns the claims whose bodies a query selects.
func (t *tx) claims(query string, args ...any) ([]registration.Claim, error) {
	var list []registration.Claim
	var body []byte
	err := t.each(query, args, []any{&body}, func() error {
		c, err := t.parse(body)
		list = append(list, c)
		return err
	})
	return list, err
}

func (t *tx) List(from, to string, limit int) ([]registration.Keyed, error) {
	var list []registration.Keyed
	var key string
	var body []byte
	err := t.each(listed, []any{from, to, limit}, []any{&key, &body}, func() error {
		c, err := t.parse(body)
		list = append(list, registration.Keyed{Claim: c, Keys: []string{key}})
		return err
	})
	return list, err
}

// each calls take for every row of a query, with its columns in into.
func (t *tx) each(query string, args, into []any, take func() error) error {
	if t.failed != nil {
		return t.failed
	}
	rows, err := t.conn.QueryContext(t.ctx, t.store.dialect.query(query), args...)
	if err != nil {
		return t.fail(err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return t.fail(err)
		}
		if err := take(); err != nil {
			return t.fail(err)
		}
	}
	return t.fail(rows.Err())
}

// parse returns a stored claim.
func (t *tx) parse(body []byte) (registration.Claim, error) {
	var c registration.Claim
	if err := c.UnmarshalJSON(body); err != nil {
		return registration.Claim{}, err
	}
	t.seen[c.ID] = true
	return c, nil
}

// fail keeps the first error, after which the transaction cannot be committed even if do ignores it, and returns err.
func (t *tx) fail(err error) error {
	if t.failed == nil {
		t.failed = err
	}
	return err
}

func (t *tx) Put(entries ...registration.Keyed) error {
	if t.failed != nil {
		return t.failed
	}
	if t.about == nil {
		return value.NewError("sqlstore.read_only", "a view that reads", "cannot store a claim; only a write can")
	}
	if len(entries) == 0 {
		return nil
	}
	if err := t.save(entries); err != nil {
		return t.fail(err)
	}
	for i := range entries {
		if t.held != nil {
			t.held.add(entries[i].Claim)
		}
	}
	return nil
}
