package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration/domains"
	"github.com/coselling/coselling/registration/matching"
)

const (
	// MaxTargets is the number of accounts on one list.
	MaxTargets = 10_000
	releases   = 3 // of a list in a month
	month      = 30 * 24 * time.Hour
)

// Overlap is what the lists of two companies have in common, as one of them may see it: its own rows.
type Overlap struct {
	Other   model.Party
	At      time.Time // when the second list was released; zero: not yet
	Same    []Common  // accounts that both have on their lists
	Near    []Common  // accounts that may be the same, for the vendor alone
	Waiting bool      // the company's list waits for that of the other one
	Left    int       // how many lists it may still release this month
}

// Common is a row of the reader's own list.
type Common struct {
	Account   matching.Account
	Strategic bool // a company calls it strategic: it needs a joint account plan
}

// pair is an overlap as it is stored: a row of each list, which may be in several.
type pair struct {
	Vendor, Partner row
	Near, Strategic bool
}

// row is a row of a list, with its place there.
type row struct {
	Place   int
	Account matching.Account
}

// Release gives a list of target accounts for comparison with that of another company. It is compared once both have
// released theirs; then both lists are forgotten, except what they have in common. [ErrTooMany] after three a month:
// who could ask without end could find out the other's list. The other errors are those of [matching.Rules.Overlap].
func (s *Store) Release(ctx context.Context, who User, other model.Party, list []matching.Target) error {
	list = slices.Clone(list)
	for i := range list {
		list[i].ID = strconv.Itoa(i + 1)
	}
	if _, err := s.compared(who.Party, list, nil); err != nil { // before anything of it is stored
		return err
	}
	return s.write(ctx, func(tx *sql.Tx) error {
		known, err := s.partnerships(ctx, tx, who.Party)
		if err != nil {
			return err
		}
		if !slices.Contains(known, other) {
			return ErrNotFound
		}
		of := between(who.Party, other)
		left, err := s.left(ctx, tx, of, who.Party.Side)
		if err != nil {
			return err
		}
		if left == 0 {
			return ErrTooMany
		}
		at := s.now()
		released := append(of, who.Party.Side.String(), instant(at), who.ID, len(list))
		if _, err := tx.ExecContext(ctx, "INSERT INTO portal_release (vendor, partner, side, at, by_user, rows)"+
			" VALUES ($1, $2, $3, $4, $5, $6)", released...); err != nil {
			return err
		}
		var text []byte
		err = tx.QueryRowContext(ctx, "SELECT accounts FROM portal_waiting WHERE vendor = $1 AND partner = $2"+
			" AND side = $3", append(of, other.Side.String())...).Scan(&text)
		if errors.Is(err, sql.ErrNoRows) {
			return keepWaiting(ctx, tx, of, who.Party.Side, list)
		}
		if err != nil {
			return err
		}
		var theirs []matching.Target
		if err := json.Unmarshal(text, &theirs); err != nil {
			return err
		}
		pairs, err := s.compared(who.Party, list, theirs)
		if err != nil {
			return err
		}
		return keepOverlap(ctx, tx, of, at, pairs)
	})
}

// compared returns what the lists of a party and of another one have in common.
func (s *Store) compared(party model.Party, list, theirs []matching.Target) ([]pair, error) {
	rules, err := matching.Compile(s.on(s.now()).book.Registration.Accounts, domains.Registrable)
	if err != nil {
		return nil, err
	}
	vendor, partner := list, theirs
	if party.Side == model.Partner {
		vendor, partner = theirs, list
	}
	found, _, err := rules.Overlap(vendor, partner)
	if err != nil {
		return nil, err
	}
	pairs := make([]pair, 0, len(found))
	for _, p := range found {
		pairs = append(pairs, pair{rowOf(vendor, p.Vendor), rowOf(partner, p.Partner),
			p.Match.Relation != matching.Same, p.Strategic})
	}
	return pairs, nil
}

// rowOf returns the row of a list by its id, which is its place in the list.
func rowOf(list []matching.Target, id string) row {
	i, err := strconv.Atoi(id)
	if err != nil || i < 1 || i > len(list) {
		return row{}
	}
	return row{i, list[i-1].Account}
}

// between returns the vendor and the partner of two parties.
func between(one, two model.Party) []any {
	if one.Side == model.Partner {
		one, two = two, one
	}
	return []any{one.Org, two.Org}
}

