package web_test

import (
	"context"
	"database/sql"
	"testing"

	"golang.org/x/crypto/bcrypt"

	"github.com/coselling/coselling"
	"github.com/coselling/coselling/examples/portal/internal/sample"
	"github.com/coselling/coselling/examples/portal/internal/store"
	"github.com/coselling/coselling/examples/portal/internal/testdb"
)

func TestMain(m *testing.M) { testdb.Main(m) }

// Databases that are filled once: with the people of the sample, and with their deals, too.
var (
	people = testdb.Filled(func(db *sql.DB) error {
		s, _, err := opened(db)
		if err != nil {
			return err
		}
		return addPeople(s)
	})
	played = testdb.Filled(func(db *sql.DB) error {
		s, clock, err := opened(db)
		if err != nil {
			return err
		}
		return sample.Fill(context.Background(), s, clock, bcrypt.MinCost)
	})
)

func opened(db *sql.DB) (*store.Store, *sample.Clock, error) {
	clock := new(sample.Clock)
	s, err := store.Open(context.Background(), db, store.Settings{Books: []coselling.Book{sample.Book()}, Now: clock.Now,
		Host: sample.Host()})
	return s, clock, err
}

// addPeople adds the people of the sample, and none of their deals.
func addPeople(s *store.Store) error {
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

// both runs a test with a portal with people and no deals on each database.
func both(t *testing.T, test func(*testing.T, *portal)) {
	t.Helper()
	people.Both(t, func(t *testing.T, at testdb.Place) { test(t, newPortalOn(t, at.Open(t))) })
}
