package store

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/base64"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/coselling/coselling/model"
)

const (
	MaxSecrets = 2   // of a source at once, so that one replaces the other without a gap
	maxSources = 100 // of all companies
	keyPrefix  = "whsec_"
	keyBytes   = 32
)

// Source is a system of a company, such as its CRM, that says by webhooks that something happened to a deal there. It
// speaks for its company alone.
type Source struct {
	ID, Name string
	Party    model.Party
	Secrets  []Secret // at most [MaxSecrets], the oldest first; nil: its webhooks are refused
	Waiting  int      // deals to be fetched from it
	Failed   int      // those that were tried too often; the next event tries them again
}

// Secret is one with which a source signs. Nobody sees its text again.
type Secret struct {
	ID string
	At time.Time
	By string // the name of the person who made it
}

// user returns a source as the author of what it says.
func (s Source) user() User {
	return User{ID: s.ID, Name: s.Name, Party: s.Party, Rep: s.Name, Zone: time.UTC}
}

// Companies returns those that may have a source: the vendor of a person, and its partners.
func (s *Store) Companies(ctx context.Context, who User) ([]model.Party, error) {
	partners, err := s.partnerships(ctx, s.db, who.Party)
	return append([]model.Party{who.Party}, partners...), err
}

// Sources returns the sources of all companies, by company and name.
func (s *Store) Sources(ctx context.Context) ([]Source, error) {
	var list []Source
	err := s.read(ctx, model.Party{}, func(tx *sql.Tx) error {
		var from Source
		var side string
		err := each(ctx, tx, "SELECT id, name, side, org, (SELECT count(*) FROM portal_fetch f WHERE f.source = s.id"+
			" AND f.tries < $1), (SELECT count(*) FROM portal_fetch f WHERE f.source = s.id AND f.tries >= $1)"+
			" FROM portal_source s ORDER BY side, org, name", []any{maxTries},
			[]any{&from.ID, &from.Name, &side, &from.Party.Org, &from.Waiting, &from.Failed}, func() (err error) {
				from.Party.Side, err = model.ParseSide(side)
				list = append(list, from)
				return err
			})
		if err != nil {
			return err
		}
		var of, at string
		var secret Secret
		return each(ctx, tx, "SELECT k.source, k.id, k.at, u.name FROM portal_secret k"+
			" JOIN portal_user u ON u.id = k.by_user ORDER BY k.at, k.id", nil,
			[]any{&of, &secret.ID, &at, &secret.By}, func() (err error) {
				secret.At, err = time.Parse(time.RFC3339Nano, at)
				if i := slices.IndexFunc(list, func(s Source) bool { return s.ID == of }); i >= 0 {
					list[i].Secrets = append(list[i].Secrets, secret)
				}
				return err
			})
	})
	return list, err
}

// Keys returns a source and the keys with which it signs; no keys for one that does not exist.
func (s *Store) Keys(ctx context.Context, source string) (from Source, keys [][]byte, err error) {
	if !plain(source) {
		source = ""
	}
	var side, secret string
	err = each(ctx, s.db, "SELECT s.id, s.name, s.side, s.org, k.secret FROM portal_source s JOIN portal_secret k"+
		" ON k.source = s.id WHERE s.id = $1", []any{source},
		[]any{&from.ID, &from.Name, &side, &from.Party.Org, &secret}, func() error {
			key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, keyPrefix))
			if err != nil {
				return err
			}
			keys = append(keys, key)
			from.Party.Side, err = model.ParseSide(side)
			return err
		})
	return from, keys, err
}

// AddSecret makes a secret for a source of a company, and the source if the company has none of that name. It returns
// the id of the source and the text of the secret, which is in the form of Standard Webhooks. [ErrTooMany] where the
// source has [MaxSecrets] or there are a hundred sources.
func (s *Store) AddSecret(ctx context.Context, who User, party model.Party, name string) (source, secret string,
	err error) {
	key := make([]byte, keyBytes)
	_, _ = rand.Read(key) // never fails
	secret = keyPrefix + base64.StdEncoding.EncodeToString(key)
	err = s.write(ctx, who.Party, func(tx *sql.Tx) error {
		row := tx.QueryRowContext(ctx, "SELECT id FROM portal_source WHERE side = $1 AND org = $2 AND name = $3",
			party.Side.String(), party.Org, name)
		err := row.Scan(&source)
		if errors.Is(err, sql.ErrNoRows) {
			source, err = addSource(ctx, tx, party, name)
		}
		if err != nil {
			return err
		}
		if err := fewer(ctx, tx, MaxSecrets, "SELECT count(*) FROM portal_secret WHERE source = $1",
			source); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, "INSERT INTO portal_secret (id, source, at, by_user, secret)"+
			" VALUES ($1, $2, $3, $4, $5)", newID(), source, instant(s.now()), who.ID, secret)
		return err
	})
	return source, secret, err
}

func addSource(ctx context.Context, tx *sql.Tx, party model.Party, name string) (string, error) {
	if err := fewer(ctx, tx, maxSources, "SELECT count(*) FROM portal_source"); err != nil {
		return "", err
	}
	id := newID()
	_, err := tx.ExecContext(ctx, "INSERT INTO portal_source (id, side, org, name) VALUES ($1, $2, $3, $4)", id,
		party.Side.String(), party.Org, name)
	return id, err
}

// fewer returns [ErrTooMany] where there are as many as there may be.
func fewer(ctx context.Context, tx *sql.Tx, most int, query string, args ...any) error {
	var n int
	err := tx.QueryRowContext(ctx, query, args...).Scan(&n)
	if err == nil && n >= most {
		return ErrTooMany
	}
	return err
}

// EndSecret removes a secret; [ErrNotFound] where there is none. What a source without any has said is forgotten.
func (s *Store) EndSecret(ctx context.Context, secret string) error {
	return s.write(ctx, model.Party{}, func(tx *sql.Tx) error {
		done, err := tx.ExecContext(ctx, "DELETE FROM portal_secret WHERE id = $1", secret)
		if err := changed(done, err); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, "DELETE FROM portal_fetch WHERE source NOT IN (SELECT source FROM portal_secret)")
		return err
	})
}
