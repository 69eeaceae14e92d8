package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"github.com/coselling/coselling"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
)

// Registered is the answer to a filing.
type Registered struct {
	Deal   string // the id of the deal; empty where the filing was refused
	Answer registration.Answer
}

// Register files a claim on the account of a new deal and opens the deal, both or neither. Id, parties, day and rep of
// the deal come from the server. A filing that is sent again returns its deal; a refused one is no error, and opens no
// deal. Every filing is logged, and [ErrTooMany] is the error of a party that has filed too often of late.
func (s *Store) Register(ctx context.Context, who User, f registration.Filing, d coselling.Deal) (Registered, error) {
	var answered Registered
	err := s.write(ctx, who.Party, func(tx *sql.Tx) error {
		answered = Registered{}
		at := s.now()
		if err := mayFile(ctx, tx, who, at); err != nil {
			return err
		}
		f.By = who.Rep
		err := s.registry(ctx, tx, at, func(registry *registration.Registry) (err error) {
			answered.Answer, err = registry.Submit(ctx, who.Party, f)
			return err
		})
		if err != nil {
			return err
		}
		if err := logFiling(ctx, tx, who, at, f, answered.Answer); err != nil || !answered.Answer.Accepted {
			return err
		}
		known := tx.QueryRowContext(ctx, "SELECT id FROM portal_deal WHERE claim = $1", answered.Answer.Claim)
		if err := known.Scan(&answered.Deal); !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		r := s.on(at)
		d.ID, d.Partner, d.Vendor = newID(), who.Party.Org, r.book.Registration.Vendor
		d.Registrations = []string{answered.Answer.Claim}
		if d.Opening.Day, err = r.today(at); err != nil {
			return err
		}
		if len(d.Team.Reps) == 0 {
			d.Team.Reps = []model.Rep{{ID: who.Rep, Party: who.Party}}
		}
		answered.Deal = d.ID
		return s.open(ctx, tx, d, at)
	})
	return answered, err
}

// open stores a new deal. Its first version has no events.
func (s *Store) open(ctx context.Context, tx *sql.Tx, d coselling.Deal, at time.Time) error {
	var record coselling.Record
	err := s.registry(ctx, tx, at, func(registry *registration.Registry) (err error) {
		record.Claims, err = registry.Claims(ctx, d.Registrations...)
		return err
	})
	if err != nil {
		return err
	}
	assessment, err := s.on(at).engine.Assess(d, record, at)
	if err != nil {
		return err
	}
	facts, err := json.Marshal(d)
	if err != nil {
		return err
	}
	parties, err := namesOf(d)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, "INSERT INTO portal_deal (id, version, opened, claim, parties, facts)"+
		" VALUES ($1, 0, $2, $3, $4, $5)", d.ID, instant(at), d.Registrations[0], parties,
		string(facts))
	if err != nil {
		return err
	}
	return takePart(ctx, tx, d, assessment.Everything())
}
