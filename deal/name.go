package deal

import (
	"strconv"
	"time"

	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/stage"
)

// Recordable is one entry of a list of a [Record].
type Recordable interface {
	stage.Event | stage.Fact | comms.Activity | registration.Claim | Blocker
}

// NameOf returns the name by which findings and problems of an answer call a fact of a record. It does not depend
// on the place of the fact in its list:
//
//	record.activities["m-12"]
//	record.claims["CL-4"]
//	record.blockers["B-1"]
//	record.events[2026-11-02T09:00:00Z advance discovery partner]
//	record.facts[2026-12-01T10:00:00Z proposal_sent P-1 2]
//
// Activities, claims and blockers are named by their id; events by instant, verb, object and the side of the
// person; other facts by instant, kind, side, proposal and revision. An id stands in quotes, and so does any word
// with other characters than letters, digits, dots, dashes and underscores. Facts with one name are taken
// together: a finding about one is about all of them.
func NameOf[F Recordable](fact F) string {
	switch f := any(&fact).(type) {
	case *stage.Event:
		return nameIn("events").instant(f.At).words(f.Verb.String(), string(f.To), string(f.Task),
			f.Engagement.String(), f.Size.String(), f.Day.String(), f.By.Party.Side.String())
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

// factNaming is the beginning of a name: the list of the fact and an open bracket.
type factNaming []byte

func nameIn(list string) factNaming {
	n := append(make(factNaming, 0, 128), "record."...)
	return append(append(n, list...), '[')
}

func (n factNaming) instant(t time.Time) factNaming { return t.UTC().AppendFormat(n, time.RFC3339Nano) }

// id returns the name of a fact that has an id.
func (n factNaming) id(id string) string { return string(append(strconv.AppendQuote(n, id), ']')) }

// words returns the name that ends with these words, quoted where needed, without empty ones.
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
		c := s[i]
		letter := 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
		if !letter && (c < '0' || c > '9') && c != '_' && c != '.' && c != '-' {
			return false
		}
	}
	return true
}
