package main

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/domains"
	"github.com/coselling/coselling/registration/matching"
)

var (
	us   = model.VendorOrg("us")
	acme = model.PartnerOrg("acme")
	bolt = model.PartnerOrg("bolt")
	corp = model.PartnerOrg("corp")

	noor = model.Person{Name: "noor", Party: us} // a channel owner
	ana  = model.Person{Name: "ana", Party: acme}
	bea  = model.Person{Name: "bea", Party: bolt}
)

// tell plays the story on a store and prints it.
func tell(ctx context.Context, out io.Writer, store registration.Store, at *clock) error {
	rules, err := registration.Compile(registration.DefaultPolicy("us", "noor", "vic"), domains.Registrable)
	if err != nil {
		return err
	}
	registry, err := registration.Open(store, rules)
	if err != nil {
		return err
	}
	s := &story{ctx: ctx, out: out, registry: registry, clock: at}

	s.part("ONE ACCOUNT, THREE PARTIES")
	s.at("2026-11-23T09:00:00Z")
	first := s.submit(acme, filing("acme-17", "ana", "Hooli Inc.", "www.hooli.com"))
	s.at("2026-11-23T09:00:01Z")
	second := s.submit(bolt, filing("bolt-4", "bea", "Hooli", "shop.hooli.com"))
	third := s.submit(corp, filing("corp-9", "cem", "Hooli Ltd", "hooli.co.uk"))
	s.at("2026-11-23T09:00:30Z")
	s.submit(acme, filing("acme-17", "ana", "Hooli Inc.", "www.hooli.com")) // the same key: the same claim

	s.part("THE VENDOR DECIDES")
	s.at("2026-11-24T15:00:00Z")
	s.act(second, registration.Event{Do: registration.Approve, By: noor}) // out of turn
	s.act(first, registration.Event{Do: registration.Approve, By: noor})
	s.answer(bolt, second)
	s.explain(second)

	s.part("A LATER CLAIM LEARNS ONLY WHAT IT MUST")
	s.at("2026-12-01T10:00:00Z")
	later := filing("bolt-5", "bea", "Hooli", "shop.hooli.com")
	s.submit(bolt, later)
	s.preview(bolt, later)
	s.act(third, registration.Event{Do: registration.Reject, By: noor, Reason: "hooli.co.uk belongs to Hooli Inc."})

	s.part("TWO EXTENSIONS, EACH AFTER PROGRESS")
	extend := func(progress string) {
		s.act(first, registration.Event{Do: registration.Extend, By: ana, Progress: instant(progress)})
	}
	s.at("2027-03-10T08:00:00Z")
	extend("2027-02-03T11:00:00Z")
	s.at("2027-04-20T08:00:00Z")
	extend("2027-02-03T11:30:00Z") // before the last extension
	extend("2027-04-12T15:00:00Z")
	s.at("2027-05-18T08:00:00Z")
	extend("2027-05-12T09:00:00Z")

	s.part("AN EXPIRY, AND THE NEXT OWNER")
	s.at("2027-05-23T23:59:59Z")
	s.submit(bolt, later)
	s.at("2027-05-24T00:00:00Z")
	s.answer(acme, first)
	next := s.submit(bolt, later)
	s.submit(acme, filing("acme-18", "ana", "Hooli Inc.", "www.hooli.com"))
	s.at("2027-05-25T09:00:00Z")
	s.act(next, registration.Event{Do: registration.Approve, By: noor})
	s.registrant(next, registration.Facts{Partner: bolt, Vendor: us})
	s.at("2027-07-06T16:30:00Z")
	s.act(next, registration.Event{Do: registration.Win, By: bea})
	return s.err
}

func filing(key, by, name, domain string) registration.Filing {
	return registration.Filing{Key: key, By: by, Account: matching.Account{Name: name, Domains: []string{domain}}}
}

// clock is the clock of the store, which the story sets.
type clock struct{ t time.Time }

func (c *clock) now() time.Time { return c.t }

func instant(text string) time.Time {
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		panic(fmt.Sprint("the story's own instant: ", err))
	}
	return t
}
