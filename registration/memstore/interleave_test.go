package memstore_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/coselling/coselling/internal/naive/claims"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/matching"
	"github.com/coselling/coselling/registration/memstore"
	"github.com/coselling/coselling/registration/registrationtest"
)

// errKilled is the error of a client whose process, or whose connection, was killed.
var errKilled = errors.New("killed")

// crashing is a store whose next write is killed: before it, after some calls of its view, or after it.
type crashing struct {
	*memstore.Store
	at    int // calls of the view until the crash; notAtAll, before or after
	calls int // of the last write
}

const (
	notAtAll = -1
	before   = -2
	after    = -3
)

func (c *crashing) Write(ctx context.Context, about registration.Subject, do func(registration.Tx) error) error {
	at := c.at
	c.at, c.calls = notAtAll, 0
	if at == before {
		return errKilled
	}
	err := c.Store.Write(ctx, about, func(tx registration.Tx) error {
		view := killed{tx, c, at}
		if err := do(view); err != nil {
			return err
		}
		return view.call()
	})
	if err == nil && at == after {
		return errKilled
	}
	return err
}

// killed is the view of a write that is killed after some calls.
type killed struct {
	registration.Tx
	store *crashing
	at    int
}

func (k killed) call() error {
	if k.store.calls == k.at {
		return errKilled
	}
	k.store.calls++
	return nil
}

func (k killed) NewID() (id string, err error) {
	if err = k.call(); err == nil {
		id, err = k.Tx.NewID()
	}
	return id, err
}

func (k killed) Claim(id string) (c registration.Claim, ok bool, err error) {
	if err = k.call(); err == nil {
		c, ok, err = k.Tx.Claim(id)
	}
	return c, ok, err
}

func (k killed) Filed(p model.Party, key string) (c registration.Claim, ok bool, err error) {
	if err = k.call(); err == nil {
		c, ok, err = k.Tx.Filed(p, key)
	}
	return c, ok, err
}

func (k killed) ByTerms(terms []string) (list []registration.Claim, err error) {
	if err = k.call(); err == nil {
		list, err = k.Tx.ByTerms(terms)
	}
	return list, err
}

// Put stores a part where it is killed.
func (k killed) Put(entries ...registration.Keyed) error {
	if err := k.call(); err != nil {
		_ = k.Tx.Put(entries[:(len(entries)+1)/2]...)
		return err
	}
	return k.Tx.Put(entries...)
}

// trial is a registry with what three claimants do, beside a list that a person keeps by hand.
type trial struct {
	*testing.T
	store    *crashing
	registry *registration.Registry
	list     claims.Registry
	mine     [3]*claims.Claim
	id       [3]string
	crashes  int
}

var noor = model.Person{Name: "noor", Party: model.VendorOrg("us")}

func claimant(i int) model.Party { return model.PartnerOrg(fmt.Sprint("partner", i)) }

func newTrial(t *testing.T, rules *registration.Rules) *trial {
	at, n := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC), 0
	tr := &trial{T: t, list: claims.Registry{Now: at, Within: 2}}
	tr.list.Terms = *rules.Terms()
	tr.store = &crashing{Store: memstore.NewStore(func() time.Time { return tr.list.Now },
		func() string { n++; return fmt.Sprint("c", n) }), at: notAtAll}
	var err error
	if tr.registry, err = registration.Open(tr.store, rules); err != nil {
		t.Fatal(err)
	}
	return tr
}

// ask does an event of a claimant in the registry: it files, or the vendor or itself decides on what it filed.
func (tr *trial) ask(who int, domains []string, do registration.Verb) (registration.Answer, error) {
	if do == 0 {
		return tr.registry.Submit(tr.Context(), claimant(who), registration.Filing{Key: "1", By: "ana",
			Account: matching.Account{Domains: domains}})
	}
	by := noor
	if do == registration.Withdraw {
		by = model.Person{Name: "ana", Party: claimant(who)}
	}
	return tr.registry.Act(tr.Context(), tr.id[who], registration.Event{Do: do, By: by})
}

