package sqlstore_test

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/domains"
	"github.com/coselling/coselling/registration/matching"
	"github.com/coselling/coselling/registration/sqlstore"
)

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
