package sqlstore

import (
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/coselling/coselling/registration"
)

const (
	replace  = "UPDATE coselling_registration_claim SET body = ? WHERE id = ? RETURNING seq"
	insert   = "INSERT INTO coselling_registration_claim (id, side, org, filing_key, body) VALUES (?, ?, ?, ?, ?) RETURNING seq"
	addTerms = "INSERT INTO coselling_registration_term (kind, term, claim) VALUES (?, ?, ?)"

	termsAtOnce = 100
	maxTerm     = 256 // bytes of a term that is indexed as it is
)

// store writes a claim: the body of one that is there, or a new one with its terms.
func (t *tx) store(c registration.Claim) error {
	body, err := c.MarshalJSON()
	if err != nil {
		return err
	}
	var seq int64
	err = t.conn.QueryRowContext(t.ctx, t.dialect.query(replace), string(body), c.ID).Scan(&seq)
	if !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	err = t.conn.QueryRowContext(t.ctx, t.dialect.query(insert), c.ID, int64(c.Claimant.Side), c.Claimant.Org, c.Filing.Key, string(body)).Scan(&seq)
	if err != nil {
		return err
	}
	var rows [][]any
	for _, term := range distinct(c.Key.Terms()) {
		rows = append(rows, []any{accountTerm, term, seq})
	}
	for _, term := range distinct(c.Key.NameTerms()) {
		rows = append(rows, []any{nameTerm, term, seq})
	}
	for some := range slices.Chunk(rows, termsAtOnce) {
		query := addTerms + strings.Repeat(", (?, ?, ?)", len(some)-1)
		if _, err := t.conn.ExecContext(t.ctx, t.dialect.query(query), slices.Concat(some...)...); err != nil {
			return err
		}
	}
	return nil
}

// distinct returns terms as they are indexed, each once.
func distinct(terms []string) []string {
	keys := make([]string, len(terms))
	for i, term := range terms {
		keys[i] = indexed(term)
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// indexed returns a term as the index has it: one that is too long for an index, or
// that the database does not take, by its hash.
func indexed(term string) string {
	if len(term) <= maxTerm && storable(term) {
		return term
	}
	hash := sha256.Sum256([]byte(term))
	return "sha256:" + hex.EncodeToString(hash[:])
}

// storable reports whether both databases take the text.
func storable(s string) bool { return utf8.ValidString(s) && !strings.Contains(s, "\x00") }
