package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"time"
	_ "time/tzdata" // zones do not depend on the host

	"github.com/coselling/coselling/crmcsv"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/domains"
	"github.com/coselling/coselling/registration/memstore"
	"github.com/coselling/coselling/value"
)

// registrations are the claims of a file, and which of them each deal names. Nil are
// those of the export's own column.
type registrations struct {
	registry *registration.Registry
	named    map[string]string // deal → claim
	vendor   model.Party
	zone     *time.Location
	asOf     time.Time
}

// registrationsFile is the file's JSON form.
type registrationsFile struct {
	AsOf   time.Time            `json:"as_of"` // when open deals are looked at
	Zone   string               `json:"zone"`  // where days end
	Policy registration.Policy  `json:"policy"`
	Deals  map[string]string    `json:"deals"`
	Claims []registration.Claim `json:"claims"`
}

func readRegistrations(text []byte) (*registrations, error) {
	var file registrationsFile
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&file); err != nil {
		return nil, err
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("there is more behind the document")
	}
	zone, err := time.LoadLocation(file.Zone)
	if err != nil {
		return nil, err
	}
	rules, err := registration.Compile(file.Policy, domains.Registrable, registration.In(value.Workplace{Zone: zone}))
	if err != nil {
		return nil, err
	}
	store := memstore.NewStore(func() time.Time { return file.AsOf }, nil)
	registry, err := registration.Open(store, rules)
	if err != nil {
		return nil, err
	}
	if err := registry.Merge(context.Background(), file.Claims...); err != nil {
		return nil, err
	}
	for _, deal := range slices.Sorted(maps.Keys(file.Deals)) {
		if id := file.Deals[deal]; !slices.ContainsFunc(file.Claims, func(c registration.Claim) bool { return c.ID == id }) {
			return nil, fmt.Errorf("deals: %q names the claim %q, which is not among the claims", deal, id)
		}
	}
	return &registrations{registry, file.Deals, rules.Vendor(), zone, file.AsOf}, nil
}

// settle says by whom a deal is registered, by the claim that it names: on the day on
// which it was won, or now. The reasons say why the claim does not count.
func (r *registrations) settle(deal *crmcsv.Deal) ([]value.Reason, error) {
	if r == nil || r.named[deal.Booking.ID] == "" {
		return nil, nil
	}
	fits := registration.Deal{Vendor: r.vendor}
	for _, payee := range deal.Booking.Payees {
		if payee.Party.Side == model.Partner {
			fits.Partner = payee.Party
			break
		}
	}
	if deal.Status == crmcsv.Won {
		fits.Won = deal.Booking.Closed.End(r.zone)
	}
	registrant, reasons, err := r.registry.Registration(context.Background(), r.named[deal.Booking.ID], fits, r.asOf)
	deal.Booking.Registrant = registrant
	return reasons, err
}
