package sqltest

import (
	"errors"
	"strings"
	"testing"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/sqlstore"
	"github.com/coselling/coselling/registration/sqlstore/sqltest/internal/postgres"
	"github.com/coselling/coselling/value"
)

// Behind a pooler in transaction mode a driver that prepares statements cannot be used: the error of the start says what
// to do. One that prepares none can.
func TestPostgresBehindAPoolerInTransactionMode(t *testing.T) {
	s := postgresServer(t)
	name := database(t, s)
	pooler, err := postgres.NewPooler(s, name, 2)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = pooler.Close() })
	at := place{"pgx", postgres.DSNAt(pooler.Address(), name)}
	_, err = sqlstore.NewStore(t.Context(), at.connect(t), sqlstore.DefaultSettings())
	if !errors.Is(err, value.Code("sqlstore.pooler")) || !strings.Contains(err.Error(), "default_query_exec_mode=exec") {
		t.Errorf("a driver that prepares statements: %v", err)
	}
	at.DSN += "&default_query_exec_mode=exec"
	store := at.open(t, nil)
	for range 3 { // each time on another connection
		answer, err := registryOn(t, store).Submit(t.Context(), model.PartnerOrg("acme"), filingOn("hooli.com"))
		if err != nil || answer.Status != registration.Submitted {
			t.Errorf("%v, %v", answer.Status, err)
		}
	}
	count(t, store, "domain:hooli.com", 1)
}
