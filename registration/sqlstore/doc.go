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
// The database ensures that one claim is first (reg.atomic). A write locks the one row that has the latest stamp, and
// holds the lock until it is committed: on PostgreSQL a row lock, on SQLite the lock of BEGIN IMMEDIATE. It reads
// everything under this lock, and increases the version number in that row before it puts a claim. If a connection
// pool tears the transaction apart, this fails, so that no second owner can arise. An exclusion constraint could not
// replace the lock: no comparison of columns decides which accounts are the same.
//
// On PostgreSQL a trigger enforces this on every client: it refuses a change by a transaction that has not increased
// the version number. To correct something by hand, begin the transaction with
//
//	UPDATE coselling_registration_head SET version = version + 1;
//
// If a later version of this package changes the tables, an open store is refused from then on, with [SchemaNewer].
//
// A client that stops while it holds the lock makes the others wait for the timeout of [Settings] at most: PostgreSQL
// then ends its transaction.
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
