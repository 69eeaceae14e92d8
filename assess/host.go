package assess

import (
	"strings"
	"time"

	"github.com/coselling/coselling/book"
	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/matching"
	"github.com/coselling/coselling/value"
)

// Host is what a document cannot hold. The zero value resolves UTC alone, takes Monday
// to Friday for business days, and knows nobody to call.
type Host struct {
	Zone        func(name string) (*time.Location, error) // such as [time.LoadLocation]; nil resolves UTC alone
	Calendar    *value.Calendar                           // business days, to which due days of tasks move; nil: Monday to Friday, and due days stay
	Rosters     []escalation.Roster                       // whom to call, for each partnership one; a deal of another one has no routes, and the answer says so
	Registrable func(host string) (string, error)         // such as domains.Registrable; needed where claims come without their keys
	Customers   []matching.Account                        // the vendor's own customers; nil: none
}

// zone resolves a name; the empty one and UTC need no host.
func (h *Host) zone(name string) (*time.Location, error) {
	if name == "" || name == time.UTC.String() {
		return time.UTC, nil
	}
	if h.Zone == nil {
		return nil, value.NewError(book.ZoneUnresolved, value.Quote(name), "is not resolved; give Host.Zone, such as time.LoadLocation")
	}
	zone, err := h.Zone(name)
	if err != nil || zone == nil {
		return nil, value.NewError(book.ZoneUnresolved, value.Quote(name), "is no time zone that the host knows")
	}
	return zone, nil
}

// partnership is one partner of one vendor.
type partnership struct{ partner, vendor model.Party }

// parties are the two, which refuse others beside them.
func (p partnership) parties() model.Parties {
	var known model.Parties
	_ = known.Meet(p.partner) // the first of a side is always met
	_ = known.Meet(p.vendor)
	return known
}

// ofDeal reports whether a claim is of a party of the deal, or for one, and of nobody
// beside them: with whom else the vendor filed is not the deal's partner's to know.
func (p partnership) ofDeal(c *registration.Claim) bool {
	return c.Claimant == p.partner || c.Filing.With == p.partner || c.Claimant == p.vendor && c.Filing.With.IsZero()
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

// routes compiles the roster of each partnership, and reports the problems of them all.
func (h *Host) routes(policy escalation.Policy, problems *value.Errors, place value.Workplace) map[partnership]*escalation.Routes {
	routes := make(map[partnership]*escalation.Routes, len(h.Rosters))
	for i, roster := range h.Rosters {
		at := value.Index("host.rosters", i)
		compiled, err := escalation.Compile(policy, roster)
		if err != nil {
			addRoster(problems, at, err)
			continue
		}
		who := partnershipOf(roster)
		if routes[who] != nil {
			problems.Refuse(at, RosterTwice, value.Quote(who.partner.Org), "has a roster with "+value.Quote(who.vendor.Org)+" already; give one for each partnership")
			continue
		}
		routes[who] = compiled.In(place)
	}
	return routes
}

// addRoster adds the problems of a roster below the host. Those of the policy are known
// by now.
func addRoster(problems *value.Errors, at string, err error) {
	var found value.Errors
	found.Add("", err)
	for _, e := range found {
		if path, ok := strings.CutPrefix(e.Path, "roster"); ok {
			problems.Refuse(at+path, e.Code, e.Got, e.Want)
		}
	}
}

// registrable finds registrable domains. Where the host gave no function every domain
// is its own: claims then need their keys, which nothing is compared without.
func (h *Host) registrable() func(host string) (string, error) {
	if h.Registrable != nil {
		return h.Registrable
	}
	return func(host string) (string, error) { return host, nil }
}
