package deal

import (
	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/value"
)

// Check returns every problem that makes a record malformed, up to a hundred: a fact
// that cannot be named, because its id or its kind (fact.id), its verb or its instant is
// missing; an instant outside the years 1 to 9999 (fact.instant); two blockers of one id
// that say different things ([FactTwice]); text that is not UTF-8 or above 4,096 bytes, a
// note above 1,000 (fact.text); a number that is none of a closed enumeration (the code
// of its parse function); more than 10,000 events, 1,000 facts, 100,000 activities, 1,000
// claims, 1,000 blockers or 1,000 elements of any other list (fact.excess).
//
// All else is for the part of the answer that reads the fact, which the Missing of a view
// tells: what a fact needs beside its name, a kind that the book does not know, a move
// that the rules refuse, two activities of one id that contradict each other.
func (r Record) Check() error { return wire.CheckAll(&r, Record.rules) }

// rules refuses blockers that share an id and are not equal.
func (r Record) rules() error {
	var problems value.Errors
	first := make(map[string]*Blocker, len(r.Blockers))
	for i := range r.Blockers {
		b := &r.Blockers[i]
		if known, ok := first[b.ID]; ok && compareBlockers(*known, *b) != 0 {
			problems.Refuse(value.Index("blockers", i)+".id", FactTwice, value.Quote(b.ID), "is the id of another blocker too; give each its own")
		}
		first[b.ID] = b
	}
	return problems.Err()
}
