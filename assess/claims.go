package assess

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// claims holds the valid claims of the record, and the times registered by those of the deal, as facts.
type claims struct {
	known      []registration.Claim
	asOf       time.Time
	standings  []registration.Standing // of those known, at that instant
	registered []stage.Fact
	hidden     bool // the deal names a malformed claim of which its partner may not know
}

// standings returns how the claims stand as of an instant.
func (q *question) standings(k *claims, asOf time.Time) []registration.Standing {
	if asOf.Equal(k.asOf) {
		return k.standings
	}
	return q.rules.claims.Standings(k.known, asOf)
}

// standingOf returns the standing of a claim; nil for one that was submitted later.
func standingOf(standings []registration.Standing, id string) *registration.Standing {
	for i := range standings {
		if standings[i].Claim.ID == id {
			return &standings[i]
		}
	}
	return nil
}

// claimbook holds the claims that are known, and is kept until a question knows more or fewer of their events.
type claimbook struct {
	count int             // of the submissions and events that are known
	ids   map[string]bool // of the claims
	// of the malformed ones of which the deal's partner may not know
	hidden map[string]bool
	known  []registration.Claim
	notes  notes
}

// claims reads the claims of the record, and finds when those of the deal register it.
func (q *question) claims() (k claims, n notes) {
	if count := q.countClaims(); q.claimbook.ids == nil || count != q.claimbook.count || count < 0 {
		q.claimbook = q.readClaims(count)
	}
	b := &q.claimbook
	k.known, k.asOf = b.known, q.asOf
	k.standings = q.rules.claims.Standings(k.known, k.asOf)
	n.add(b.notes)
	for _, id := range slices.Compact(slices.Sorted(slices.Values(q.deal.Registrations))) {
		if !b.ids[id] {
			n.miss(SectionRegistration, claimName(id), missingFact("in the record is the claim that the deal names"))
			continue
		}
		k.hidden = k.hidden || b.hidden[id]
		k.registered = append(k.registered, q.registers(&k, id)...)
	}
	k.registered = furthest(k.registered)
	return k, n
}

// countClaims returns how many submissions and events are known. Claims are read alike where as many are, except
// with a progress later than its event, which is refused or not by the instant of the question: then it returns −1.
func (q *question) countClaims() (count int) {
	for i := range q.record.Claims {
		claim := &q.record.Claims[i]
		if claim.Submitted.After(q.asOf) {
			continue
		}
		count++
		for j := range claim.Events {
			e := &claim.Events[j]
			if e.Progress.After(e.At) {
				return -1
			}
			if !e.At.After(q.asOf) {
				count++
			}
		}
	}
	return count
}

func (q *question) readClaims(count int) claimbook {
	b := claimbook{count: count, ids: map[string]bool{}, hidden: map[string]bool{}}
	if book := q.rules.claims.Vendor(); q.vendor != book {
		b.notes.miss(SectionRegistration, "deal.vendor", value.NewError("assess.vendor", value.Quote(q.vendor.Org),
			"is not the vendor of the book, "+value.Quote(book.Org)+", whose registrations these are"))
	}
	copies := map[string][]registration.Claim{}
	for _, claim := range q.record.Claims {
		if !claim.Submitted.After(q.asOf) {
			copies[claim.ID], b.ids[claim.ID] = append(copies[claim.ID], claim), true
		}
	}
	for _, id := range slices.Sorted(maps.Keys(copies)) {
		claim, err := q.union(copies[id])
		if err != nil {
			reader := q.reader(copies[id])
			b.hidden[id] = !reader.IsZero()
			b.notes.missFor(reader, SectionRegistration, claimName(id), err)
			continue
		}
		b.known = append(b.known, claim)
	}
	return b
}

// furthest keeps the registrations that end after all earlier ones, because gates read the latest one only.
func furthest(facts []stage.Fact) []stage.Fact {
	slices.SortFunc(facts, func(a, b stage.Fact) int {
		return cmp.Or(a.At.Compare(b.At), b.Until.Compare(a.Until), deal.Compare(a, b))
	})
	var until time.Time
	return slices.DeleteFunc(facts, func(f stage.Fact) bool {
		inside := !f.Until.After(until)
		until = later(until, f.Until)
		return inside
	})
}

// union sorts the copies of a claim, and returns the claim that they make up together.
func (q *question) union(list []registration.Claim) (registration.Claim, error) {
	slices.SortFunc(list, deal.Compare)
	var one registration.Claim
	for i, claim := range list {
		claim.Events = slices.DeleteFunc(slices.Clone(claim.Events),
			func(e registration.Event) bool { return e.At.After(q.asOf) })
		if q.rules.host.Registrable == nil && !claim.Key.Decides() {
			return claim, value.Below("key", value.NewError(RegistrableMissing, "nothing",
				"says which account it is; give the key of the claim, or a way to find registrable domains"))
		}
		claim, err := q.rules.claims.Import(claim, q.asOf)
		if err == nil && i > 0 {
			claim, err = one.Union(claim)
		}
		if err != nil {
			return registration.Claim{}, err
		}
		one = claim
	}
	return one, nil
}

// reader returns the party that may know of a refused claim; zero: every party.
func (q *question) reader(list []registration.Claim) model.Party {
	for _, claim := range list {
		if claim.Claimant != q.partner {
			return q.vendor
		}
	}
	return model.Party{}
}

// registers returns the times in which a claim registers the deal, as facts for the gates; nil where it does not.
func (q *question) registers(k *claims, id string) []stage.Fact {
	s := standingOf(k.standings, id)
	if s == nil || s.Approved.IsZero() || s.BeatenBy != "" {
		return nil
	}
	from := active(*s)
	until := cmp.Or(s.Ended, s.Until)
	if from.IsZero() || !from.Before(until) {
		return nil
	}
	changes := []time.Time{from} // of the holder
	for _, e := range s.Claim.Events {
		if e.Do == registration.Hand && e.At.After(from) && e.At.Before(until) {
			changes = append(changes, e.At)
		}
	}
	var facts []stage.Fact
	for i, from := range changes {
		then, err := q.rules.claims.Look(k.known, id, from)
		if err != nil {
			continue
		}
		who, _ := then.Standing.Registrant(q.registrationDeal(time.Time{}), from)
		switch last := len(facts) - 1; {
		case who == model.NoRegistrant:
		case last >= 0 && facts[last].Until.Equal(from):
			facts[last].Until = append(changes, until)[i+1]
		default:
			facts = append(facts, stage.Fact{Kind: stage.Registered, Side: s.Claim.Claimant.Side, At: from,
				Until: append(changes, until)[i+1], By: s.Claim.Filing.By})
		}
	}
	return facts
}

// active returns the instant from which on a claim is approved and confirmed; zero: never.
func active(s registration.Standing) time.Time {
	if !s.Confirmed {
		return time.Time{}
	}
	if with := s.Claim.Filing.With; with.Side != model.Vendor && len(s.Shared) > 0 {
		for _, e := range s.Claim.Events {
			if e.Do == registration.Confirm && e.By.Party == s.Shared[0] {
				return later(s.Approved, e.At)
			}
		}
	}
	return s.Approved
}

func (q *question) registrationDeal(won time.Time) registration.Facts {
	f := q.partnership.facts(&q.deal)
	f.Won = won
	return f
}

// facts returns the facts of a deal that its registration must fit.
func (p partnership) facts(d *deal.Deal) registration.Facts {
	lead, others := p.leadAndOthers(d)
	return registration.Facts{Partner: p.partner, Vendor: p.vendor, Function: lead.Function, Others: others,
		Scope: d.Scope}
}
