// Package sample fills an empty portal with people and deals, so that there is something to see: one vendor, two
// partners, a few weeks of work. Delete it once you have your own.
package sample

import (
	"context"
	"fmt"
	"time"

	"golang.org/x/crypto/bcrypt"

	"github.com/coselling/coselling"
	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/examples/portal/internal/store"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/matching"
	"github.com/coselling/coselling/value"
)

// Password is everybody's.
const Password = "portal-sample"

// The companies.
var (
	Lumen = model.VendorOrg("Lumen")
	Acme  = model.PartnerOrg("Acme")
	Bolt  = model.PartnerOrg("Bolt")
	// Integra takes part in a deal of Acme, as the company that integrates.
	Integra = model.PartnerOrg("Integra")
)

// People returns everybody who can sign in.
func People() []store.User {
	berlin, newYork := zone("Europe/Berlin"), zone("America/New_York")
	return []store.User{
		{Email: "ana@acme.example", Name: "Ana Diaz", Party: Acme, Rep: "ana", Zone: berlin},
		{Email: "mia@acme.example", Name: "Mia Sato", Party: Acme, Rep: "mia", Approver: true, Zone: berlin},
		{Email: "leo@acme.example", Name: "Leo Brandt", Party: Acme, Rep: "leo", Approver: true, Zone: berlin},
		{Email: "bea@bolt.example", Name: "Bea Okafor", Party: Bolt, Rep: "bea", Zone: newYork},
		{Email: "ivo@integra.example", Name: "Ivo Petrov", Party: Integra, Rep: "ivo", Zone: berlin},
		{Email: "bo@lumen.example", Name: "Bo Lind", Party: Lumen, Rep: "bo", Zone: berlin},
		{Email: "noor@lumen.example", Name: "Noor Haddad", Party: Lumen, Rep: "noor", Approver: true, Zone: berlin},
		{Email: "vic@lumen.example", Name: "Vic Moreau", Party: Lumen, Rep: "vic", Approver: true, Zone: berlin},
	}
}

func zone(name string) *time.Location {
	z, err := time.LoadLocation(name)
	if err != nil {
		return time.UTC
	}
	return z
}

// Book returns the agreement of the sample: the default one, with the vendor and its channel owners.
func Book() coselling.Book {
	b := coselling.DefaultBook()
	b.Registration = registration.DefaultPolicy(Lumen.Org, "noor", "vic")
	return b
}

// Clock is the clock of a portal, which the sample sets back while it plays the weeks before today.
type Clock struct{ set time.Time }

// Now returns the instant.
func (c *Clock) Now() time.Time {
	if c.set.IsZero() {
		return time.Now()
	}
	return c.set
}

// Fill stores the people and deals in a portal that has nobody, with passwords of a bcrypt cost.
func Fill(ctx context.Context, s *store.Store, clock *Clock, cost int) error {
	if n, err := s.Users(ctx); err != nil || n > 0 {
		return err
	}
	hash, err := bcrypt.GenerateFromPassword([]byte(Password), cost)
	if err != nil {
		return err
	}
	by := make(map[string]store.User)
	for _, u := range People() {
		if by[u.Rep], err = s.AddUser(ctx, u, hash); err != nil {
			return err
		}
	}
	defer func() { clock.set = time.Time{} }()
	today := time.Now().UTC().Truncate(24 * time.Hour).Add(9 * time.Hour)
	for _, d := range deals {
		clock.set = today.AddDate(0, 0, -d.days)
		if err := d.play(ctx, s, by, clock, today); err != nil {
			return fmt.Errorf("the sample deal with %s: %w", d.account, err)
		}
	}
	return nil
}

// sold is a deal of the sample.
type sold struct {
	account, domain, amount string
	rep                     string
	days, worked            int // ago it was registered, and for how many days people worked on it
	source                  model.Source
	waits                   bool   // for the vendor's approval
	with                    string // the rep of a company that integrates; empty: two companies sell it
}

var deals = []sold{
	{"Calder Rail", "calder-rail.com", "180000.00 USD", "ana", 58, 60, model.FromPartner, false, ""},
	{"Harbour Foods", "harbourfoods.com", "64000.00 USD", "ana", 33, 12, model.FromPartner, false, ""},
	{"Northwind Clinics", "northwindclinics.com", "18000.00 USD", "ana", 9, 3, model.FromPartner, false, ""},
	{"Silver Creek Energy", "silvercreek-energy.com", "240000.00 USD", "bea", 41, 17, model.FromPartner, false, ""},
	{"Quarry Bank", "quarrybank.com", "120000.00 USD", "ana", 24, 20, model.FromPartner, false, "ivo"},
	{"Marlow Books", "marlowbooks.com", "22000.00 USD", "bea", 2, 0, model.FromPartner, true, ""},
}

// play registers a deal and works on it, each day each side the first thing that its view asks of it.
func (d sold) play(ctx context.Context, s *store.Store, by map[string]store.User, clock *Clock, today time.Time) error {
	rep, bo := by[d.rep], by["bo"]
	amount, err := value.ParseMoney(d.amount)
	if err != nil {
		return err
	}
	facts := coselling.Deal{Account: d.account, Amount: amount, Signals: model.Signals{Source: d.source},
		Team: model.Team{Reps: []model.Rep{{ID: rep.Rep, Party: rep.Party}, {ID: bo.Rep, Party: bo.Party}}},
		Payees: []comp.Payee{
			{Rep: rep.Rep, Party: rep.Party, Role: comp.Primary, Rate: value.MustPercent("8%")},
			{Rep: bo.Rep, Party: bo.Party, Role: comp.Supporting, Contribution: comp.TechnicalValidation,
				Rate: value.MustPercent("5%")},
		}}
	sellers := []store.User{rep, bo}
	if third, ok := by[d.with]; ok {
		sellers = append(sellers, third)
		from, err := value.DateOf(clock.set, nil)
		if err != nil {
			return err
		}
		facts.Participants = []deal.Participant{{Party: third.Party, Function: model.Integration, From: from}}
		facts.Team.Reps = append(facts.Team.Reps, model.Rep{ID: third.Rep, Party: third.Party})
		facts.Payees = append(facts.Payees, comp.Payee{Rep: third.Rep, Party: third.Party, Role: comp.Supporting,
			Contribution: comp.CoSelling, Rate: value.MustPercent("6%")})
	}
	registered, err := s.Register(ctx, rep, registration.Filing{Key: "sample-" + d.domain,
		Account: matching.Account{Name: d.account, Domains: []string{d.domain}}}, facts)
	if err != nil || d.waits {
		return err
	}
	clock.set = clock.set.Add(5 * time.Hour)
	approve := registration.Event{Do: registration.Approve}
	if _, err := s.Decide(ctx, by["noor"], registered.Answer.Claim, approve); err != nil {
		return err
	}
	for range d.worked {
		clock.set = clock.set.Truncate(24 * time.Hour).Add(33 * time.Hour)
		if clock.set.After(today) {
			return nil
		}
		for _, who := range sellers {
			if err := work(ctx, s, who, registered.Deal); err != nil {
				return err
			}
			clock.set = clock.set.Add(90 * time.Minute)
		}
	}
	return nil
}
