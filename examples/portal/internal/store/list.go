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

// orders are the ways to sort, each ascending, as columns with the direction behind each.
var orders = map[string]string{
	"account": "d.account %s",
	"model":   "d.model %s, d.account",
	"stage":   "d.position %s, d.account",
	"ends":    "d.last %s, d.account",
	"opened":  "d.opened %s",
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
	pattern := "%" + strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(strings.ToLower(q.Search)) + "%"
	from := " FROM portal_deal d JOIN portal_party p ON p.deal = d.id WHERE p.side = $1 AND p.org = $2" +
		` AND lower(d.account) LIKE $3 ESCAPE '\'`
	if q.Open {
		from += fmt.Sprintf(" AND d.position < %d", won)
	}
	args := []any{who.Party.Side.String(), who.Party.Org, pattern}
	var list List
	err := s.read(ctx, func(tx *sql.Tx) error {
		if err := tx.QueryRowContext(ctx, "SELECT count(*)"+from, args...).Scan(&list.Total); err != nil {
			return err
		}
		list.Pages = max(1, (list.Total+PageSize-1)/PageSize)
		list.Page = min(max(1, q.Page), list.Pages)
		query := "SELECT d.id" + from + " ORDER BY " + fmt.Sprintf(order, direction) +
			fmt.Sprintf(", d.id LIMIT %d OFFSET %d", PageSize, (list.Page-1)*PageSize)
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

// projection is what lists sort by.
type projection struct {
	account, model, first, last string
	position                    int
}

// project returns what lists sort by: the stages by their order, then won and lost deals.
func project(v coselling.View) projection {
	p := projection{account: v.Account, model: v.Model.Set.String()}
	if p.model == "" {
		p.model = v.Model.Advice.Engagement.String()
	}
	windows := v.Schedule.Windows
	for i, w := range windows {
		if w.Stage == v.Progress.Stage {
			p.position = i + 1
		}
	}
	switch v.Progress.Status {
	case stage.ClosedWon:
		p.position = won
	case stage.ClosedLost:
		p.position = won + 1
	}
	if len(windows) > 0 {
		p.first, p.last = windows[0].First.String(), windows[len(windows)-1].Last.String()
	}
	return p
}
