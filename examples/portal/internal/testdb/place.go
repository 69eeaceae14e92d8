package testdb

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/coselling/coselling/examples/portal/internal/store"
)

// Place is where the database of a test is.
type Place struct {
	file     string
	server   *Server
	database string // of the server
}

// Source makes the places of tests: empty ones, or copies of a database that is filled once.
type Source struct {
	fill  func(*sql.DB) error
	file  []byte
	from  string // a database of the server
	tried [2]bool
	err   [2]error
}

// Filled returns a source of databases that are filled once and then copied. Its tests must not run in parallel.
func Filled(fill func(*sql.DB) error) *Source { return &Source{fill: fill} }

var empty Source

// Both runs a test on both databases, of which a file is empty and PostgreSQL, if there is a server, has empty tables.
func Both(t *testing.T, test func(*testing.T, Place)) {
	t.Helper()
	empty.Both(t, test)
}

// SQLite returns an empty file.
func SQLite(t testing.TB) Place {
	t.Helper()
	return empty.SQLite(t)
}

// Both runs a test on a copy of both databases.
func (s *Source) Both(t *testing.T, test func(*testing.T, Place)) {
	t.Run("SQLite", func(t *testing.T) { test(t, s.SQLite(t)) })
	t.Run("PostgreSQL", func(t *testing.T) { test(t, s.Postgres(t)) })
}

// SQLite returns a file, which is a copy.
func (s *Source) SQLite(t testing.TB) Place {
	t.Helper()
	if !s.tried[0] && s.fill != nil {
		s.file, s.err[0] = s.fillFile()
	}
	s.tried[0] = true
	p := Place{file: filepath.Join(t.TempDir(), "portal.db")}
	err := s.err[0]
	if err == nil && s.file != nil {
		err = os.WriteFile(p.file, s.file, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func (s *Source) fillFile() ([]byte, error) {
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
	if err = s.fill(db); err == nil {
		_, err = db.Exec("pragma wal_checkpoint(truncate)")
	}
	if err := errors.Join(err, db.Close()); err != nil {
		return nil, err
	}
	return os.ReadFile(file)
}

// Postgres returns a database with its tables on the server of the tests, which is a copy.
func (s *Source) Postgres(t testing.TB) Place {
	t.Helper()
	p := Place{server: Postgres(t)}
	if !s.tried[1] {
		s.from, s.err[1] = s.fillDatabase(p.server)
	}
	s.tried[1] = true
	err := s.err[1]
	if err == nil {
		p.database, err = p.server.database(t.Context(), s.from)
	}
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func (s *Source) fillDatabase(server *Server) (name string, err error) {
	ctx := context.Background()
	if name, err = server.database(ctx, ""); err != nil {
		return "", err
	}
	owner, err := server.open("portal_owner", name)
	if err == nil {
		err = errors.Join(store.Migrate(ctx, owner), owner.Close())
	}
	if err != nil || s.fill == nil {
		return name, err
	}
	db, err := server.open("portal_server", name)
	if err != nil {
		return "", err
	}
	return name, errors.Join(s.fill(db), db.Close())
}

// Empty returns a database of the server without tables.
func (s *Server) Empty(t testing.TB) Place {
	t.Helper()
	name, err := s.database(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	return Place{server: s, database: name}
}

// Open opens the database, as the server does, and closes it after the test.
func (p Place) Open(t testing.TB) *sql.DB {
	t.Helper()
	return p.As(t, "portal_server")
}

// As opens the database as a role, which means nothing to a file, and closes it after the test.
func (p Place) As(t testing.TB, role string) *sql.DB {
	t.Helper()
	var db *sql.DB
	var err error
	if p.server == nil {
		db, err = store.OpenSQLite(p.file)
	} else {
		db, err = p.server.open(role, p.database)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// IsPostgres reports whether policies and roles guard the database.
func (p Place) IsPostgres() bool { return p.server != nil }

// Address returns what -db takes for the database, for a role.
func (p Place) Address(role string) string {
	if p.server == nil {
		return p.file
	}
	return p.server.Address(role, p.database)
}
