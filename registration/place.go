package registration

import (
	"slices"
	"strings"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration/matching"
)

// A key of a list has six parts: the list, the status, what falls due, the end of the protection, the id, and when time
// alone led there, or nothing. The third to the fifth are the place of the claim in the order of the list.
const (
	unlistedKeys = "unlisted\t" // and the id: of a claim that is in no list, as a migration leaves it
	keyEnd       = "\x7f"       // after every key that begins alike
	noInstant    = "~"          // after every instant

	keyInstant = "2006-01-02T15:04:05Z" // all that falls due, and every end, is a whole second
)

// Keyed is a claim with the keys under which lists find it, texts of at most 1,024 bytes. A store compares keys
// bytewise and need not know what they mean. The slice must not be changed.
type Keyed struct {
	Claim Claim
	Keys  []string // each of this claim alone; nil: it is in no list
}

// listOf returns the first part of the keys of a party's own list, or that of all for the zero party.
func listOf(p model.Party) string {
	if p.IsZero() {
		return "all"
	}
	return p.Side.String() + ":" + p.Org
}

func keyTime(t time.Time) string { return string(appendTime(nil, t)) }

func appendTime(b []byte, t time.Time) []byte {
	if t.IsZero() {
		return append(b, noInstant...)
	}
	return t.UTC().AppendFormat(b, keyInstant)
}

// state is how a claim is listed from an instant on; zero: from the beginning.
type state struct {
	status           Status
	due, until, from time.Time
}

// appendStates appends the states of a claim to which time alone leads.
func (s *Standing) appendStates(list []state) []state {
	switch s.Status {
	case Approved, Expired:
		var from time.Time
		for i := 0; i <= len(s.Reminders); i++ {
			due := s.Until
			if i < len(s.Reminders) {
				due = s.Reminders[i]
			}
			if due.After(from) {
				list = append(list, state{Approved, due, s.Until, from})
				from = due
			}
		}
		return append(list, state{Expired, time.Time{}, s.Until, s.Until})
	case Submitted:
		return append(list, state{Submitted, s.Due, time.Time{}, time.Time{}})
	}
	return append(list, state{s.Status, time.Time{}, s.Until, time.Time{}})
}

// entry returns a claim with its keys: one a state in the list of all and in that of each party. All keys are parts
// of one text, so that a filing costs little.
func (r *Rules) entry(s *Standing) Keyed {
	c := &s.Claim
	var fewParties [8]model.Party
	parties := append(fewParties[:0], model.Party{}) // that of all
	add := func(p model.Party) {
		if !slices.Contains(parties, p) {
			parties = append(parties, p)
		}
	}
	add(c.Claimant)
	add(s.Holder)
	add(c.Filing.With)
	for _, p := range c.Filing.Also {
		add(p)
	}
	var fewStates [8]state
	states := s.appendStates(fewStates[:0])
	var fewBytes [512]byte
	var fewPlaces [8]int
	text, places := fewBytes[:0], fewPlaces[:0]
	for _, p := range parties {
		for _, at := range states {
			text = appendKey(text, p, c.ID, at)
			places = append(places, len(text))
		}
	}
	keys, from, all := make([]string, len(places)), 0, string(text)
	for i, end := range places {
		keys[i], from = all[from:end], end
	}
	return Keyed{*c, keys}
}

func appendKey(b []byte, p model.Party, id string, at state) []byte {
	b = append(append(b, listOf(p)...), '\t')
	b = append(append(b, at.status.String()...), '\t')
	b = append(appendTime(b, at.due), '\t')
	b = append(appendTime(b, at.until), '\t')
	b = append(append(b, id...), '\t')
	if at.from.IsZero() {
		return b
	}
	return appendTime(b, at.from)
}

// entries returns the entries of claims, with all that can touch their accounts, as of an instant after all events.
func (r *Rules) entries(claims []Claim, at time.Time) []Keyed {
	nodes := r.resolve(claims, at)
	entries := make([]Keyed, len(nodes))
	for i := range nodes {
		s := r.standing(nodes, i, at)
		entries[i] = r.entry(&s)
	}
	return entries
}

// bounds returns the first place of a status as of the instant that the page can have, and one after the last.
func (l *lister) bounds(status Status) (from, to string) {
	now := keyTime(l.from.at)
	from, to = "", keyEnd
	switch status {
	case Approved: // while something is to come
		from = now + keyEnd
	case Expired:
		to = noInstant + "\t" + now + keyEnd
	}
	if before := l.f.DueBefore; !before.IsZero() {
		to = min(to, keyTime(before.Add(time.Second-1))) // the whole second that is not before it
	}
	if l.from.place != "" {
		from = max(from, l.from.place+keyEnd)
	}
	return from, to
}

// known reports whether an entry is one of the list as of the instant, and not of a later state of its claim.
func (l *lister) known(e Keyed) bool {
	key := e.Keys[0]
	since := key[strings.LastIndexByte(key, '\t')+1:]
	filedLater := !l.f.AsOf.IsZero() && e.Claim.Submitted.After(l.from.at)
	return since <= keyTime(l.from.at) && !filedLater
}

// placeOf returns the part of a key that orders a list.
func placeOf(key string) string {
	parts := strings.Split(key, "\t")
	return strings.Join(parts[2:5], "\t")
}

func comparePlaces(a, b Keyed) int { return strings.Compare(placeOf(a.Keys[0]), placeOf(b.Keys[0])) }

// listed returns an entry as a page has it.
func listed(e *Keyed) Listed {
	c := &e.Claim
	parts := strings.Split(e.Keys[0], "\t")
	status, _ := ParseStatus(parts[1]) // an entry has the name of a status
	due, _ := time.Parse(keyInstant, parts[2])
	until, _ := time.Parse(keyInstant, parts[3])
	return Listed{Claim: c.ID, Claimant: c.Claimant, Account: c.Filing.Account, Scope: c.Filing.Scope, Status: status,
		Submitted: c.Submitted, Due: due, Until: until}
}

// onAccount returns what lists the claims on the same account, of those that can touch it, as of now.
func (r *Rules) onAccount(
	claims []Claim, key matching.Key, now time.Time,
) func(from, to string, limit int) ([]Keyed, error) {
	var entries []Keyed
	for _, e := range r.entries(claims, now) {
		if r.accounts.Relation(e.Claim.Key, key) == matching.Same {
			for _, k := range e.Keys {
				entries = append(entries, Keyed{e.Claim, []string{k}})
			}
		}
	}
	slices.SortFunc(entries, func(a, b Keyed) int { return strings.Compare(a.Keys[0], b.Keys[0]) })
	place := func(key string) int {
		i, _ := slices.BinarySearchFunc(entries, key, func(e Keyed, key string) int {
			return strings.Compare(e.Keys[0], key)
		})
		return i
	}
	return func(from, to string, limit int) ([]Keyed, error) {
		first, end := place(from), place(to)
		return entries[first:min(end, first+limit)], nil
	}
}
