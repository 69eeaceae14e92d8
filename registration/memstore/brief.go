package memstore

import (
	"slices"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/matching"
)

// brief holds, in one cache line, what a look-up needs of an ordinary claim: for everything and one side, with one
// domain and no identifiers, waiting or approved. Of any other claim it has only the id.
type brief struct {
	id       string
	term     uint64 // the hash of the domain
	approved int64  // nanoseconds since 1970
	protects uint16 // days, by the terms of the approval; 0: by those of the policy
	kind     briefKind
	size     uint8
	text     [28]byte // the domain
}

type briefKind uint8

const (
	other briefKind = iota
	waits
	approved
)

// brief returns the brief of a claim.
func (x *index) brief(c *registration.Claim) brief {
	b := brief{id: c.ID}
	if c.Filing.With.Side == model.Partner || len(c.Filing.Also) > 0 || len(c.Key.IDs) > 0 || len(c.Key.Domains) != 1 ||
		len(c.Key.Domains[0]) > len(b.text) || narrowed(&c.Filing.Scope) || len(c.Events) > 1 {
		return b
	}
	b.kind = waits
	if len(c.Events) == 1 {
		e := &c.Events[0]
		b.kind, b.approved = approved, e.At.UnixNano()
		if e.Terms != nil {
			b.protects = uint16(e.Terms.Protection) // at most 3,650
		}
		if e.Do != registration.Approve || !time.Unix(0, b.approved).Equal(e.At) {
			return brief{id: c.ID}
		}
	}
	b.term = x.hash("domain:", c.Key.Domains[0])
	b.size = uint8(copy(b.text[:], c.Key.Domains[0]))
	return b
}

func narrowed(s *registration.Scope) bool { return len(s.Products)+len(s.Regions)+len(s.Functions) > 0 }

// briefly answers a question about a hash from the brief of its only claim; it is not sure if facts are missing there.
func (q *query) briefly(
	claim uint32, h uint64, key *matching.Key,
) (owner string, until time.Time, sure bool) {
	b := q.store.briefs.at(claim)
	switch {
	case b.kind == other || b.term != h:
		return "", time.Time{}, false
	case b.kind == waits || !slices.Contains(key.Domains, string(b.text[:b.size])):
		return "", time.Time{}, true
	}
	events := [1]registration.Event{{Do: registration.Approve, At: time.Unix(0, b.approved).UTC()}}
	if b.protects > 0 {
		events[0].Terms = &registration.Terms{Protection: int(b.protects)}
	}
	from, to := q.rules.Protected(&registration.Claim{Events: events[:]}, q.asOf)
	if from.IsZero() || !q.asOf.Before(to) {
		return "", time.Time{}, true
	}
	return b.id, to, true
}
