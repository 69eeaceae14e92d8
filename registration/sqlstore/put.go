package sqlstore

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/matching"
)

const maxTerm = 256 // bytes of a term that is not indexed by its hash

// claimRow is a claim with its terms and keys, as a member of the list that the statements of a put read.
type claimRow struct {
	ID    string    `json:"id"`
	Side  int       `json:"side"`
	Org   string    `json:"org"`
	Key   string    `json:"filing_key"`
	Body  string    `json:"body"`
	Terms []termRow `json:"terms"` // of a new claim
	Keys  []string  `json:"keys"`
}

// termRow is a term of a claim, as a row of its table.
type termRow struct {
	Kind int    `json:"kind"`
	Term string `json:"term"`
}

// save writes claims, with their terms where they are new. It refuses one that could not be read again.
func (t *tx) save(entries []registration.Keyed) error {
	rows := make([]claimRow, len(entries))
	for i := range entries {
		c := &entries[i].Claim
		body, err := c.MarshalJSON()
		if err == nil {
			err = new(registration.Claim).UnmarshalJSON(body)
		}
		if err != nil {
			return err
		}
		row := claimRow{ID: c.ID, Side: int(c.Claimant.Side), Org: c.Claimant.Org, Key: c.Filing.Key,
			Body: string(body), Keys: entries[i].Keys}
		if !t.seen[c.ID] {
			t.seen[c.ID] = true
			row.Terms = termRows(c.Key)
		}
		rows[i] = row
	}
	list, err := wire.Marshal(&rows)
	if err != nil {
		return err
	}
	for _, statement := range t.store.dialect.put {
		if _, err := t.conn.ExecContext(t.ctx, t.store.dialect.query(statement), string(list)); err != nil {
			return err
		}
	}
	return nil
}

// termRows returns the terms of a key as they are stored.
func termRows(key matching.Key) (rows []termRow) {
	for kind, terms := range [...][]string{accountTerm: key.Terms(), nameTerm: key.NameTerms()} {
		for _, term := range distinct(terms) {
			rows = append(rows, termRow{kind, term})
		}
	}
	return rows
}

// distinct returns the terms in their indexed form, each once.
func distinct(terms []string) []string {
	keys := make([]string, len(terms))
	for i, term := range terms {
		keys[i] = indexed(term)
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// indexed returns a term as the index has it: its hash if it is too long for an index or if a database refuses it.
func indexed(term string) string {
	if len(term) <= maxTerm && storable(term) {
		return term
	}
	hash := sha256.Sum256([]byte(term))
	return "sha256:" + hex.EncodeToString(hash[:])
}

// storable reports whether both databases accept the text.
func storable(s string) bool { return utf8.ValidString(s) && !strings.Contains(s, "\x00") }
