package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"slices"
	"time"

	"github.com/coselling/coselling"
	"github.com/coselling/coselling/assess"
	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// Outcome is what a change of a deal does or would do, as far as the party of the person may know.
type Outcome struct {
	Accepted bool
	Reasons  []value.Reason  // every reason against it
	Pending  []model.Party   // whose consent it waits for
	Undone   []assess.Undone // the stored events that would not hold any more
	Version  int             // of the deal, after the change where it was stored
}

// Try returns what a change would do now, and stores nothing. Claims have ways of their own: [Store.Register] and
// [Store.Decide].
func (s *Store) Try(ctx context.Context, who User, id string, change deal.Change) (Outcome, error) {
	var o Outcome
	err := s.read(ctx, who.Party, func(tx *sql.Tx) error {
		d, err := s.one(ctx, tx, who.Party, id, latest)
		if err != nil {
			return err
		}
		at := s.now()
		decision, err := s.on(at).engine.Try(d.facts, d.record, stamped(change, who, at))
		o = outcome(decision, who.Party, d.version)
		return err
	})
	return o, err
}

// Change changes a deal of the version that the person has seen. A change that the rules refuse is no error, and
// nothing is stored; [ErrChanged] where somebody else was faster. Person and instant of the change come from the
// arguments and the clock, whatever it says.
func (s *Store) Change(ctx context.Context, who User, id string, version int, change deal.Change) (Outcome, error) {
	var o Outcome
	err := s.write(ctx, who.Party, func(tx *sql.Tx) (err error) {
		at := s.now()
		o, err = s.change(ctx, tx, who, id, version, at, stamped(change, who, at))
		return err
	})
	return o, err
}

// change changes a deal as [Store.Change] does, of whatever version where it is the latest.
func (s *Store) change(ctx context.Context, tx *sql.Tx, who User, id string, version int, at time.Time,
	change deal.Change) (Outcome, error) {
	d, err := s.one(ctx, tx, who.Party, id, latest)
	if err != nil {
		return Outcome{}, err
	}
	if version != latest && d.version != version {
		return Outcome{}, ErrChanged
	}
	decision, err := s.on(at).engine.Try(d.facts, d.record, change)
	o := outcome(decision, who.Party, d.version)
	if err != nil || !decision.Accepted {
		return o, err
	}
	if change.Activity.ID != "" {
		return o, keepActivity(ctx, tx, id, d.version, change)
	}
	o.Version++
	return o, s.keep(ctx, tx, who, o.Version, at, change, decision)
}

func outcome(d assess.Decision, party model.Party, version int) Outcome {
	o := Outcome{Accepted: d.Accepted, Pending: d.Pending, Undone: d.Undone, Version: version}
	for _, reason := range d.Reasons {
		o.Reasons = append(o.Reasons, party.View(reason))
	}
	for i := range o.Undone {
		for j, reason := range o.Undone[i].Reasons {
			o.Undone[i].Reasons[j] = party.View(reason)
		}
	}
	return o
}

// keep adds an event to those of a deal, with the answer that each party of the deal gets after it.
func (s *Store) keep(ctx context.Context, tx *sql.Tx, who User, version int, at time.Time, change deal.Change,
	decision assess.Decision) error {
	r, d := s.on(at), decision.Deal
	assessment, err := r.engine.Assess(d, decision.Record, at)
	if err != nil {
		return err
	}
	answers := make(map[string]string)
	for _, party := range partiesOf(d) {
		text, err := assessment.For(party).MarshalJSON()
		if err != nil {
			return err
		}
		answers[party.String()] = digest(text)
	}
	digests, err := json.Marshal(answers)
	if err != nil {
		return err
	}
	text, err := change.MarshalJSON()
	if err != nil {
		return err
	}
	if _, err = tx.ExecContext(ctx, "INSERT INTO portal_event (deal, version, at, by_user, book, change, answers)"+
		" VALUES ($1, $2, $3, $4, $5, $6, $7)", d.ID, version, instant(at), who.ID, r.book.Version,
		string(text), string(digests)); err != nil {
		return err
	}
	if err := keepBookings(ctx, tx, d, assessment); err != nil {
		return err
	}
	host := assessment.Everything()
	if err := s.draft(ctx, tx, who, d, host); err != nil {
		return err
	}
	if err := takePart(ctx, tx, d, host); err != nil {
		return err
	}
	parties, err := namesOf(d)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, "UPDATE portal_deal SET version = $2, parties = $3 WHERE id = $1", d.ID, version,
		parties)
	return err
}

// keepActivity adds a mail or meeting to a deal. It is no decision, so it neither needs nor makes a version: the one
// that the deal has says which decisions knew of it.
func keepActivity(ctx context.Context, tx *sql.Tx, id string, version int, change deal.Change) error {
	text, err := change.MarshalJSON()
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, "INSERT INTO portal_activity (deal, id, version, change) VALUES ($1, $2, $3, $4)", id,
		change.Activity.ID, version, string(text))
	return err
}

// digest returns the SHA-256 of a document, by which the audit knows it again.
func digest(text []byte) string {
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

// partiesOf returns the parties of a deal, the partner that leads first.
func partiesOf(d coselling.Deal) []model.Party {
	list := []model.Party{model.PartnerOrg(d.Partner), model.VendorOrg(d.Vendor)}
	for _, p := range d.Participants {
		list = append(list, p.Party)
	}
	return list
}

// namesOf returns the names of the parties of a deal as the database has them, a list in JSON.
func namesOf(d coselling.Deal) (string, error) {
	var names []string
	for _, party := range partiesOf(d) {
		names = append(names, party.String())
	}
	text, err := json.Marshal(names)
	return string(text), err
}

// stamped returns a change as done by a person at an instant. Consents and overrides of others are not theirs to give.
func stamped(c deal.Change, who User, at time.Time) deal.Change {
	person := who.Person()
	if c.Event.Verb != 0 {
		c.Event.By, c.Event.At, c.Event.Consents, c.Event.Overrides = person, at, nil, nil
		c.Event.Evidence = slices.Clone(c.Event.Evidence)
		for i := range c.Event.Evidence {
			c.Event.Evidence[i].By, c.Event.Evidence[i].At = who.Rep, at
		}
	}
	c.Facts = slices.Clone(c.Facts)
	for i := range c.Facts {
		c.Facts[i].By, c.Facts[i].At = who.Rep, at
	}
	if c.Activity.Kind != 0 {
		c.Activity.ID, c.Activity.Side = newID(), who.Party.Side
	}
	if c.Blocker.Kind != "" {
		c.Blocker.ID, c.Blocker.By, c.Blocker.Raised = newID(), person, at
	}
	c.Blocker.Acknowledged = slices.Clone(c.Blocker.Acknowledged)
	for i := range c.Blocker.Acknowledged {
		c.Blocker.Acknowledged[i].By, c.Blocker.Acknowledged[i].At = person, at
	}
	if c.BlockerEvent.Blocker != "" {
		c.BlockerEvent.By, c.BlockerEvent.At = person, at
	}
	c.Claim, c.ClaimEvent = deal.Change{}.Claim, deal.Change{}.ClaimEvent
	return c
}
