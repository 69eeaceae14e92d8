package main

import (
	"strings"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage/mapping"
	"github.com/coselling/coselling/value"
)

// terms holds the facts that the host knows and no payload has. Partner, Vendor and Seen are
// needed, and CRM for HubSpot and Salesforce.
type terms struct {
	Partner, Vendor string                // the two organisations, as claims and reps name them
	CRM             model.Side            // whose CRM it is
	Domains         map[string]model.Side // whose mail domain, where a payload names people and not their company
	Currency        value.Currency        // of amounts without one; zero: such an amount is not carried
	Model           model.Engagement      // that of every deal; 0: what the payload speaks for, see [draft.model]
	Zone            *time.Location        // of dates without one, and the book's, in which days are counted; nil is UTC
	Seen            time.Time             // when the payload was read: the last resort where it has no instant
	Stages          *mapping.Mapping      // the host's own stage names; nil: those of a fresh installation
}

func (t *terms) zone() *time.Location {
	if t.Zone == nil {
		return time.UTC
	}
	return t.Zone
}

// party returns the organisation of a side.
func (t *terms) party(side model.Side) model.Party {
	if side == model.Partner {
		return model.PartnerOrg(t.Partner)
	}
	return model.VendorOrg(t.Vendor)
}

// sideOf returns whose mail address it is, or an unset side.
func (t *terms) sideOf(address string) model.Side {
	_, domain, _ := strings.Cut(address, "@")
	return t.Domains[strings.ToLower(domain)]
}
