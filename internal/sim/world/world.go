// Package world plays a made-up market for years: deals that people work on by the advice of the library or against it,
// claims that many parties file on few accounts, and pay. Everything follows from one seed, and the clock is the
// world's own. After each step it checks what must hold, against naive models written another way where there are
// some. Program internal/sim runs it in memory, the tests of registration/sqlstore over databases.
package world

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"math/rand/v2"
	"runtime/debug"
	"time"

	"github.com/coselling/coselling/internal/naive/store"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/memstore"
)

// Options say what is played. The zero value plays one deal on the stores of memory.
type Options struct {
	Seed  uint64
	Deals int // how many are opened; at least one is

	// Stores returns the stores that every claim goes to, with the clock that each has to take. Their answers are
	// compared. Nil: a store in memory and a simple list.
	Stores func(now func() time.Time) ([]registration.Store, error)
	// Reopen returns a store after a restart; nil: none restarts.
	Reopen func(number int, now func() time.Time) (registration.Store, error)
	// Most is how many problems are collected before the world ends; zero: one.
	Most int
	// Until is when the world ends before its deals have, by the clock of the host; nil: never.
	Until func() bool
}

// Report counts the events of a world.
type Report struct {
	Deals    int
	Steps    int            // of deals
	Days     int            // that passed
	Trace    string         // a hash of everything that was asked and answered
	Faults   map[string]int // how often each happened
	Rules    map[string]int // how often each rule was in an answer
	Problems []string       // what did not hold; nil: everything held
}

// world is one that is played.
type world struct {
	Options
	Report
	rand    *rand.Rand
	hash    hash.Hash
	start   time.Time
	now     time.Time     // of people
	skew    time.Duration // of the clocks of stores
	laws    *laws
	stores  []*faulty
	desks   []*registration.Registry // of the stores, under the laws in force
	market  market
	pay     *books
	drills  []drill
	live    []*life
	opening time.Time // of the next deal
}

// Play plays a world to its end. The error is one of a store that cannot be made.
func Play(o Options) (Report, error) {
	w := &world{Options: o, rand: rand.New(rand.NewPCG(o.Seed, 24)), hash: sha256.New(),
		start: time.Date(2026, time.March, 9, 0, 0, 0, 0, time.UTC)}
	w.Faults, w.Rules = map[string]int{}, map[string]int{}
	w.Options.Deals, w.Options.Most = max(o.Deals, 1), max(o.Most, 1)
	w.now, w.opening = w.start, w.start
	err := w.openStores()
	if err == nil {
		err = w.openDrills()
	}
	if err != nil {
		return w.Report, err
	}
	w.legislate()
	w.market.world = w
	w.pay = newBooks(w)
	for w.goesOn() {
		w.guarded(w.step)
	}
	w.guarded(w.close)
	w.Report.Days = int(w.now.Sub(w.start) / (24 * time.Hour))
	w.Trace = hex.EncodeToString(w.hash.Sum(nil))
	return w.Report, nil
}

// guarded does something; a panic is a problem.
func (w *world) guarded(do func()) {
	defer func() {
		if p := recover(); p != nil {
			w.wrong("a panic: %v\n%s", p, debug.Stack())
		}
	}()
	do()
}

func (w *world) goesOn() bool {
	over := w.Report.Deals >= w.Options.Deals && len(w.live) == 0
	return !over && len(w.Problems) < w.Most && (w.Until == nil || !w.Until())
}

// openStores opens the stores, each behind faults.
func (w *world) openStores() error {
	clock := func() time.Time { return w.now.Add(w.skew) }
	open := w.Stores
	if open == nil {
		open = func(now func() time.Time) ([]registration.Store, error) {
			return []registration.Store{memstore.NewStore(now, nil), store.New(now)}, nil
		}
	}
	list, err := open(clock)
	for _, s := range list {
		w.stores = append(w.stores, &faulty{Store: s, world: w})
	}
	return err
}

// step lets the next thing happen: a deal is opened, the deal that waits the shortest goes on, or a claim of the market
// is filed or decided.
func (w *world) step() {
	next := -1
	for i, l := range w.live {
		if next < 0 || l.Now.Before(w.live[next].Now) {
			next = i
		}
	}
	switch {
	case w.Report.Deals < w.Options.Deals && (next < 0 || w.opening.Before(w.live[next].Now)):
		w.pass(w.opening)
		w.opening = w.now.Add(time.Duration(1+w.rand.IntN(72)) * time.Hour)
		w.openDeal()
		return
	case w.chance(2):
		w.market.step()
		return
	}
	w.drill()
	l := w.live[next]
	w.pass(l.Now)
	w.Report.Steps++
	if l.step() {
		w.live = append(w.live[:next], w.live[next+1:]...)
	}
}

// pass lets time pass. What is due at the start of a quarter is done first.
func (w *world) pass(to time.Time) {
	for next := quarterAfter(w.now); !to.Before(next); next = quarterAfter(w.now) {
		w.now = next
		w.legislate()
		w.pay.closeQuarter()
	}
	if to.After(w.now) {
		w.now = to
	}
}

func quarterAfter(at time.Time) time.Time {
	year, month, _ := at.Date()
	return time.Date(year, (month-1)/3*3+4, 1, 0, 0, 0, 0, time.UTC)
}

// chance reports true once in so many times.
func (w *world) chance(in int) bool { return w.rand.IntN(in) == 0 }

func (w *world) fault(name string) { w.Faults[name]++ }

// wrong notes what does not hold.
func (w *world) wrong(format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	w.Problems = append(w.Problems, fmt.Sprintf("%s: %s", w.now.Format(time.DateTime), text))
}

// trace adds to the hash of what happened.
func (w *world) trace(parts ...any) {
	for _, part := range parts {
		if text, ok := part.([]byte); ok {
			_, _ = w.hash.Write(text) // a hash has no errors
			continue
		}
		_, _ = fmt.Fprintln(w.hash, part)
	}
}

// close checks what can be checked only at the end.
func (w *world) close() {
	if len(w.Problems) < w.Most {
		w.snapshots()
		w.pay.audit()
	}
}

var errCrash = errors.New("the process was killed")

// background is the context of every call.
var background = context.Background()

func pick[T any](r *rand.Rand, list ...T) T { return list[r.IntN(len(list))] }

// Add adds what happened in another world; the trace becomes the other one's.
func (r *Report) Add(o Report) {
	r.Deals, r.Steps, r.Days, r.Trace = r.Deals+o.Deals, r.Steps+o.Steps, r.Days+o.Days, o.Trace
	for name, n := range o.Faults {
		r.Faults[name] += n
	}
	for name, n := range o.Rules {
		r.Rules[name] += n
	}
	r.Problems = append(r.Problems, o.Problems...)
}
