package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/model"
)

// Decided is a decision about a deal, as it was recorded.
type Decided struct {
	Version int // of the deal after it
	At      time.Time
	By      model.Person
	Book    string      // the version of the book by which it was decided
	Change  deal.Change // what was decided on

	digest string // of the answer that the party got after it
}

// Replayed is a decision that was made again, from what was known then.
type Replayed struct {
	Decided
	Outcome  Outcome
	Answer   []byte // the view of the party after the decision, as a document
	Digest   string // the SHA-256 of the answer
	Recorded string // that of the answer of then; empty: the party took no part in the deal yet
}

// Same reports whether the answer has the bytes that it had then.
func (r Replayed) Same() bool { return r.Digest == r.Recorded }

// History returns the decisions about a deal that the party of a person may know: the steps of the playbook, and what
// else people of the party did themselves. The latest comes first.
func (s *Store) History(ctx context.Context, who User, id string) ([]Decided, error) {
	var list []Decided
	err := s.read(ctx, who.Party, func(tx *sql.Tx) (err error) {
		list, err = s.decided(ctx, tx, who, id)
		return err
	})
	return list, err
}

func (s *Store) decided(ctx context.Context, tx *sql.Tx, who User, id string) ([]Decided, error) {
	var list []Decided
	var e Decided
	var at, side string
	var change, answers []byte
	party := []any{who.Party.Side.String(), who.Party.Org, id}
	err := each(ctx, tx, "SELECT e.version, e.at, u.name, u.side, u.org, e.book, e.change, e.answers"+
		" FROM portal_event e JOIN portal_party p ON p.deal = e.deal"+
		" JOIN (SELECT id, rep AS name, side, org FROM portal_user UNION ALL"+
		" SELECT id, name, side, org FROM portal_source) u ON u.id = e.by_user"+
		" WHERE p.side = $1 AND p.org = $2 AND e.deal = $3 ORDER BY e.version DESC", party,
		[]any{&e.Version, &at, &e.By.Name, &side, &e.By.Party.Org, &e.Book, &change, &answers}, func() (err error) {
			if e.At, err = time.Parse(time.RFC3339Nano, at); err != nil {
				return err
			}
			if e.By.Party.Side, err = model.ParseSide(side); err != nil {
				return err
			}
			if e.Change, err = deal.ParseChange(change); err != nil {
				return err
			}
			digests := make(map[string]string)
			if err := json.Unmarshal(answers, &digests); err != nil {
				return err
			}
			e.digest = digests[who.Party.String()]
			if e.Change.Event.Verb != 0 || e.By.Party == who.Party {
				list = append(list, e)
			}
			return nil
		})
	return list, err
}

// Replay makes a decision again, by the book of then and from what was known then. [ErrNotFound] for one that the party
// of the person may not know.
func (s *Store) Replay(ctx context.Context, who User, id string, version int) (Replayed, error) {
	var r Replayed
	err := s.read(ctx, who.Party, func(tx *sql.Tx) error {
		list, err := s.decided(ctx, tx, who, id)
		if err != nil {
			return err
		}
		for _, d := range list {
			if d.Version == version {
				r.Decided, r.Recorded = d, d.digest
			}
		}
		if r.Version == 0 {
			return ErrNotFound
		}
		then, err := s.one(ctx, tx, who.Party, id, version-1)
		if err != nil {
			return err
		}
		after, err := s.one(ctx, tx, who.Party, id, version)
		if err != nil {
			return err
		}
		then.record.Claims = after.record.Claims // one that the change names was filed with it
		return s.again(&r, then, who.Party)
	})
	return r, err
}

// again decides once more.
func (s *Store) again(r *Replayed, then *kept, party model.Party) error {
	rules := s.of(r.Book)
	if rules == nil {
		return fmt.Errorf("the portal has no book %q any more, by which it was decided", r.Book)
	}
	decision, err := rules.engine.Try(then.facts, then.record, r.Change)
	if err != nil {
		return err
	}
	r.Outcome = outcome(decision, party, then.version)
	assessment, err := rules.engine.Assess(decision.Deal, decision.Record, r.At)
	if err != nil {
		return err
	}
	r.Answer, err = assessment.For(party).MarshalJSON()
	r.Digest = digest(r.Answer)
	return err
}

// of returns the rules of a version of the book; nil if the portal has it no more.
func (s *Store) of(version string) *rules {
	for i := range s.rules {
		if s.rules[i].book.Version == version {
			return &s.rules[i]
		}
	}
	return nil
}
