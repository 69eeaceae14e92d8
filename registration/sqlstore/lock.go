package sqlstore

import (
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"fmt"
	"slices"
	"time"

	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/value"
)

const (
	open = "SELECT micros, version, grown, claim FROM coselling_registration_open(?, ?, ?)"

	// a waiter gives up after this part of the timeout, so that those of a process that stands still are gone before
	// its transaction is ended
	waitPart = 4

	maxHeld = 100_000 // [open] returns one more
)

// subject is the form of a [registration.Subject] that the database reads.
type subject struct {
	Terms  []string `json:"terms"`
	Claims []string `json:"claims"`
	Names  []int64  `json:"names"` // of locks that are no rows: those of claims and filings
	Side   int      `json:"side,omitzero"`
	Org    string   `json:"org,omitzero"`
	Key    string   `json:"key,omitzero"`
	Reach  bool     `json:"reach"`
}

// names returns the names of the claims and of the filing of a subject.
func names(about *registration.Subject) []string {
	list := make([]string, 0, len(about.Claims)+1)
	for _, id := range about.Claims {
		list = append(list, "claim:"+id)
	}
	if about.Key != "" {
		list = append(list, fmt.Sprintf("filed:%d:%q:%q", about.Claimant.Side, about.Claimant.Org, about.Key))
	}
	return list
}

// held has the locks of a write and the claims under them, all of its start.
type held struct {
	about  *registration.Subject
	terms  map[string]bool // locked, as the index has them
	claims []registration.Claim
	places map[string]int   // of the claims, by their ids
	under  map[string][]int // the places of the claims with a term
}

// lock locks what the write is about and reads its claims, in one round trip. If the claims that came meanwhile share
// terms with others, it is a [Busy] error: the locks do not cover these, and the transaction must begin again.
func (t *tx) lock(idle, wait time.Duration) error {
	about := subject{Terms: distinct(t.about.Terms), Reach: t.about.Reach}
	for _, id := range t.about.Claims {
		if storable(id) {
			about.Claims = append(about.Claims, id)
		}
	}
	if storable(t.about.Claimant.Org) && storable(t.about.Key) && t.about.Key != "" {
		about.Side, about.Org, about.Key = int(t.about.Claimant.Side), t.about.Claimant.Org, t.about.Key
	}
	for _, name := range names(t.about) {
		hash := sha256.Sum256([]byte(name))
		about.Names = append(about.Names, int64(binary.BigEndian.Uint64(hash[:])))
	}
	slices.Sort(about.Names)
	text, err := wire.Marshal(&about)
	if err != nil {
		return err
	}
	rows, err := t.conn.QueryContext(t.ctx, t.store.dialect.query(open), string(text), idle.Milliseconds(),
		wait.Milliseconds())
	if err != nil {
		return err
	}
	defer rows.Close()
	t.held = &held{about: t.about, terms: make(map[string]bool), places: make(map[string]int),
		under: make(map[string][]int)}
	for _, term := range about.Terms {
		t.held.terms[term] = true
	}
	for rows.Next() {
		if err := t.takeRow(rows); err != nil {
			return err
		}
	}
	if len(t.held.claims) > maxHeld {
		return value.NewError("sqlstore.excess", "the write",
			"is about more than 100,000 claims, with those that can touch their accounts; write about fewer at once")
	}
	return rows.Err()
}

// takeRow takes a row of what a write has locked: a claim, or first the server's time, the version of the tables and
// whether the locks fall short.
func (t *tx) takeRow(rows *sql.Rows) error {
	var micros, version sql.NullInt64
	var grown sql.NullBool
	var body []byte
	if err := rows.Scan(&micros, &version, &grown, &body); err != nil {
		return err
	}
	if body == nil {
		if grown.Bool {
			return busy("was joined with others by claims that came meanwhile")
		}
		return t.start(int(version.Int64), micros.Int64)
	}
	c, err := t.parse(body)
	if err == nil {
		t.held.add(c)
	}
	return err
}

func busy(problem string) error {
	return &value.Error{Code: Busy, Got: "the account", Class: value.Conflict,
		Problem: problem + "; run the whole transaction again"}
}

// add adds or replaces a claim.
func (h *held) add(c registration.Claim) {
	if i, ok := h.places[c.ID]; ok {
		h.claims[i] = c
		return
	}
	place := len(h.claims)
	h.claims = append(h.claims, c)
	h.places[c.ID] = place
	for _, term := range distinct(c.Key.Terms()) {
		h.terms[term] = true
		h.under[term] = append(h.under[term], place)
	}
}

// byTerms returns the claims with one of terms, each once; a term that is not locked is an error.
func (h *held) byTerms(terms []string) ([]registration.Claim, error) {
	var places []int
	for _, term := range terms {
		if !h.terms[indexed(term)] {
			return nil, value.NewError("sqlstore.unlocked", value.Quote(term),
				"is not a term of an account that the write is about")
		}
		places = append(places, h.under[indexed(term)]...)
	}
	slices.Sort(places)
	places = slices.Compact(places)
	found := make([]registration.Claim, len(places))
	for i, place := range places {
		found[i] = h.claims[place]
	}
	return found, nil
}
