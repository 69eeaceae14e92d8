package main

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/coselling/coselling/crmcsv"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/domains"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// registrations holds the claims of a file as of a day: who registered each account first,
// until when, and whose claim came later.
type registrations struct {
	asOf      value.Date
	rules     *registration.Rules
	vendor    model.Party
	claims    []claimRow                      // in the order in which they were filed
	rivals    map[string][]registration.Claim // by the id of each claim, all on its account, directly or through others
	standings []*registration.Standing        // of each
	byDeal    map[string][]int                // the claims that a deal names
}

// newRegistrations reads a file of claims and decides who was first. An approval in the file
// does not count if an earlier claim was approved.
func newRegistrations(text []byte, asOf value.Date) (*registrations, error) {
	rows, err := readClaims(text)
	if err != nil || len(rows) == 0 {
		return &registrations{asOf: asOf}, err
	}
	r := &registrations{asOf: asOf, claims: rows, vendor: model.VendorOrg(rows[0].cell("vendor")),
		byDeal: map[string][]int{}, rivals: map[string][]registration.Claim{}}
	policy := registration.DefaultPolicy(r.vendor.Org, "channel owner", "second channel owner")
	if r.rules, err = registration.Compile(policy, domains.Registrable); err != nil {
		return nil, err
	}
	claims, err := r.take()
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(rows, func(a, b claimRow) int {
		return cmp.Or(a.claim.Submitted.Compare(b.claim.Submitted), cmp.Compare(a.claim.ID, b.claim.ID))
	})
	now := map[string]*registration.Standing{}
	for _, list := range accountsOf(claims) {
		if len(list) > mostOfAnAccount {
			return nil, fmt.Errorf("the account %s has %s claims, more than %s",
				value.Quote(list[0].Filing.Account.Name), count(len(list)), count(mostOfAnAccount))
		}
		for _, c := range list {
			r.rivals[c.ID] = list
		}
		standings := r.rules.Standings(list, last(asOf))
		for i := range standings {
			now[standings[i].Claim.ID] = &standings[i]
		}
	}
	for i := range rows {
		r.standings = append(r.standings, cmp.Or(now[rows[i].claim.ID], new(registration.Standing))) // zero: later
		for _, deal := range rows[i].deals {
			r.byDeal[deal] = append(r.byDeal[deal], i)
		}
	}
	return r, nil
}

// mostOfAnAccount bounds the claims on one account, because each is compared with each.
const mostOfAnAccount = 500

// take checks the claims of the rows, and returns one for each id.
func (r *registrations) take() ([]registration.Claim, error) {
	var problems []error
	var claims []registration.Claim
	place := map[string]int{}
	for i := range r.claims {
		row := &r.claims[i]
		last := row.claim.Submitted // nothing in a file is in the future
		for _, e := range row.claim.Events {
			last = e.At
		}
		c, err := r.rules.Import(row.claim, last)
		if at, known := place[c.ID]; err == nil && known {
			if c, err = claims[at].Union(c); err == nil {
				claims[at] = c
			}
		} else if err == nil {
			place[c.ID] = len(claims)
			claims = append(claims, c)
		}
		if err != nil && len(problems) < mostProblems {
			problems = append(problems, fmt.Errorf("line %d: %w", row.line, err))
		}
	}
	return claims, errors.Join(problems...)
}

// accountsOf divides claims into those that share a term of their keys, directly or through others.
func accountsOf(claims []registration.Claim) [][]registration.Claim {
	group := make([]int, len(claims)) // a claim of the same account with a lower number, or its own number
	first := func(i int) int {
		for group[i] != i {
			group[i] = group[group[i]]
			i = group[i]
		}
		return i
	}
	byTerm := map[string]int{}
	for i := range claims {
		group[i] = i
		for _, term := range claims[i].Key.Terms() {
			other, known := byTerm[term]
			if !known {
				byTerm[term] = i
				continue
			}
			a, b := first(i), first(other)
			group[max(a, b)] = min(a, b)
		}
	}
	var accounts [][]registration.Claim
	place := map[int]int{}
	for i := range claims {
		at, known := place[first(i)]
		if !known {
			at = len(accounts)
			place[first(i)] = at
			accounts = append(accounts, nil)
		}
		accounts[at] = append(accounts[at], claims[i])
	}
	return accounts
}

// last returns the last instant of a day.
func last(day value.Date) time.Time { return day.End(nil).Add(-1) }

func (r *registrations) standing(id string, at time.Time) (registration.Standing, error) {
	d, err := r.rules.Look(r.rivals[id], id, at)
	return d.Standing, err
}