// event does an event of a claimant, in the registry and on the list. In mode killed it is killed before it, after each
// call of the store and before its end, which leaves the claims as they were, and then sent again; in mode lost its answer
// is lost, and it is sent again.
func (tr *trial) event(who int, domains []string, do registration.Verb, mode string) {
	tr.Helper()
	if do != 0 && tr.id[who] == "" {
		return // its filing was refused
	}
	tr.list.Now = tr.list.Now.Add(time.Second)
	at, claimed := notAtAll, ""
	switch mode {
	case "killed":
		at, claimed = before, tr.claims()
	case "lost":
		at = after
	}
	var answer registration.Answer
	for {
		var err error
		tr.store.at = at
		if answer, err = tr.ask(who, domains, do); err == nil {
			break
		}
		tr.crashes++
		if !errors.Is(err, errKilled) {
			tr.Fatal(err)
		}
		if now := tr.claims(); at != after && now != claimed {
			tr.Fatalf("reg.atomic: killed at %d, %d of %d leaves\n%s\nnot\n%s", at, do, who, now, claimed)
		}
		switch at {
		case before:
			at = 0
		case after:
			at = notAtAll
		default:
			at++
		}
	}
	if do == 0 {
		c := &claims.Claim{Party: claimant(who), Holder: claimant(who), Domains: domains}
		if want := tr.list.Submit(c); answer.Status != want {
			tr.Fatalf("reg.first_wins: %d is %s, want %s", who, answer.Status, want)
		}
		if tr.id[who] = answer.Claim; answer.Claim != "" {
			tr.mine[who] = c
		}
	} else if want := tr.list.Act(tr.mine[who], do, time.Time{}); answer.Accepted != want {
		tr.Fatalf("reg.life: %s of %d is accepted: %t, want %t", do, who, answer.Accepted, want)
	}
	tr.compare()
}

// claims writes what is stored.
func (tr *trial) claims() string {
	tr.Helper()
	text, err := json.Marshal(slices.Collect(tr.store.All()))
	if err != nil {
		tr.Fatal(err)
	}
	return string(text)
}

// compare compares how every claim stands, and that no two owners share an account.
func (tr *trial) compare() {
	tr.Helper()
	owner := map[string]int{}
	for i, c := range tr.mine {
		if c == nil {
			continue
		}
		a, err := tr.registry.Answer(tr.Context(), noor.Party, tr.id[i], tr.list.Now)
		if want := tr.list.Shown(c); err != nil || a.Status != want {
			tr.Fatalf("reg.first_wins: %d is %s, want %s, %v", i, a.Status, want, err)
		}
		for _, domain := range c.Domains {
			if other, taken := owner[domain]; taken && a.Status == registration.Approved {
				tr.Fatalf("reg.first_wins: %d and %d own %s", other, i, domain)
			}
			if a.Status == registration.Approved {
				owner[domain] = i
			}
		}
	}
}

// orders returns all orders of two events of each of three claimants.
func orders(done []int) (list [][]int) {
	if len(done) == 6 {
		return [][]int{slices.Clone(done)}
	}
	for who := range 3 {
		count := 0
		for _, d := range done {
			if d == who {
				count++
			}
		}
		if count < 2 {
			list = append(list, orders(append(slices.Clone(done), who))...)
		}
	}
	return list
}

// reg.atomic, reg.first_wins: three claimants file claims on two accounts, one or both, and the vendor or themselves
// decide. In all orders of the six events, with a crash before each, inside of it after each call of the store, and after
// it, every answer is that of a list that a person keeps by hand, and an account has one owner.
func TestAllOrdersOfThreeClaimants(t *testing.T) {
	rules, err := registrationtest.SuiteRules()
	if err != nil {
		t.Fatal(err)
	}
	all := orders(nil)
	if len(all) != 90 {
		t.Fatalf("%d orders", len(all))
	}
	accounts := [][]string{{"one.com"}, {"two.com"}, {"one.com", "two.com"}}
	verbs := []registration.Verb{registration.Approve, registration.Withdraw}
	played, crashes := 0, 0
	for n := range 27 * 8 {
		of := [3][]string{accounts[n%3], accounts[n/3%3], accounts[n/9%3]}
		then := [3]registration.Verb{verbs[n/27%2], verbs[n/54%2], verbs[n/108%2]}
		modes := []string{"killed", "lost"}
		some := all
		if n >= 27 { // of decisions that are not all approvals a part, without crashes
			modes, some = []string{""}, all[n%9*10:n%9*10+10]
		}
		for _, order := range some {
			for _, mode := range modes {
				tr := newTrial(t, rules)
				var did [3]bool
				for _, who := range order {
					do := registration.Verb(0)
					if did[who] {
						do = then[who]
					}
					did[who] = true
					tr.event(who, of[who], do, mode)
				}
				played, crashes = played+1, crashes+tr.crashes
			}
		}
	}
	t.Logf("%d histories, %d crashes", played, crashes)
}
