// Package sqlstore keeps the claims of a registry in PostgreSQL or SQLite, by
// database/sql. It imports no driver: open the database with the driver that you use.
//
//	package main
//
//	import (
//		"context"
//		"database/sql"
//		"fmt"
//		"log"
//
//		"github.com/coselling/coselling/model"
//		"github.com/coselling/coselling/registration"
//		"github.com/coselling/coselling/registration/domains"
//		"github.com/coselling/coselling/registration/matching"
//		"github.com/coselling/coselling/registration/sqlstore"
//		_ "github.com/jackc/pgx/v5/stdlib" // or another driver
//	)
//
//	func main() {
//		db, err := sql.Open("pgx", "postgres://localhost/deals")
//		if err != nil {
//			log.Fatal(err)
//		}
//		policy := registration.DefaultPolicy("us", "noor", "vic") // the vendor and its two channel owners
//		registry, err := sqlstore.New(db, policy, domains.Registrable)
//		if err != nil {
//			log.Fatal(err)
//		}
//		filing := registration.Filing{Key: "1", By: "ana", Account: matching.Account{Domains: []string{"hooli.com"}}}
//		answer, err := registry.Submit(context.Background(), model.PartnerOrg("acme"), filing)
//		if err != nil {
//			log.Fatal(err)
//		}
//		fmt.Println(answer.Status) // submitted
//	}
//
// [New] finds out which database it is and makes the tables, whose names begin with coselling_registration_. Any
// number of processes can share them.
//
// The database ensures that one claim is first (reg.atomic). On PostgreSQL a write locks the accounts that it is
// about: the terms of its claims and of all claims that share one with them, rows of coselling_registration_lock, in
// one statement and in bytewise order, so that no two writes wait for one another; then it reads all these claims. If
// claims that came meanwhile join the accounts with others, it begins again. Writes about other accounts do not wait
// for it. A write takes four round trips: it begins, locks and reads, stores, and commits. SQLite has one writer at a
// time, by BEGIN IMMEDIATE, whatever it writes about. An exclusion constraint could not replace the locks: no
// comparison of columns decides which accounts are the same.
//
// On PostgreSQL triggers enforce this on every client: they refuse to store, change or delete a claim or a term of an
// account in a transaction that has not locked it, and a claim without terms, so that neither a pool that tears a
// transaction apart nor a program of somebody else makes a second owner. To correct something by hand, begin the
// transaction, which must be READ COMMITTED, with the claims and terms that it is about:
//
//	SELECT coselling_registration_open('{"claims": ["an id"], "terms": ["domain:hooli.com"], "reach": true}');
//
// and end it with the mark of a claim that no list has right, for the next list that somebody asks for:
//
//	INSERT INTO coselling_registration_entry (key, claim)
//		SELECT 'unlisted' || chr(9) || id, seq FROM coselling_registration_claim WHERE id = 'an id';
//
// coselling_registration_entry has the claims in the order of each list: a page reads what it shows. A role that may
// not make tables needs SELECT, INSERT and DELETE on it, and SELECT, INSERT and UPDATE on the others.
//
// Behind a pooler that gives each transaction another connection, such as PgBouncer in transaction mode, the driver
// must not keep prepared statements: with pgx write default_query_exec_mode=exec into the address of the database.
//
// [Store.Within] stores claims in a transaction of the host, together with its own rows.
//
// The files in the folder migrations have the marks of goose and the names of golang-migrate, if one of these makes
// your tables. [NewStore] then finds them made. If a later version of this package changes the tables, an open store
// is refused from then on, with [SchemaNewer].
//
// A client that stops while it holds a lock makes the others wait for the timeout of [Settings] once: PostgreSQL then
// ends its transaction. Of the writers of one process about one account, claim or filing, one waits in the database
// and the others in the process; one that has waited in the database for a quarter of the timeout begins again.
//
// SQLite serves reads during a write if the file has a write-ahead log (PRAGMA journal_mode=WAL). Keep its setting
// synchronous=FULL, and synchronous_commit=on of PostgreSQL: otherwise a power failure can lose an answer that was
// given. Keep a SQLite file on a local disk, because network file systems do not keep its locks. Do not use the
// database :memory:, which is another one for every connection; use package memstore. PostgreSQL must be version 13
// or later.
//
// After a failure that can pass (a serialisation failure, a deadlock, a busy file, a connection that was lost before
// the commit) the store tries again after a random wait, a limited number of times. A connection that is lost during
// the commit is an error, because nobody knows whether the commit has happened: send the filing again with the same
// key, and it is found or filed.
package sqlstore
