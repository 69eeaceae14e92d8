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
	Issuer          string         // of the account that speaks for the person; empty: none does
}

// Person returns the user as events name people.
func (u User) Person() model.Person { return model.Person{Name: u.Rep, Party: u.Party} }

// userColumns begins a query for people. A row that has ended is there for the events that name it, and for nothing else.
const userColumns = "SELECT id, email, name, side, org, rep, approver, zone, hash," +
	" coalesce((SELECT issuer FROM portal_account WHERE person = portal_user.id), '')" +
	" FROM portal_user WHERE ended = '' AND "

// User returns a person by the id that the session holds; [ErrNotFound] for one who has been removed.
func (s *Store) User(ctx context.Context, id string) (User, error) {
	u, _, err := scanUser(s.db.QueryRowContext(ctx, userColumns+"id = $1", id))
	return u, err
}

// UserByEmail returns a person and the hash of the password; [ErrNotFound] for an address that nobody has.
func (s *Store) UserByEmail(ctx context.Context, email string) (User, []byte, error) {
	return scanUser(s.db.QueryRowContext(ctx, userColumns+"email = $1", email))
}

// Account returns the person for whom a subject of an issuer speaks, else [ErrNotFound].
func (s *Store) Account(ctx context.Context, issuer, subject string) (User, error) {
	return account(ctx, s.db, issuer, subject)
}

func account(ctx context.Context, q querier, issuer, subject string) (User, error) {
	u, _, err := scanUser(q.QueryRowContext(ctx, userColumns+"id ="+
		" (SELECT person FROM portal_account WHERE issuer = $1 AND subject = $2)", issuer, subject))
	return u, err
}

// personOf returns the person of a party and rep for whom nobody speaks yet; [ErrTaken] where somebody does, and
// [ErrNotFound] where there is no such person.
func personOf(ctx context.Context, q querier, u User) (User, error) {
	found, _, err := scanUser(q.QueryRowContext(ctx, userColumns+"side = $1 AND org = $2 AND rep = $3"+
		" ORDER BY id LIMIT 1", u.Party.Side.String(), u.Party.Org, u.Rep))
	if err == nil && found.Issuer != "" {
		err = ErrTaken
	}
	return found, err
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
// find, and the invitations that the person has made. Events keep the name; the mail address and the account are free
// again. [ErrNotFound] for somebody who has no access, and for oneself, so that somebody is left to invite others.
func (s *Store) Remove(ctx context.Context, by User, id string) error {
	return s.write(ctx, by.Party, func(tx *sql.Tx) error {
		result, err := tx.ExecContext(ctx, "UPDATE portal_user SET ended = $1, ended_by = $2, email = id, hash = ''"+
			" WHERE id = $3 AND id <> $2 AND ended = '' AND EXISTS"+
			" (SELECT 1 FROM portal_user AS other WHERE other.id = $2 AND other.ended = '')", instant(s.now()), by.ID, id)
		if err := changed(result, err); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "DELETE FROM portal_account WHERE person = $1", id); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, "UPDATE portal_invitation SET closed = $1 WHERE"+openInvitation+" AND (by_user = $2"+
			" OR (side, org, rep) = (SELECT side, org, rep FROM portal_user WHERE id = $2))", instant(s.now()), id)
		return err
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

// scanner is a row of an answer.
type scanner interface{ Scan(to ...any) error }

func scanUser(row scanner) (u User, hash []byte, err error) {
	var side, zone string
	err = row.Scan(&u.ID, &u.Email, &u.Name, &side, &u.Party.Org, &u.Rep, &u.Approver, &zone, &hash, &u.Issuer)
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
	err := s.write(ctx, model.Party{}, func(tx *sql.Tx) error { return insertUser(ctx, tx, u, hash) })
	return u, err
}

func insertUser(ctx context.Context, tx *sql.Tx, u User, hash []byte) error {
	_, err := tx.ExecContext(ctx, "INSERT INTO portal_user (id, email, name, side, org, rep, approver, zone, hash)"+
		" VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)", u.ID, u.Email, u.Name, u.Party.Side.String(), u.Party.Org,
		u.Rep, u.Approver, u.Zone.String(), string(hash))
	return err
}

// Users returns the number of people.
func (s *Store) Users(ctx context.Context) (n int, err error) {
	err = s.db.QueryRowContext(ctx, "SELECT count(*) FROM portal_user").Scan(&n)
	return n, err
}
