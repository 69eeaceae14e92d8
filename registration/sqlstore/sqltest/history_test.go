package sqltest

import (
	"bufio"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/anishathalye/porcupine"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/registrationtest"
	"github.com/coselling/coselling/registration/sqlstore"
)

// step is one call of a client, and its answer: two lines of the output of a process.
type step struct {
	N       int    // of the client's calls
	Client  string // one at a time
	Account string
	Do      string // submit, approve or withdraw
	Claim   string // the party that files it, which files one claim
	At      int64
	Answer  string // of the second line; empty: of the first one
}

const clients = 3 // of a process

// history is the task of a process: it calls the registry, and writes each call and each answer, until it is killed.
func history(do task) error {
	db, err := sql.Open(do.Place.Driver, do.Place.DSN)
	if err != nil {
		return err
	}
	defer db.Close()
	settings := sqlstore.DefaultSettings()
	settings.Timeout = 2 * time.Second
	store, err := sqlstore.NewStore(context.Background(), db, settings)
	for err != nil { // the server may be down
		time.Sleep(20 * time.Millisecond)
		store, err = sqlstore.NewStore(context.Background(), db, settings)
	}
	rules, err := registrationtest.SuiteRules()
	if err != nil {
		return err
	}
	registry, err := registration.Open(store, rules)
	if err != nil {
		return err
	}
	var mu sync.Mutex
	say := func(s step) {
		mu.Lock()
		defer mu.Unlock()
		_ = json.NewEncoder(os.Stdout).Encode(s) // the parent may be gone
	}
	var group sync.WaitGroup
	for i := range clients {
		group.Go(func() { client(registry, fmt.Sprint(do.History, "-", i), say) })
	}
	group.Wait()
	return nil
}

// client files claims on the accounts of the moment, and approves or withdraws them, one call at a time.
func client(registry *registration.Registry, name string, say func(step)) {
	type filed struct{ account, party, id string }
	var mine []filed
	for n := 0; ; n++ {
		s := step{N: n, Client: name, Account: fmt.Sprint(time.Now().UnixMilli()/60 - int64(rand.IntN(2))), Do: "submit",
			Claim: fmt.Sprint(name, "-", n)}
		if len(mine) > 0 && rand.IntN(2) == 0 {
			last := mine[len(mine)-1]
			mine = mine[:len(mine)-1]
			s.Account, s.Claim, s.Do = last.account, last.party, "approve"
			if rand.IntN(4) == 0 {
				s.Do = "withdraw"
			}
			s.At = time.Now().UnixNano()
			say(s)
			e := registration.Event{Do: registration.Approve, By: model.Person{Name: "noor", Party: model.VendorOrg("us")}}
			if s.Do == "withdraw" {
				e = registration.Event{Do: registration.Withdraw,
					By: model.Person{Name: "ana", Party: model.PartnerOrg(s.Claim)}}
			}
			answer, err := registry.Act(context.Background(), last.id, e)
			s.Answer = fmt.Sprint(answer.Accepted)
			if err != nil {
				s.Answer = "unknown"
			}
		} else {
			s.At = time.Now().UnixNano()
			say(s)
			f := filingOn("history" + s.Account + ".com")
			answer, err := registry.Submit(context.Background(), model.PartnerOrg(s.Claim), f)
			s.Answer = answer.Status.String()
			switch {
			case err != nil:
				s.Answer = "unknown"
			case answer.Claim != "":
				mine = append(mine, filed{s.Account, s.Claim, answer.Claim})
			}
		}
		s.At = time.Now().UnixNano()
		say(s)
	}
}

// account is the model of one account: its claims in their order, each its party, a colon and a letter: s submitted,
// a approved, r rejected, w withdrawn. The answer of a call whose client was killed is unknown, and so is whether it
// was done.
var account = porcupine.NondeterministicModel{
	Init: func() []any { return []any{""} },
	Partition: func(all []porcupine.Operation) (parts [][]porcupine.Operation) {
		of := map[string][]porcupine.Operation{}
		for _, op := range all {
			name := op.Input.(step).Account
			of[name] = append(of[name], op)
		}
		for _, part := range of {
			parts = append(parts, part)
		}
		return parts
	},
	Step: func(state, input, output any) []any {
		next, answer := next(state.(string), input.(step))
		switch output.(string) {
		case answer:
			return []any{next}
		case "unknown":
			return []any{next, state}
		}
		return nil
	},
}

// next returns the account after a call, and its answer.
func next(state string, s step) (after, answer string) {
	list := strings.Fields(state)
	if s.Do == "submit" {
		switch {
		case strings.Contains(state, ":a"):
			return state, "refused"
		case strings.Contains(state, ":s"):
			return state + " " + s.Claim + ":s", "queued"
		}
		return state + " " + s.Claim + ":s", "submitted"
	}
	waits, taken := false, false
	for i, c := range list {
		switch {
		case strings.HasPrefix(c, s.Claim+":"):
			if s.Do == "withdraw" && (strings.HasSuffix(c, ":s") || strings.HasSuffix(c, ":a")) {
				list[i], taken = s.Claim+":w", true
			} else if s.Do == "approve" && strings.HasSuffix(c, ":s") && !waits {
				list[i], taken = s.Claim+":a", true
			}
		case strings.HasSuffix(c, ":s"):
			waits = true
		}
	}
	for i, c := range list {
		if taken && s.Do == "approve" && strings.HasSuffix(c, ":s") {
			list[i] = strings.TrimSuffix(c, "s") + "r"
		}
	}
	return strings.Join(list, " "), fmt.Sprint(taken)
}

