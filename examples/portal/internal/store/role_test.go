package store_test

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"testing"

	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/examples/portal/internal/sample"
	"github.com/coselling/coselling/examples/portal/internal/store"
	"github.com/coselling/coselling/examples/portal/internal/testdb"
	"github.com/coselling/coselling/stage"
)

// The server does not start as a role that policies do not bind, or that reads the claims of everybody.
func TestServerRefusesRolesThatNothingBinds(t *testing.T) {
	p := played.Postgres(t)
	root := p.As(t, "tester")
	for i, c := range []struct{ made, says string }{
		{"SUPERUSER", "is a superuser"},
		{"IN ROLE tester", "is a superuser or can become one"},
		{"BYPASSRLS", "has BYPASSRLS"},
		{"IN ROLE portal_owner", "owns tables of the portal or can become their owner"},
		{"INHERIT IN ROLE portal_registry", "reads the claims of everybody; make it NOINHERIT"},
		{"", "cannot become portal_registry; grant it"},
	} {
		role := fmt.Sprint("bad", i)
		if _, err := root.Exec("CREATE ROLE " + role + " LOGIN " + c.made); err != nil {
			t.Fatal(err)
		}
		_, err := store.Open(t.Context(), p.As(t, role), settings(new(sample.Clock)))
		if err == nil || !strings.Contains(err.Error(), "the role "+role+" "+c.says) {
			t.Errorf("%s: %v", c.made, err)
		}
	}
	if _, err := store.Open(t.Context(), p.As(t, "portal_owner"), settings(new(sample.Clock))); err == nil ||
		!strings.Contains(err.Error(), "owns tables of the portal") {
		t.Errorf("the owner: %v", err)
	}
	empty := testdb.Postgres(t).Empty(t)
	if _, err := store.Open(t.Context(), empty.Open(t), settings(new(sample.Clock))); err == nil ||
		!strings.Contains(err.Error(), "let the owner of the tables run -migrate") {
		t.Errorf("without tables: %v", err)
	}
}

// covered has the tables that policies wall off, with a row that Acme might add.
var covered = map[string]string{
	"portal_deal":     "(id, version, opened, claim, parties, facts) VALUES ('x', 0, '', 'x', '[\"partner Acme\"]', '')",
	"portal_party":    "(side, org, deal, opened, account, model, position, last) SELECT 'partner', 'New', %s, '', '', '', 0, ''",
	"portal_event":    "(deal, version, at, by_user, book, change, answers) SELECT %s, 999, '', '', '', '', ''",
	"portal_activity": "(deal, id, version, change) SELECT %s, 'x', 0, ''",
	"portal_booking":  "(side, org, closed, deal, engagement, booking) SELECT 'partner', 'New', '', %s, '', ''",
	"portal_pay":      "(deal, number, at, by_user, event) SELECT %s, 999, '', '', ''",
	"portal_fetched":  "(source, deal, item, at) SELECT 's', %s, 'i', ''",
	"portal_filing":   "(at, by_user, side, org, account, status, claim) VALUES ('', '', 'partner', 'Acme', '', '', '')",
	"portal_waiting":  "(vendor, partner, side, accounts) VALUES ('Lumen', 'Acme', 'vendor', '')",
	"portal_release":  "(vendor, partner, side, at, by_user, rows) VALUES ('Lumen', 'Acme', 'vendor', '', '', 0)",
	"portal_overlap":  "(vendor, partner, at, common) VALUES ('Lumen', 'Acme', '', '')",
}

// uncovered has the tables that are read before anybody has signed in, and that of the versions.
var uncovered = []string{"portal_user", "portal_session", "portal_failure", "portal_schema", "portal_source",
	"portal_secret", "portal_hook", "portal_fetch", "portal_account", "portal_invitation", "portal_login",
	"portal_feed"}

// as runs a statement as the server does in the name of a party, and undoes it.
func as(ctx context.Context, db *sql.DB, party, statement string) (rows int64, err error) {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return 0, err
	}
	defer tx.Rollback()
	if _, err := tx.ExecContext(ctx, "SELECT set_config('app.party', $1, true)", party); err != nil {
		return 0, err
	}
	done, err := tx.ExecContext(ctx, statement)
	if err != nil {
		return 0, err
	}
	return done.RowsAffected()
}

