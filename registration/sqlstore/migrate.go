package sqlstore

import (
	"context"
	"database/sql"
	"embed"
	"strconv"
	"strings"

	"github.com/coselling/coselling/value"
)

// migrations has a folder a database; the files apply in the order of their names.
//
//go:embed migrations
var migrations embed.FS

const (
	createSchema = "CREATE TABLE IF NOT EXISTS coselling_registration_schema (version integer PRIMARY KEY)"
	schemaNow    = "SELECT COALESCE(MAX(version), 0) FROM coselling_registration_schema"
	schemaMove   = "INSERT INTO coselling_registration_schema (version) VALUES (?)"
	// for the stores that are open
	schemaTell = "UPDATE coselling_registration_head SET schema = ?, version = version + 1 WHERE id = 1"
)

// migrate brings the tables to the version of this package, in one transaction.
func (s *Store) migrate(ctx context.Context) error {
	files := s.dialect.files
	var version int
	if err := s.db.QueryRowContext(ctx, schemaNow).Scan(&version); err == nil && version >= len(files) {
		return checkSchema(version, len(files))
	}
	return s.transact(ctx, s.dialect.write.begin, func(conn *sql.Conn) error {
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
		if err := checkSchema(version, len(files)); err != nil {
			return err
		}
		if version == len(files) {
			return nil // another process was faster
		}
		for i, file := range files[version:] {
			if err := s.apply(ctx, conn, file, version+i+1); err != nil {
				return err
			}
		}
		_, err := conn.ExecContext(ctx, s.dialect.query(schemaTell), len(files))
		return err
	})
}

func checkSchema(version, known int) error {
	if version > known {
		return value.NewError(SchemaNewer, "version "+strconv.Itoa(version),
			"is newer than the tables of this program, version "+strconv.Itoa(known)+"; update it")
	}
	return nil
}

// apply runs the statements of a file, which are separated by blank lines.
func (s *Store) apply(ctx context.Context, conn *sql.Conn, file string, version int) error {
	text, err := migrations.ReadFile(file)
	if err != nil {
		return err
	}
	for statement := range strings.SplitSeq(string(text), "\n\n") {
		if _, err := conn.ExecContext(ctx, statement); err != nil {
			return err
		}
	}
	_, err = conn.ExecContext(ctx, s.dialect.query(schemaMove), version)
	return err
}
