// Package sqlstore keeps the claims of a registry in PostgreSQL or SQLite, by
// database/sql. It imports no driver: open the database with the one you have.
//
//	db, err := sql.Open("pgx", "postgres://localhost/deals") // or "sqlite", "file:deals.db"
//	if err != nil {
//		return err
//	}
//	registry, err := sqlstore.New(db, policy, domains.Registrable)
//	if err != nil {
//		return err
//	}
//	answer, err := registry.Submit(ctx, party, filing)
//
// [New] finds out which database it is and makes the tables, whose names begin with
// coselling_registration_. Any number of processes can share them.
//
// Who is first is guarded by the database (reg.atomic). A write begins by locking the
// one row that has the latest stamp, and holds the lock until it is committed: on
// PostgreSQL a row lock, on SQLite the lock of BEGIN IMMEDIATE. All that it reads, it
// reads under this lock; nothing is looked up first and written later. Before a claim is
// put, the version number in that row moves on from the one that was read, so that a
// connection pool that tears a transaction apart is an error and no second owner. No
// exclusion constraint could stand for the lock: which accounts are one is no relation
// of columns, and a merge may bring claims that exclude one another.
//
// PostgreSQL enforces the lock on everybody: by a trigger it takes no insert, update or
// deletion from a transaction that has not moved the version number, whether another
// version of this package sends it or somebody at a prompt. Who corrects something by
// hand begins with
//
//	UPDATE coselling_registration_head SET version = version + 1;
//
// in the same transaction. SQLite has one writer in any case, and takes no write from a
// transaction that has read what is old. A store that is open when a later version of
// this package changes the tables is refused from then on, with [SchemaNewer].
//
// A client that stops while it holds the lock (a frozen process, a machine without
// power) keeps the others waiting for the timeout of [Settings] at most: PostgreSQL then
// ends its transaction.
//
// SQLite serves reads while somebody writes if the file has a write-ahead log
// (PRAGMA journal_mode=WAL); without one they wait for each other. Keep its setting
// synchronous=FULL, and PostgreSQL's synchronous_commit=on, or an answer that was given
// can be lost with the power. A SQLite file belongs on a local disk: network file
// systems do not keep its locks. The database :memory: is another one for every
// connection; package memstore is for that. PostgreSQL is version 13 or later.
//
// What fails for reasons that pass (a serialisation failure, a deadlock, a busy file, a
// connection that was lost before the commit) is tried again, a bounded number of
// times, after a random wait. A connection that is lost during the commit is an error,
// as nobody knows what became of it: send the filing again with its key, and it is
// found or filed.
package sqlstore
