package store_test

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/coselling/coselling"
	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/examples/portal/internal/store"
	"github.com/coselling/coselling/examples/portal/internal/testdb"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/matching"
	"github.com/coselling/coselling/stage"
)

// killed names the database on which a process of this test works until it is killed.
const killed = "COSELLING_PORTAL_KILLED"

// A process is killed in the middle of a hundred moves, several times. What it answered is stored, and nothing is half
// stored: each claim has its deal, each deal all of its events, and each event its answers.
func TestKilledProcessLosesNothingAndLeavesNothingHalf(t *testing.T) {
	if address := os.Getenv(killed); address != "" {
		workUntilKilled(t, address)
		return
	}
	played.Both(t, killedThrice)
}

func killedThrice(t *testing.T, p testdb.Place) {
	s, db := open(t, p.Open(t)), p.As(t, "tester")
	ana := user(t, s, "ana@acme.example")
	for round, moves := range []int{1, 37, 74} {
		answered := killAfter(t, p.Address("portal_server"), moves)
		for id, version := range answered {
			seen, err := s.Deal(t.Context(), ana, id)
			if err != nil || seen.Version < version || seen.Version > version+1 {
				t.Errorf("round %d: version %d was answered, %d is stored (%v)", round, version, seen.Version, err)
			}
			for v := 1; v <= seen.Version; v++ {
				if r, err := s.Replay(t.Context(), ana, id, v); err != nil || !r.Same() {
					t.Errorf("round %d: event %d of a deal: %v, same bytes %t", round, v, err, r.Same())
				}
			}
		}
	}
	for what, query := range map[string]string{
		"deals of another version than their last event": "SELECT count(*) FROM portal_deal d WHERE version <>" +
			" (SELECT count(*) FROM portal_event e WHERE e.deal = d.id)",
		"claims without a deal": "SELECT count(*) FROM coselling_registration_claim WHERE id NOT IN" +
			" (SELECT claim FROM portal_deal)",
		"deals without a claim": "SELECT count(*) FROM portal_deal WHERE claim NOT IN" +
			" (SELECT id FROM coselling_registration_claim)",
		"deals without parties": "SELECT count(*) FROM portal_deal d WHERE 2 >" +
			" (SELECT count(*) FROM portal_party p WHERE p.deal = d.id)",
	} {
		var n int
		if err := db.QueryRow(query).Scan(&n); err != nil || n != 0 {
			t.Errorf("%d %s (%v)", n, what, err)
		}
	}
}

// killAfter starts a process that works on a database, kills it after it has answered some moves, and returns the versions
// that it answered.
func killAfter(t *testing.T, address string, moves int) map[string]int {
	t.Helper()
	child := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestKilledProcess")
	child.Env = append(os.Environ(), killed+"="+address)
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	answered := make(map[string]int)
	lines := bufio.NewScanner(out)
	for n := 0; lines.Scan(); {
		var id string
		var version int
		if _, err := fmt.Sscanf(lines.Text(), "stored %s %d", &id, &version); err != nil {
			if strings.Contains(lines.Text(), "FAIL") {
				t.Error(lines.Text())
			}
			continue
		}
		answered[id] = version
		if n++; n == moves {
			if err := child.Process.Kill(); err != nil {
				t.Fatal(err)
			}
		} // and reads on what it had written before
	}
	_ = child.Wait() // killed
	if len(answered) == 0 {
		t.Fatal("the process stored nothing")
	}
	return answered
}

// workUntilKilled registers deals and moves them, a hundred moves in all, and says what is stored.
func workUntilKilled(t *testing.T, address string) {
	connect := store.OpenSQLite
	if strings.HasPrefix(address, "postgres://") {
		connect = store.OpenPostgres
	}
	db, err := connect(address)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	s := open(t, db)
	ana := user(t, s, "ana@acme.example")
	for round := range 10 {
		name := fmt.Sprintf("killed-%d-%d", time.Now().UnixNano(), round)
		registered, err := s.Register(t.Context(), ana, registration.Filing{Key: name,
			Account: matching.Account{Name: name, Domains: []string{name + ".com"}}}, coselling.Deal{Account: name})
		if err != nil {
			t.Fatal(err)
		}
		id := registered.Deal
		fmt.Println("stored", id, 0)
		for version := range 9 {
			event := stage.Event{Verb: stage.VerbHold}
			if version == 0 {
				event = stage.Event{Verb: stage.VerbSetModel, Engagement: model.PartnerLed}
			}
			o, err := s.Change(t.Context(), ana, id, version, deal.Change{Event: event})
			if err != nil || !o.Accepted {
				t.Fatal(o, err)
			}
			fmt.Println("stored", id, o.Version)
		}
	}
}
