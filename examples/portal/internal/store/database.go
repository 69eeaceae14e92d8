package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"io/fs"
	"net/url"
	"os"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	_ "modernc.org/sqlite" // the driver

	"github.com/coselling/coselling/registration/sqlstore"
)

//go:embed migrations
var migrations embed.FS

// maxConns is how many connections read at once; more requests wait, and cost neither memory nor files.
const maxConns = 16

// OpenSQLite opens a file, which is made if it does not exist, for the user of the process alone. Reads do not wait for
// writes, and a power failure loses no answer.
func OpenSQLite(file string) (*sql.DB, error) {
	made, err := os.OpenFile(file, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600) // SQLite's other files get this mode, too
	if err == nil {
		err = made.Close()
	}
	if err != nil && !errors.Is(err, fs.ErrExist) { // closing one that exists would end the locks of this process
		return nil, err
	}
	query := url.Values{"_pragma": {"journal_mode(WAL)", "synchronous(FULL)", "busy_timeout(5000)", "foreign_keys(1)"},
		"_txlock": {"immediate"}}
	address := url.URL{Scheme: "file", Opaque: url.PathEscape(file), RawQuery: query.Encode()}
	db, err := sql.Open("sqlite", address.String())
	if err != nil {
		return nil, err
	}
	return limited(db), nil
}

// OpenPostgres opens the database of an address such as postgres://portal_server@localhost/portal. What the address
// does not have, such as the password, comes from where PostgreSQL's own programs look: PGPASSWORD, ~/.pgpass and so on.
func OpenPostgres(address string) (*sql.DB, error) {
	config, err := pgx.ParseConfig(address)
	if err != nil {
		return nil, err
	}
	return limited(stdlib.OpenDB(*config)), nil
}

func limited(db *sql.DB) *sql.DB {
	db.SetMaxOpenConns(maxConns)
	db.SetMaxIdleConns(maxConns)
	return db
}

func isPostgres(db *sql.DB) bool {
	_, ok := db.Driver().(*stdlib.Driver)
	return ok
}

// Migrate makes or updates the tables. On PostgreSQL it runs as their owner and gives the two roles of the server what
// they need. The tables of the registry come first: sqlstore makes them and keeps their version in a table of its own,
// for of two sets of migrations that are both numbered from 1 in one table each would skip those of the other.
func Migrate(ctx context.Context, db *sql.DB) error {
	if _, err := sqlstore.NewStore(ctx, db, sqlstore.DefaultSettings()); err != nil {
		return err
	}
	provider, err := portalSchema(db)
	if err != nil {
		return err
	}
	if _, err := provider.Up(ctx); err != nil || !isPostgres(db) {
		return err
	}
	_, err = db.ExecContext(ctx, grants)
	return err
}

// portalSchema returns the migrations of the portal's own tables.
func portalSchema(db *sql.DB) (*goose.Provider, error) {
	folder, dialect := "migrations/sqlite", goose.DialectSQLite3
	if isPostgres(db) {
		folder, dialect = "migrations/postgres", goose.DialectPostgres
	}
	files, err := fs.Sub(migrations, folder)
	if err != nil {
		return nil, err
	}
	return goose.NewProvider(dialect, db, files, goose.WithTableName("portal_schema"))
}
