package sqltest

import (
	"strconv"
	"testing"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
)

// many stores as many claims, each on an account of its own, without the store and so in no time.
func many(t testing.TB, store opened, n int) {
	t.Helper()
	for _, statement := range []string{
		"ALTER TABLE coselling_registration_claim DISABLE TRIGGER USER",
		"ALTER TABLE coselling_registration_term DISABLE TRIGGER USER",
		`INSERT INTO coselling_registration_claim (id, side, org, filing_key, body) SELECT 'x' || i, 1, 'bulk', 'k' || i,
			'{"id":"x' || i || '","claimant":{"side":"partner","org":"bulk"},"filing":{"key":"k' || i || '","account":' ||
			'{"domains":["old' || i || '.com"]},"by":"ana"},"key":{"domains":["old' || i || '.com"]},' ||
			'"submitted":"2026-01-01T00:00:00Z"}' FROM generate_series(1, ` + strconv.Itoa(n) + ") AS i",
		`INSERT INTO coselling_registration_term (kind, term, claim)
			SELECT 1, 'domain:old' || substr(id, 2) || '.com', seq FROM coselling_registration_claim WHERE org = 'bulk'`,
		"ALTER TABLE coselling_registration_claim ENABLE TRIGGER USER",
		"ALTER TABLE coselling_registration_term ENABLE TRIGGER USER",
	} {
		if _, err := store.db.ExecContext(t.Context(), statement); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
}

// rowsRead returns how many rows the server has read in the tables of claims, from indexes too.
func rowsRead(t testing.TB, store opened) (n int) {
	t.Helper()
	if _, err := store.db.ExecContext(t.Context(), "SELECT pg_stat_force_next_flush()"); err != nil {
		time.Sleep(2 * time.Second) // before version 15 the counts come later
	}
	const query = "SELECT (SELECT sum(seq_tup_read) FROM pg_stat_user_tables) + " +
		"(SELECT sum(idx_tup_read) FROM pg_stat_user_indexes)"
	if err := store.db.QueryRowContext(t.Context(), query).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// A filing, a step and a look read the claims of their account and nothing else, also on a connection that has made its
// plans before the tables had statistics.
func TestPostgresReadsNoTableWhole(t *testing.T) {
	at := postgresDatabase(t)
	store := at.open(t, nil)
	store.db.SetMaxOpenConns(1)
	const claims, enough = 20_000, 2_000
	many(t, store, claims)
	registry := registryOn(t, store)
	before := rowsRead(t, store)
	for range 8 { // the driver and the server change their plans after some calls
		f := filingOn("old7.com", "old8.com")
		f.Key = time.Now().String()
		answer, err := registry.Submit(t.Context(), model.PartnerOrg("acme"), f)
		if err == nil {
			_, err = registry.Answer(t.Context(), model.PartnerOrg("acme"), answer.Claim, time.Now())
		}
		if err == nil {
			_, err = registry.Act(t.Context(), answer.Claim, registration.Event{Do: registration.Withdraw,
				By: model.Person{Name: "ana", Party: model.PartnerOrg("acme")}})
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if n := rowsRead(t, store) - before; n > enough {
		t.Errorf("%d rows are read of %d claims, want at most %d", n, claims, enough)
	}
}
