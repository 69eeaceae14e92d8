package store_test

import (
	"database/sql"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"testing"

	"github.com/pressly/goose/v3"

	"github.com/coselling/coselling/examples/portal/internal/store"
	"github.com/coselling/coselling/examples/portal/internal/testdb"
)

// versions returns the highest number of the portal's migrations and of those of the registry, each in its own table.
func versions(t *testing.T, db *sql.DB) (portal, registry int) {
	t.Helper()
	for query, to := range map[string]*int{"SELECT max(version_id) FROM portal_schema": &portal,
		"SELECT max(version) FROM coselling_registration_schema": &registry} {
		if err := db.QueryRow(query).Scan(to); err != nil {
			t.Fatal(err)
		}
	}
	return portal, registry
}

// Both sets of migrations are numbered from 1 and both are made whole: in an empty database, in one in which the
// portal's first tables are there, and in one that the registry alone has used. Both databases have the same ones.
func TestBothSetsOfTablesAreMadeFromEmptyAndUpgraded(t *testing.T) {
	files, err := fs.Glob(os.DirFS("migrations/sqlite"), "*.sql")
	others, errO := fs.Glob(os.DirFS("migrations/postgres"), "*.sql")
	if err != nil || errO != nil || len(files) < 4 || !slices.Equal(files, others) {
		t.Fatal(files, others, err, errO)
	}
	var latest int // Glob sorts
	if _, err := fmt.Sscanf(files[len(files)-1], "%d_", &latest); err != nil {
		t.Fatal(err)
	}
	t.Run("SQLite", func(t *testing.T) { upgrades(t, testdb.SQLite, "migrations/sqlite", goose.DialectSQLite3, latest) })
	t.Run("PostgreSQL", func(t *testing.T) {
		upgrades(t, testdb.Postgres(t).Empty, "migrations/postgres", goose.DialectPostgres, latest)
	})
}

func upgrades(t *testing.T, empty func(testing.TB) testdb.Place, folder string, dialect goose.Dialect, latest int) {
	_, registry := made(t, empty(t), latest)
	if registry < 5 {
		t.Errorf("from empty: version %d of the registry", registry)
	}
	for before := 1; before <= latest; before++ {
		p := empty(t)
		old := p.As(t, "portal_owner")
		provider, err := goose.NewProvider(dialect, old, os.DirFS(folder), goose.WithTableName("portal_schema"))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := provider.UpTo(t.Context(), int64(before)); err != nil {
			t.Fatal(err)
		}
		if _, err := old.Exec("INSERT INTO portal_user (id, email, name, side, org, rep, approver, zone, hash)" +
			" VALUES ('u', 'a@b.example', 'A', 'partner', 'b', 'a', true, 'UTC', 'x')"); err != nil {
			t.Fatal(err)
		}
		if err := old.Close(); err != nil {
			t.Fatal(err)
		}
		for range 2 { // migrated again nothing changes
			s, version := made(t, p, latest)
			if who := user(t, s, "a@b.example"); !who.Approver || version != registry {
				t.Errorf("from version %d: the person is %+v, version %d of the registry", before, who, version)
			}
		}
	}
}

// made makes the tables as their owner, and opens the store as the server.
func made(t *testing.T, p testdb.Place, latest int) (s *store.Store, registry int) {
	t.Helper()
	owner := p.As(t, "portal_owner")
	if err := store.Migrate(t.Context(), owner); err != nil {
		t.Fatal(err)
	}
	portal, registry := versions(t, owner)
	if portal != latest {
		t.Errorf("version %d of the portal, want %d", portal, latest)
	}
	return open(t, p.Open(t)), registry
}
