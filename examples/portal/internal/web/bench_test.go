package web_test

import (
	"database/sql"
	"fmt"
	"net/http"
	"path/filepath"
	"regexp"
	"runtime"
	"testing"
	"time"

	"github.com/coselling/coselling"
	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/examples/portal/internal/store"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/matching"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// manyDeals returns a portal in which one partner has 10,000 deals on SQLite.
func manyDeals(b *testing.B) *portal {
	b.Helper()
	db, err := store.OpenSQLite(filepath.Join(b.TempDir(), "portal.db"))
	if err != nil {
		b.Fatal(err)
	}
	p := newPortalOn(b, db)
	who, _, err := p.store.UserByEmail(b.Context(), "ana@acme.example")
	if err != nil {
		b.Fatal(err)
	}
	quick(b, db, "OFF")
	for i := range 10_000 {
		p.now = p.now.Add(2 * time.Minute)
		facts := coselling.Deal{Account: fmt.Sprintf("Company %d", i), Amount: value.MustMoney("80000.00 USD"),
			Signals: model.Signals{Source: model.FromPartner}}
		registered, err := p.store.Register(b.Context(), who, registration.Filing{Key: fmt.Sprint(i),
			Account: matching.Account{Name: facts.Account, Domains: []string{fmt.Sprintf("company%d.com", i)}}}, facts)
		if err != nil {
			b.Fatal(err)
		}
		set := deal.Change{Event: stage.Event{Verb: stage.VerbSetModel, Engagement: model.PartnerLed}}
		if _, err := p.store.Change(b.Context(), who, registered.Deal, 0, set); err != nil {
			b.Fatal(err)
		}
	}
	quick(b, db, "FULL")
	return p
}

// quick sets whether the one connection that fills a database waits for the disk.
func quick(b *testing.B, db *sql.DB, synchronous string) {
	b.Helper()
	db.SetMaxOpenConns(1)
	if _, err := db.Exec("PRAGMA synchronous = " + synchronous); err != nil {
		b.Fatal(err)
	}
	if synchronous == "FULL" {
		db.SetMaxOpenConns(0)
	}
}

// BenchmarkPages serves pages of one of 10,000 deals to eight clients.
func BenchmarkPages(b *testing.B) {
	p := manyDeals(b)
	deal := regexp.MustCompile(`href="(/deals/[^"?]+)"`).FindStringSubmatch(p.as("ana@acme.example").get(http.StatusOK, "/deals"))[1]
	for name, path := range map[string]string{"my deals": "/deals", "searched and sorted": "/deals?search=99&sort=account",
		"a deal": deal, "move a deal": deal + "/move"} {
		b.Run(name, func(b *testing.B) {
			ana := p.as("ana@acme.example")
			ana.client.Transport = &http.Transport{MaxIdleConnsPerHost: 8, MaxConnsPerHost: 8}
			b.SetParallelism(max(1, 8/runtime.GOMAXPROCS(0)))
			b.ResetTimer()
			b.RunParallel(func(pb *testing.PB) {
				for pb.Next() {
					ana.get(http.StatusOK, path)
				}
			})
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "requests/s")
		})
	}
}
