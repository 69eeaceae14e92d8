package store

import (
	"context"
	"database/sql"
	"time"

	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/model"
)

// maxHistory is how many events a history has.
const maxHistory = 100

// Happened is an event of a deal as a party may read it.
type Happened struct {
	Version int
	At      time.Time
	Name    string // of the person; empty: they have been removed
	Party   model.Party
	Change  deal.Change
}

// History returns what happened to a deal after a version, the newest first, at most a hundred events. A party reads
// all that its own people did, and of others the events of the playbook, which its view shows as well.
func (s *Store) History(ctx context.Context, who User, id string, since int) ([]Happened, error) {
	var list []Happened
	var h Happened
	var at, side string
	var text []byte
	query := "SELECT e.version, e.at, coalesce(u.name, ''), coalesce(u.side, ''), coalesce(u.org, ''), e.change" +
		" FROM portal_event e JOIN portal_party p ON p.deal = e.deal LEFT JOIN portal_user u ON u.id = e.by_user" +
		" WHERE p.side = $1 AND p.org = $2 AND e.deal = $3 AND e.version > $4 ORDER BY e.version DESC LIMIT $5"
	args := []any{who.Party.Side.String(), who.Party.Org, id, since, maxHistory}
	err := s.read(ctx, func(tx *sql.Tx) error {
		return each(ctx, tx, query, args, []any{&h.Version, &at, &h.Name, &side, &h.Party.Org, &text}, func() (err error) {
			if h.Party.Side = 0; side != "" {
				h.Party.Side, err = model.ParseSide(side)
			}
			if err == nil {
				h.At, err = time.Parse(time.RFC3339, at)
			}
			if err != nil {
				return err
			}
			if h.Change, err = deal.ParseChange(text); err != nil {
				return err
			}
			if h.Party != who.Party {
				h.Change = shared(h.Change)
			}
			if h.Change.Event.Verb != 0 || h.Party == who.Party {
				list = append(list, h)
			}
			return nil
		})
	})
	return list, err
}

// shared returns what all parties of a deal may read of a change: the event of the playbook, without the facts and the
// overrides that came with it.
func shared(c deal.Change) deal.Change {
	e := c.Event
	e.Evidence, e.Overrides = nil, nil
	return deal.Change{Event: e}
}
