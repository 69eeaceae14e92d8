package sqltest

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/registrationtest"
	"github.com/coselling/coselling/registration/sqlstore"
)

// host is a program with a table of deals beside the claims.
type host struct {
	opened
	rules *registration.Rules
}

func newHost(t *testing.T, at place) host {
	t.Helper()
	if at.Driver == "sqlite" {
		at.DSN += "?_txlock=immediate&_pragma=busy_timeout(5000)&_pragma=journal_mode(WAL)"
	}
	h := host{opened: at.open(t, nil)}
	var err error
	if h.rules, err = registrationtest.SuiteRules(); err != nil {
		t.Fatal(err)
	}
	_, err = h.db.ExecContext(t.Context(), "CREATE TABLE IF NOT EXISTS deal (id text PRIMARY KEY, claim text NOT NULL)")
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func (h host) begin(t testing.TB, options *sql.TxOptions) (*sql.Tx, *registration.Registry) {
	t.Helper()
	tx, err := h.db.BeginTx(t.Context(), options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = tx.Rollback() })
	registry, err := registration.Open(h.Within(tx), h.rules)
	if err != nil {
		t.Fatal(err)
	}
	return tx, registry
}

// stored returns how many deals and claims on a domain there are.
func (h host) stored(t testing.TB, domain string) (deals, claims int) {
	t.Helper()
	err := h.db.QueryRowContext(t.Context(), "SELECT count(*), (SELECT count(*) FROM coselling_registration_term "+
		"WHERE kind = 1 AND term = $1) FROM deal WHERE id LIKE '%"+domain+"'", "domain:"+domain).Scan(&deals, &claims)
	if err != nil {
		t.Fatal(err)
	}
	return deals, claims
}

const insertDeal = "INSERT INTO deal (id, claim) VALUES ($1, $2)"

// reg.atomic: a claim and a row of the host are stored together or not at all, and the claim is seen before the commit
// by the transaction alone.
func TestClaimAndDealAreStoredTogether(t *testing.T) {
	both(t, func(t *testing.T, at place) {
		h := newHost(t, at)
		for _, commits := range []bool{false, true} {
			tx, registry := h.begin(t, nil)
			answer, err := registry.Submit(t.Context(), model.PartnerOrg("acme"), filingOn("hooli.com"))
			if err != nil || !answer.Accepted {
				t.Fatalf("%+v, %v", answer, err)
			}
			_, err = registry.Act(t.Context(), answer.Claim, registration.Event{Do: registration.Approve,
				By: model.Person{Name: "noor", Party: model.VendorOrg("us")}})
			seen, errSeen := registry.Answer(t.Context(), model.PartnerOrg("acme"), answer.Claim, time.Now().Add(time.Hour))
			if err := errors.Join(err, errSeen); err != nil || seen.Status != registration.Approved {
				t.Errorf("in the transaction: %v, %v", seen.Status, err)
			}
			if _, err := tx.ExecContext(t.Context(), insertDeal, "D-17 hooli.com", answer.Claim); err != nil {
				t.Fatal(err)
			}
			want := 0
			if commits {
				want, err = 1, tx.Commit()
			} else {
				err = tx.Rollback()
			}
			if deals, claims := h.stored(t, "hooli.com"); err != nil || deals != want || claims != want {
				t.Errorf("reg.atomic: %d deals, %d claims, want %d of each, %v", deals, claims, want, err)
			}
		}
	})
}

// After an error nothing of the write is stored, whatever the host does then, and the transaction goes on.
func TestWriteThatFailsIsUndoneInTheTransaction(t *testing.T) {
	both(t, func(t *testing.T, at place) {
		h := newHost(t, at)
		tx, registry := h.begin(t, nil)
		claim := func(id, by string) registration.Claim {
			f := filingOn("hooli.com")
			f.By = by
			return registration.Claim{ID: id, Claimant: model.PartnerOrg("acme"), Filing: f,
				Submitted: time.Now().Add(-time.Hour)}
		}
		first := claim("a", "ana")
		if err := registry.Merge(t.Context(), first); err != nil {
			t.Fatal(err)
		}
		other := first
		other.Filing.By = "bea"
		if err := registry.Merge(t.Context(), claim("b", "ana"), other); !errors.Is(err, registration.ClaimCopies) {
			t.Errorf("a copy that differs: %v", err)
		}
		_, err := tx.ExecContext(t.Context(), insertDeal, "D-17 hooli.com", "a")
		if err := errors.Join(err, tx.Commit()); err != nil {
			t.Fatal(err)
		}
		if deals, claims := h.stored(t, "hooli.com"); deals != 1 || claims != 1 {
			t.Errorf("reg.atomic: %d deals, %d claims, want 1 of each", deals, claims)
		}
	})
}

// A savepoint of the host takes the claim and its locks back, and the filing can be sent again in the same transaction.
func TestSavepointOfAHostTakesAClaimBack(t *testing.T) {
	both(t, func(t *testing.T, at place) {
		h := newHost(t, at)
		tx, registry := h.begin(t, nil)
		for _, statement := range []string{"SAVEPOINT deal", "ROLLBACK TO SAVEPOINT deal", ""} {
			if _, err := tx.ExecContext(t.Context(), statement); err != nil {
				t.Fatal(err)
			}
			if statement == "ROLLBACK TO SAVEPOINT deal" {
				continue
			}
			answer, err := registry.Submit(t.Context(), model.PartnerOrg("acme"), filingOn("hooli.com"))
			if err != nil || answer.Status != registration.Submitted {
				t.Errorf("after %q: %v, %v", statement, answer.Status, err)
			}
		}
		if err := tx.Commit(); err != nil {
			t.Fatal(err)
		}
		if _, claims := h.stored(t, "hooli.com"); claims != 1 {
			t.Errorf("reg.atomic: %d claims, want 1", claims)
		}
	})
}

