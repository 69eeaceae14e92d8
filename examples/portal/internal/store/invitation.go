package store

import (
	"cmp"
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"time"

	"github.com/coselling/coselling/model"
)

// maxInvitations is the number of invitations that are open at once.
const maxInvitations = 500

// Invitation says that a subject of an issuer may become a person. A secret link leads to it, once.
type Invitation struct {
	ID     string
	Issuer string
	Person User // party, rep, name, role and zone
	Expiry time.Time
}

const (
	openInvitation  = " closed = '' AND expiry > $1"
	invitationsWith = "SELECT id, issuer, side, org, rep, name, approver, zone, expiry FROM portal_invitation WHERE" +
		openInvitation
)

// Invite stores an invitation and returns its secret, of which only the hash is kept. An earlier one of the same rep
// ends. By is the id of the person who invites; empty: the operator of the portal. It returns [ErrTaken] where somebody
// speaks for the rep already, and [ErrTooMany] where very many invitations are open.
func (s *Store) Invite(ctx context.Context, by string, i Invitation) (secret string, err error) {
	secret, u := rand.Text(), i.Person
	err = s.write(ctx, model.Party{}, func(tx *sql.Tx) error {
		now := instant(s.now())
		if _, err := personOf(ctx, tx, u); err != nil && !errors.Is(err, ErrNotFound) {
			return err
		}
		if _, err := tx.ExecContext(ctx, "UPDATE portal_invitation SET closed = $1 WHERE"+openInvitation+
			" AND side = $2 AND org = $3 AND rep = $4", now, u.Party.Side.String(), u.Party.Org, u.Rep); err != nil {
			return err
		}
		var n int
		if err := tx.QueryRowContext(ctx, "SELECT count(*) FROM portal_invitation WHERE"+openInvitation, now).Scan(
			&n); err != nil {
			return err
		}
		if n >= maxInvitations {
			return ErrTooMany
		}
		_, err := tx.ExecContext(ctx, "INSERT INTO portal_invitation (id, secret, issuer, side, org, rep, name, approver,"+
			" zone, by_user, made, expiry) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)", newID(),
			digest([]byte(secret)), i.Issuer, u.Party.Side.String(), u.Party.Org, u.Rep, u.Name, u.Approver, u.Zone.String(), by,
			now, instant(i.Expiry))
		return err
	})
	return secret, err
}

// Invitations returns the invitations that are open, those that end first before the others.
func (s *Store) Invitations(ctx context.Context) ([]Invitation, error) {
	rows, err := s.db.QueryContext(ctx, invitationsWith+" ORDER BY expiry, id", instant(s.now()))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []Invitation
	for rows.Next() {
		i, err := scanInvitation(rows)
		if err != nil {
			return nil, err
		}
		list = append(list, i)
	}
	return list, rows.Err()
}

// Invited returns the open invitation to which a secret leads, else [ErrNotFound].
func (s *Store) Invited(ctx context.Context, secret string) (Invitation, error) {
	return s.invitation(ctx, s.db, "secret", digest([]byte(secret)))
}

// Invitation returns an open invitation by its id, else [ErrNotFound].
func (s *Store) Invitation(ctx context.Context, id string) (Invitation, error) {
	return s.invitation(ctx, s.db, "id", id)
}

func (s *Store) invitation(ctx context.Context, q querier, column, key string) (Invitation, error) {
	i, err := scanInvitation(q.QueryRowContext(ctx, invitationsWith+" AND "+column+" = $2", instant(s.now()), key))
	if errors.Is(err, sql.ErrNoRows) {
		return i, ErrNotFound
	}
	return i, err
}

func scanInvitation(row scanner) (i Invitation, err error) {
	var side, zone, expiry string
	if err := row.Scan(&i.ID, &i.Issuer, &side, &i.Person.Party.Org, &i.Person.Rep, &i.Person.Name, &i.Person.Approver,
		&zone, &expiry); err != nil {
		return i, err
	}
	if i.Person.Party.Side, err = model.ParseSide(side); err != nil {
		return i, err
	}
	if i.Person.Zone, err = time.LoadLocation(zone); err != nil {
		return i, err
	}
	i.Expiry, err = time.Parse(time.RFC3339Nano, expiry)
	return i, err
}

// EndInvitation ends an open invitation; [ErrNotFound] where it is not open.
func (s *Store) EndInvitation(ctx context.Context, id string) error {
	return s.write(ctx, model.Party{}, func(tx *sql.Tx) error {
		result, err := tx.ExecContext(ctx, "UPDATE portal_invitation SET closed = $1 WHERE"+openInvitation+
			" AND id = $2", instant(s.now()), id)
		return changed(result, err)
	})
}

// Accept lets a subject of an issuer speak for the person of an invitation, and closes it. The person is the one of the
// party and rep who has no account yet, else a new one. It returns [ErrNotFound] where the invitation is not open or is
// for another issuer, and [ErrTaken] where the subject speaks for somebody already or somebody speaks for the rep.
func (s *Store) Accept(ctx context.Context, id, issuer, subject string) (who User, err error) {
	err = s.write(ctx, model.Party{}, func(tx *sql.Tx) error {
		i, err := s.invitation(ctx, tx, "id", id)
		if err != nil {
			return err
		}
		if i.Issuer != issuer {
			return ErrNotFound
		}
		if _, err := account(ctx, tx, issuer, subject); !errors.Is(err, ErrNotFound) {
			return cmp.Or(err, ErrTaken)
		}
		if who, err = personOf(ctx, tx, i.Person); errors.Is(err, ErrNotFound) {
			who = i.Person
			who.ID = newID()
			who.Email = who.ID // which nobody signs in with
			err = insertUser(ctx, tx, who, nil)
		}
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "UPDATE portal_user SET name = $1, approver = $2, zone = $3 WHERE id = $4",
			i.Person.Name, i.Person.Approver, i.Person.Zone.String(), who.ID); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "INSERT INTO portal_account (issuer, subject, person) VALUES ($1, $2, $3)",
			issuer, subject, who.ID); err != nil {
			return err
		}
		who.Issuer = issuer
		result, err := tx.ExecContext(ctx, "UPDATE portal_invitation SET closed = $1, person = $2 WHERE"+openInvitation+
			" AND id = $3", instant(s.now()), who.ID, id)
		return changed(result, err)
	})
	return who, err
}
