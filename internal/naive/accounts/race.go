package accounts

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/matching"
	"github.com/coselling/coselling/registration/memstore"
)

// step is something that somebody asks of a registry. It returns the answer in words.
type step func(*registration.Registry) string

// Race lets two people ask the registry in memory at one time, each while the other one is about to write: it answers
// and stores as if one had come after the other (reg.atomic). It returns what differs; empty: nothing does.
func Race(r *rand.Rand, rules *registration.Rules) (problem string) {
	steps := make([]step, 2+r.IntN(5))
	for i := range steps {
		steps[i] = anyStep(r, i)
	}
	past, a, b := steps[2:], steps[0], steps[1]
	one, other := after(rules, past, a, b), after(rules, past, b, a)
	s := &busy{Store: store(), done: make(chan string, 1)}
	g, err := registration.Open(s, rules)
	if err != nil {
		return err.Error()
	}
	for _, before := range past {
		before(g)
	}
	s.next = func() { s.done <- b(g) }
	first := a(g)
	if s.next != nil { // nothing was written
		s.start()
	}
	got := stored(g, first, <-s.done)
	if want, turned := stored(one.g, one.first, one.second), stored(other.g, other.second, other.first); got != want &&
		got != turned {
		return fmt.Sprintf("reg.atomic: at one time\n%s\none after the other\n%s\nor\n%s", got, want, turned)
	}
	return ""
}

// answers are those to two steps, one after the other.
type answers struct {
	g             *registration.Registry
	first, second string
}

func after(rules *registration.Rules, past []step, a, b step) answers {
	g, err := registration.Open(store(), rules)
	if err != nil {
		return answers{first: err.Error()}
	}
	for _, before := range past {
		before(g)
	}
	return answers{g, a(g), b(g)}
}

// stored writes two answers, and how every claim stands, whatever its id.
func stored(g *registration.Registry, first, second string) string {
	page, err := g.List(context.Background(), us, registration.Filter{})
	var lines []string
	for _, l := range page.Claims {
		lines = append(lines, fmt.Sprint(l.Claimant, " of ", l.Account.Domains, " is ", l.Status))
	}
	slices.Sort(lines)
	return fmt.Sprintf("%s, %s, %v\n%s", first, second, err, strings.Join(lines, "\n"))
}

var us = model.VendorOrg("us")

// store is one in memory whose clock and ids count.
func store() *memstore.Store {
	now, ids := time.Date(2026, time.March, 2, 9, 0, 0, 0, time.UTC), 0
	return memstore.NewStore(func() time.Time { return now }, func() string { ids++; return fmt.Sprint("R-", ids) })
}

// anyStep draws a filing of a partner of its own, or a step of the vendor on one of the first claims.
func anyStep(r *rand.Rand, number int) step {
	ctx := context.Background()
	if r.IntN(2) == 0 {
		f := registration.Filing{Key: "k", By: "ann",
			Account: matching.Account{Domains: []string{[...]string{"calder.com", "hooli.com"}[r.IntN(2)]}}}
		return func(g *registration.Registry) string {
			a, err := g.Submit(ctx, model.PartnerOrg(fmt.Sprint("p", number)), f)
			return fmt.Sprint(a.Status, " ", err)
		}
	}
	id := fmt.Sprint("R-", 1+r.IntN(3))
	e := registration.Event{By: model.Person{Name: "olga", Party: us}, Reason: "as agreed", Do: [...]registration.Verb{
		registration.Approve, registration.Approve, registration.Reject, registration.Lose}[r.IntN(4)]}
	return func(g *registration.Registry) string {
		a, err := g.Act(ctx, id, e)
		return fmt.Sprint(a.Accepted, " ", a.Status, " ", err)
	}
}

// busy is a store that lets somebody else ask while a write is about to put what it decided.
type busy struct {
	registration.Store
	next func()      // that somebody else asks then; nil: nobody does
	done chan string // the answer
}

func (b *busy) Write(ctx context.Context, about registration.Subject, do func(registration.Tx) error) error {
	return b.Store.Write(ctx, about, func(tx registration.Tx) error { return do(view{tx, b}) })
}

// start lets the other one ask, and waits a moment for the answer: a store with a lock makes them wait for each other.
func (b *busy) start() {
	next, heard := b.next, make(chan string, 1)
	b.next = nil
	go func() {
		next()
		heard <- ""
	}()
	select {
	case <-heard:
	case <-time.After(100 * time.Microsecond):
	}
}

type view struct {
	registration.Tx
	of *busy
}

func (v view) Put(entries ...registration.Keyed) error {
	if v.of.next != nil {
		v.of.start()
	}
	return v.Tx.Put(entries...)
}
