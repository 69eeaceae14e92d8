package main

import (
	"strings"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/crmcsv"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// entry is a deal, or a reversal, with its engagement model and its statements.
type entry struct {
	deal         crmcsv.Deal
	unregistered []value.Reason // why the claim that it names does not count
	advice       model.Advice
	engagement   model.Engagement
	statements   map[comp.Model]comp.Statement // under each model that can price it
	refused      map[comp.Model]value.Code     // why another model cannot
}

// settle decides the engagement model, the CRM's own or the recommended one, and
// the role of each payee that states none.
func (e *entry) settle(policy comp.Policy) (comp.Booking, error) {
	e.engagement = e.deal.Engagement
	if e.engagement == 0 {
		decided, err := e.advice.Decided()
		if err != nil {
			return comp.Booking{}, err
		}
		e.engagement = decided
	}
	primary, err := policy.PrimarySide(e.engagement, e.deal.Booking.Origin())
	if err != nil {
		return comp.Booking{}, err
	}
	return e.deal.Booking.WithRoles(primary), nil
}

func (e entry) kind() string {
	switch {
	case e.deal.Reverses != "":
		return "reversal"
	case e.deal.Status == crmcsv.Open:
		return "open*"
	default:
		return e.deal.Status.String()
	}
}

// why says in one line what the engagement model rests on.
func (e entry) why() string {
	switch {
	case e.deal.Reverses != "":
		return "takes back " + e.deal.Reverses
	case e.deal.Engagement != 0:
		return "set in the CRM" + e.mismatch()
	case e.advice.Strength == model.Registered:
		return "registered: " + registeredBy(e.deal.Booking.Registrant)
	}
	text := shortCodes(e.advice.For) + " (" + e.advice.Strength.String() + ")"
	if against := shortCodes(e.advice.Against); against != "" {
		text += "; against it: " + against
	}
	return text
}

func registeredBy(r model.Registrant) string {
	text := "by the " + r.Claimant().String()
	if r.Engagement() == model.TrueCoSell {
		text += " for both sides"
	}
	return text
}

func (e entry) mismatch() string {
	findings := model.CheckRegistration(e.engagement, e.deal.Booking.Registrant)
	if len(findings) == 0 {
		return ""
	}
	return "; " + findings[0].String()
}

// shortCodes lists signals by the names that SPEC and source give them.
func shortCodes(reasons []value.Reason) string {
	codes := make([]string, len(reasons))
	for i, r := range reasons {
		codes[i] = strings.TrimPrefix(string(r.Code()), "model.")
	}
	return strings.Join(codes, ", ")
}

// team takes the credited reps as the deal's team; the first of a side leads it.
func (e entry) team() model.Team {
	var team model.Team
	led := map[model.Side]bool{}
	for _, payee := range e.deal.Booking.Payees {
		side := payee.Party.Side
		team.Reps = append(team.Reps, model.Rep{ID: payee.Rep, Party: payee.Party, Lead: !led[side]})
		led[side] = true
	}
	return team
}
