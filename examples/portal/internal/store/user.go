package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/coselling/coselling/model"
)

// User is a person who signs in. Party, rep and role come from the database alone, never from a request.
type User struct {
	ID, Email, Name string
	Party           model.Party
	Rep             string         // the id of the rep in deals and claims
	Approver        bool           // decides on the pay of the company; of the vendor a channel owner, too
	Zone            *time.Location // in which the person reads instants
}

// Person returns the user as events name people.
func (u User) Person() model.Person { return model.Person{Name: u.Rep, Party: u.Party} }

const userColumns = "SELECT id, email, name, side, org, rep, approver, zone, hash FROM portal_user WHERE "

// User returns a person by the id that the session holds; [ErrNotFound] for one who has been removed.
func (s *Store) User(ctx context.Context, id string) (User, error) {
	u, _, err := scanUser(s.db.QueryRowContext(ctx, userColumns+"id = $1", id))
	return u, err
}

// UserByEmail returns a person and the hash of the password; [ErrNotFound] for an address that nobody has.
func (s *Store) UserByEmail(ctx context.Context, email string) (User, []byte, error) {
	return scanUser(s.db.QueryRowContext(ctx, userColumns+"email = $1", email))
}

func scanUser(row *sql.Row) (u User, hash []byte, err error) {
	var side, zone string
	err = row.Scan(&u.ID, &u.Email, &u.Name, &side, &u.Party.Org, &u.Rep, &u.Approver, &zone, &hash)
	if errors.Is(err, sql.ErrNoRows) {
		return User{}, nil, ErrNotFound
	}
	if err != nil {
		return User{}, nil, err
	}
	if u.Party.Side, err = model.ParseSide(side); err != nil {
		return User{}, nil, err
	}
	u.Zone, err = time.LoadLocation(zone)
	return u, hash, err
}

// AddUser stores a person under a new id, with the hash of a password, and returns it.
func (s *Store) AddUser(ctx context.Context, u User, hash []byte) (User, error) {
	u.ID = newID()
	err := s.write(ctx, model.Party{}, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "INSERT INTO portal_user (id, email, name, side, org, rep, approver, zone, hash)"+
			" VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)", u.ID, u.Email, u.Name, u.Party.Side.String(), u.Party.Org,
			u.Rep, u.Approver, u.Zone.String(), hash)
		return err
	})
	return u, err
}

// Users returns the number of people.
func (s *Store) Users(ctx context.Context) (n int, err error) {
	err = s.db.QueryRowContext(ctx, "SELECT count(*) FROM portal_user").Scan(&n)
	return n, err
}