func (s *Store) left(ctx context.Context, q querier, of []any, side model.Side) (int, error) {
	var n int
	err := q.QueryRowContext(ctx, "SELECT count(*) FROM portal_release WHERE vendor = $1 AND partner = $2"+
		" AND side = $3 AND at > $4", append(of, side.String(), instant(s.now().Add(-month)))...).Scan(&n)
	return max(0, releases-n), err
}

func keepWaiting(ctx context.Context, tx *sql.Tx, of []any, side model.Side, list []matching.Target) error {
	text, err := json.Marshal(list)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, "INSERT INTO portal_waiting (vendor, partner, side, accounts) VALUES ($1, $2, $3, $4)"+
		" ON CONFLICT (vendor, partner, side) DO UPDATE SET accounts = excluded.accounts",
		append(of, side.String(), text)...)
	return err
}

func keepOverlap(ctx context.Context, tx *sql.Tx, of []any, at time.Time, pairs []pair) error {
	text, err := json.Marshal(pairs)
	if err != nil {
		return err
	}
	if _, err = tx.ExecContext(ctx, "DELETE FROM portal_waiting WHERE vendor = $1 AND partner = $2",
		of...); err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, "INSERT INTO portal_overlap (vendor, partner, at, pairs) VALUES ($1, $2, $3, $4)"+
		" ON CONFLICT (vendor, partner) DO UPDATE SET at = excluded.at, pairs = excluded.pairs",
		append(of, instant(at), text)...)
	return err
}

// Overlaps returns what the person's company has in common with each of the companies that it works with.
func (s *Store) Overlaps(ctx context.Context, who User) ([]Overlap, error) {
	var list []Overlap
	err := s.read(ctx, func(tx *sql.Tx) error {
		others, err := s.partnerships(ctx, tx, who.Party)
		if err != nil {
			return err
		}
		for _, other := range others {
			o, err := s.overlap(ctx, tx, who.Party, other)
			if err != nil {
				return err
			}
			list = append(list, o)
		}
		return nil
	})
	return list, err
}

func (s *Store) overlap(ctx context.Context, tx *sql.Tx, party, other model.Party) (Overlap, error) {
	o, of := Overlap{Other: other}, between(party, other)
	var err error
	if o.Left, err = s.left(ctx, tx, of, party.Side); err != nil {
		return o, err
	}
	err = tx.QueryRowContext(ctx, "SELECT count(*) > 0 FROM portal_waiting WHERE vendor = $1 AND partner = $2"+
		" AND side = $3", append(of, party.Side.String())...).Scan(&o.Waiting)
	if err != nil {
		return o, err
	}
	var at string
	var text []byte
	err = tx.QueryRowContext(ctx, "SELECT at, pairs FROM portal_overlap WHERE vendor = $1 AND partner = $2", of...).
		Scan(&at, &text)
	if errors.Is(err, sql.ErrNoRows) {
		return o, nil
	}
	if err != nil {
		return o, err
	}
	if o.At, err = time.Parse(time.RFC3339Nano, at); err != nil {
		return o, err
	}
	var pairs []pair
	if err := json.Unmarshal(text, &pairs); err != nil {
		return o, err
	}
	o.Same, o.Near = common(party.Side, pairs, false), common(party.Side, pairs, true)
	if party.Side == model.Partner {
		o.Near = nil
	}
	return o, nil
}

// common returns the rows of one side that are in pairs, each once. Of a near row it does not say whether the other
// company calls its own strategic: it may be another account.
func common(side model.Side, pairs []pair, near bool) (list []Common) {
	at := make(map[int]int) // in the list, by the place of the row
	for _, p := range pairs {
		own := p.Vendor
		if side == model.Partner {
			own = p.Partner
		}
		if p.Near != near {
			continue
		}
		i, ok := at[own.Place]
		if !ok {
			i = len(list)
			at[own.Place], list = i, append(list, Common{Account: own.Account})
		}
		list[i].Strategic = list[i].Strategic || p.Strategic && !near
	}
	return list
}

// partnerships returns the companies that a party works with: all partners of the vendor, and of a partner the vendor.
func (s *Store) partnerships(ctx context.Context, q querier, party model.Party) ([]model.Party, error) {
	if party.Side == model.Partner {
		return []model.Party{model.VendorOrg(s.on(s.now()).book.Registration.Vendor)}, nil
	}
	var list []model.Party
	var org string
	err := each(ctx, q, "SELECT DISTINCT org FROM portal_user WHERE side = $1 ORDER BY org",
		[]any{model.Partner.String()}, []any{&org}, func() error {
			list = append(list, model.PartnerOrg(org))
			return nil
		})
	return list, err
}
