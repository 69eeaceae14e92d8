package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/coselling/coselling/model"
)

// The roles of a server on PostgreSQL. It signs in as portal_server, whom policies show the deals of the party that a
// transaction names, and no claims. For the statements of the registry, which compare the claims of everybody, a
// transaction becomes portal_registry, and then portal_server again.
const (
	becomeRegistry = "SET LOCAL ROLE portal_registry"
	becomeServer   = "SET LOCAL ROLE NONE"

	// grants gives the roles what they need of tables that are not in the portal's migrations.
	grants = `DO $$
DECLARE
	found text;
BEGIN
	FOR found IN SELECT tablename FROM pg_tables
		WHERE schemaname = current_schema() AND starts_with(tablename, 'coselling_registration_') LOOP
		EXECUTE format('GRANT SELECT, INSERT, UPDATE ON %I TO portal_registry', found);
	END LOOP;
	GRANT DELETE ON coselling_registration_entry TO portal_registry;
	GRANT SELECT ON coselling_registration_schema, portal_schema TO portal_server;
END
$$`
)

// A transaction names its party. One that writes waits for its turn among all processes, and ends if its process
// stands still.
const (
	nameReader = "SELECT set_config('app.party', $1, true)"
	nameWriter = nameReader + ", set_config('idle_in_transaction_session_timeout', '30s', true)," +
		" CAST(pg_advisory_xact_lock(8053063087214405) AS text)"
)

// name tells the database in whose name a transaction runs. A file has no policies, and who writes has locked it.
func (s *Store) name(ctx context.Context, tx *sql.Tx, party model.Party, writes bool) error {
	if !s.walled {
		return nil
	}
	statement, name := nameReader, ""
	if writes {
		statement = nameWriter
	}
	if party != (model.Party{}) {
		name = party.String()
	}
	_, err := tx.ExecContext(ctx, statement, name)
	return err
}

// asRegistry calls do as the role that reads the claims of everybody.
func (s *Store) asRegistry(ctx context.Context, tx *sql.Tx, do func() error) error {
	if !s.walled {
		return do()
	}
	if _, err := tx.ExecContext(ctx, becomeRegistry); err != nil {
		return err
	}
	if err := do(); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, becomeServer)
	return err
}

// checkRole refuses a role that policies do not bind, one that reads claims, and tables that are not up to date.
func checkRole(ctx context.Context, db *sql.DB) error {
	var role string
	var super, bypasses, owns, reads, becomes bool
	err := db.QueryRowContext(ctx, `SELECT session_user, bool_or(r.rolsuper), bool_or(r.rolbypassrls),
		EXISTS (SELECT FROM pg_tables t JOIN pg_roles o ON o.rolname = t.tableowner
			WHERE (starts_with(tablename, 'portal_') OR starts_with(tablename, 'coselling_registration_'))
			AND pg_has_role(session_user, o.oid, 'MEMBER')),
		coalesce(has_table_privilege(session_user, to_regclass('coselling_registration_claim'), 'SELECT'), false),
		bool_or(r.rolname = 'portal_registry')
		FROM pg_roles r WHERE pg_has_role(session_user, r.oid, 'MEMBER')`).
		Scan(&role, &super, &bypasses, &owns, &reads, &becomes)
	if err != nil {
		return err
	}
	for _, check := range []struct {
		is      bool
		problem string
	}{
		{super, "is a superuser or can become one, whom no policy binds"},
		{bypasses, "has BYPASSRLS or can become a role that has it, which no policy binds"},
		{owns, "owns tables of the portal or can become their owner, who can lift their policies"},
		{reads, "reads the claims of everybody; make it NOINHERIT"},
		{!becomes, "cannot become portal_registry; grant it"},
	} {
		if check.is {
			return fmt.Errorf("the role %s %s; README.md has the roles of the portal", role, check.problem)
		}
	}
	provider, err := portalSchema(db)
	if err != nil {
		return err
	}
	pending, err := provider.HasPending(ctx)
	if err == nil && pending {
		err = errors.New("they are those of an earlier version")
	}
	if err != nil {
		return fmt.Errorf("let the owner of the tables run -migrate: %w", err)
	}
	return nil
}
