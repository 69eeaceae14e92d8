package sqlstore_test

import (
	"errors"
	"testing"

	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/sqlstore"
)

// A store that nobody made is refused, and so is one of no database.
func TestStoreThatNobodyMadeIsRefused(t *testing.T) {
	do := func(registration.Tx) error { return nil }
	for _, s := range []*sqlstore.Store{nil, {}} {
		for _, err := range []error{s.Read(t.Context(), do), s.Write(t.Context(), registration.Subject{}, do)} {
			if !errors.Is(err, sqlstore.DatabaseUnknown) {
				t.Error(err)
			}
		}
	}
	if _, err := sqlstore.NewStore(t.Context(), nil, sqlstore.DefaultSettings()); !errors.Is(err, sqlstore.DatabaseUnknown) {
		t.Error(err)
	}
}
