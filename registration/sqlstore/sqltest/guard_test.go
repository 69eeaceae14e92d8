package sqltest

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/matching"
	"github.com/coselling/coselling/registration/registrationtest"
	"github.com/coselling/coselling/registration/sqlstore"
)

const (
	lockHooli   = `SELECT coselling_registration_open('{"terms": ["domain:hooli.com"], "reach": true}')`
	insertClaim = "INSERT INTO coselling_registration_claim (id, side, org, filing_key, body) " +
		"VALUES ($1, 1, 'acme', '1', $2)"
	insertTerm = "INSERT INTO coselling_registration_term (kind, term, claim) " +
		"SELECT 1, $1, seq FROM coselling_registration_claim"
)

// approved returns an approved claim to write into the tables without the store.
func approved(t testing.TB) (id, body string) {
	t.Helper()
	c := registration.Claim{
		ID: "by-hand", Claimant: model.PartnerOrg("acme"),
		Submitted: time.Now().Add(-time.Hour).Truncate(time.Microsecond).UTC(),
		Filing:    registration.Filing{Key: "1", By: "ana", Account: matching.Account{Domains: []string{"hooli.com"}}},
		Key:       matching.Key{Domains: []string{"hooli.com"}},
	}
	c.Events = []registration.Event{{Do: registration.Approve,
		By: model.Person{Name: "noor", Party: model.VendorOrg("us")}, At: c.Submitted}}
	text, err := c.MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	return c.ID, string(text)
}

func registryOn(t testing.TB, store registration.Store) *registration.Registry {
	t.Helper()
	rules, err := registrationtest.SuiteRules()
	if err != nil {
		t.Fatal(err)
	}
	registry, err := registration.Open(store, rules)
	if err != nil {
		t.Fatal(err)
	}
	return registry
}

