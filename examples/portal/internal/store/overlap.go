package store

import (
	"bytes"
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

// shared is what two lists have in common, as it is stored: the rows that each company may see, so that there are never
// more of them than on the lists.
type shared struct {
	Vendor, Near, Partner []Common // the near ones are the vendor's
}

// errMoved says that a list was released while two were compared.
var errMoved = errors.New("the list of the other company is another one by now")

// Release gives a list of target accounts for comparison with that of another company. It is compared once both have
// released theirs; then both lists are forgotten, except what they have in common. [ErrTooMany] after three a month:
// who could ask without end could find out the other's list. The other errors are those of [matching.Rules.Overlap].
func (s *Store) Release(ctx context.Context, who User, other model.Party, list []matching.Target) error {
	list = slices.Clone(list)
	for i := range list {
		list[i].ID = strconv.Itoa(i + 1)
	}
	for attempt := 1; ; attempt++ {
		var theirs []byte
		err := s.read(ctx, who.Party, func(tx *sql.Tx) (err error) {
			theirs, err = s.mayRelease(ctx, tx, who, other)
			return err
		})
		if err != nil {
			return err
		}
		both, err := s.compared(who.Party, list, theirs) // long lists take seconds, in which others may write
		if err != nil {
			return err
		}
		err = s.write(ctx, who.Party, func(tx *sql.Tx) error {
			now, err := s.mayRelease(ctx, tx, who, other)
			if err == nil && !bytes.Equal(now, theirs) {
				err = errMoved
			}
			if err != nil {
				return err
			}
			return s.keepList(ctx, tx, who, between(who.Party, other), list, both)
		})
		if attempt == 5 || !errors.Is(err, errMoved) {
			return err
		}
	}
}

// mayRelease returns the list of the other company that waits, nil if none does; an error where a person may not
// release one.
func (s *Store) mayRelease(ctx context.Context, tx *sql.Tx, who User, other model.Party) (theirs []byte, err error) {
	known, err := s.partnerships(ctx, tx, who.Party)
	if err != nil {
		return nil, err
	}
	if !slices.Contains(known, other) {
		return nil, ErrNotFound
	}
	of := between(who.Party, other)
	left, err := s.left(ctx, tx, of, who.Party.Side)
	if err == nil && left == 0 {
		err = ErrTooMany
	}
	if err != nil {
		return nil, err
	}
	err = tx.QueryRowContext(ctx, "SELECT accounts FROM portal_waiting WHERE vendor = $1 AND partner = $2"+
		" AND side = $3", append(of, other.Side.String())...).Scan(&theirs)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return theirs, err
}

// keepList records that a list was released, and keeps what it has in common with the other one; it waits where both is
// nil.
func (s *Store) keepList(ctx context.Context, tx *sql.Tx, who User, of []any, list []matching.Target,
	both *shared) error {
	at := s.now()
	released := append(of, who.Party.Side.String(), instant(at), who.ID, len(list))
	if _, err := tx.ExecContext(ctx, "INSERT INTO portal_release (vendor, partner, side, at, by_user, rows)"+
		" VALUES ($1, $2, $3, $4, $5, $6)", released...); err != nil {
		return err
	}
	if both == nil {
		return keepWaiting(ctx, tx, of, who.Party.Side, list)
	}
	return keepOverlap(ctx, tx, of, at, both)
}

// compared returns what the list of a party and the document of another one have in common; nil where there is no other
// list. Of a near row it does not say whether the other company calls its own strategic: it may be another account.
func (s *Store) compared(party model.Party, list []matching.Target, document []byte) (*shared, error) {
	rules, err := matching.Compile(s.on(s.now()).book.Registration.Accounts, domains.Registrable)
	if err != nil {
		return nil, err
	}
	var theirs []matching.Target
	if document != nil {
		if err := json.Unmarshal(document, &theirs); err != nil {
			return nil, err
		}
	}
	vendor, partner := list, theirs
	if party.Side == model.Partner {
		vendor, partner = theirs, list
	}
	found, _, err := rules.Overlap(vendor, partner)
	if err != nil || document == nil {
		return nil, err
	}
	same, near, ours := rowsOf(vendor), rowsOf(vendor), rowsOf(partner)
	for _, p := range found {
		if p.Match.Relation != matching.Same {
			near.add(p.Vendor, false)
			continue
		}
		same.add(p.Vendor, p.Strategic)
		ours.add(p.Partner, p.Strategic)
	}
	return &shared{same.common, near.common, ours.common}, nil
}

// rows are some rows of a list, each once.
type rows struct {
	list   []matching.Target
	at     map[string]int // in common, by the id of the row
	common []Common
}

func rowsOf(list []matching.Target) rows { return rows{list: list, at: make(map[string]int)} }

// add adds a row by its id, which is its place in the list.
func (r *rows) add(id string, strategic bool) {
	i, ok := r.at[id]
	if !ok {
		place, err := strconv.Atoi(id)
		if err != nil || place < 1 || place > len(r.list) {
			return
		}
		i = len(r.common)
		r.at[id], r.common = i, append(r.common, Common{Account: r.list[place-1].Account})
	}
	r.common[i].Strategic = r.common[i].Strategic || strategic
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
		append(of, side.String(), string(text))...)
	return err
}

func keepOverlap(ctx context.Context, tx *sql.Tx, of []any, at time.Time, both *shared) error {
	text, err := json.Marshal(both)
	if err != nil {
		return err
	}
	if _, err = tx.ExecContext(ctx, "DELETE FROM portal_waiting WHERE vendor = $1 AND partner = $2",
		of...); err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, "INSERT INTO portal_overlap (vendor, partner, at, common) VALUES ($1, $2, $3, $4)"+
		" ON CONFLICT (vendor, partner) DO UPDATE SET at = excluded.at, common = excluded.common",
		append(of, instant(at), string(text))...)
	return err
}

// Overlaps returns what the person's company has in common with each of the companies that it works with.
func (s *Store) Overlaps(ctx context.Context, who User) ([]Overlap, error) {
	var list []Overlap
	err := s.read(ctx, who.Party, func(tx *sql.Tx) error {
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
	err = tx.QueryRowContext(ctx, "SELECT at, common FROM portal_overlap WHERE vendor = $1 AND partner = $2", of...).
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
	var both shared
	if err := json.Unmarshal(text, &both); err != nil {
		return o, err
	}
	if o.Same, o.Near = both.Vendor, both.Near; party.Side == model.Partner {
		o.Same, o.Near = both.Partner, nil
	}
	return o, nil
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
