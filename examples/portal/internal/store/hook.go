package store

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"time"

	"github.com/go-json-experiment/json"
)

// Receipt is the answer to a webhook that was signed.
type Receipt string

// The receipts.
const (
	Marked     Receipt = "marked"     // the deal will be fetched
	Unreadable Receipt = "unreadable" // the body names no deal
	Unknown    Receipt = "unknown"    // the company of the source takes no part in such a deal
)

// hooksFor is how long a webhook is remembered. Senders give up sooner.
const hooksFor = 30 * 24 * time.Hour

// Receive answers a webhook that a source has signed, and marks the deal that it names to be fetched; nothing else of
// it counts. The same id again gets the old answer and has no effect; with another body, [ErrChanged].
func (s *Store) Receive(ctx context.Context, from Source, id string, body []byte) (answer Receipt, err error) {
	err = s.write(ctx, from.Party, func(tx *sql.Tx) error {
		at := s.now()
		forgotten := instant(at.Add(-hooksFor))
		if _, err := tx.ExecContext(ctx, "DELETE FROM portal_hook WHERE at <= $1", forgotten); err != nil {
			return err
		}
		var known string
		row := tx.QueryRowContext(ctx, "SELECT body, receipt FROM portal_hook WHERE source = $1 AND id = $2", from.ID,
			id)
		err := row.Scan(&known, &answer)
		switch {
		case err == nil && known != digest(body):
			return ErrChanged
		case !errors.Is(err, sql.ErrNoRows):
			return err
		}
		if answer, err = mark(ctx, tx, from, body, at); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, "INSERT INTO portal_hook (source, id, at, body, receipt)"+
			" VALUES ($1, $2, $3, $4, $5)", from.ID, id, instant(at), digest(body), string(answer))
		return err
	})
	return answer, err
}

// mark marks the deal that a webhook names.
func mark(ctx context.Context, tx *sql.Tx, from Source, body []byte, at time.Time) (Receipt, error) {
	var event struct {
		Data struct {
			Deal string `json:"deal"`
		} `json:"data"`
	}
	if err := json.Unmarshal(body, &event); err != nil || event.Data.Deal == "" {
		return Unreadable, nil
	}
	if !plain(event.Data.Deal) {
		return Unknown, nil
	}
	var n int
	err := tx.QueryRowContext(ctx, "SELECT count(*) FROM portal_party WHERE side = $1 AND org = $2 AND deal = $3",
		from.Party.Side.String(), from.Party.Org, event.Data.Deal).Scan(&n)
	if err != nil || n == 0 {
		return Unknown, err
	}
	_, err = tx.ExecContext(ctx, "INSERT INTO portal_fetch (source, deal, marks, tries, due) VALUES ($1, $2, 1, 0, $3)"+
		" ON CONFLICT (source, deal) DO UPDATE SET marks = portal_fetch.marks + 1, tries = 0, due = excluded.due",
		from.ID, event.Data.Deal, instant(at))
	return Marked, err
}

// plain reports whether a text from outside can be the id of something here. No database stores some of the others.
func plain(id string) bool {
	return len(id) <= 64 && !strings.ContainsFunc(id, func(r rune) bool { return r <= ' ' || r > '~' })
}
