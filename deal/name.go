package deal

import (
	"strconv"
	"time"

	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/stage"
)

// Fact is one entry of a list of a [Record].
type Fact interface {
	stage.Event | stage.Fact | comms.Activity | registration.Claim | Blocker
}

// NameOf returns the name by which findings and problems of an answer speak of a fact
// of a record. It does not depend on where the fact stands in its list:
//
//	record.activities["m-12"]                                          by id
//	record.claims["CL-4"]                                              by id
//	record.blockers["B-1"]                                             by id
//	record.events[2026-11-02T09:00:00Z advance discovery partner]      by instant, verb, what it was done to, and the side of who did it
//	record.facts[2026-12-01T10:00:00Z proposal_sent P-1 2]             by instant, kind, side, proposal and revision
//
// An id stands in quotes, and so does any other word that is not letters, digits, dots,
// dashes and underscores. Facts that differ in none of this have one name: a finding
// about one is about all of them.
func NameOf[F Fact](fact F) string {
	switch f := any(&fact).(type) {
	case *stage.Event:
		return nameIn("events").instant(f.At).words(f.Verb.String(), string(f.To), string(f.Task),
			f.Engagement.String(), f.Size.String(), f.By.Party.Side.String())
	case *stage.Fact:
		revision := ""
		if f.Revision != 0 {
			revision = strconv.Itoa(f.Revision)
		}
		return nameIn("facts").instant(f.At).words(string(f.Kind), f.Side.String(), f.Proposal, revision)
	case *comms.Activity:
		return nameIn("activities").id(f.ID)
	case *registration.Claim:
		return nameIn("claims").id(f.ID)
	case *Blocker:
		return nameIn("blockers").id(f.ID)
	default:
		return "" // the constraint lets nothing else in
	}
}

// factNaming is a name being written: the list that the fact stands in and, in brackets,
// what tells it from the others there, whatever their order.
type factNaming []byte

func nameIn(list string) factNaming {
	n := append(make(factNaming, 0, 128), "record."...)
	return append(append(n, list...), '[')
}

func (n factNaming) instant(t time.Time) factNaming { return t.UTC().AppendFormat(n, time.RFC3339Nano) }

// id returns the name of a fact that has an id.
func (n factNaming) id(id string) string { return string(append(strconv.AppendQuote(n, id), ']')) }

// words returns the name that ends with these words, each quoted where it is not a plain
// one; empty ones are left out.
func (n factNaming) words(words ...string) string {
	for _, s := range words {
		if s == "" {
			continue
		}
		n = append(n, ' ')
		if plain(s) {
			n = append(n, s...)
		} else {
			n = strconv.AppendQuote(n, s)
		}
	}
	return string(append(n, ']'))
}

// plain reports whether a word can stand without quotes.
func plain(s string) bool {
	for i := range len(s) {
		if c := s[i]; (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && (c < '0' || c > '9') && c != '_' && c != '.' && c != '-' {
			return false
		}
	}
	return true
}
