package sqltest

import (
	"context"
	"database/sql"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	_ "modernc.org/sqlite"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/registrationtest"
	"github.com/coselling/coselling/registration/sqlstore"
)

// place is a database: its driver and its address.
type place struct{ Driver, DSN string }

// opened is a store with its place.
type opened struct {
	*sqlstore.Store
	place place
	db    *sql.DB
}

func (p place) connect(t testing.TB) *sql.DB {
	t.Helper()
	db, err := sql.Open(p.Driver, p.DSN)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func (p place) open(t testing.TB, now func() time.Time) opened {
	t.Helper()
	db := p.connect(t)
	settings := sqlstore.DefaultSettings()
	settings.Now = now
	store, err := sqlstore.NewStore(t.Context(), db, settings)
	if err != nil {
		t.Fatal(err)
	}
	return opened{store, p, db}
}

func sqliteFile(t testing.TB) place {
	return place{"sqlite", "file:" + filepath.Join(t.TempDir(), "claims.db")}
}

func postgresDatabase(t testing.TB) place {
	s := postgresServer(t)
	return place{"pgx", s.DSN(database(t, s))}
}

func harness(at func(testing.TB) place) registrationtest.Harness {
	return registrationtest.Harness{
		New: func(t testing.TB, now func() time.Time) registration.Store { return at(t).open(t, now) },
		Reopen: func(t testing.TB, s registration.Store, now func() time.Time) registration.Store {
			before := s.(opened)
			if before.place.Driver == "pgx" {
				crash(t)
			} else if err := before.db.Close(); err != nil {
				t.Fatal(err)
			}
			return before.place.open(t, now)
		},
		Process:   process,
		Claimants: 100,
	}
}

// crash ends the server without any clean-up and starts it again.
func crash(t testing.TB) {
	s := postgresServer(t)
	if err := s.Stop(syscall.SIGQUIT); err != nil {
		t.Fatal(err)
	}
	if err := s.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func TestSQLite(t *testing.T) { registrationtest.RunSuite(t, harness(sqliteFile)) }

func TestPostgres(t *testing.T) {
	postgresServer(t)
	registrationtest.RunSuite(t, harness(postgresDatabase))
}

// childTask is the variable with the task of another process, which runs this test binary.
const childTask = "COSELLING_SQLTEST_CHILD"

type task struct {
	Place    place
	Org      string
	Accounts int
	Frozen   []string // claims on one account, whose lock it holds until it is killed
	History  string   // a name: it calls the registry and writes what it does, until it is killed
}

func process(t testing.TB, s registration.Store, party model.Party, accounts int) ([]int, error) {
	text, err := json.Marshal(task{Place: s.(opened).place, Org: party.Org, Accounts: accounts})
	if err != nil {
		return nil, err
	}
	c := exec.CommandContext(t.Context(), os.Args[0])
	c.Env = append(os.Environ(), childTask+"="+string(text))
	c.Stderr = os.Stderr
	out, err := c.Output()
	if err != nil {
		return nil, err
	}
	var first []int
	return first, json.Unmarshal(out, &first)
}

// child does the task in the other process.
func child(text string) error {
	var do task
	if err := json.Unmarshal([]byte(text), &do); err != nil {
		return err
	}
	if len(do.Frozen) > 0 {
		return frozen(do.Place, do.Frozen)
	}
	if do.History != "" {
		return history(do)
	}
	db, err := sql.Open(do.Place.Driver, do.Place.DSN)
	if err != nil {
		return err
	}
	defer db.Close()
	store, err := sqlstore.NewStore(context.Background(), db, sqlstore.DefaultSettings())
	if err != nil {
		return err
	}
	rules, err := registrationtest.SuiteRules()
	if err != nil {
		return err
	}
	registry, err := registration.Open(store, rules)
	if err != nil {
		return err
	}
	first, err := registrationtest.Race(context.Background(), registry, model.PartnerOrg(do.Org), do.Accounts)
	if err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(first)
}
