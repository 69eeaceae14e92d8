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

// userColumns begins a query for people. A row that has ended is there for the events that name it, and for nothing else.
const userColumns = "SELECT id, email, name, side, org, rep, approver, zone, hash FROM portal_user WHERE ended = '' AND "

// User returns a person by the id that the session holds; [ErrNotFound] for one who has been removed.
func (s *Store) User(ctx context.Context, id string) (User, error) {
	u, _, err := scanUser(s.db.QueryRowContext(ctx, userColumns+"id = $1", id))
	return u, err
}

// UserByEmail returns a person and the hash of the password; [ErrNotFound] for an address that nobody has.
func (s *Store) UserByEmail(ctx context.Context, email string) (User, []byte, error) {
	return scanUser(s.db.QueryRowContext(ctx, userColumns+"email = $1", email))
}

// maxPeople is the number of people on one page.
const maxPeople = 50

// People returns the people who may sign in, by company and name: at most fifty, those that come after a person, and
// the id of the last one where there are more.
func (s *Store) People(ctx context.Context, after string) (list []User, next string, err error) {
	query, args := userColumns+"TRUE", []any{maxPeople + 1}
	if after != "" {
		query += " AND (side, org, name, id) > (SELECT side, org, name, id FROM portal_user WHERE id = $2)"
		args = append(args, after)
	}
	rows, err := s.db.QueryContext(ctx, query+" ORDER BY side, org, name, id LIMIT $1", args...)
	if err != nil {
		return nil, "", err
	}
	defer rows.Close()
	for rows.Next() {
		if len(list) == maxPeople {
			return list, list[maxPeople-1].ID, nil
		}
		u, _, err := scanUser(rows)
		if err != nil {
			return nil, "", err
		}
		list = append(list, u)
	}
	return list, "", rows.Err()
}

// Remove ends the access of a person at once, sessions included, since nobody is signed in whom [Store.User] does not
// find. Events keep the name; the mail address is free again. [ErrNotFound] for somebody who has no access, and for
// oneself, so that there is always somebody who can invite others.
func (s *Store) Remove(ctx context.Context, by User, id string) error {
	return s.write(ctx, by.Party, func(tx *sql.Tx) error {
		result, err := tx.ExecContext(ctx, "UPDATE portal_user SET ended = $1, ended_by = $2, email = id, hash = ''"+
			" WHERE id = $3 AND id <> $2 AND ended = '' AND EXISTS"+
			" (SELECT 1 FROM portal_user AS other WHERE other.id = $2 AND other.ended = '')", instant(s.now()), by.ID, id)
		return changed(result, err)
	})
}

// changed returns [ErrNotFound] for a statement that changed no row.
func changed(result sql.Result, err error) error {
	if err != nil {
		return err
	}
	if n, err := result.RowsAffected(); err != nil || n > 0 {
		return err
	}
	return ErrNotFound
}

func scanUser(row interface{ Scan(to ...any) error }) (u User, hash []byte, err error) {
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
			u.Rep, u.Approver, u.Zone.String(), string(hash))
		return err
	})
	return u, err
}

// Users returns the number of people.
func (s *Store) Users(ctx context.Context) (n int, err error) {
	err = s.db.QueryRowContext(ctx, "SELECT count(*) FROM portal_user").Scan(&n)
	return n, err
}
