package sample_test

import (
	"path/filepath"
	"testing"

	"golang.org/x/crypto/bcrypt"

	"github.com/coselling/coselling"
	"github.com/coselling/coselling/examples/portal/internal/sample"
	"github.com/coselling/coselling/examples/portal/internal/store"
)

// The sample has deals in several stages, and filling it again changes nothing.
func TestSampleHasDealsInSeveralStages(t *testing.T) {
	db, err := store.OpenSQLite(filepath.Join(t.TempDir(), "portal.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var clock sample.Clock
	s, err := store.Open(t.Context(), db, store.Settings{Books: []coselling.Book{sample.Book()},
		Host: sample.Host(), Now: clock.Now})
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := sample.Fill(t.Context(), s, &clock, bcrypt.MinCost); err != nil {
			t.Fatal(err)
		}
	}
	stages, total := map[string]bool{}, 0
	for _, email := range []string{"ana@acme.example", "bea@bolt.example"} {
		who, _, err := s.UserByEmail(t.Context(), email)
		if err != nil {
			t.Fatal(err)
		}
		list, err := s.Deals(t.Context(), who, store.Query{})
		if err != nil {
			t.Fatal(err)
		}
		total += list.Total
		for _, d := range list.Deals {
			stages[string(d.View.Progress.Stage)] = true
		}
	}
	if total != 6 || len(stages) < 3 {
		t.Errorf("%d deals in the stages %v", total, stages)
	}
}
