package sqltest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
	"testing"

	"github.com/coselling/coselling/registration/sqlstore/sqltest/internal/postgres"
)

// database makes an empty database and returns its name.
func database(t testing.TB, s *postgres.Server) string {
	t.Helper()
	name, err := s.Database(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return name
}

// needPostgres turns a missing server from a skip into a failure.
const needPostgres = "COSELLING_NEED_POSTGRES"

// cluster is the server that all tests share; the first test that needs it starts it.
var cluster = sync.OnceValues(func() (*postgres.Server, error) {
	started = true
	return postgres.New(context.Background())
})

var started bool

func TestMain(m *testing.M) {
	if task := os.Getenv(childTask); task != "" {
		if err := child(task); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	code := m.Run()
	if started {
		if s, err := cluster(); err == nil {
			if err := s.Close(); err != nil {
				fmt.Fprintln(os.Stderr, err)
				code = max(code, 1)
			}
		}
	}
	os.Exit(code)
}

func postgresServer(t testing.TB) *postgres.Server {
	t.Helper()
	s, err := cluster()
	if errors.Is(err, postgres.ErrNone) && os.Getenv(needPostgres) != "1" {
		t.Skip(err, "; install it to run this test")
	}
	if err != nil {
		t.Fatal(err)
	}
	return s
}
