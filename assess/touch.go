package assess

import (
	"strconv"
	"time"

	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// touch is a reason that says who brought a deal or who touched it, with the party that it is about.
type touch struct {
	party  model.Party
	reason value.Reason
	common bool // every party of the deal reads it
}

// touches returns who brought a deal of several partners and who touched it, the partners in the order of the deal and
// the vendor last (party.sourced, party.touched); nil for a deal of one partner. It pays nothing. A party touched it by
// a meeting or call with the prospect, an approved claim on the account or a done task within the days of the book
// before the win, or before the question.
func (q *question) touches(k claims, l log, p played, r *registered) (list []touch) {
	if len(q.deal.Participants) == 0 {
		return nil
	}
	origin := model.Origin{Source: q.deal.Signals.Source, Registrant: r.registrant}.Originator()
	brought := model.PartnerOrg(q.broughtBy(r))
	if origin == model.FromPartner || origin == model.FromBoth {
		list = append(list, sourced(brought))
	}
	if origin == model.FromVendor || origin == model.FromBoth {
		list = append(list, sourced(q.vendor))
	}
	w := window{last: q.asOf}
	if !p.won.IsZero() {
		w.last = p.won
	}
	w.first = w.last.AddDate(0, 0, -q.rules.touchDays)
	standings := q.standings(&k, w.last)
	parties := []model.Party{q.Case.partner}
	for i := range q.deal.Participants {
		parties = append(parties, q.deal.Participants[i].Party)
	}
	for i, party := range append(parties, q.vendor) {
		t := tally{
			contacts: w.contacts(l.met, i, len(parties)),
			claims:   w.claims(standings, party),
			tasks:    w.tasks(p.history, party),
		}
		if t != (tally{}) {
			list = append(list, touch{party: party, reason: value.NewReason("party.touched",
				"{party} touched the deal by {contacts}, {claims} and {tasks}",
				value.Op("party", party.String()), value.Op("contacts", counted(t.contacts, "meeting or call")),
				value.Op("claims", counted(t.claims, "approved claim")),
				value.Op("tasks", counted(t.tasks, "done task")))})
		}
	}
	return list
}

func sourced(party model.Party) touch {
	return touch{party, value.NewReason("party.sourced", "{party} brought the deal",
		value.Op("party", party.String())), true}
}

// tally is how often a party touched a deal.
type tally struct{ contacts, claims, tasks int }

// window is a time of which both ends count.
type window struct{ first, last time.Time }

func (w window) has(at time.Time) bool { return !at.Before(w.first) && !at.After(w.last) }

// contacts counts the meetings and calls with the prospect that a rep of the i-th of some parties is on: of the partner
// that led first, of the participants, of the vendor.
func (w window) contacts(met []comms.Interaction, i, vendor int) (n int) {
	for _, c := range met {
		on := c.Further(i - 1)
		switch i {
		case 0:
			on = c.Partner
		case vendor:
			on = c.Vendor
		}
		if on && w.has(c.At) {
			n++
		}
	}
	return n
}

// claims counts the claims of a party that were approved and held at some time of the window.
func (w window) claims(standings []registration.Standing, party model.Party) (n int) {
	for i := range standings {
		s := &standings[i]
		ended := s.Ended
		if ended.IsZero() {
			ended = w.last
		}
		if s.Holder == party && !s.Approved.IsZero() && !s.Approved.After(w.last) && !ended.Before(w.first) {
			n++
		}
	}
	return n
}

func (w window) tasks(history []stage.Event, party model.Party) (n int) {
	for i := range history {
		if e := &history[i]; e.Verb == stage.VerbDone && e.By.Party == party && w.has(e.At) {
			n++
		}
	}
	return n
}

func counted(n int, what string) string {
	switch n {
	case 0:
		return "no " + what
	case 1:
		return "1 " + what
	}
	if what == "meeting or call" {
		return strconv.Itoa(n) + " meetings or calls"
	}
	return strconv.Itoa(n) + " " + what + "s"
}

// influence returns what a party reads of who brought the deal and who touched it: the vendor and the host all.
func (w *answer) influence(party model.Party) (reasons []value.Reason) {
	for _, t := range w.touches {
		if t.common || party.Side != model.Partner || party == t.party {
			reasons = append(reasons, t.reason)
		}
	}
	return reasons
}
