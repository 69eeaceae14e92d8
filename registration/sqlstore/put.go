package sqlstore

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/matching"
)

const (
	replace = "UPDATE coselling_registration_claim SET body = ? WHERE id = ?"
	insert  = "INSERT INTO coselling_registration_claim (id, side, org, filing_key, body) " +
		"VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET body = excluded.body RETURNING seq"
	addTerms = "INSERT INTO coselling_registration_term (kind, term, claim) VALUES (?, ?, ?)"
	keepOld  = " ON CONFLICT DO NOTHING"

	termsAtOnce = 100
	maxTerm     = 256 // bytes of a term that is not indexed by its hash
)

// save writes a claim, and its terms if it is new. It refuses one that could not be read again.
func (t *tx) save(c registration.Claim) error {
	body, err := c.MarshalJSON()
	if err == nil {
		err = new(registration.Claim).UnmarshalJSON(body)
	}
	if err != nil {
		return err
	}
	if t.seen[c.ID] {
		_, err := t.conn.ExecContext(t.ctx, t.store.dialect.query(replace), string(body), c.ID)
		return err
	}
	var seq int64
	err = t.conn.QueryRowContext(t.ctx, t.store.dialect.query(insert),
		c.ID, int64(c.Claimant.Side), c.Claimant.Org, c.Filing.Key, string(body)).Scan(&seq)
	if err != nil {
		return err
	}
	t.seen[c.ID] = true
	return t.addTerms(c.Key, seq)
}

// addTerms files a claim under the terms of its key.
func (t *tx) addTerms(key matching.Key, seq int64) error {
	var rows [][]any
	for kind, terms := range [...][]string{accountTerm: key.Terms(), nameTerm: key.NameTerms()} {
		for _, term := range distinct(terms) {
			rows = append(rows, []any{kind, term, seq})
		}
	}
	for some := range slices.Chunk(rows, termsAtOnce) {
		query := addTerms + strings.Repeat(", (?, ?, ?)", len(some)-1) + keepOld
		if _, err := t.conn.ExecContext(t.ctx, t.store.dialect.query(query), slices.Concat(some...)...); err != nil {
			return err
		}
	}
	return nil
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
