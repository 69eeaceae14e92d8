package assess

import (
	"strings"
	"time"

	"github.com/coselling/coselling/book"
	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/value"
)

// Host holds what the host adds to a book. The zero value knows UTC, Monday to Friday, and nobody to call.
type Host struct {
	// resolves the name of a zone, such as [time.LoadLocation]; nil resolves UTC only
	Zone     func(name string) (*time.Location, error)
	Calendar *value.Calendar     // business days; nil: Monday to Friday, no due day moves
	Rosters  []escalation.Roster // the people to call, one roster for each partnership
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

// ofDeal reports whether the deal's partner may know a claim.
func (p partnership) ofDeal(s *registration.Standing) bool {
	filed, with := s.Claim.Claimant, s.Claim.Filing.With
	return filed == p.partner || s.Holder == p.partner || with == p.partner || s.Holder == p.vendor && with.IsZero()
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
	place value.Workplace) map[partnership]*escalation.Rules {
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
