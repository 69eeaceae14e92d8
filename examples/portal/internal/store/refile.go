package store

import (
	"context"
	"database/sql"
	"slices"

	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/registration"
)

// File files another claim for a deal of the version that the person has seen, such as after its registration has
// lapsed, and names it in the deal, both or neither. A refused filing is no error. Errors are those of [Store.Register]
// and [Store.Change].
func (s *Store) File(ctx context.Context, who User, id string, version int, f registration.Filing) (registration.Answer,
	error) {
	var answer registration.Answer
	err := s.write(ctx, who.Party, func(tx *sql.Tx) error {
		d, err := s.one(ctx, tx, who.Party, id, latest)
		if err != nil {
			return err
		}
		if d.version != version {
			return ErrChanged
		}
		at := s.now()
		if err := mayFile(ctx, tx, who, at); err != nil {
			return err
		}
		f.By = who.Rep
		var named []string
		err = s.registry(ctx, tx, at, func(registry *registration.Registry) (err error) {
			if answer, err = registry.Submit(ctx, who.Party, f); err != nil || !answer.Accepted {
				return err
			}
			named = append(slices.Clone(d.facts.Registrations), answer.Claim)
			d.record.Claims, err = registry.Claims(ctx, named...)
			return err
		})
		if err != nil {
			return err
		}
		if err := logFiling(ctx, tx, who, at, f, answer); err != nil || !answer.Accepted {
			return err
		}
		change := deal.Change{Edit: deal.Edit{Deal: deal.Deal{Registrations: named}}}
		decision, err := s.on(at).engine.Try(d.facts, d.record, change)
		if err != nil {
			return err
		}
		return s.keep(ctx, tx, who, version+1, at, change, decision)
	})
	return answer, err
}
