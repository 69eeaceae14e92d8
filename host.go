package coselling

import (
	"time"

	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/registration/matching"
	"github.com/coselling/coselling/value"
)

// Host is what a document cannot hold. The zero value resolves UTC alone, takes Monday
// to Friday for business days, and knows nobody to call.
type Host struct {
	Zone        func(name string) (*time.Location, error) // such as [time.LoadLocation]; nil resolves UTC alone
	Calendar    *value.Calendar                           // business days, to which due days of tasks move; nil: Monday to Friday, and due days stay
	Roster      escalation.Roster                         // whom to call; zero: blockers have no route, and the answer says so
	Registrable func(host string) (string, error)         // such as domains.Registrable; needed where claims come without their keys
	Customers   []matching.Account                        // the vendor's own customers; nil: none
}

// zone resolves a name; the empty one and UTC need no host.
func (h *Host) zone(name string) (*time.Location, error) {
	if name == "" || name == time.UTC.String() {
		return time.UTC, nil
	}
	if h.Zone == nil {
		return nil, value.NewError(ZoneUnresolved, value.Quote(name), "is not resolved; give Host.Zone, such as time.LoadLocation")
	}
	zone, err := h.Zone(name)
	if err != nil || zone == nil {
		return nil, value.NewError(ZoneUnresolved, value.Quote(name), "is no time zone that the host knows")
	}
	return zone, nil
}

// registrable finds registrable domains. Where the host gave no function every domain
// is its own: claims then need their keys, which nothing is compared without.
func (h *Host) registrable() func(host string) (string, error) {
	if h.Registrable != nil {
		return h.Registrable
	}
	return func(host string) (string, error) { return host, nil }
}