// live lets processes call a registry for a time. Each is killed after a while, and another one started.
func live(t *testing.T, at place, lasts time.Duration, kill bool) (ops []porcupine.Operation, kills int) {
	t.Helper()
	calls, answers := map[string]step{}, map[string]step{}
	var mu sync.Mutex
	var group sync.WaitGroup
	end := time.Now().Add(lasts)
	for i := range 2 {
		group.Go(func() {
			for n := 0; time.Now().Before(end); n++ {
				text, _ := json.Marshal(task{Place: at, History: fmt.Sprintf("p%d-%d", i, n)}) // of texts
				c := exec.CommandContext(t.Context(), os.Args[0])
				c.Env, c.Stderr = append(os.Environ(), childTask+"="+string(text)), os.Stderr
				out, err := c.StdoutPipe()
				if err == nil {
					err = c.Start()
				}
				if err != nil {
					t.Error(err)
					return
				}
				alive := time.Until(end)
				if kill {
					alive = min(alive, time.Duration(300+rand.IntN(700))*time.Millisecond)
				}
				time.AfterFunc(alive, func() { _ = c.Process.Kill() })
				for lines := bufio.NewScanner(out); lines.Scan(); {
					var s step
					if json.Unmarshal(lines.Bytes(), &s) != nil {
						continue // a part of a line
					}
					id := fmt.Sprint(s.Client, " ", s.N)
					mu.Lock()
					if s.Answer == "" {
						calls[id] = s
					} else {
						answers[id] = s
					}
					mu.Unlock()
				}
				_ = c.Wait() // it was killed
				mu.Lock()
				kills++
				mu.Unlock()
			}
		})
	}
	group.Wait()
	for id, s := range calls {
		op := porcupine.Operation{Input: s, Call: s.At, Output: "unknown", Return: math.MaxInt64}
		if a, ok := answers[id]; ok && a.Answer != "unknown" {
			op.Output, op.Return = a.Answer, a.At
		}
		ops = append(ops, op)
	}
	return ops, kills
}

// reg.atomic, reg.first_wins: while clients are killed, and the server once, every history of an account is one in which
// the calls came one after the other.
func TestPostgresHistoriesAreLinearizable(t *testing.T) {
	at := postgresDatabase(t)
	at.open(t, nil)
	server := postgresServer(t)
	crashed := make(chan error)
	go func() {
		time.Sleep(2 * time.Second)
		crashed <- errors.Join(server.Stop(syscall.SIGQUIT), server.Start(context.WithoutCancel(t.Context())))
	}()
	ops, kills := live(t, at, 5*time.Second, true)
	if err := <-crashed; err != nil { // the next test needs the server
		t.Fatal(err)
	}
	unknown := 0
	for _, op := range ops {
		if op.Output == "unknown" {
			unknown++
		}
	}
	if got := porcupine.CheckOperationsTimeout(account.ToModel(), ops, 30*time.Second); got != porcupine.Ok {
		t.Errorf("reg.atomic: the history is %s", got)
	}
	if len(ops) < 100 || unknown == 0 || kills < 4 {
		t.Errorf("%d calls, %d without an answer, %d kills", len(ops), unknown, kills)
	}
	t.Logf("%d calls, %d without an answer, %d kills", len(ops), unknown, kills)
}

// Where the lock and the guard are taken out, a history is found within ten runs that no order of the calls explains.
func TestWithoutLockAndGuardAHistoryIsWrong(t *testing.T) {
	at := postgresDatabase(t)
	store := at.open(t, nil)
	var open string
	err := store.db.QueryRowContext(t.Context(), "SELECT pg_get_functiondef('coselling_registration_open'::regproc)").Scan(&open)
	if err != nil {
		t.Fatal(err)
	}
	bare := regexp.MustCompile(`(?s)INSERT INTO coselling_registration_lock.*?excluded\.holder;`).ReplaceAllString(open, "")
	bare = regexp.MustCompile(`PERFORM pg_advisory_xact_lock[^;]*;`).ReplaceAllString(bare, "")
	if len(open)-len(bare) < 300 {
		t.Fatalf("the locks are not in\n%s", open)
	}
	for _, statement := range []string{bare, "ALTER TABLE coselling_registration_claim DISABLE TRIGGER USER",
		"ALTER TABLE coselling_registration_term DISABLE TRIGGER USER"} {
		if _, err := store.db.ExecContext(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	for run := range 10 {
		ops, _ := live(t, at, time.Second, false)
		if porcupine.CheckOperationsTimeout(account.ToModel(), ops, 20*time.Second) == porcupine.Illegal {
			t.Logf("found in run %d, in %d calls", run+1, len(ops))
			return
		}
	}
	t.Error("reg.atomic: ten histories without a lock look as if there were one")
}
