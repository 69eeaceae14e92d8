package store

import (
	"context"
	"database/sql"
	"fmt"
	"math"

	"github.com/coselling/coselling"
	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/value"
)

// latest is the version of a deal with all that happened to it.
const latest = math.MaxInt32

// kept is a deal with all that happened to it, for the rules: what a page shows is the view of a party.
type kept struct {
	version int
	facts   coselling.Deal
	record  coselling.Record
}

// Seen is a deal as one party sees it. Version is that of its last event: a change names it, so that nobody changes
// what they have not seen.
type Seen struct {
	Version   int
	View      coselling.View
	Protected value.Date // the last day of the registration as the book counts days; zero: none is in force
}

// Deal returns a deal as the party of a person sees it now; [ErrNotFound] where the party takes no part in it.
func (s *Store) Deal(ctx context.Context, who User, id string) (Seen, error) {
	var seen Seen
	err := s.read(ctx, who.Party, func(tx *sql.Tx) error {
		d, err := s.one(ctx, tx, who.Party, id, latest)
		if err == nil {
			seen, err = s.seen(d, who.Party)
		}
		return err
	})
	return seen, err
}

func (s *Store) seen(d *kept, party model.Party) (Seen, error) {
	at := s.now()
	r := s.on(at)
	assessment, err := r.engine.Assess(d.facts, d.record, at)
	if err != nil {
		return Seen{}, err
	}
	seen := Seen{Version: d.version, View: assessment.For(party)}
	if claim := &seen.View.Registration.Claim; claim.Active && !claim.Until.IsZero() {
		seen.Protected, err = r.today(claim.Until.Add(-1))
	}
	return seen, err
}

// one returns a deal of a party as it was at a version.
func (s *Store) one(ctx context.Context, tx *sql.Tx, party model.Party, id string, version int) (*kept, error) {
	deals, err := s.load(ctx, tx, party, version, id)
	if err != nil {
		return nil, err
	}
	if deals[id] == nil {
		return nil, ErrNotFound
	}
	return deals[id], nil
}

// load returns those of some deals in which a party takes part, as they were at a version: as they were opened, with
// the events and activities until then, and with the claims that decide how theirs stand.
func (s *Store) load(ctx context.Context, tx *sql.Tx, party model.Party, version int, ids ...string) (map[string]*kept,
	error) {
	deals := make(map[string]*kept, len(ids))
	args := []any{party.Side.String(), party.Org, version}
	for _, id := range ids {
		args = append(args, id)
	}
	among := " IN (" + marks(4, len(ids)) + ")"
	var id string
	var text []byte
	var number int
	err := each(ctx, tx, "SELECT d.id, d.facts, d.version FROM portal_deal d JOIN portal_party p"+
		" ON p.deal = d.id WHERE p.side = $1 AND p.org = $2 AND $3 >= 0 AND d.id"+among, args,
		[]any{&id, &text, &number}, func() error {
			facts, err := coselling.ParseDeal(text)
			deals[id] = &kept{version: min(number, version), facts: facts}
			return err
		})
	if err != nil || len(deals) == 0 {
		return deals, err
	}
	for _, table := range []string{"event", "activity"} {
		if err := s.join(ctx, tx, deals, table, among, args); err != nil {
			return nil, err
		}
	}
	err = s.registry(ctx, tx, s.now(), func(registry *registration.Registry) (err error) {
		for _, d := range deals {
			if d.record.Claims, err = registry.Claims(ctx, d.facts.Registrations...); err != nil {
				return err
			}
		}
		return nil
	})
	return deals, err
}

// join adds the changes of a table to deals.
func (s *Store) join(ctx context.Context, tx *sql.Tx, deals map[string]*kept, table, among string, args []any) error {
	var id string
	var text []byte
	query := "SELECT t.deal, t.change FROM portal_" + table + " t JOIN portal_party p ON p.deal = t.deal" +
		" WHERE p.side = $1 AND p.org = $2 AND t.version <= $3 AND t.deal" + among + " ORDER BY t.deal, t.version"
	return each(ctx, tx, query, args, []any{&id, &text}, func() error {
		change, err := deal.ParseChange(text)
		if err != nil {
			return fmt.Errorf("a stored change of deal %s: %w", id, err)
		}
		return change.Join(&deals[id].facts, &deals[id].record)
	})
}
