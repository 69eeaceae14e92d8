package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

const (
	maxTries   = 8                // of a deal to be fetched, until another event
	maxFetched = 1000             // things of one deal at once
	fetchFor   = 30 * time.Second // until a fetcher has to answer
	firstPause = time.Minute      // after which a try is repeated; each is twice as long as the one before
)

// Fetcher asks the system behind a source what has happened to a deal there.
type Fetcher interface {
	// Fetch returns all that happened to a deal, or as much of it as may be new, the earliest first; at most a thousand
	// things. An error means that it has to be asked again later.
	Fetch(ctx context.Context, from Source, deal string) ([]Fetched, error)
}

// Fetched is something that happened to a deal in the system of a company.
type Fetched struct {
	ID string `json:"id"` // in that system; each is stored once. It has 1 to 998 bytes
	// what happened. Who and when come from the source and the clock, as with [Store.Change]; an activity keeps the id
	// that it has, by which others name it. An edit of the deal is refused: it is not for one side alone
	Change deal.Change `json:"change"`
}

// marked is a deal to be fetched.
type marked struct {
	Source
	deal         string
	marks, tries int
}

// FetchDue fetches the deal that waits longest from its source, and stores what is new as [Store.Change] does. It
// reports whether there was one. Several processes may call it at once. The error of one deal does not stop the others:
// it is tried again after a pause, which is longer each time, eight times until another event names the deal. A change
// that the rules refuse is an error too, and is tried again with that event.
func (s *Store) FetchDue(ctx context.Context, fetcher Fetcher) (found bool, err error) {
	m, err := s.nextMarked(ctx)
	if errors.Is(err, ErrNotFound) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	limited, cancel := context.WithTimeout(ctx, fetchFor)
	defer cancel()
	list, err := fetcher.Fetch(limited, m.Source, m.deal)
	if err == nil && len(list) > maxFetched {
		err = fmt.Errorf("%d things are more than %d", len(list), maxFetched)
	}
	if err != nil {
		return true, fmt.Errorf("deal %s of %s %s, try %d: %w", m.deal, m.Party, m.Name, m.tries, err)
	}
	var refused []error
	for _, f := range list {
		err := s.take(ctx, m, f)
		switch _, own := errors.AsType[*value.Error](err); {
		case own, errors.Is(err, errRefused):
			refused = append(refused, fmt.Errorf("deal %s of %s %s, %q: %w", m.deal, m.Party, m.Name, f.ID, err))
		case err != nil:
			return true, err
		}
	}
	err = s.write(ctx, m.Party, func(tx *sql.Tx) error { // an event that came meanwhile stays
		_, err := tx.ExecContext(ctx, "DELETE FROM portal_fetch WHERE source = $1 AND deal = $2 AND marks = $3",
			m.ID, m.deal, m.marks)
		return err
	})
	return true, errors.Join(append(refused, err)...)
}

// nextMarked returns the deal that waits longest, and sets the time of the next try, so that no other process takes it
// meanwhile and a crash counts as a try; [ErrNotFound] where none is due.
func (s *Store) nextMarked(ctx context.Context) (m marked, err error) {
	err = s.write(ctx, model.Party{}, func(tx *sql.Tx) error {
		var side string
		at := s.now()
		row := tx.QueryRowContext(ctx, "SELECT s.id, s.name, s.side, s.org, f.deal, f.marks, f.tries"+
			" FROM portal_fetch f JOIN portal_source s ON s.id = f.source WHERE f.due <= $1 AND f.tries < $2 ORDER BY f.due LIMIT 1",
			instant(at), maxTries)
		err := row.Scan(&m.ID, &m.Name, &side, &m.Party.Org, &m.deal, &m.marks, &m.tries)
		if errors.Is(err, sql.ErrNoRows) {
			return ErrNotFound
		}
		if err != nil {
			return err
		}
		if m.Party.Side, err = model.ParseSide(side); err != nil {
			return err
		}
		m.tries++
		_, err = tx.ExecContext(ctx, "UPDATE portal_fetch SET tries = $3, due = $4 WHERE source = $1 AND deal = $2",
			m.ID, m.deal, m.tries, instant(at.Add(firstPause<<(m.tries-1))))
		return err
	})
	return m, err
}

// take stores a thing that was fetched, unless it has been stored before.
func (s *Store) take(ctx context.Context, m marked, f Fetched) error {
	switch {
	case f.ID == "" || len(f.ID) > 998:
		return fmt.Errorf("%w: the id has %d bytes; 1 to 998 are allowed", errRefused, len(f.ID))
	case !utf8.ValidString(f.ID) || strings.Contains(f.ID, "\x00"):
		return fmt.Errorf("%w: the id %q has bytes that no database keeps", errRefused, f.ID)
	case !f.Change.Edit.IsZero():
		return fmt.Errorf("%w: an edit of the deal is not for one system alone", errRefused)
	}
	return s.write(ctx, m.Party, func(tx *sql.Tx) error {
		at := s.now()
		done, err := tx.ExecContext(ctx, "INSERT INTO portal_fetched (source, deal, item, at) VALUES ($1, $2, $3, $4)"+
			" ON CONFLICT (source, deal, item) DO NOTHING", m.ID, m.deal, f.ID, instant(at))
		if err != nil {
			return err
		}
		if n, err := done.RowsAffected(); n == 0 {
			return err
		}
		change := stamped(f.Change, m.user(), at)
		if f.Change.Activity.ID != "" {
			change.Activity.ID = f.Change.Activity.ID
		}
		o, err := s.change(ctx, tx, m.user(), m.deal, latest, at, change)
		if err == nil && !o.Accepted {
			err = errRefused
			for _, reason := range o.Reasons {
				err = fmt.Errorf("%w: %s", err, reason)
			}
		}
		return err
	})
}
