package main

import (
	"context"
	"database/sql"
	"errors"
	"net/url"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // any driver will do
	_ "modernc.org/sqlite"

	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/memstore"
	"github.com/coselling/coselling/registration/sqlstore"
)

// openStore returns the store of the flags, and a function that closes it. A program
// without a clock of its own calls memstore.New or sqlstore.New instead.
func openStore(ctx context.Context, file, dsn string, now func() time.Time) (registration.Store, func() error, error) {
	switch {
	case file != "":
		return openDatabase(ctx, "sqlite", sqliteDSN(file), now)
	case dsn != "":
		return openDatabase(ctx, "pgx", dsn, now)
	}
	return memstore.NewStore(now, nil), func() error { return nil }, nil
}

func openDatabase(ctx context.Context, driver, dsn string, now func() time.Time) (registration.Store, func() error,
	error) {
	db, err := sql.Open(driver, dsn)
	if err != nil {
		return nil, nil, err
	}
	settings := sqlstore.DefaultSettings()
	settings.Now = now // nil: the clock of the database
	store, err := sqlstore.NewStore(ctx, db, settings)
	if err != nil {
		return nil, nil, errors.Join(err, db.Close())
	}
	return store, db.Close, nil
}

// sqliteDSN returns the address of a file. Reads do not wait for writes, and a power failure
// loses no answer.
func sqliteDSN(file string) string {
	pragmas := url.Values{"_pragma": {"journal_mode(WAL)", "synchronous(FULL)", "busy_timeout(1000)"}}
	return (&url.URL{Scheme: "file", Opaque: url.PathEscape(file), RawQuery: pragmas.Encode()}).String()
}
