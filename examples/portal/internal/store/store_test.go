package store_test

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"testing"
	"time"

	"golang.org/x/crypto/bcrypt"

	"github.com/coselling/coselling"
	"github.com/coselling/coselling/examples/portal/internal/sample"
	"github.com/coselling/coselling/examples/portal/internal/store"
	"github.com/coselling/coselling/examples/portal/internal/testdb"
	"github.com/coselling/coselling/registration/domains"
)

func TestMain(m *testing.M) { testdb.Main(m) }

// played has the sample.
var played = testdb.Filled(func(db *sql.DB) error {
	clock := new(sample.Clock)
	s, err := store.Open(context.Background(), db, settings(clock))
	if err != nil {
		return err
	}
	return sample.Fill(context.Background(), s, clock, bcrypt.MinCost)
})

func settings(clock *sample.Clock, books ...coselling.Book) store.Settings {
	return store.Settings{Books: append([]coselling.Book{sample.Book()}, books...),
		Host: coselling.Host{Zone: time.LoadLocation, Registrable: domains.Registrable}, Now: clock.Now}
}

// open returns the store of a database.
func open(t testing.TB, db *sql.DB, books ...coselling.Book) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), db, settings(new(sample.Clock), books...))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// user returns a person of the sample.
func user(t testing.TB, s *store.Store, email string) store.User {
	t.Helper()
	who, _, err := s.UserByEmail(t.Context(), email)
	if err != nil {
		t.Fatal(err)
	}
	return who
}

// Nobody else on the machine reads the passwords and deals.
func TestFilesAreForTheirUserAlone(t *testing.T) {
	folder := t.TempDir()
	db, err := store.OpenSQLite(filepath.Join(folder, "a portal?.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	open(t, db)
	files, err := os.ReadDir(folder)
	if err != nil || len(files) < 2 {
		t.Fatal(files, err)
	}
	for _, f := range files {
		if info, err := f.Info(); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v", f.Name(), info.Mode(), err)
		}
	}
}
