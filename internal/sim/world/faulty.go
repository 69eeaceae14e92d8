package world

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/coselling/coselling/registration"
)

// faults name the mishap of one write. Each store gets the same.
type faults struct {
	name string
	at   int // of a crash between calls: how many calls are answered
}

const (
	crashBefore  = "a crash before a write"
	crashBetween = "a crash between two calls of the store"
	crashAfter   = "an answer that was lost"
	triedAgain   = "a write that the store tried again"
)

// faulty is a store behind a bad connection, with ids that count.
type faulty struct {
	registration.Store
	world *world
	plan  faults
	ids   int
	calls int // of the last write
}

func (f *faulty) Write(ctx context.Context, about registration.Subject, do func(registration.Tx) error) error {
	counted := func(tx registration.Tx) error { return do(&shaky{Tx: tx, store: f, left: -1}) }
	f.calls = 0
	switch f.plan.name {
	case crashBefore:
		return errCrash
	case crashBetween:
		return f.Store.Write(ctx, about, func(tx registration.Tx) error {
			view := &shaky{Tx: tx, store: f, left: f.plan.at}
			if err := do(view); err != nil {
				return err
			}
			return errCrash // before the end of the transaction
		})
	case crashAfter:
		if err := f.Store.Write(ctx, about, counted); err != nil {
			return err
		}
		return errCrash
	case triedAgain:
		err := f.Store.Write(ctx, about, func(tx registration.Tx) error {
			if err := counted(tx); err != nil {
				return err
			}
			return errCrash // so that all that was put is removed again
		})
		if !errors.Is(err, errCrash) {
			return err
		}
	}
	return f.Store.Write(ctx, about, counted)
}

// shaky is a view that fails after some calls; left below zero: never.
type shaky struct {
	registration.Tx
	store *faulty
	left  int
}

func (s *shaky) fails() bool {
	s.store.calls++
	if s.left == 0 {
		return true
	}
	s.left--
	return false
}

func (s *shaky) NewID() (string, error) {
	if s.fails() {
		return "", errCrash
	}
	s.store.ids++
	return fmt.Sprintf("R-%06d", s.store.ids), nil
}

func (s *shaky) ByTerms(terms []string) ([]registration.Claim, error) {
	if s.fails() {
		return nil, errCrash
	}
	return s.Tx.ByTerms(terms)
}

// Put fails after a part of the claims.
func (s *shaky) Put(entries ...registration.Keyed) error {
	if s.fails() {
		_ = s.Tx.Put(entries[:(len(entries)+1)/2]...)
		return errCrash
	}
	return s.Tx.Put(entries...)
}

// snapshot returns the claims of a store as documents, by their ids.
func (f *faulty) snapshot() (string, error) {
	var text strings.Builder
	err := f.Read(background, func(tx registration.Tx) error {
		text.Reset()
		for n := 1; n <= f.ids; n++ {
			c, ok, err := tx.Claim(fmt.Sprintf("R-%06d", n))
			if err != nil {
				return err
			}
			if ok {
				text.WriteString(written(c) + "\n")
			}
		}
		return nil
	})
	return text.String(), err
}

// snapshots compares the stores, and that of each with the one before a restart.
func (w *world) snapshots() {
	first := ""
	for i, s := range w.stores {
		text, err := s.snapshot()
		if err != nil {
			w.wrong("a snapshot of store %d: %v", i, err)
			return
		}
		if i == 0 {
			first = text
		} else if text != first {
			w.wrong("reg.atomic: the claims of store %d differ from those of the first:\n%s\n%s", i, text, first)
		}
	}
	w.trace(first)
}

// restart opens every store again.
func (w *world) restart() {
	w.fault("a restart of the stores")
	for i, s := range w.stores {
		again, err := w.Reopen(i, func() time.Time { return w.now.Add(w.skew) })
		if err != nil {
			w.wrong("store %d does not open again: %v", i, err)
			return
		}
		s.Store = again
	}
	w.openDesks()
}

// call asks every registry the same, with a fault once in a while, and compares the answers. A client that got no
// answer asks again. It returns the answer of the first.
func call[T any](w *world, what string, ask func(*registration.Registry) (T, error)) (answer T, failed error) {
	var plan faults
	if w.chance(4) {
		plan = faults{pick(w.rand, crashBefore, crashBetween, crashAfter, triedAgain), w.rand.IntN(5)}
		w.fault(plan.name)
	}
	first := ""
	for i, desk := range w.desks {
		s := w.stores[i]
		ids := s.ids
		s.plan = plan
		got, err := ask(desk)
		s.plan = faults{}
		if errors.Is(err, errCrash) {
			if plan.name == crashBefore || plan.name == crashBetween {
				s.ids = ids // nothing of it is stored
			}
			got, err = ask(desk)
		}
		text := fmt.Sprint(written(got), err)
		if i == 0 {
			answer, failed, first = got, err, text
		} else if text != first {
			w.wrong("reg.atomic: %s: store %d answers\n%s\nand the first\n%s", what, i, text, first)
		}
	}
	w.trace(what, first)
	if w.Reopen != nil && w.chance(400) {
		w.restart()
	}
	return answer, failed
}

// written returns a document, or else the form that the JSON library gives.
func written(v any) string {
	var body []byte
	var err error
	if document, ok := v.(interface {
		AppendJSON([]byte) ([]byte, error)
	}); ok {
		body, err = document.AppendJSON(nil)
	} else {
		body, err = json.Marshal(v)
	}
	if err != nil {
		return err.Error()
	}
	return string(body)
}

// apart shows where two documents differ first.
func apart(got, want string) string {
	n := 0
	for n < len(got) && n < len(want) && got[n] == want[n] {
		n++
	}
	cut := func(s string) string { return s[max(0, min(n, len(s))-160):min(len(s), n+160)] }
	return fmt.Sprintf("\n  …%s…\nnot\n  …%s…", cut(got), cut(want))
}
