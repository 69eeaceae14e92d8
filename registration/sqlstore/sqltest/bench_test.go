package sqltest

import (
	"context"
	"database/sql"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/matching"
	"github.com/coselling/coselling/registration/registrationtest"
	"github.com/coselling/coselling/registration/sqlstore"
)

const connections = 8

// BenchmarkPostgresContended files claims on the same accounts over 8 connections: by the
// store, and as its floor by an INSERT … ON CONFLICT alone.
func BenchmarkPostgresContended(b *testing.B) {
	b.Run("store", func(b *testing.B) {
		stores := make([]*registration.Registry, connections)
		at := postgresDatabase(b)
		for i := range stores {
			stores[i] = oneConnection(b, at)
		}
		contend(b, func(i, n int) error {
			filing := registration.Filing{Key: fmt.Sprint(n), By: "ana",
				Account: matching.Account{Domains: []string{fmt.Sprintf("a%d.com", n/connections)}}}
			_, err := stores[i].Submit(b.Context(), model.PartnerOrg(fmt.Sprint("partner", i)), filing)
			return err
		})
	})
	b.Run("floor", func(b *testing.B) {
		insert(b, func(n int) int { return n / connections }) // one of eight is stored
	})
	b.Run("floor of as many rows", func(b *testing.B) {
		insert(b, func(n int) int { return n })
	})
}

// insert inserts the account of each call over 8 connections, if it is not stored yet.
func insert(b *testing.B, account func(n int) int) {
	at := postgresDatabase(b)
	db, err := sql.Open(at.Driver, at.DSN)
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	if _, err := db.ExecContext(b.Context(),
		"CREATE TABLE floor (account text PRIMARY KEY, party text NOT NULL)"); err != nil {
		b.Fatal(err)
	}
	contend(b, func(i, n int) error {
		const query = "INSERT INTO floor (account, party) VALUES ($1, $2) ON CONFLICT DO NOTHING"
		_, err := db.ExecContext(b.Context(), query, fmt.Sprintf("a%d.com", account(n)), fmt.Sprint("partner", i))
		return err
	})
}

// contend calls do b.N times from one goroutine for each connection; each eight calls in a
// row are for the same account.
func contend(b *testing.B, do func(i, n int) error) {
	var next atomic.Int64
	var group sync.WaitGroup
	b.ReportAllocs()
	b.ResetTimer()
	for i := range connections {
		group.Go(func() {
			for n := int(next.Add(1)) - 1; n < b.N; n = int(next.Add(1)) - 1 {
				if err := do(i, n); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	group.Wait()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "claims/s")
}

// oneConnection returns a registry with one connection, like that of another process.
func oneConnection(b *testing.B, at place) *registration.Registry {
	b.Helper()
	db, err := sql.Open(at.Driver, at.DSN)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = db.Close() })
	db.SetMaxOpenConns(1)
	store, err := sqlstore.NewStore(context.Background(), db, sqlstore.DefaultSettings())
	if err != nil {
		b.Fatal(err)
	}
	rules, err := registrationtest.SuiteRules()
	if err != nil {
		b.Fatal(err)
	}
	registry, err := registration.Open(store, rules)
	if err != nil {
		b.Fatal(err)
	}
	return registry
}
