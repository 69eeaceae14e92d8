package sqltest

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/matching"
	"github.com/coselling/coselling/registration/sqlstore"
)

// statements returns those of a migration.
func statements(t testing.TB, folder, file string) []string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "migrations", folder, file))
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(string(text), "\n\n")
}

// Of many processes, the first one to open tables of the first version of the library
// updates them and keeps their claims. What admitted a claim has become an event of it.
func TestOlderTablesAreUpdated(t *testing.T) {
	both(t, func(t *testing.T, at place) {
		folder := map[string]string{"sqlite": "sqlite", "pgx": "postgres"}[at.Driver]
		db := at.connect(t)
		id, body := approved(t)
		body = strings.Replace(body, `"events":`, `"exception":{"by":{"name":"vic","party":{"side":"vendor","org":"us"}},`+
			`"reason":"a \"new\" division"},"events":`, 1)
		for _, statement := range append(statements(t, folder, "0001_claims.up.sql"),
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
		page, err := registryOn(t, store).List(t.Context(), model.PartnerOrg("acme"), registration.Filter{})
		if err != nil || len(page.Claims) != 1 || page.Claims[0].Claim != id || page.Claims[0].Status != registration.Approved {
			t.Errorf("a list of claims of before: %+v, %v", page, err)
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
		var versions, distinct int
		err := at.connect(t).QueryRowContext(t.Context(),
			"SELECT count(*), count(DISTINCT version) FROM coselling_registration_schema").Scan(&versions, &distinct)
		if files, _ := filepath.Glob(filepath.Join("..", "migrations", "sqlite", "*")); err != nil ||
			versions != distinct || versions != len(files) {
			t.Errorf("%d versions, %d of them distinct, %v", versions, distinct, err)
		}
	})
}

// Other tools apply a file in a transaction, whole (golang-migrate) or a statement at a time by its marks (goose): the
// store then finds its tables made.
func TestMigrationsAreThoseOfUsualTools(t *testing.T) {
	whole := func(text string) []string { return []string{text} }
	for name, tool := range map[string]func(text string) []string{"whole": whole, "by marks": byMarks} {
		t.Run(name, func(t *testing.T) { both(t, func(t *testing.T, at place) { migratedBy(t, at, tool) }) })
	}
}

// byMarks returns the statements of a migration as goose finds them: each ends with a line that ends with a semicolon,
// except between marks.
func byMarks(text string) []string {
	var list []string
	statement, inside := "", false
	for line := range strings.Lines(text) {
		switch bare := strings.TrimSpace(line); {
		case bare == "-- +goose StatementBegin":
			inside = true
			continue
		case bare == "-- +goose StatementEnd":
			inside = false
		case strings.HasPrefix(bare, "--"):
			continue
		default:
			statement += line
		}
		if !inside && strings.HasSuffix(strings.TrimSpace(statement), ";") {
			list = append(list, statement)
			statement = ""
		}
	}
	return append(list, statement)
}

func migratedBy(t *testing.T, at place, tool func(text string) []string) {
	folder := map[string]string{"sqlite": "sqlite", "pgx": "postgres"}[at.Driver]
	files, err := filepath.Glob(filepath.Join("..", "migrations", folder, "*"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%d migrations, %v", len(files), err)
	}
	db := at.connect(t)
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil || !strings.HasPrefix(string(text), "-- +goose Up\n") ||
			!regexp.MustCompile(`^000[1-9]_[a-z]+\.up\.sql$`).MatchString(filepath.Base(file)) {
			t.Errorf("%s: a migration without its marks: %v", file, err)
		}
		tx, err := db.BeginTx(t.Context(), nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, statement := range tool(string(text)) {
			if _, err := tx.ExecContext(t.Context(), statement); err != nil {
				t.Fatalf("%s: %v", file, err)
			}
		}
		var version string
		if err := tx.QueryRowContext(t.Context(),
			"SELECT max(version) FROM coselling_registration_schema").Scan(&version); err != nil ||
			!strings.HasPrefix(filepath.Base(file), "000"+version) {
			t.Errorf("%s: version %s, %v", file, version, err)
		}
		if err := tx.Commit(); err != nil {
			t.Fatal(err)
		}
	}
	answer, err := registryOn(t, at.open(t, nil)).Submit(t.Context(), model.PartnerOrg("bolt"), filingOn("hooli.com"))
	if err != nil || answer.Status != registration.Submitted {
		t.Errorf("%v, %v", answer.Status, err)
	}
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
