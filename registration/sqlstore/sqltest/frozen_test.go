package sqltest

import (
	"bufio"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"syscall"
	"testing"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/sqlstore"
)

const frozenTimeout = 2 * time.Second

// frozen is a process that holds the lock of an account: a writer about each of some claims on it waits in the database,
// and as many about the account in the process.
func frozen(at place, claims []string) error {
	db, err := sql.Open(at.Driver, at.DSN)
	if err != nil {
		return err
	}
	settings := sqlstore.DefaultSettings()
	settings.Timeout = frozenTimeout
	store, err := sqlstore.NewStore(context.Background(), db, settings)
	if err != nil {
		return err
	}
	return store.Write(context.Background(), hooli, func(registration.Tx) error {
		nothing := func(registration.Tx) error { return nil }
		for _, id := range claims {
			go store.Write(context.Background(), registration.Subject{Claims: []string{id}, Reach: true}, nothing)
			go store.Write(context.Background(), hooli, nothing)
		}
		fmt.Println("locked")
		time.Sleep(time.Hour)
		return nil
	})
}

// reg.atomic (R2): a process that stands still while its writers wait costs the others its timeout once.
func TestPostgresFrozenProcessCostsOneTimeout(t *testing.T) {
	at := postgresDatabase(t)
	store := at.open(t, nil)
	stopped := task{Place: at}
	for i := range 7 {
		f := filingOn("hooli.com")
		f.Key = fmt.Sprint(i)
		answer, err := registryOn(t, store).Submit(t.Context(), model.PartnerOrg("acme"), f)
		if err != nil {
			t.Fatal(err)
		}
		stopped.Frozen = append(stopped.Frozen, answer.Claim)
	}
	text, err := json.Marshal(stopped)
	if err != nil {
		t.Fatal(err)
	}
	c := exec.CommandContext(t.Context(), os.Args[0])
	c.Env = append(os.Environ(), childTask+"="+string(text))
	c.Stderr = os.Stderr
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	defer c.Wait()
	defer c.Process.Kill()
	if line, err := bufio.NewReader(out).ReadString('\n'); line != "locked\n" {
		t.Fatalf("%q, %v", line, err)
	}
	awaitWaiters(t, store.db, 7)
	if n, err := waiters(t, store.db); n > 7 || err != nil {
		t.Errorf("reg.atomic: %d writers of one process wait in the database, %v", n, err)
	}
	if err := c.Process.Signal(syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	if _, err := registryOn(t, store).Submit(t.Context(), model.PartnerOrg("bolt"), filingOn("hooli.com")); err != nil {
		t.Error(err)
	}
	if took := time.Since(start); took > frozenTimeout*3/2 {
		t.Errorf("reg.atomic: the others waited for %v, the timeout is %v", took, frozenTimeout)
	}
}
