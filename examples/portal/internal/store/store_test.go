package store_test

import (
	"database/sql"
	"os"
	"path/filepath"
	"testing"
	"time"

	"golang.org/x/crypto/bcrypt"

	"github.com/coselling/coselling"
	"github.com/coselling/coselling/examples/portal/internal/sample"
	"github.com/coselling/coselling/examples/portal/internal/store"
	"github.com/coselling/coselling/registration/domains"
)

// open returns the store of a file with the sample, and its database.
func open(t testing.TB, file string, books ...coselling.Book) (*store.Store, *sql.DB, *sample.Clock) {
	t.Helper()
	db, err := store.OpenSQLite(file)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	clock := new(sample.Clock)
	s, err := store.Open(t.Context(), db, store.Settings{Books: append([]coselling.Book{sample.Book()}, books...),
		Host: coselling.Host{Zone: time.LoadLocation, Registrable: domains.Registrable}, Now: clock.Now})
	if err != nil {
		t.Fatal(err)
	}
	return s, db, clock
}

// filled returns the store of a new file with the sample.
func filled(t testing.TB) (*store.Store, *sql.DB) {
	t.Helper()
	s, db, clock := open(t, filepath.Join(t.TempDir(), "portal.db"))
	if err := sample.Fill(t.Context(), s, clock, bcrypt.MinCost); err != nil {
		t.Fatal(err)
	}
	return s, db
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
	open(t, filepath.Join(folder, "a portal?.db"))
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