// Every table with something of a deal has policies that bind its owner, too. Without a party, and for companies that
// take no part, the database shows, takes and changes no row, whatever a program asks of it.
func TestNoPartyNoRows(t *testing.T) {
	p, ctx := played.Postgres(t), t.Context()
	root, db := p.As(t, "tester"), p.Open(t)
	var id string
	if err := root.QueryRow("SELECT deal FROM portal_pay LIMIT 1").Scan(&id); err != nil {
		t.Fatal(err)
	}
	if _, err := root.Exec("INSERT INTO portal_source VALUES ('s', 'partner', 'Acme', 'CRM')"); err != nil {
		t.Fatal(err)
	}
	for table, row := range covered {
		row = strings.ReplaceAll(row, "%s", "'"+id+"'")
		insert := "INSERT INTO " + table + " " + row
		if _, err := root.Exec(insert); err != nil {
			t.Errorf("the test adds no row to %s: %v", table, err)
		}
		for _, party := range []string{"", "partner Bolt", "vendor Acme", "Acme"} {
			if n, err := as(ctx, db, party, "SELECT FROM "+table+" WHERE "+ofAcme(table, id)); err != nil || n != 0 {
				t.Errorf("%s for %q: %d rows, %v", table, party, n, err)
			}
			n, err := as(ctx, db, party, insert)
			if err == nil || !strings.Contains(err.Error(), "row-level security") {
				t.Errorf("%s takes %d rows of %q: %v", table, n, party, err)
			}
			for _, change := range []string{"DELETE FROM " + table, "UPDATE " + table + " SET " + column(table)} {
				if n, err := as(ctx, db, party, change+" WHERE "+ofAcme(table, id)); n != 0 ||
					err != nil && !strings.Contains(err.Error(), "permission denied") {
					t.Errorf("%s for %q: %d rows, %v", change, party, n, err)
				}
			}
		}
	}
	var list string
	if err := root.QueryRow("SELECT string_agg(relname, ' ' ORDER BY relname) FROM pg_class WHERE relkind = 'r'" +
		" AND starts_with(relname, 'portal_') AND NOT (relrowsecurity AND relforcerowsecurity)").Scan(&list); err != nil {
		t.Fatal(err)
	}
	if len(strings.Fields(list)) != len(uncovered) {
		t.Errorf("policies do not cover %s", list)
	}
	for _, table := range uncovered {
		if !strings.Contains(list, table) {
			t.Errorf("%s is covered", table)
		}
	}
}

// ofAcme is the condition for rows of Acme, of which there are some.
func ofAcme(table, id string) string {
	switch table {
	case "portal_deal":
		return "id = '" + id + "'"
	case "portal_filing":
		return "org = 'Acme'"
	case "portal_waiting", "portal_release", "portal_overlap":
		return "true"
	}
	return "deal = '" + id + "'"
}

func column(table string) string {
	switch table {
	case "portal_deal":
		return `parties = '["partner Bolt"]'`
	case "portal_waiting":
		return "accounts = ''"
	case "portal_overlap":
		return "common = ''"
	case "portal_party", "portal_activity":
		return "deal = deal"
	case "portal_booking":
		return "org = 'Bolt'"
	}
	return "at = ''"
}

// A company that takes part sees the rows of its deals, with the vendor, and no claims: nobody's table of the registry
// is open to the role of the server.
func TestPartySeesItsDealsAndNoClaims(t *testing.T) {
	p := played.Postgres(t)
	root, db := p.As(t, "tester"), p.Open(t)
	var all int64
	if err := root.QueryRow("SELECT count(*) FROM portal_deal").Scan(&all); err != nil {
		t.Fatal(err)
	}
	for party, want := range map[string]int64{"partner Acme": 4, "partner Bolt": 2, "partner Integra": 1,
		"vendor Lumen": all} {
		if n, err := as(t.Context(), db, party, "SELECT FROM portal_deal"); err != nil || n != want {
			t.Errorf("%s sees %d deals, want %d: %v", party, n, want, err)
		}
		n, err := as(t.Context(), db, party, "SELECT FROM portal_event e WHERE NOT EXISTS (SELECT FROM portal_deal d"+
			" WHERE d.id = e.deal)")
		if err != nil || n != 0 {
			t.Errorf("%s sees %d events of other deals: %v", party, n, err)
		}
	}
	for _, table := range []string{"claim", "term", "lock", "entry"} {
		for _, statement := range []string{"SELECT FROM ", "DELETE FROM "} {
			statement += "coselling_registration_" + table
			if _, err := as(t.Context(), db, "vendor Lumen", statement); err == nil ||
				!strings.Contains(err.Error(), "permission denied") {
				t.Errorf("%s: %v", statement, err)
			}
		}
	}
}

// One connection serves two parties in turn: the name of one does not stay for the other, nor for who gives none.
func TestOneConnectionServesTwoPartiesInTurn(t *testing.T) {
	played.Both(t, func(t *testing.T, p testdb.Place) {
		db := p.Open(t)
		db.SetMaxOpenConns(1)
		s := open(t, db)
		totals := map[string]int{"ana@acme.example": 4, "bea@bolt.example": 2, "bo@lumen.example": 6}
		ids := make(map[string]string)
		for range 3 {
			for email, want := range totals {
				list, err := s.Deals(t.Context(), user(t, s, email), store.Query{})
				if err != nil || list.Total != want {
					t.Errorf("%s has %d deals, want %d: %v", email, list.Total, want, err)
				}
				ids[email] = list.Deals[0].View.Deal
				o, err := s.Change(t.Context(), user(t, s, email), ids[email], list.Deals[0].Version,
					deal.Change{Event: stage.Event{Verb: stage.VerbHold}})
				if err != nil {
					t.Errorf("%s: %v, %v", email, o, err)
				}
				if p.IsPostgres() {
					if n, err := as(t.Context(), db, "", "SELECT FROM portal_deal"); err != nil || n != 0 {
						t.Errorf("after %s: %d rows, %v", email, n, err)
					}
					var party, role string
					err := db.QueryRow("SELECT current_setting('app.party', true), current_user").Scan(&party, &role)
					if err != nil || party != "" || role != "portal_server" {
						t.Errorf("after %s: the connection stays with %q as %s, %v", email, party, role, err)
					}
				}
			}
		}
		if _, err := s.Deal(t.Context(), user(t, s, "bea@bolt.example"), ids["ana@acme.example"]); err == nil {
			t.Error("another partner reads the deal")
		}
	})
}
