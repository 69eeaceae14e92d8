package assess

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/coselling/coselling/book"
	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/value"
)

// Host holds what the host adds to a book. The zero value knows UTC, Monday to Friday, and nobody to call.
type Host struct {
	// resolves the name of a zone, such as [time.LoadLocation]; nil resolves UTC only
	Zone func(name string) (*time.Location, error)
	// the calendar of each company without one of its own; nil: Monday to Friday, no due day moves
	Calendar *value.Calendar
	// calendars of single companies. Who owes an answer alone owns its term; all other terms are of both companies of a
	// deal and count the days on which both work
	Calendars map[model.Party]*value.Calendar
	Rosters   []escalation.Roster // the people to call, one roster for each partnership
	// returns the registrable domain of a host, such as domains.Registrable; needed where claims have no keys
	Registrable func(host string) (string, error)
	Customers   []registration.Customer // the vendor's own customers
}

// zone resolves the name of a zone. The empty name is UTC.
func (h *Host) zone(name string) (*time.Location, error) {
	if name == "" || name == time.UTC.String() {
		return time.UTC, nil
	}
	if h.Zone == nil {
		return nil, value.NewError(book.ZoneUnresolved, value.Quote(name), "cannot be resolved here; only UTC can")
	}
	zone, err := h.Zone(name)
	if err != nil || zone == nil {
		return nil, value.NewError(book.ZoneUnresolved, value.Quote(name), "is no time zone that the host knows")
	}
	return zone, nil
}

// place returns the workplace of two companies, in a zone; the error refuses calendars without a common day.
func (h *Host) place(zone *time.Location, p partnership) (value.Workplace, error) {
	w := value.Workplace{Zone: zone, Calendar: h.Calendar}
	if h.Calendars[p.partner] == nil && h.Calendars[p.vendor] == nil {
		return w, nil
	}
	w.Own = [3]*value.Calendar{
		model.Partner: cmp.Or(h.Calendars[p.partner], h.Calendar, &value.Calendar{}),
		model.Vendor:  cmp.Or(h.Calendars[p.vendor], h.Calendar, &value.Calendar{}),
	}
	both, err := w.Own[model.Partner].Common(*w.Own[model.Vendor])
	w.Calendar = &both
	return w, err
}

// places returns the workplace of the vendor with each partner that has a calendar of its own, and with any other, the
// zero party. It adds a problem for each malformed party and for calendars without a common day.
func (h *Host) places(zone *time.Location, vendor model.Party, problems *value.Errors) map[model.Party]value.Workplace {
	all := map[model.Party]value.Workplace{}
	add := func(partner, named model.Party) {
		place, err := h.place(zone, partnership{partner, vendor})
		problems.Add(calendarName(named), err)
		all[partner] = place
	}
	add(model.Party{}, vendor)
	for _, party := range slices.SortedFunc(maps.Keys(h.Calendars), model.Party.Compare) {
		if err := party.Check(); err != nil {
			problems.Add(calendarName(party), err)
		} else if party.Side == model.Partner {
			add(party, party)
		}
	}
	return all
}

func calendarName(of model.Party) string {
	return value.JoinPath("host.calendars", value.Quote(of.String()))
}

// partnership is a partner with a vendor.
type partnership struct{ partner, vendor model.Party }

// parties returns both parties as a set that refuses others.
func (p partnership) parties() model.Parties {
	var known model.Parties
	_ = known.Meet(p.partner) // the first of a side is never refused
	_ = known.Meet(p.vendor)
	return known
}

// party returns the party of a side.
func (p partnership) party(side model.Side) model.Party {
	if side == model.Vendor {
		return p.vendor
	}
	return p.partner
}

// asked returns the party of a deal that a claim names beside its claimant, of several the first; zero: none.
func (p partnership) asked(d *deal.Deal, f *registration.Filing) model.Party {
	for _, named := range append([]model.Party{f.With}, f.Also...) {
		if !named.IsZero() && (named == p.partner || named == p.vendor || p.further(d, named)) {
			return named
		}
	}
	return model.Party{}
}

// ofDeal reports whether the deal's partner may know a claim.
func (p partnership) ofDeal(s *registration.Standing) bool {
	f := &s.Claim.Filing
	alone := f.With.IsZero() && len(f.Also) == 0
	return s.Claim.Claimant == p.partner || s.Holder == p.partner || f.With == p.partner ||
		slices.Contains(f.Also, p.partner) || s.Holder == p.vendor && alone
}

// ofDeal reports whether the deal's partners may know a claim: what the deal's partner may, and a claim of another of
// its partners that the deal names.
func (q *question) ofDeal(s *registration.Standing) bool { return ofDeal(q.partnership, &q.deal, s) }

func ofDeal(p partnership, d *deal.Deal, s *registration.Standing) bool {
	f := &s.Claim.Filing
	takesPart := func(o deal.Participant) bool {
		return o.Party == s.Holder || o.Party == s.Claim.Claimant || o.Party == f.With ||
			slices.Contains(f.Also, o.Party)
	}
	if p.ofDeal(s) || len(d.Participants) == 0 || !slices.Contains(d.Registrations, s.Claim.ID) {
		return p.ofDeal(s)
	}
	_, others := p.leadAndOthers(d)
	return slices.ContainsFunc(others, takesPart)
}

func partnershipOf(r escalation.Roster) partnership {
	var p partnership
	for _, m := range r.People {
		if m.Party.Side == model.Partner {
			p.partner = m.Party
		} else {
			p.vendor = m.Party
		}
	}
	return p
}

// routes compiles the roster of each partnership, and adds all of their problems.
func (h *Host) routes(policy escalation.Policy, problems *value.Errors,
	zone *time.Location) map[partnership]*escalation.Rules {
	routes := make(map[partnership]*escalation.Rules, len(h.Rosters))
	for i, roster := range h.Rosters {
		at := value.Index("host.rosters", i)
		compiled, err := escalation.Compile(policy, roster)
		if err != nil {
			addRoster(problems, at, err)
			continue
		}
		who := partnershipOf(roster)
		if routes[who] != nil {
			problems.Refuse(at, "roster.twice", value.Quote(who.partner.Org),
				"has a roster with "+value.Quote(who.vendor.Org)+" already; give one for each partnership")
			continue
		}
		place, _ := h.place(zone, who) // the error is one of the calendars
		routes[who] = compiled.In(place)
	}
	return routes
}

// addRoster adds the problems of a roster below host. Those of the policy were added before.
func addRoster(problems *value.Errors, at string, err error) {
	var found value.Errors
	found.Add("", err)
	for _, e := range found {
		if path, ok := strings.CutPrefix(e.Path, "roster"); ok {
			problems.Refuse(at+path, e.Code, e.Got, e.Problem)
		}
	}
}

// registrable returns the host's function for registrable domains; by default each domain is registrable.
func (h *Host) registrable() func(host string) (string, error) {
	if h.Registrable != nil {
		return h.Registrable
	}
	return func(host string) (string, error) { return host, nil }
}
