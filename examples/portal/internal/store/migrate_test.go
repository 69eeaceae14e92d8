package store_test

import (
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/pressly/goose/v3"

	"github.com/coselling/coselling/examples/portal/internal/store"
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

// Both sets of migrations are numbered from 1 and both are made whole: in an empty file, in one of which the portal's
// first tables are there, and in one that the registry alone has used.
func TestBothSetsOfTablesAreMadeFromEmptyAndUpgraded(t *testing.T) {
	files, err := filepath.Glob("migrations/sqlite/*.sql")
	if err != nil || len(files) < 4 {
		t.Fatal(files, err)
	}
	var newest int // Glob sorts
	if _, err := fmt.Sscanf(filepath.Base(files[len(files)-1]), "%d_", &newest); err != nil {
		t.Fatal(err)
	}
	_, db, _ := open(t, filepath.Join(t.TempDir(), "empty.db"))
	portal, registry := versions(t, db)
	if portal != newest || registry < 5 {
		t.Fatalf("from empty: version %d of the portal, %d of the registry", portal, registry)
	}
	for before := 1; before <= newest; before++ {
		file := filepath.Join(t.TempDir(), "upgraded.db")
		old, err := store.OpenSQLite(file)
		if err != nil {
			t.Fatal(err)
		}
		provider, err := goose.NewProvider(goose.DialectSQLite3, old, os.DirFS("migrations/sqlite"),
			goose.WithTableName("portal_schema"))
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
		for range 2 { // opened again nothing changes
			s, db, _ := open(t, file)
			if p, r := versions(t, db); p != portal || r != registry {
				t.Errorf("from version %d: version %d of the portal, %d of the registry", before, p, r)
			}
			if who := user(t, s, "a@b.example"); !who.Approver {
				t.Errorf("from version %d: the person is %+v", before, who)
			}
		}
	}
}