// registered is the registration of a deal.
type registered struct {
	named      bool // by a claim
	registrant model.Registrant
	crm        model.Registrant // in the export
	claim      string           // the claim that decides, or the first that does not
	says       string           // its owner and end, or why it does not decide
	shut       []value.Reason   // why gate.registered is shut; nil if it is open
}

// of returns the registration of a deal; for a won deal as of its closing.
func (r *registrations) of(deal *crmcsv.Row) registered {
	found := registered{crm: deal.Booking.Registrant}
	if r == nil {
		return found
	}
	for _, i := range r.byDeal[deal.Booking.ID] {
		at := last(r.asOf)
		facts := registration.Facts{Vendor: r.vendor, Partner: partnerOf(deal)}
		if day := deal.Booking.Closed; !day.IsZero() {
			facts.Won = last(day)
			if facts.Won.Before(at) {
				at = facts.Won
			}
		}
		id := r.claims[i].claim.ID
		standing, err := r.standing(id, at)
		if err != nil {
			continue // its first claim has been read
		}
		registrant, shut := standing.Registrant(facts, at)
		if !found.named || registrant != model.NoRegistrant {
			found.named, found.claim, found.registrant, found.shut = true, id, registrant, shut
			found.says = reasonsText(shut)
		}
		if registrant != model.NoRegistrant {
			found.says = standing.Claim.Claimant.Org + through(standing)
			return found
		}
	}
	return found
}

func partnerOf(deal *crmcsv.Row) model.Party {
	for _, p := range deal.Booking.Payees {
		if p.Party.Side == model.Partner {
			return p.Party
		}
	}
	return model.Party{}
}

// through writes the last day of the protection of a claim.
func through(s registration.Standing) string {
	if day := lastDay(s.Until); day != "" {
		return " through " + day
	}
	return ""
}

func reasonsText(reasons []value.Reason) string {
	texts := make([]string, len(reasons))
	for i, reason := range reasons {
		texts[i] = reason.String()
	}
	return strings.Join(texts, "; ")
}

// why adds the registration to the reason of an engagement model.
func (r *registered) why() string {
	switch {
	case !r.named:
		return ""
	case r.registrant == model.NoRegistrant:
		return "; not registered: " + r.claim + ": " + r.says
	case r.crm != model.NoRegistrant && r.crm != r.registrant:
		return ", " + r.claim + " of " + r.says + "; the CRM says " + registeredBy(r.crm)
	default:
		return ", " + r.claim + " of " + r.says
	}
}

// gate writes whether gate.registered is open for a deal.
func (r *registered) gate() string {
	if r.registrant != model.NoRegistrant {
		return string(stage.GateRegistered) + " is open: " + r.claim + " of " + r.says
	}
	return string(stage.GateRegistered) + " is shut: " + r.claim + ": " + r.says
}

// print lists the first claims and collisions.
func (r *registrations) print(p *printer, most int) {
	if r == nil || r.rules == nil {
		return
	}
	collisions := r.collisions()
	p.heading("REGISTRATIONS  %s as of %s, %s", counted(len(r.claims), "claim", "claims"), r.asOf,
		counted(len(collisions), "collision", "collisions"))
	t := &table{columns: "ww*www"}
	t.row("claim", "of", "account", "filed", "status", "protected through")
	listed := min(most, len(r.claims))
	for i := range listed {
		c := &r.claims[i].claim
		t.row(c.ID, c.Claimant.String(), c.Filing.Account.Name, c.Submitted.Format(time.DateOnly), r.status(i),
			strings.TrimPrefix(through(*r.standings[i]), " through "))
	}
	t.print(p)
	if more := len(r.claims) - listed; more > 0 {
		p.line("… and %s more", count(more))
	}
	for _, text := range collisions[:min(mostToLookAt, len(collisions))] {
		p.wrapped("collision: ", text)
	}
	if more := len(collisions) - mostToLookAt; more > 0 {
		p.line("… and %s more collisions", count(more))
	}
}

// status names how a claim stands.
func (r *registrations) status(claim int) string {
	return cmp.Or(r.standings[claim].Status.String(), "not filed yet")
}

// collisions lists each claim that met an earlier one, with its outcome.
func (r *registrations) collisions() []string {
	claimants := make(map[string]model.Party, len(r.claims))
	for i := range r.claims {
		claimants[r.claims[i].claim.ID] = r.claims[i].claim.Claimant
	}
	var list []string
	for i := range r.standings {
		s := r.standings[i]
		elders := s.Behind
		if s.BeatenBy != "" {
			elders = []string{s.BeatenBy}
		}
		for _, elder := range elders {
			list = append(list, fmt.Sprintf("%s of %s came after %s of %s: %s (%s)",
				s.Claim.ID, s.Claim.Claimant, elder, claimants[elder], s.Status, registration.FirstWins))
		}
	}
	return list
}
