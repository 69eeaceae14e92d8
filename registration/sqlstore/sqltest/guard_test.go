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
	moveHead    = "UPDATE coselling_registration_head SET version = version + 1"
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

// reg.atomic: the database itself refuses a claim of every client that does not hold the
// lock, such as psql or another version of this library.
func TestPostgresRefusesAClaimWithoutTheLock(t *testing.T) {
	store := postgresDatabase(t).open(t, nil)
	id, body := approved(t)
	refused := func(what string, tx interface {
		ExecContext(context.Context, string, ...any) (sql.Result, error)
	}, query string, args ...any) {
		_, err := tx.ExecContext(t.Context(), query, args...)
		if e, ok := errors.AsType[interface {
			error
			SQLState() string
		}](err); !ok || e.SQLState() != "55000" {
			t.Errorf("reg.atomic %s: %v", what, err)
		}
	}
	refused("an insert", store.db, insertClaim, id, body)
	refused("an update", store.db, "UPDATE coselling_registration_claim SET body = '{}'")
	refused("a deletion", store.db, "DELETE FROM coselling_registration_claim")
	refused("a term", store.db, insertTerm, "domain:hooli.com")
	refused("a table emptied", store.db, "TRUNCATE coselling_registration_claim, coselling_registration_term")
	if _, err := store.db.ExecContext(t.Context(), moveHead); err != nil {
		t.Fatal(err)
	}
	refused("an insert after the lock", store.db, insertClaim, id, body)
	other, err := store.db.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Rollback()
	if _, err := other.ExecContext(t.Context(),
		"SELECT version FROM coselling_registration_head FOR UPDATE"); err != nil {
		t.Fatal(err)
	}
	refused("an insert under a lock that moves nothing", other, insertClaim, id, body)
	if err := other.Rollback(); err != nil {
		t.Fatal(err)
	}
	count(t, store, "domain:hooli.com", 0)
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
	}{{moveHead, nil}, {insertClaim, []any{id, body}}, {insertTerm, []any{"domain:hooli.com"}}} {
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
	for waiting := 0; waiting == 0; time.Sleep(time.Millisecond) {
		const query = "SELECT count(*) FROM pg_locks WHERE NOT granted" +
			" AND database = (SELECT oid FROM pg_database WHERE datname = current_database())" +
			" OR NOT granted AND locktype = 'transactionid'"
		if err := store.db.QueryRowContext(t.Context(), query).Scan(&waiting); err != nil {
			t.Fatal(err)
		}
	}
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
	name := s.database(t)
	owner := place{"pgx", s.dsn(name)}.open(t, nil)
	const tables = "coselling_registration_head, coselling_registration_claim, coselling_registration_term"
	role := "portal_" + name // roles belong to the server, not to the database
	for _, statement := range []string{
		"CREATE ROLE " + role + " LOGIN", "REVOKE ALL ON SCHEMA public FROM public",
		"GRANT USAGE ON SCHEMA public TO " + role,
		"GRANT SELECT ON coselling_registration_schema TO " + role,
		"GRANT SELECT, INSERT, UPDATE ON " + tables + " TO " + role,
	} {
		if _, err := owner.db.ExecContext(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	store := place{"pgx", strings.Replace(s.dsn(name), "tester@", role+"@", 1)}.open(t, nil)
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
	err = gone.Write(t.Context(), func(registration.Tx) error { // stops while it holds the lock
		if err := waiter.Write(t.Context(), func(registration.Tx) error { return nil }); err != nil {
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
			"UPDATE coselling_registration_head SET schema = 99"); err != nil {
			t.Fatal(err)
		}
		called := func(registration.Tx) error { t.Error("the tables are used"); return nil }
		if err := store.Write(t.Context(), called); !errors.Is(err, sqlstore.SchemaNewer) {
			t.Errorf("a write: %v", err)
		}
		if err := store.Read(t.Context(), called); !errors.Is(err, sqlstore.SchemaNewer) {
			t.Errorf("a read: %v", err)
		}
	})
}
