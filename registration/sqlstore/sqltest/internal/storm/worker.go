package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/signal"
	"sync"
	"syscall"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib"
	_ "modernc.org/sqlite"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/matching"
	"github.com/coselling/coselling/registration/registrationtest"
	"github.com/coselling/coselling/registration/sqlstore"
)

// workerTask is the variable with the task of a worker, a process that runs this program.
const workerTask = "COSELLING_STORM_WORKER"

const (
	writers = 4               // of a worker
	timeout = 2 * time.Second // of a write
	perRing = 3               // accounts that claims join with one another
)

// task says where a worker works.
type task struct {
	Driver, DSN, Name string
	Seed              uint64
	Start             time.Time // from which the accounts that are claimed move on
}

// note is an answer that a worker got, one line of its output.
type note struct {
	Do        string // submit, deal, approve or withdraw
	Org, Key  string
	Claim     string // empty if it was refused
	Submitted time.Time
	Status    string // submitted if nobody was in front, or queued; empty where the filing was sent again
}

func isWorker() bool { return os.Getenv(workerTask) != "" }

// work does the task of a worker until it is asked to end.
func work() {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	var do task
	err := json.Unmarshal([]byte(os.Getenv(workerTask)), &do)
	if err == nil {
		err = do.run(ctx)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "a worker:", err)
		os.Exit(1)
	}
}

func (do task) run(ctx context.Context) error {
	w, err := open(ctx, do.Driver, do.DSN)
	for err != nil && ctx.Err() == nil { // the server may be down
		time.Sleep(20 * time.Millisecond)
		w, err = open(ctx, do.Driver, do.DSN)
	}
	if err != nil {
		return nil // asked to end
	}
	defer w.db.Close()
	w.task = do
	var group sync.WaitGroup
	for i := range writers {
		group.Go(func() { w.write(ctx, i) })
	}
	group.Wait()
	return nil
}

// worker has the store of a process.
type worker struct {
	task
	db    *sql.DB
	store *sqlstore.Store
	rules *registration.Rules
	mu    sync.Mutex // of the output
}

func open(ctx context.Context, driver, dsn string) (*worker, error) {
	db, err := sql.Open(driver, dsn)
	if err != nil {
		return nil, err
	}
	settings := sqlstore.DefaultSettings()
	settings.Timeout = timeout
	store, err := sqlstore.NewStore(ctx, db, settings)
	rules, errRules := registrationtest.SuiteRules()
	if err := errors.Join(err, errRules); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return &worker{db: db, store: store, rules: rules}, nil
}

// write takes random steps, one after the other.
func (w *worker) write(ctx context.Context, number int) {
	random := rand.New(rand.NewPCG(w.Seed, uint64(number)))
	var mine []note
	for n := 0; ctx.Err() == nil; n++ {
		if len(mine) > 0 && random.IntN(3) == 0 {
			w.act(ctx, mine[max(0, len(mine)-1-random.IntN(8))], random.IntN(4) == 0)
			continue
		}
		key := fmt.Sprintf("%s-%d-%d", w.Name, number, n)
		f := note{Do: "submit", Org: fmt.Sprint("partner", random.IntN(8)), Key: key}
		if random.IntN(4) == 0 {
			f.Do = "deal"
		}
		filing := registration.Filing{Key: f.Key, By: "ana", Account: matching.Account{Domains: w.accounts(random)}}
		again := false
		for ctx.Err() == nil { // a client sends it again until it gets an answer
			answer, err := w.file(ctx, f, filing)
			if err != nil {
				again = true
				time.Sleep(time.Duration(random.IntN(20)) * time.Millisecond)
				continue
			}
			f.Claim, f.Submitted = answer.Claim, answer.Submitted
			if !again {
				f.Status = answer.Status.String()
			}
			w.say(f)
			if f.Claim != "" {
				mine = append(mine, f)
			}
			break
		}
	}
}

// accounts returns one account, or two of a ring of three, of those that everybody claims at the time.
func (w *worker) accounts(random *rand.Rand) []string {
	ring := int(time.Since(w.Start)/(200*time.Millisecond)) + random.IntN(3)
	one := random.IntN(perRing)
	list := []string{fmt.Sprintf("ring%d-%d.com", one, ring)}
	if random.IntN(3) == 0 {
		list = append(list, fmt.Sprintf("ring%d-%d.com", (one+1)%perRing, ring))
	}
	return list
}

// file files a claim, for a deal in one transaction with its row.
func (w *worker) file(ctx context.Context, f note, filing registration.Filing) (answer registration.Answer, err error) {
	party := model.PartnerOrg(f.Org)
	if f.Do == "submit" {
		registry, err := registration.Open(w.store, w.rules)
		if err != nil {
			return answer, err
		}
		return registry.Submit(ctx, party, filing)
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	tx, err := w.db.BeginTx(ctx, nil)
	if err != nil {
		return answer, err
	}
	defer tx.Rollback()
	registry, err := registration.Open(w.store.Within(tx), w.rules)
	if err != nil {
		return answer, err
	}
	answer, err = registry.Submit(ctx, party, filing)
	if err != nil || answer.Claim == "" {
		return answer, err
	}
	const insert = "INSERT INTO deal (id, claim) VALUES ($1, $2) ON CONFLICT DO NOTHING"
	_, err = tx.ExecContext(ctx, insert, f.Key, answer.Claim)
	if err != nil {
		return answer, err
	}
	return answer, tx.Commit()
}

// act approves or withdraws a claim, and says so if it was done.
func (w *worker) act(ctx context.Context, c note, withdraws bool) {
	e := registration.Event{Do: registration.Approve, By: model.Person{Name: "noor", Party: model.VendorOrg("us")}}
	if withdraws {
		e = registration.Event{Do: registration.Withdraw, By: model.Person{Name: "ana", Party: model.PartnerOrg(c.Org)}}
	}
	registry, err := registration.Open(w.store, w.rules)
	if err != nil {
		return
	}
	if answer, err := registry.Act(ctx, c.Claim, e); err == nil && answer.Accepted {
		c.Do = e.Do.String()
		w.say(c)
	}
}

func (w *worker) say(n note) {
	line, err := json.Marshal(n)
	if err != nil {
		panic(err) // a note is text
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	_, _ = os.Stdout.Write(append(line, '\n'))
}