// reg.atomic: the database itself refuses what every client writes that does not hold the locks of the account, such as
// psql or another version of this library: a claim, its terms, changes and deletions.
func TestPostgresRefusesAClaimWithoutTheLock(t *testing.T) {
	store := postgresDatabase(t).open(t, nil)
	if _, err := registryOn(t, store).Submit(t.Context(), model.PartnerOrg("bolt"), filingOn("bolt.com")); err != nil {
		t.Fatal(err)
	}
	id, body := approved(t)
	type statement struct {
		text string
		args []any
	}
	insert := statement{insertClaim, []any{id, body}}
	term := statement{insertTerm, []any{"domain:hooli.com"}}
	for _, c := range []struct {
		name       string
		statements []statement // the last one is refused
	}{
		{"an insert", []statement{insert}},
		{"an update", []statement{{"UPDATE coselling_registration_claim SET body = '{}'", nil}}},
		{"a deletion", []statement{{"DELETE FROM coselling_registration_claim", nil}}},
		{"a term", []statement{term}},
		{"another term", []statement{{"UPDATE coselling_registration_term SET term = 'domain:hooli.com' WHERE kind = 1", nil}}},
		{"a term deleted", []statement{{"DELETE FROM coselling_registration_term WHERE kind = 1", nil}}},
		{"tables emptied", []statement{{"TRUNCATE coselling_registration_claim, coselling_registration_term, coselling_registration_entry", nil}}},
		{"tables emptied under a lock", []statement{{lockHooli, nil},
			{"TRUNCATE coselling_registration_claim, coselling_registration_term, coselling_registration_entry", nil}}},
		{"an insert without terms under a lock", []statement{{lockHooli, nil}, insert}},
		{"a term of another account", []statement{{lockHooli, nil}, {insertTerm, []any{"domain:bolt.de"}}}},
		{"a change of another account", []statement{{lockHooli, nil},
			{"UPDATE coselling_registration_claim SET body = body", nil}}},
		{"a deletion on another account", []statement{{lockHooli, nil}, {"DELETE FROM coselling_registration_claim", nil}}},
		{"after the lock", []statement{{lockHooli, nil}, {"COMMIT", nil}, {"BEGIN", nil}, term}},
		{"after a savepoint that had the lock", []statement{{"SAVEPOINT a", nil}, {lockHooli, nil},
			{"ROLLBACK TO SAVEPOINT a", nil}, term}},
	} {
		t.Run(c.name, func(t *testing.T) {
			tx, err := store.db.Conn(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			defer tx.Close()
			defer tx.ExecContext(context.WithoutCancel(t.Context()), "ROLLBACK")
			if _, err := tx.ExecContext(t.Context(), "BEGIN"); err != nil {
				t.Fatal(err)
			}
			for i, s := range c.statements {
				_, err := tx.ExecContext(t.Context(), s.text, s.args...)
				refused := state(err) == "55000"
				if last := i == len(c.statements)-1; last != refused || !last && err != nil {
					t.Errorf("reg.atomic %s: %v", s.text, err)
				}
			}
		})
	}
	count(t, store, "domain:hooli.com", 0)
	count(t, store, "domain:bolt.com", 1)
	for _, done := range []string{"UPDATE coselling_registration_claim SET body = body", "DELETE FROM coselling_registration_claim"} {
		tx, err := store.db.BeginTx(t.Context(), nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range []string{strings.ReplaceAll(lockHooli, "hooli", "bolt"), done} {
			if _, err := tx.ExecContext(t.Context(), s); err != nil {
				t.Errorf("under the lock: %s: %v", s, err)
			}
		}
		if err := tx.Commit(); err != nil {
			t.Error(err)
		}
	}
	count(t, store, "domain:bolt.com", 0)
}

func state(err error) string {
	if e, ok := errors.AsType[interface {
		error
		SQLState() string
	}](err); ok {
		return e.SQLState()
	}
	return ""
}

func filingOn(hosts ...string) registration.Filing {
	return registration.Filing{Key: hosts[0], By: "ana", Account: matching.Account{Domains: hosts}}
}

// insertAt stores a claim by hand, in one statement with its term.
func insertAt(t testing.TB, id, body string, terms ...string) string {
	t.Helper()
	list := "('" + strings.Join(terms, "'), ('") + "')"
	return "WITH claim AS (" + strings.NewReplacer("$1", "'"+id+"'", "$2", "'"+body+"'").Replace(insertClaim) +
		" RETURNING seq) INSERT INTO coselling_registration_term (kind, term, claim) SELECT 1, terms.term, claim.seq " +
		"FROM claim, (VALUES " + list + ") AS terms (term)"
}

// awaitWaiters waits until as many connections wait for a lock.
func awaitWaiters(t testing.TB, db *sql.DB, want int) {
	t.Helper()
	for n := 0; n < want; time.Sleep(time.Millisecond) {
		var err error
		if n, err = waiters(t, db); err != nil {
			t.Fatal(err)
		}
	}
}

// waiters returns how many connections wait for a lock.
func waiters(t testing.TB, db *sql.DB) (n int, err error) {
	t.Helper()
	const query = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
	err = db.QueryRowContext(t.Context(), query).Scan(&n)
	return n, err
}

// reg.atomic: a write about one account does not wait for one about another.
func TestPostgresWritesOnOtherAccountsDoNotWait(t *testing.T) {
	at := postgresDatabase(t)
	store, other := at.open(t, nil), at.open(t, nil)
	for _, second := range []opened{store, other} {
		err := store.Write(t.Context(), hooli, func(registration.Tx) error {
			ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
			defer cancel()
			_, err := registryOn(t, second).Submit(ctx, model.PartnerOrg("bolt"), filingOn("bolt.com"))
			return err
		})
		if err != nil {
			t.Error(err)
		}
	}
}

// reg.first_wins: the store waits for another client that writes a claim under the lock, and
// then sees the claim.
func TestPostgresWaitsForOtherWriters(t *testing.T) {
	at := postgresDatabase(t)
	store := at.open(t, nil)
	id, body := approved(t)
	other, err := store.db.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Rollback()
	for _, statement := range []struct {
		text string
		args []any
	}{{lockHooli, nil}, {insertAt(t, id, body, "domain:hooli.com"), nil}} {
		if _, err := other.ExecContext(t.Context(), statement.text, statement.args...); err != nil {
			t.Fatal(err)
		}
	}
	answers := make(chan registration.Answer, 1)
	registry := registryOn(t, at.open(t, nil))
	go func() {
		answer, err := registry.Submit(t.Context(), model.PartnerOrg("bolt"),
			registration.Filing{Key: "1", By: "bea", Account: matching.Account{Domains: []string{"hooli.com"}}})
		if err != nil {
			t.Error(err)
		}
		answers <- answer
	}()
	awaitWaiters(t, store.db, 1)
	if err := other.Commit(); err != nil {
		t.Fatal(err)
	}
	if answer := <-answers; answer.Status != registration.Refused {
		t.Errorf("reg.first_wins beside a claim of another writer: %v", answer.Status)
	}
}

// A role that may read and write the tables, but not make any, can use the store.
func TestPostgresRoleThatMayNotMakeTables(t *testing.T) {
	s := postgresServer(t)
	name := database(t, s)
	owner := place{"pgx", s.DSN(name)}.open(t, nil)
	const tables = "coselling_registration_lock, coselling_registration_claim, coselling_registration_term"
	role := "portal_" + name // roles belong to the server, not to the database
	for _, statement := range []string{
		"CREATE ROLE " + role + " LOGIN", "REVOKE ALL ON SCHEMA public FROM public",
		"GRANT USAGE ON SCHEMA public TO " + role,
		"GRANT SELECT ON coselling_registration_schema TO " + role,
		"GRANT SELECT, INSERT, UPDATE ON " + tables + " TO " + role,
		"GRANT SELECT, INSERT, DELETE ON coselling_registration_entry TO " + role,
	} {
		if _, err := owner.db.ExecContext(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	store := place{"pgx", strings.Replace(s.DSN(name), "tester@", role+"@", 1)}.open(t, nil)
	filing := registration.Filing{Key: "1", By: "ana", Account: matching.Account{Domains: []string{"hooli.com"}}}
	if _, err := registryOn(t, store).Submit(t.Context(), model.PartnerOrg("acme"), filing); err != nil {
		t.Error(err)
	}
	count(t, owner, "domain:hooli.com", 1)
}

// reg.atomic: a client that has disappeared, such as a machine without power, does not keep
// the lock.
func TestPostgresEndsTheTransactionOfAClientThatIsGone(t *testing.T) {
	at := postgresDatabase(t)
	waiter := at.open(t, nil)
	settings := sqlstore.DefaultSettings()
	settings.Timeout = 300 * time.Millisecond
	gone, err := sqlstore.NewStore(t.Context(), waiter.db, settings)
	if err != nil {
		t.Fatal(err)
	}
	err = gone.Write(t.Context(), hooli, func(registration.Tx) error { // stops while it holds the lock
		if err := waiter.Write(t.Context(), hooli, func(registration.Tx) error { return nil }); err != nil {
			t.Errorf("reg.atomic the next write: %v", err)
		}
		return nil
	})
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("reg.atomic the write that stood still: %v", err)
	}
}

// A store that is open is refused once a later version of the library has changed the tables.
func TestStoreRefusesTablesOfALaterVersion(t *testing.T) {
	both(t, func(t *testing.T, at place) {
		store := at.open(t, nil)
		if _, err := store.db.ExecContext(t.Context(),
			"INSERT INTO coselling_registration_schema (version) VALUES (99)"); err != nil {
			t.Fatal(err)
		}
		called := func(registration.Tx) error { t.Error("the tables are used"); return nil }
		if err := store.Write(t.Context(), hooli, called); !errors.Is(err, sqlstore.SchemaNewer) {
			t.Errorf("a write: %v", err)
		}
		if err := store.Read(t.Context(), called); !errors.Is(err, sqlstore.SchemaNewer) {
			t.Errorf("a read: %v", err)
		}
	})
}
