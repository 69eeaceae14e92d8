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
		return eventName(f)
	case *stage.Fact:
		return factName(f)
	case *comms.Activity:
		return nameIn("activities").quoted(f.ID).name()
	case *registration.Claim:
		return nameIn("claims").quoted(f.ID).name()
	case *Blocker:
		return nameIn("blockers").quoted(f.ID).name()
	default:
		return "" // the constraint lets nothing else in
	}
}

// eventName names an event by instant, verb, what it was done to and the side of who
// did it.
func eventName(e *stage.Event) string {
	return nameIn("events").instant(e.At).word(e.Verb.String()).word(string(e.To)).word(string(e.Task)).
		word(e.Engagement.String()).word(e.Size.String()).word(e.By.Party.Side.String()).name()
}

// factName names a fact by instant, kind, side and the revision of its proposal.
func factName(f *stage.Fact) string {
	n := nameIn("facts").instant(f.At).word(string(f.Kind)).word(f.Side.String()).word(f.Proposal)
	if f.Revision != 0 {
		n = n.word(strconv.Itoa(f.Revision))
	}
	return n.name()
}

// factNaming is a name being written: the list that the fact stands in and, in brackets,
// what tells it from the others there, whatever their order.
type factNaming []byte

func nameIn(list string) factNaming {
	n := append(make(factNaming, 0, 128), "record."...)
	return append(append(n, list...), '[')
}

func (n factNaming) name() string { return string(append(n, ']')) }

func (n factNaming) instant(t time.Time) factNaming { return t.UTC().AppendFormat(n, time.RFC3339Nano) }

func (n factNaming) quoted(s string) factNaming { return strconv.AppendQuote(n, s) }

// word adds a word, quoted where it is not a plain one; nothing for an empty one.
func (n factNaming) word(s string) factNaming {
	if s == "" {
		return n
	}
	n = append(n, ' ')
	if plain(s) {
		return append(n, s...)
	}
	return n.quoted(s)
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
