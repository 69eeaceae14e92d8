package sqlstore_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/domains"
	"github.com/coselling/coselling/registration/matching"
	"github.com/coselling/coselling/registration/sqlstore"
)

// A portal stores its own row of a deal and the claim on its account together, or neither.
func ExampleStore_Within() {
	ctx := context.Background()
	db, err := sql.Open("pgx", "postgres://localhost/deals") // or "sqlite", "file:deals.db?_txlock=immediate"
	if err != nil {
		fmt.Println(err) // the program imports its driver
		return
	}
	defer db.Close()
	rules, errRules := registration.Compile(registration.DefaultPolicy("us", "noor", "vic"), domains.Registrable)
	store, err := sqlstore.NewStore(ctx, db, sqlstore.DefaultSettings())
	if err := errors.Join(errRules, err); err != nil {
		fmt.Println(err)
		return
	}
	register := func(tx *sql.Tx) error {
		defer tx.Rollback() // has no effect after the commit
		registry, err := registration.Open(store.Within(tx), rules)
		if err != nil {
			return err
		}
		answer, err := registry.Submit(ctx, model.PartnerOrg("acme"), registration.Filing{
			Key: "D-17", By: "ana", Account: matching.Account{Domains: []string{"www.hooli.com"}},
		})
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "INSERT INTO deal (id, claim) VALUES ('D-17', $1)", answer.Claim); err != nil {
			return err
		}
		return tx.Commit()
	}
	for range 5 { // the whole transaction again, while others are in its way
		tx, err := db.BeginTx(ctx, nil)
		if err == nil {
			err = register(tx)
		}
		if fmt.Println(err); !errors.Is(err, sqlstore.Busy) {
			return
		}
	}
}

// A partner registers a deal; a database keeps the claim.
func ExampleNew() {
	db, err := sql.Open("pgx", "postgres://localhost/deals") // or "sqlite", "file:deals.db"
	if err != nil {
		fmt.Println(err) // the program imports its driver
		return
	}
	defer db.Close()
	policy := registration.DefaultPolicy("us", "noor", "vic")
	registry, err := sqlstore.New(db, policy, domains.Registrable)
	if err != nil {
		fmt.Println(err)
		return
	}
	claim := registration.Filing{Key: "acme-17", By: "ana",
		Account: matching.Account{Domains: []string{"www.hooli.com"}}}
	answer, err := registry.Submit(context.Background(), model.PartnerOrg("acme"), claim)
	if err != nil {
		fmt.Println(err) // send the same filing again: it is found if it was stored
		return
	}
	fmt.Println(answer.Status, answer.Until.IsZero())
}
