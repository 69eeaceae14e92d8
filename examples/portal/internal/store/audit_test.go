package store_test

import (
	"database/sql"
	"errors"
	"strings"
	"testing"

	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/examples/portal/internal/sample"
	"github.com/coselling/coselling/examples/portal/internal/store"
	"github.com/coselling/coselling/examples/portal/internal/testdb"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/value"
)

// Every decision, made again after all that happened since, gives each party the bytes that it got then: later claims,
// events, activities and a later book change nothing.
func TestEveryDecisionIsReplayedWithTheSameBytes(t *testing.T) {
	played.Both(t, func(t *testing.T, p testdb.Place) { replayed(t, p.Open(t)) })
}

func replayed(t *testing.T, db *sql.DB) {
	s := open(t, db)
	ana, bo := user(t, s, "ana@acme.example"), user(t, s, "bo@lumen.example")
	list, err := s.Deals(t.Context(), ana, store.Query{Search: "harbour"})
	if err != nil || len(list.Deals) != 1 {
		t.Fatal(list, err)
	}
	id := list.Deals[0].View.Deal
	mail := deal.Change{Activity: comms.Activity{Kind: comms.Question, Side: 1, Subject: "Hosted?",
		At: list.Deals[0].View.AsOf.AddDate(0, 0, -31)}} // it became known late
	if o, err := s.Change(t.Context(), bo, id, list.Deals[0].Version, mail); err != nil || !o.Accepted {
		t.Fatal(o, err)
	}
	claim := list.Deals[0].View.Registration.Claim.Claim
	withdraw := registration.Event{Do: registration.Withdraw}
	if a, err := s.Decide(t.Context(), ana, claim, withdraw); err != nil || !a.Accepted {
		t.Fatal(a, err)
	}
	later := sample.Book()
	later.Version, later.From = "later", value.MustDate("2026-04-01")
	later.Comp.RoleBased.Contributions[comp.TechnicalValidation] = value.MustPercent("1%")
	s = open(t, db, later)
	decisions := 0
	for _, who := range []store.User{ana, bo} {
		history, err := s.History(t.Context(), who, id)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range history {
			decisions++
			r, err := s.Replay(t.Context(), who, id, d.Version)
			if err != nil || !r.Same() || !r.Outcome.Accepted || r.Book != sample.Book().Version {
				t.Errorf("%s, version %d by book %s: %v, same bytes %t", who.Rep, d.Version, r.Book, err, r.Same())
			}
			if !strings.Contains(string(r.Answer), id) {
				t.Errorf("%s, version %d: the answer is about no deal", who.Rep, d.Version)
			}
		}
	}
	if decisions < 20 {
		t.Errorf("%d decisions were replayed", decisions)
	}
	if _, err := s.Replay(t.Context(), user(t, s, "bea@bolt.example"), id, 1); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("somebody outside of the deal: %v", err)
	}
}

// Nobody changes what was decided: the database refuses it, and where somebody gets around it, the audit shows it.
func TestAuditShowsWhatSomebodyChanged(t *testing.T) {
	played.Both(t, changedByHand)
}

func changedByHand(t *testing.T, p testdb.Place) {
	s, db := open(t, p.Open(t)), p.As(t, "tester") // a superuser
	ana := user(t, s, "ana@acme.example")
	list, err := s.Deals(t.Context(), ana, store.Query{Search: "harbour"})
	if err != nil {
		t.Fatal(err)
	}
	id := list.Deals[0].View.Deal
	earlier := `UPDATE portal_event SET change = replace(change, '"ana"', '"eve"') WHERE deal = $1 AND version = 3`
	if _, err := db.Exec(earlier, id); err == nil || !strings.Contains(err.Error(), "only added") {
		t.Errorf("an event is changed: %v", err)
	}
	if _, err := db.Exec("DELETE FROM portal_event"); err == nil {
		t.Error("events are removed")
	}
	drop := "DROP TRIGGER portal_event_stays"
	if p.IsPostgres() {
		drop += " ON portal_event"
	}
	if _, err := db.Exec(drop); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec(earlier, id); err != nil {
		t.Fatal(err)
	}
	differ := 0
	for version := 1; version <= list.Deals[0].Version; version++ {
		r, err := s.Replay(t.Context(), ana, id, version)
		if err == nil && !r.Same() {
			differ++
		}
	}
	if differ == 0 {
		t.Error("every answer has the bytes of then, although an event has changed")
	}
}
