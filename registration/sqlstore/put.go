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

const (
	replace = "UPDATE coselling_registration_claim SET body = ? WHERE id = ?"

	maxTerm = 256 // bytes of a term that is not indexed by its hash
)

// termRow is a term of a claim, as a row of its table.
type termRow struct {
	Kind int    `json:"kind"`
	Term string `json:"term"`
}

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
		return t.exec(replace, string(body), c.ID)
	}
	t.seen[c.ID] = true
	terms, err := termRows(c.Key)
	if err != nil {
		return err
	}
	claim := []any{c.ID, int64(c.Claimant.Side), c.Claimant.Org, c.Filing.Key, string(body)}
	put := t.store.dialect.put
	if len(put) == 1 {
		return t.exec(put[0], append(claim, terms)...)
	}
	if err := t.exec(put[0], claim...); err != nil {
		return err
	}
	return t.exec(put[1], terms, c.ID)
}

func (t *tx) exec(query string, args ...any) error {
	_, err := t.conn.ExecContext(t.ctx, t.store.dialect.query(query), args...)
	return err
}

// termRows returns the terms of a key as the list that the dialect stores.
func termRows(key matching.Key) (string, error) {
	var rows []termRow
	for kind, terms := range [...][]string{accountTerm: key.Terms(), nameTerm: key.NameTerms()} {
		for _, term := range distinct(terms) {
			rows = append(rows, termRow{kind, term})
		}
	}
	text, err := wire.Marshal(&rows)
	return string(text), err
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
