package store

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"github.com/coselling/coselling"
	"github.com/coselling/coselling/stage"
)

// PageSize is the number of deals on one page of a list.
const PageSize = 25

// Query says which deals a list has. The zero value asks for the first page of all, the newest first.
type Query struct {
	Search string // a part of the account's name, in any case; empty: all
	Sort   string // account, model, stage or ends; anything else: opened
	Open   bool   // only deals that are neither won nor lost
	Down   bool   // in the other direction
	Page   int    // from 1; below: 1
}

// List is a page of deals as one party sees them.
type List struct {
	Deals []Seen
	Page  int
	Pages int // at least 1
	Total int
}

// orders are the columns of each way to sort, those of an index, with the direction behind each.
var orders = map[string]string{
	"account": "account %[1]s, deal %[1]s",
	"model":   "model %[1]s, account %[1]s, deal %[1]s",
	"stage":   "position %[1]s, account %[1]s, deal %[1]s",
	"ends":    "last %[1]s, account %[1]s, deal %[1]s",
	"opened":  "opened %[1]s, deal %[1]s",
}

// Deals returns a page of the deals in which the party of a person takes part. The columns that it sorts by are those
// of the last event; what it returns is as of now.
func (s *Store) Deals(ctx context.Context, who User, q Query) (List, error) {
	order, ok := orders[q.Sort]
	if !ok {
		order, q.Down = orders["opened"], !q.Down
	}
	direction := "ASC"
	if q.Down {
		direction = "DESC"
	}
	from := " FROM portal_party WHERE side = $1 AND org = $2"
	args := []any{who.Party.Side.String(), who.Party.Org}
	if q.Open {
		from += fmt.Sprintf(" AND position < %d", won)
	}
	if q.Search != "" {
		from += ` AND account LIKE $3 ESCAPE '\'`
		literal := strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(strings.ToLower(q.Search))
		args = append(args, "%"+literal+"%")
	}
	var list List
	err := s.read(ctx, who.Party, func(tx *sql.Tx) error {
		if err := tx.QueryRowContext(ctx, "SELECT count(*)"+from, args...).Scan(&list.Total); err != nil {
			return err
		}
		list.Pages = max(1, (list.Total+PageSize-1)/PageSize)
		list.Page = min(max(1, q.Page), list.Pages)
		query := "SELECT deal" + from + " ORDER BY " + fmt.Sprintf(order, direction) +
			fmt.Sprintf(" LIMIT %d OFFSET %d", PageSize, (list.Page-1)*PageSize)
		var ids []string
		var id string
		err := each(ctx, tx, query, args, []any{&id}, func() error {
			ids = append(ids, id)
			return nil
		})
		if err != nil || len(ids) == 0 {
			return err
		}
		deals, err := s.load(ctx, tx, who.Party, latest, ids...)
		if err != nil {
			return err
		}
		for _, id := range ids {
			seen, err := s.seen(deals[id], who.Party)
			if err != nil {
				return err
			}
			list.Deals = append(list.Deals, seen)
		}
		return nil
	})
	return list, err
}

// won is the position of deals that were won, behind all stages; lost ones follow.
const won = 1000

// takePart opens a deal to its parties, and to nobody else any more. It keeps what their lists search and sort by: the
// account in lower case, and the stages by their order, then won and lost deals.
func takePart(ctx context.Context, tx *sql.Tx, d coselling.Deal, v coselling.View) error {
	engagement, position, last := v.Model.Set, 0, ""
	if engagement == 0 {
		engagement = v.Model.Advice.Engagement
	}
	for i, w := range v.Schedule.Windows {
		last = w.Last.String()
		if w.Stage == v.Progress.Stage {
			position = i + 1
		}
	}
	switch v.Progress.Status {
	case stage.ClosedWon:
		position = won
	case stage.ClosedLost:
		position = won + 1
	}
	if _, err := tx.ExecContext(ctx, "DELETE FROM portal_party WHERE deal = $1", d.ID); err != nil {
		return err
	}
	for _, party := range partiesOf(d) {
		_, err := tx.ExecContext(ctx, "INSERT INTO portal_party"+
			" (side, org, deal, opened, account, model, position, last)"+
			" SELECT $1, $2, id, opened, $4, $5, $6, $7 FROM portal_deal WHERE id = $3", party.Side.String(),
			party.Org, d.ID, strings.ToLower(v.Account), engagement.String(), position, last)
		if err != nil {
			return err
		}
	}
	return nil
}