// reg.first_wins: of many transactions of hosts that race for accounts one is first on each, and has the only deal.
func TestTransactionsOfHostsRace(t *testing.T) {
	both(t, func(t *testing.T, at place) {
		hosts := []host{newHost(t, at), newHost(t, at)}
		const accounts = 10
		var group sync.WaitGroup
		for i := range 8 {
			group.Go(func() {
				for n := range accounts {
					for {
						err := hosts[i%2].race(t, model.PartnerOrg(fmt.Sprint("partner", i)), fmt.Sprintf("race%d.com", n))
						if errors.Is(err, sqlstore.Busy) {
							continue
						}
						if err != nil {
							t.Error(err)
						}
						break
					}
				}
			})
		}
		group.Wait()
		for n := range accounts {
			if deals, _ := hosts[0].stored(t, fmt.Sprintf("race%d.com", n)); deals != 1 {
				t.Errorf("reg.first_wins: %d deals on account %d", deals, n)
			}
		}
	})
}

// race files a claim, and stores a deal if it is first.
func (h host) race(t *testing.T, party model.Party, domain string) error {
	tx, registry := h.begin(t, nil)
	defer tx.Rollback()
	answer, err := registry.Submit(t.Context(), party, filingOn(domain))
	if err == nil && answer.Status == registration.Submitted {
		_, err = tx.ExecContext(t.Context(), insertDeal, party.Org+" "+domain, answer.Claim)
	}
	if err != nil {
		return err
	}
	return tx.Commit()
}

// What makes two owners, or cannot store anything, is refused with a code; a transaction that is refused for its
// isolation goes on.
func TestTransactionsInWhichNoClaimIsSafeAreRefused(t *testing.T) {
	submit := func(t *testing.T, registry *registration.Registry) error {
		_, err := registry.Submit(t.Context(), model.PartnerOrg("acme"), filingOn("hooli.com"))
		return err
	}
	both(t, func(t *testing.T, at place) {
		h := newHost(t, at)
		refused := func(what string, err error) {
			t.Helper()
			if !errors.Is(err, sqlstore.TransactionRefused) {
				t.Errorf("%s: %v", what, err)
			}
		}
		tx, registry := h.begin(t, nil)
		if err := tx.Rollback(); err != nil {
			t.Fatal(err)
		}
		refused("a transaction that is over", submit(t, registry))
		none, err := registration.Open(h.Within(nil), h.rules)
		if err != nil {
			t.Fatal(err)
		}
		refused("no transaction", submit(t, none))
		if at.Driver == "sqlite" {
			h.deferred(t, at, refused)
			return
		}
		for _, level := range []sql.IsolationLevel{sql.LevelRepeatableRead, sql.LevelSerializable} {
			tx, registry := h.begin(t, &sql.TxOptions{Isolation: level})
			refused(level.String(), submit(t, registry))
			_, err := tx.ExecContext(t.Context(), insertDeal, level.String(), "none")
			if err := errors.Join(err, tx.Commit()); err != nil {
				t.Errorf("%s: after the refusal: %v", level, err)
			}
		}
		_, registry = h.begin(t, &sql.TxOptions{ReadOnly: true})
		refused("a transaction that only reads", submit(t, registry))
		tx, registry = h.begin(t, nil)
		if _, err := tx.ExecContext(t.Context(), "SELECT 1/0"); err == nil {
			t.Error("no error")
		}
		refused("a transaction that has failed", submit(t, registry))
		if deals, claims := h.stored(t, "hooli.com"); deals+claims > 0 {
			t.Errorf("%d deals, %d claims", deals, claims)
		}
	})
}

// deferred tests transactions of SQLite that were not begun IMMEDIATE, beside one that writes and after one has written.
func (h host) deferred(t *testing.T, at place, refused func(string, error)) {
	later := host{opened{h.Store, at, at.connect(t)}, h.rules}
	tx, registry := later.begin(t, nil)
	var n int
	if err := tx.QueryRowContext(t.Context(), "SELECT count(*) FROM deal").Scan(&n); err != nil {
		t.Fatal(err)
	}
	err := h.Write(t.Context(), hooli, func(registration.Tx) error {
		_, err := registry.Submit(t.Context(), model.PartnerOrg("acme"), filingOn("hooli.com"))
		refused("beside a writer", err)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := registryOn(t, h).Submit(t.Context(), model.PartnerOrg("bolt"), filingOn("hooli.com")); err != nil {
		t.Fatal(err)
	}
	_, err = registry.Submit(t.Context(), model.PartnerOrg("acme"), filingOn("hooli.com"))
	refused("after a writer", err)
}

// reg.first_wins: what a transaction of a host has locked stays locked until it ends.
func TestPostgresTransactionOfAHostHoldsItsLocks(t *testing.T) {
	h := newHost(t, postgresDatabase(t))
	tx, registry := h.begin(t, nil)
	first, err := registry.Submit(t.Context(), model.PartnerOrg("acme"), filingOn("hooli.com"))
	if err != nil {
		t.Fatal(err)
	}
	second := make(chan registration.Answer, 1)
	go func() {
		answer, err := registryOn(t, h).Submit(context.WithoutCancel(t.Context()), model.PartnerOrg("bolt"),
			filingOn("hooli.com"))
		if err != nil {
			t.Error(err)
		}
		second <- answer
	}()
	awaitWaiters(t, h.db, 1)
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
	if answer := <-second; answer.Status != registration.Queued || first.Status != registration.Submitted {
		t.Errorf("reg.first_wins: %v, %v", first.Status, answer.Status)
	}
}
