package sqltest

import (
	"context"
	"database/sql"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/registrationtest"
	"github.com/coselling/coselling/registration/sqlstore"
	"github.com/coselling/coselling/registration/sqlstore/sqltest/internal/postgres"
)

const connections = 8

// BenchmarkPostgresContended files claims over 8 connections, each eight in a row on the same account or each on its own:
// by the store, and as its floor by an INSERT … ON CONFLICT alone.
func BenchmarkPostgresContended(b *testing.B) {
	store := func(b *testing.B, account func(n int) int) {
		stores := make([]*registration.Registry, connections)
		at := postgresDatabase(b)
		for i := range stores {
			stores[i] = oneConnection(b, at)
		}
		contend(b, connections, func(i, n int) error {
			filing := filingOn(fmt.Sprintf("a%d.com", account(n)))
			filing.Key = fmt.Sprint(n)
			_, err := stores[i].Submit(b.Context(), model.PartnerOrg(fmt.Sprint("partner", i)), filing)
			return err
		})
	}
	b.Run("store", func(b *testing.B) { store(b, func(n int) int { return n / connections }) })
	b.Run("store of accounts apart", func(b *testing.B) { store(b, func(n int) int { return n }) })
	b.Run("floor", func(b *testing.B) {
		insert(b, func(n int) int { return n / connections }) // one of eight is stored
	})
	b.Run("floor of as many rows", func(b *testing.B) {
		insert(b, func(n int) int { return n })
	})
}

// BenchmarkPostgresLink files claims on accounts of their own behind a link of 10 ms, over 1 and over 8 connections.
func BenchmarkPostgresLink(b *testing.B) {
	for _, connections := range []int{1, 8} {
		b.Run(fmt.Sprint(connections), func(b *testing.B) {
			s := postgresServer(b)
			p := newProxy(b, s.Address())
			at := place{"pgx", postgres.DSNAt(p.listener.Addr().String(), database(b, s))}
			stores := make([]*registration.Registry, connections)
			for i := range stores {
				stores[i] = oneConnection(b, at)
				warm := filingOn(fmt.Sprintf("warm%d.com", i))
				if _, err := stores[i].Submit(b.Context(), model.PartnerOrg("warm"), warm); err != nil {
					b.Fatal(err)
				}
			}
			p.delay.Store(int64(10 * time.Millisecond))
			contend(b, connections, func(i, n int) error {
				_, err := stores[i].Submit(b.Context(), model.PartnerOrg("acme"), filingOn(fmt.Sprintf("a%d.com", n)))
				return err
			})
		})
	}
}

// BenchmarkQueue looks at what a filing behind a queue would get, on one connection.
func BenchmarkQueue(b *testing.B) {
	for name, at := range map[string]func(testing.TB) place{"postgres": postgresDatabase, "sqlite": sqliteFile} {
		for _, n := range []int{0, 80, 800} {
			b.Run(fmt.Sprint(name, " behind ", n), func(b *testing.B) {
				registry := oneConnection(b, at(b))
				for i := range n {
					if _, err := registry.Submit(b.Context(), model.PartnerOrg(fmt.Sprint(i)), filingOn("hooli.com")); err != nil {
						b.Fatal(err)
					}
				}
				b.ReportAllocs()
				for b.Loop() {
					if _, err := registry.Preview(b.Context(), model.PartnerOrg("acme"), filingOn("hooli.com")); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
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
	contend(b, connections, func(i, n int) error {
		const query = "INSERT INTO floor (account, party) VALUES ($1, $2) ON CONFLICT DO NOTHING"
		_, err := db.ExecContext(b.Context(), query, fmt.Sprintf("a%d.com", account(n)), fmt.Sprint("partner", i))
		return err
	})
}

// contend calls do b.N times from one goroutine for each connection.
func contend(b *testing.B, connections int, do func(i, n int) error) {
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
