package sqlstore

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"path"
	"strconv"
	"strings"

	"github.com/coselling/coselling/value"
)

// migrations has a folder a database; the files apply in the order of their names. Each records its version itself,
// so that other tools can apply it: its name is one of golang-migrate, and it has the marks of goose. Here its
// statements are separated by blank lines.
//
//go:embed migrations
var migrations embed.FS

const (
	createSchema = "CREATE TABLE IF NOT EXISTS coselling_registration_schema (version integer PRIMARY KEY)"
	schemaNow    = "SELECT COALESCE(MAX(version), 0) FROM coselling_registration_schema"
)

// numberOf returns the version that a file of migrations leads to, with which its name begins.
func numberOf(file string) int {
	digits, _, _ := strings.Cut(path.Base(file), "_")
	n, _ := strconv.Atoi(digits) // the files are those of this package
	return n
}

// latest returns the version of the tables of this package.
func (d dialect) latest() int { return numberOf(d.files[len(d.files)-1]) }

// migrate brings the tables to the version of this package, in one transaction.
func (s *Store) migrate(ctx context.Context) error {
	latest := s.dialect.latest()
	var version int
	if err := s.db.QueryRowContext(ctx, schemaNow).Scan(&version); err == nil && version >= latest {
		return checkSchema(version, latest)
	}
	return s.transact(ctx, s.dialect.beginWrite, func(conn *sql.Conn) error {
		if s.dialect.lockSchema != "" {
			if _, err := conn.ExecContext(ctx, s.dialect.lockSchema); err != nil {
				return err
			}
		}
		if _, err := conn.ExecContext(ctx, createSchema); err != nil {
			return err
		}
		if err := conn.QueryRowContext(ctx, schemaNow).Scan(&version); err != nil {
			return err
		}
		for _, file := range s.dialect.files {
			if numberOf(file) <= version {
				continue // of before, or of another process that was faster
			}
			if err := apply(ctx, conn, file); err != nil {
				return err
			}
		}
		return checkSchema(version, latest)
	})
}

func checkSchema(version, known int) error {
	if version > known {
		return value.NewError(SchemaNewer, "version "+strconv.Itoa(version),
			"is newer than the tables of this program, version "+strconv.Itoa(known)+"; update it")
	}
	return nil
}

// apply runs the statements of a file.
func apply(ctx context.Context, conn *sql.Conn, file string) error {
	text, err := migrations.ReadFile(file)
	if err != nil {
		return err
	}
	for statement := range strings.SplitSeq(string(text), "\n\n") {
		if _, err := conn.ExecContext(ctx, statement); err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
	}
	return nil
}
