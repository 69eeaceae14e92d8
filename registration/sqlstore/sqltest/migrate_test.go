package sqltest

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/matching"
	"github.com/coselling/coselling/registration/sqlstore"
)

// Of many processes, the first one to open tables of the first version of the library
// updates them and keeps their claims. What admitted a claim has become an event of it.
func TestOlderTablesAreUpdated(t *testing.T) {
	both(t, func(t *testing.T, at place) {
		folder := map[string]string{"sqlite": "sqlite", "pgx": "postgres"}[at.Driver]
		text, err := os.ReadFile(filepath.Join("..", "migrations", folder, "0001_claims.sql"))
		if err != nil {
			t.Fatal(err)
		}
		db := at.connect(t)
		id, body := approved(t)
		body = strings.Replace(body, `"events":`, `"exception":{"by":{"name":"vic","party":{"side":"vendor","org":"us"}},`+
			`"reason":"a \"new\" division"},"events":`, 1)
		for _, statement := range append(strings.Split(string(text), "\n\n"),
			"CREATE TABLE coselling_registration_schema (version integer PRIMARY KEY)",
			"INSERT INTO coselling_registration_schema (version) VALUES (1)",
			strings.NewReplacer("$1", "'"+id+"'", "$2", "'"+body+"'").Replace(insertClaim),
			strings.ReplaceAll(insertTerm, "$1", "'domain:hooli.com'"),
		) {
			if _, err := db.ExecContext(t.Context(), statement); err != nil {
				t.Fatalf("%s: %v", statement, err)
			}
		}
		var group sync.WaitGroup
		for range 4 {
			db := at.connect(t)
			group.Go(func() {
				if _, err := sqlstore.NewStore(t.Context(), db, sqlstore.DefaultSettings()); err != nil {
					t.Error(err)
				}
			})
		}
		group.Wait()
		store := at.open(t, nil)
		count(t, store, "domain:hooli.com", 1)
		kept, _, err := registryOn(t, store).Explain(t.Context(), id, time.Now())
		if events := kept.Claim.Events; err != nil || len(events) != 2 || events[0].Do != registration.Admit ||
			events[0].Reason != `a "new" division` || events[0].By.Name != "vic" ||
			!events[0].At.Equal(kept.Claim.Submitted) || kept.Standing.Status != registration.Approved {
			t.Errorf("reg.existing_customer: a claim of before: %+v, %v", kept.Claim, err)
		}
		filing := registration.Filing{Key: "1", By: "bea", Account: matching.Account{Domains: []string{"hooli.com"}}}
		answer, err := registryOn(t, store).Submit(t.Context(), model.PartnerOrg("bolt"), filing)
		if err != nil || answer.Status != registration.Refused {
			t.Errorf("reg.first_wins beside a claim of before: %v, %v", answer.Status, err)
		}
	})
}

func TestSeveralProcessesMakeTheTablesOnce(t *testing.T) {
	both(t, func(t *testing.T, at place) {
		var group sync.WaitGroup
		for range 4 {
			group.Go(func() {
				if _, err := process(t, opened{place: at}, model.PartnerOrg("acme"), 1); err != nil {
					t.Error(err)
				}
			})
		}
		group.Wait()
		count(t, at.open(t, nil), "domain:race0.com", 1)
		var versions, latest int
		err := at.connect(t).QueryRowContext(t.Context(),
			"SELECT count(*), max(version) FROM coselling_registration_schema").Scan(&versions, &latest)
		if err != nil || versions != latest {
			t.Errorf("%d versions, the latest %d, %v", versions, latest, err)
		}
	})
}

// reg.atomic: a filing that several processes send at once is one claim.
func TestOneFilingFromSeveralPoolsIsStoredOnce(t *testing.T) {
	both(t, func(t *testing.T, at place) {
		claims := make([]string, 6)
		registries := make([]*registration.Registry, len(claims))
		for i := range registries {
			registries[i] = registryOn(t, at.open(t, nil))
		}
		var group sync.WaitGroup
		for i, registry := range registries {
			group.Go(func() {
				filing := registration.Filing{Key: "1", By: "ana",
					Account: matching.Account{Domains: []string{"hooli.com"}}}
				answer, err := registry.Submit(t.Context(), model.PartnerOrg("acme"), filing)
				if err != nil {
					t.Error(err)
				}
				claims[i] = answer.Claim
			})
		}
		group.Wait()
		for _, claim := range claims {
			if claim == "" || claim != claims[0] {
				t.Errorf("reg.atomic one filing: claims %q", claims)
			}
		}
		count(t, at.open(t, nil), "domain:hooli.com", 1)
	})
}
