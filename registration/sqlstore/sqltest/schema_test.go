package sqltest

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/domains"
	"github.com/coselling/coselling/registration/matching"
	"github.com/coselling/coselling/registration/sqlstore"
	"github.com/coselling/coselling/value"
)

// hooli is the account of most tests.
var hooli = registration.Subject{Terms: []string{"domain:hooli.com"}, Reach: true}

// both runs a test on both databases.
func both(t *testing.T, test func(*testing.T, place)) {
	t.Run("sqlite", func(t *testing.T) { test(t, sqliteFile(t)) })
	t.Run("postgres", func(t *testing.T) { test(t, postgresDatabase(t)) })
}

func TestTablesAreMadeOnce(t *testing.T) {
	both(t, func(t *testing.T, at place) {
		var group sync.WaitGroup
		for range 8 {
			group.Go(func() {
				db, err := sql.Open(at.Driver, at.DSN)
				if err != nil {
					t.Error(err)
					return
				}
				defer db.Close()
				if _, err := sqlstore.New(db, registration.DefaultPolicy("us", "noor", "vic"),
					domains.Registrable); err != nil {
					t.Error(err)
				}
			})
		}
		group.Wait()
		later := at.open(t, nil)
		if _, err := later.db.ExecContext(t.Context(),
			"INSERT INTO coselling_registration_schema (version) VALUES (99)"); err != nil {
			t.Fatal(err)
		}
		_, err := sqlstore.NewStore(t.Context(), later.db, sqlstore.DefaultSettings())
		if !errors.Is(err, sqlstore.SchemaNewer) {
			t.Errorf("tables of a later version: %v", err)
		}
	})
}

// A write that waits for a lock ends with its context, and the store stays usable.
func TestWaitEndsWithTheContext(t *testing.T) {
	both(t, func(t *testing.T, at place) {
		holder, waiter := at.open(t, nil), at.open(t, nil)
		err := holder.Write(t.Context(), hooli, func(registration.Tx) error {
			ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
			defer cancel()
			err := waiter.Write(ctx, hooli, func(registration.Tx) error { t.Error("two writes happen at once"); return nil })
			if !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("a write that waits: %v", err)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := waiter.Write(t.Context(), hooli, func(registration.Tx) error { return nil }); err != nil {
			t.Error(err)
		}
	})
}

func TestHostileTextsAreStoredAsTheyAre(t *testing.T) {
	both(t, func(t *testing.T, at place) {
		store := at.open(t, nil)
		texts := []string{"nul\x00", "\xff", strings.Repeat("x", 4096)} // no text of a claim is longer
		about := registration.Subject{Reach: true, Claimant: model.PartnerOrg(texts[1]), Key: texts[0], Claims: texts}
		for _, text := range texts {
			about.Terms = append(about.Terms, "domain:"+strings.ToValidUTF8(text, "?"))
		}
		err := store.Write(t.Context(), about, func(tx registration.Tx) error {
			for i, text := range texts {
				if _, ok, err := tx.Claim(text); ok || err != nil {
					t.Errorf("an id: %v, %v", ok, err)
				}
				if _, ok, err := tx.Filed(model.PartnerOrg(text), text); ok || err != nil {
					t.Errorf("a key: %v, %v", ok, err)
				}
				c := registration.Claim{
					ID: string(rune('a' + i)), Claimant: model.PartnerOrg("acme"), Submitted: time.Unix(1e9, 0).UTC(),
					Filing: registration.Filing{Key: "k", By: "ana"},
					Key:    matching.Key{Domains: []string{strings.ToValidUTF8(text, "?")}},
				}
				if err := tx.Put(registration.Keyed{Claim: c}); err != nil {
					t.Errorf("a put of %.10q: %v", text, err)
				}
				if list, err := tx.ByTerms(c.Key.Terms()); err != nil || len(list) != 1 {
					t.Errorf("by %.10q: %d claims, %v", text, len(list), err)
				}
			}
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	})
}

// A claim that could not be read again is not stored, because it would make all claims of
// its account unreadable.
func TestUnreadableClaimIsNotStored(t *testing.T) {
	both(t, func(t *testing.T, at place) {
		store := at.open(t, nil)
		c := registration.Claim{
			ID: "a", Claimant: model.PartnerOrg("acme"), Submitted: time.Unix(1e9, 0).UTC(),
			Filing: registration.Filing{Key: "k", By: "ana"}, Key: matching.Key{Domains: []string{"hooli.com"}},
		}
		if err := store.Write(t.Context(), hooli, func(tx registration.Tx) error { return tx.Put(registration.Keyed{Claim: c}) }); err != nil {
			t.Fatal(err)
		}
		c.ID, c.Key.Name = "b", strings.Repeat("x", 4097)
		err := store.Write(t.Context(), hooli, func(tx registration.Tx) error { return tx.Put(registration.Keyed{Claim: c}) })
		if !errors.Is(err, value.Code("fact.text")) {
			t.Errorf("a put of what cannot be read again: %v", err)
		}
		count(t, store, "domain:hooli.com", 1)
	})
}

func TestViewCannotBeUsedAfterItsCall(t *testing.T) {
	both(t, func(t *testing.T, at place) {
		var kept registration.Tx
		store := at.open(t, nil)
		if err := store.Write(t.Context(), hooli, func(tx registration.Tx) error { kept = tx; return nil }); err != nil {
			t.Fatal(err)
		}
		if _, _, err := kept.Claim("a"); err == nil {
			t.Error("a view that is over still reads")
		}
		if kept.Put(registration.Keyed{}) == nil {
			t.Error("a view that is over still puts")
		}
	})
}

// A read does not see later writes. On SQLite they need a write-ahead log to happen during
// the read.
func TestReadSeesOneInstant(t *testing.T) {
	both(t, func(t *testing.T, at place) {
		if at.Driver == "sqlite" {
			at.DSN += "?_pragma=journal_mode(WAL)"
		}
		reader, writer := at.open(t, nil), at.open(t, nil)
		c := registration.Claim{
			ID: "a", Claimant: model.PartnerOrg("acme"), Submitted: time.Unix(1e9, 0).UTC(),
			Filing: registration.Filing{Key: "k", By: "ana"}, Key: matching.Key{Domains: []string{"hooli.com"}},
		}
		err := reader.Read(t.Context(), func(tx registration.Tx) error {
			err := writer.Write(t.Context(), hooli, func(other registration.Tx) error { return other.Put(registration.Keyed{Claim: c}) })
			if err != nil {
				return err
			}
			if list, err := tx.ByTerms([]string{"domain:hooli.com"}); len(list) != 0 || err != nil {
				t.Errorf("a claim of later is seen: %v, %v", list, err)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		count(t, reader, "domain:hooli.com", 1)
	})
}
