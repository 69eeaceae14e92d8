package web_test

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"golang.org/x/crypto/bcrypt"

	"github.com/coselling/coselling"
	"github.com/coselling/coselling/examples/portal/internal/sample"
	"github.com/coselling/coselling/examples/portal/internal/store"
)

// prepared is a database that is made once. Each test gets a copy of its file, for the race detector makes SQLite slow.
type prepared struct {
	once sync.Once
	file []byte
	err  error
}

var people, played prepared

// copied returns a copy of a database, which it closes.
func (p *prepared) copied(t testing.TB, fill func(*store.Store, *sample.Clock) error) *sql.DB {
	t.Helper()
	if p.once.Do(func() { p.file, p.err = filled(fill) }); p.err != nil {
		t.Fatal(p.err)
	}
	file := filepath.Join(t.TempDir(), "portal.db")
	if err := os.WriteFile(file, p.file, 0o600); err != nil {
		t.Fatal(err)
	}
	db, err := store.OpenSQLite(file)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func filled(fill func(*store.Store, *sample.Clock) error) ([]byte, error) {
	dir, err := os.MkdirTemp("", "portal")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	file := filepath.Join(dir, "portal.db")
	db, err := store.OpenSQLite(file)
	if err != nil {
		return nil, err
	}
	var clock sample.Clock
	s, err := store.Open(context.Background(), db, store.Settings{Books: []coselling.Book{sample.Book()}, Now: clock.Now,
		Host: sample.Host()})
	if err == nil {
		err = fill(s, &clock)
	}
	if err == nil {
		_, err = db.Exec("pragma wal_checkpoint(truncate)")
	}
	if err := errors.Join(err, db.Close()); err != nil {
		return nil, err
	}
	return os.ReadFile(file)
}

// addPeople adds the people of the sample, and none of their deals.
func addPeople(s *store.Store, _ *sample.Clock) error {
	hash, err := bcrypt.GenerateFromPassword([]byte(sample.Password), bcrypt.MinCost)
	if err != nil {
		return err
	}
	for _, u := range sample.People() {
		if _, err := s.AddUser(context.Background(), u, hash); err != nil {
			return err
		}
	}
	return nil
}

func fillSample(s *store.Store, clock *sample.Clock) error {
	return sample.Fill(context.Background(), s, clock, bcrypt.MinCost)
}
