package sqltest

import (
	"errors"
	"strings"
	"testing"

	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/value"
)

// reg.atomic: while a write waits for an account, another client joins it with one more account: the write begins
// again, and locks that one too before it decides.
func TestPostgresLocksAccountsThatAreJoinedMeanwhile(t *testing.T) {
	at := postgresDatabase(t)
	store := at.open(t, nil)
	other, err := store.db.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Rollback()
	if _, err := other.ExecContext(t.Context(), lockHooli); err != nil {
		t.Fatal(err)
	}
	calls := 0
	done := make(chan error, 1)
	go func() {
		done <- at.open(t, nil).Write(t.Context(), hooli, func(tx registration.Tx) error {
			calls++
			if list, err := tx.ByTerms([]string{"domain:hooli.de"}); err != nil || len(list) != 1 {
				t.Errorf("reg.atomic the account that was joined: %d claims, %v", len(list), err)
			}
			_, err := tx.ByTerms([]string{"domain:bolt.com"})
			if !errors.Is(err, value.Code("sqlstore.unlocked")) {
				t.Errorf("reg.atomic an account that is not locked: %v", err)
			}
			return nil
		})
	}()
	awaitWaiters(t, store.db, 1)
	id, body := approved(t)
	body = strings.ReplaceAll(body, `"domains":["hooli.com"]`, `"domains":["hooli.com","hooli.de"]`)
	for _, s := range []string{
		strings.ReplaceAll(lockHooli, "hooli.com", "hooli.de"), insertAt(t, id, body, "domain:hooli.com", "domain:hooli.de"),
	} {
		if _, err := other.ExecContext(t.Context(), s); err != nil {
			t.Fatal(err)
		}
	}
	if err := other.Commit(); err != nil {
		t.Fatal(err)
	}
	if err := <-done; err != nil || calls != 1 {
		t.Errorf("reg.atomic the write that waited: %d calls, %v", calls, err)
	}
}
