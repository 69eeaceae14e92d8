package web_test

import (
	"database/sql"
	"fmt"
	"net/http"
	"regexp"
	"runtime"
	"syscall"
	"testing"
	"time"

	"github.com/coselling/coselling"
	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/examples/portal/internal/testdb"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/matching"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// manyDeals returns a portal in which one partner has 10,000 deals. While they come in nobody waits for the disk.
func manyDeals(b *testing.B, at testdb.Place) *portal {
	b.Helper()
	db, root := at.Open(b), at.As(b, "tester")
	first, last := "PRAGMA synchronous = OFF", "PRAGMA synchronous = FULL"
	if at.IsPostgres() {
		first, last = "SET synchronous_commit = off", "SET synchronous_commit = on"
	}
	db.SetMaxOpenConns(1)
	set := func(db *sql.DB, statement string) {
		if _, err := db.Exec(statement); err != nil {
			b.Fatal(err)
		}
	}
	set(db, first)
	p := newPortalOn(b, db)
	who, _, err := p.store.UserByEmail(b.Context(), "ana@acme.example")
	if err != nil {
		b.Fatal(err)
	}
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
	set(db, last)
	set(root, "ANALYZE")
	db.SetMaxOpenConns(16)
	return p
}

// BenchmarkPages serves pages of one of 10,000 deals to eight clients.
func BenchmarkPages(b *testing.B) {
	b.Run("SQLite", func(b *testing.B) { pages(b, people.SQLite(b)) })
	b.Run("PostgreSQL", func(b *testing.B) { pages(b, people.Postgres(b)) })
}

func pages(b *testing.B, at testdb.Place) {
	p := manyDeals(b, at)
	deal := regexp.MustCompile(`href="(/deals/[^"?]+)"`).FindStringSubmatch(p.as("ana@acme.example").get(http.StatusOK, "/deals"))[1]
	for name, path := range map[string]string{"my deals": "/deals", "searched and sorted": "/deals?search=99&sort=account",
		"a deal": deal, "move a deal": deal + "/move"} {
		b.Run(name, func(b *testing.B) {
			ana := p.as("ana@acme.example")
			ana.client.Transport = &http.Transport{MaxIdleConnsPerHost: 8, MaxConnsPerHost: 8}
			b.SetParallelism(max(1, 8/runtime.GOMAXPROCS(0)))
			before := spent(b)
			b.ResetTimer()
			b.RunParallel(func(pb *testing.PB) {
				for pb.Next() {
					ana.get(http.StatusOK, path)
				}
			})
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "requests/s")
			b.ReportMetric(float64((spent(b)-before).Milliseconds())/float64(b.N), "core-ms/request")
		})
	}
}

// spent returns the time that this process, its clients included, has spent on all cores.
func spent(b *testing.B) time.Duration {
	b.Helper()
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		b.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
